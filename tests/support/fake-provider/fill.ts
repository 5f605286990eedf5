// biome-ignore lint/suspicious/noExplicitAny: any JSON schema
type Schema = any;

export interface FillOptions {
  /** What stands in every text, as far as its length allows. */
  readonly text?: string;
}

/** References within each other beyond which a value is brought to its end. */
const deep = 2;

interface Place {
  readonly root: Schema;
  readonly text: string;
  /** How many references lead here. */
  readonly depth: number;
  /** Which of several equal places it is, from 0: values that must differ take it in. */
  readonly index: number;
}

/**
 * A value that fits a JSON schema, whatever shape it has: the first option, the least number, one item a list, and an
 * end to every recursion. What it cannot fill is an error, never a value that does not fit.
 */
export function fill(schema: Schema, { text = "text" }: FillOptions = {}): unknown {
  return filled(schema, { root: schema, text, depth: 0, index: 0 });
}

function filled(schema: Schema, place: Place): unknown {
  if (schema === false) throw new Error("Nothing fits this schema.");
  if (schema === true) return null;
  if (schema.$ref !== undefined) {
    const target = { ...withoutKey(schema, "$ref"), ...resolved(schema.$ref, place.root) };
    return filled(target, { ...place, depth: place.depth + 1 });
  }
  if (schema.allOf !== undefined) return filled(merged(schema, place.root), place);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[place.index % schema.enum.length];
  const key = schema.anyOf ? "anyOf" : "oneOf";
  if (schema[key] !== undefined) {
    return filled({ ...withoutKey(schema, key), ...branchOf(schema[key], place) }, place);
  }
  switch (typeOf(schema, place)) {
    case "object":
      return object(schema, place);
    case "array":
      return array(schema, place);
    case "string":
      return string(schema, place);
    case "number":
    case "integer":
      return number(schema, place);
    case "boolean":
      return place.index % 2 === 0;
    default:
      return null;
  }
}

function typeOf(schema: Schema, { depth }: Place): string {
  const types = [schema.type ?? (schema.properties ? "object" : schema.items ? "array" : "null")].flat();
  if (depth > deep && types.includes("null")) return "null";
  return types.find((type) => type !== "null") ?? "null";
}

/** The first branch; far down, the one that ends soonest. */
function branchOf(branches: readonly Schema[], place: Place): Schema {
  if (place.depth <= deep) return branches[0];
  const heights = branches.map((branch) => height(branch, place.root, []));
  return branches[heights.indexOf(Math.min(...heights))];
}

/** How many references a value needs at the least; infinite for one that would never end. */
function height(schema: Schema, root: Schema, above: readonly Schema[]): number {
  if (typeof schema !== "object" || above.includes(schema)) return typeof schema === "object" ? Infinity : 0;
  const inside = [...above, schema];
  const most = (parts: readonly Schema[]): number => Math.max(0, ...parts.map((part) => height(part, root, inside)));
  if (schema.$ref !== undefined) return 1 + height(resolved(schema.$ref, root), root, inside);
  const branches = schema.anyOf ?? schema.oneOf;
  const ofBranch = branches ? Math.min(...branches.map((branch: Schema) => height(branch, root, inside))) : 0;
  if ([schema.type].flat().includes("null")) return ofBranch;
  const needed = (schema.required ?? []).map((key: string) => schema.properties?.[key] ?? true);
  const items = [...(schema.prefixItems ?? []), ...((schema.minItems ?? 0) > 0 ? [schema.items ?? true] : [])];
  return Math.max(ofBranch, most(needed), most(items), most(schema.allOf ?? []));
}

function object(schema: Schema, place: Place): object {
  const required: readonly string[] = schema.required ?? [];
  const known = Object.entries(schema.properties ?? {}).filter(
    ([key]) => place.depth <= deep || required.includes(key),
  );
  const keys = new Map<string, Schema>(known);
  const others = typeof schema.additionalProperties === "object" ? schema.additionalProperties : true;
  for (const key of required) if (!keys.has(key)) keys.set(key, others);
  const names: readonly string[] = schema.propertyNames?.enum ?? [];
  for (let count = 0; keys.size < (schema.minProperties ?? 0); count++) keys.set(names[count] ?? `key${count}`, others);
  return Object.fromEntries([...keys].map(([key, property]) => [key, filled(property, { ...place, index: 0 })]));
}

function array(schema: Schema, place: Place): unknown[] {
  const first: readonly Schema[] = schema.prefixItems ?? (Array.isArray(schema.items) ? schema.items : []);
  const rest = Array.isArray(schema.items) ? schema.additionalItems : schema.items;
  const usual = place.depth > deep || rest === false ? 0 : 1;
  const count = Math.min(Math.max(schema.minItems ?? 0, first.length, usual), schema.maxItems ?? Infinity);
  return Array.from({ length: count }, (_, at) =>
    filled(first[at] ?? rest ?? true, { ...place, index: schema.uniqueItems ? at : 0 }),
  );
}

const formats: Readonly<Record<string, string>> = {
  date: "2030-01-31",
  "date-time": "2030-01-31T09:00:00Z",
  time: "09:00:00Z",
  duration: "P1D",
  email: "somebody@example.org",
  hostname: "example.org",
  ipv4: "192.0.2.1",
  ipv6: "2001:db8::1",
  uri: "https://example.org/",
  uuid: "0b9f2d4e-3a51-4c6e-9d7a-1f2e3d4c5b6a",
};

function string(schema: Schema, { text, index }: Place): string {
  const { minLength = 0, maxLength = Infinity, format, pattern } = schema;
  const plain = formats[format] ?? (index === 0 ? text : `${index} ${text}`);
  const long = plain.length < minLength ? plain.padEnd(minLength, ` ${plain}`) : plain.slice(0, maxLength);
  if (pattern === undefined || new RegExp(pattern, "u").test(long)) return long;
  const found = [...Object.values(formats), "a", "A", "1", "12", "123", "1234", "AB", "a-b", "A1", "#a1b2c3", ""].find(
    (each) => new RegExp(pattern, "u").test(each) && each.length >= minLength && each.length <= maxLength,
  );
  if (found === undefined) throw new Error(`No text is known for the pattern ${pattern}.`);
  return found;
}

function number(schema: Schema, { index }: Place): number {
  const step = schema.multipleOf ?? (schema.type === "integer" ? 1 : undefined);
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = schema;
  const low = Math.max(minimum ?? -Infinity, exclusiveMinimum ?? -Infinity);
  const high = Math.min(maximum ?? Infinity, exclusiveMaximum ?? Infinity);
  const start = low > -Infinity ? low : Math.min(1, high);
  const fits = (value: number): boolean =>
    value >= low && value <= high && value !== exclusiveMinimum && value !== exclusiveMaximum;
  if (step === undefined) {
    const value = start + index;
    return fits(value) ? value : middle(low, high) + index / 1000;
  }
  const above = Math.ceil(start / step) * step;
  const value = [above, above + step, Math.floor(start / step) * step, above - step].find(fits);
  if (value === undefined) throw new Error(`No number fits ${JSON.stringify(schema)}.`);
  return value + index * step;
}

function middle(low: number, high: number): number {
  if (low === -Infinity) return high - 1;
  return high === Infinity ? low + 1 : (low + high) / 2;
}

/** One schema that holds what all of them say. */
function merged({ allOf, ...rest }: Schema, root: Schema): Schema {
  const parts = [rest, ...allOf.map((part: Schema) => (part.$ref === undefined ? part : resolved(part.$ref, root)))];
  return Object.assign({}, ...parts, {
    properties: Object.assign({}, ...parts.map(({ properties }) => properties)),
    required: parts.flatMap(({ required = [] }) => required),
  });
}

function withoutKey(schema: Schema, key: string): Schema {
  const { [key]: _, ...rest } = schema;
  return rest;
}

function resolved(pointer: string, root: Schema): Schema {
  return decodeURIComponent(pointer)
    .split("/")
    .slice(1)
    .reduce((place, key) => place?.[key.replaceAll("~1", "/").replaceAll("~0", "~")], root);
}
