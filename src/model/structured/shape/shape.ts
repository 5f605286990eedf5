/** A JSON Schema as plain data; only the keywords that are read or written here are named. */
export interface JsonSchema {
  readonly [keyword: string]: unknown;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly propertyNames?: JsonSchema;
  readonly items?: boolean | JsonSchema;
  readonly prefixItems?: readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly enum?: readonly unknown[];
  readonly description?: string;
  readonly $ref?: string;
}

/** A value either as the schema's owner knows it (`plain`) or as the model writes it (`wire`). */
export type Side = "plain" | "wire";

/** One node of a schema that has been made strict: what is sent, and the way there and back. */
export interface Shape {
  readonly json: JsonSchema;
  /** The owner's schema takes null here, so that null carries a meaning. */
  readonly nullable: boolean;
  /** Any value at all: carried as JSON text, since strict modes have no word for it. */
  readonly anything?: true;
  /** Nothing fits: an optional property of this kind is left out. */
  readonly nothing?: true;
  encode(plain: unknown): unknown;
  decode(wire: unknown): unknown;
  /** Whether a value has this structure; `exact` allows no missing and no further properties. */
  fits(value: unknown, side: Side, exact: boolean): boolean;
}

/** What the makers of shapes are given: the way to make the parts. */
export interface Workshop {
  /** Number ranges and list lengths stay as keywords; otherwise they are said in the description. */
  readonly bounds: boolean;
  shapeOf(schema: JsonSchema): Shape;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const unchanged = (value: unknown): unknown => value;

/** A shape whose values look the same on both sides. */
export function plainShape(json: JsonSchema, fits: (value: unknown) => boolean): Shape {
  return { json, nullable: fits(null), encode: unchanged, decode: unchanged, fits };
}

/** Any JSON value, written by the model as JSON text; text that is no JSON stands for itself. */
export function anythingShape(description: string | undefined): Shape {
  const note = "Any value, written as JSON text.";
  return {
    json: { type: "string", description: description === undefined ? note : `${description} ${note}` },
    nullable: true,
    anything: true,
    encode: (value) => JSON.stringify(value ?? null),
    decode: (wire) => (typeof wire === "string" ? jsonOrText(wire) : wire),
    fits: (value, side) => side === "plain" || typeof value === "string",
  };
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A text that is no JSON is the value that was meant.
    return text;
  }
}

const primitives: readonly unknown[] = ["string", "number", "integer", "boolean"];

/** The same schema, with null allowed. */
export function orNull(json: JsonSchema): JsonSchema {
  if (json.type === "null" || json.anyOf?.some((branch) => branch.type === "null")) return json;
  if (Array.isArray(json.type) && json.type.includes("null")) return json;
  if (typeof json.type === "string" && primitives.includes(json.type) && json.enum === undefined) {
    return { ...json, type: [json.type, "null"] };
  }
  // A description beside anyOf is read by all; beside $ref it is refused by some.
  const { description, ...bare } = json;
  const branches = bare.anyOf === undefined ? [bare] : bare.anyOf;
  return { anyOf: [...branches, { type: "null" }], ...(description === undefined ? {} : { description }) };
}
