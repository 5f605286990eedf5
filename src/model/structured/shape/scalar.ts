import { type JsonSchema, orNull, plainShape, type Shape, type Workshop } from "./shape.ts";

/** Strings, numbers, booleans, null, and closed lists of them. */
export function scalarShape(schema: JsonSchema, workshop: Workshop): Shape {
  const options = optionsOf(schema);
  if (options !== undefined) return choiceShape(options, schema.description);
  const types = typesOf(schema);
  const bounds = boundsOf(schema, workshop);
  const json: JsonSchema = {
    ...typeJson(types),
    ...(bounds.description === undefined ? {} : { description: bounds.description }),
    ...bounds.kept,
  };
  return plainShape(json, (value) => types.some((type) => isOfType(value, type)));
}

function typeJson(types: readonly string[]): JsonSchema {
  const others = types.filter((type) => type !== "null");
  const [type = "null"] = others;
  const base = others.length < 2 ? { type } : { anyOf: others.map((each) => ({ type: each })) };
  return others.length < types.length ? orNull(base) : base;
}

/** The values of a literal or an enum, when the schema is one. */
function optionsOf(schema: JsonSchema): readonly unknown[] | undefined {
  if (schema.enum !== undefined) return schema.enum;
  return "const" in schema ? [schema["const"]] : undefined;
}

function choiceShape(options: readonly unknown[], description: string | undefined): Shape {
  const types = [...new Set(options.map(typeName))];
  const [type] = types;
  const note = description === undefined ? {} : { description };
  const fits = (value: unknown): boolean => options.includes(value);
  if (types.length === 1) return plainShape({ ...choice(type, options), ...note }, fits);
  // One branch for each type: a list of mixed types is refused by some providers.
  const branches = types.map((each) =>
    choice(
      each,
      options.filter((option) => typeName(option) === each),
    ),
  );
  return plainShape({ anyOf: branches, ...note }, fits);
}

function choice(type: string | undefined, options: readonly unknown[]): JsonSchema {
  return type === "null" ? { type } : { type: type ?? "string", enum: options };
}

function typeName(value: unknown): string {
  if (value === null) return "null";
  return typeof value;
}

function typesOf(schema: JsonSchema): readonly string[] {
  if (typeof schema.type === "string") return [schema.type];
  return schema.type ?? ["string"];
}

function isOfType(value: unknown, type: string): boolean {
  if (type === "integer") return Number.isInteger(value);
  return typeName(value) === type;
}

/** The largest range that is only a property of the number format, not a wish of the schema's owner. */
const widest = new Set<unknown>([
  Number.MAX_SAFE_INTEGER,
  Number.MIN_SAFE_INTEGER,
  2 ** 31 - 1,
  -(2 ** 31),
  2 ** 32 - 1,
  3.4028234663852886e38,
  -3.4028234663852886e38,
  Number.MAX_VALUE,
  -Number.MAX_VALUE,
]);

const words: Readonly<Record<string, (limit: unknown) => string>> = {
  minimum: (limit) => `at least ${limit}`,
  exclusiveMinimum: (limit) => `more than ${limit}`,
  maximum: (limit) => `at most ${limit}`,
  exclusiveMaximum: (limit) => `less than ${limit}`,
  multipleOf: (limit) => `a multiple of ${limit}`,
  minLength: (limit) => `at least ${limit} characters`,
  maxLength: (limit) => `at most ${limit} characters`,
  minItems: (limit) => `at least ${limit} items`,
  maxItems: (limit) => `at most ${limit} items`,
  format: (format) => `format ${format}`,
  pattern: (pattern) => `matches /${pattern}/`,
};
const keepable = new Set(["minimum", "maximum", "minItems", "maxItems"]);

/** What limits a value: keywords where they are understood, words in the description where not. */
export function boundsOf(
  schema: JsonSchema,
  workshop: Workshop,
): { readonly kept: JsonSchema; readonly description: string | undefined } {
  const kept: Record<string, unknown> = {};
  const said: string[] = [];
  for (const [keyword, say] of Object.entries(words)) {
    const limit = schema[keyword];
    if (limit === undefined || widest.has(limit) || (keyword === "pattern" && "format" in schema)) continue;
    if (workshop.bounds && keepable.has(keyword)) kept[keyword] = limit;
    else said.push(say(limit));
  }
  const note = said.length === 0 ? [] : [`(${said.join(", ")})`];
  const description = [...(schema.description === undefined ? [] : [schema.description]), ...note].join(" ");
  return { kept, description: description === "" ? undefined : description };
}
