import { z } from "zod";
import { shortened } from "./tool-names.ts";

/** What of one tool's schema is read at most. */
const most = { characters: 64_000, depth: 12, places: 400, description: 300, name: 64 };

/** Why a schema cannot be given to models. */
export class UnusableSchema extends Error {}

type Json = Readonly<Record<string, unknown>>;

/** The arguments of an action for a tool, and how many places its schema has. */
export interface ToolArguments {
  readonly args: z.ZodObject;
  readonly places: number;
}

/**
 * The arguments of a tool, under one name, so that none of them can stand for a field of ours. What of JSON Schema is
 * about types, names, choices and bounds is kept and checked; patterns, formats and conditions are left to the server.
 * Throws UnusableSchema for one that refers to itself or elsewhere, or is too large or too deep.
 */
export function toolArguments(schema: unknown): ToolArguments {
  if (JSON.stringify(schema).length > most.characters) throw new UnusableSchema("its schema is too large");
  const reader = new SchemaReader(schema);
  const plain = reader.read(schema, []);
  if (plain["type"] !== "object") throw new UnusableSchema("its arguments are no object");
  const isEmpty = Object.keys((plain["properties"] as Json | undefined) ?? {}).length === 0;
  const args = isEmpty && !isRecord(plain["additionalProperties"]) ? {} : { arguments: z.fromJSONSchema(plain) };
  return { args: z.object(args as z.ZodRawShape), places: reader.places };
}

/** Writes a schema anew in the few words that are understood: nothing of a stranger's is taken over as it is. */
class SchemaReader {
  readonly #root: unknown;
  places = 0;

  constructor(root: unknown) {
    this.#root = root;
  }

  /** @param open the references that lead here */
  read(schema: unknown, open: readonly string[], depth = 0): Json {
    this.places += 1;
    if (this.places > most.places) throw new UnusableSchema("its schema has too many parts");
    if (depth > most.depth) throw new UnusableSchema("its schema is too deep");
    if (schema === false) return { not: {} };
    if (!isRecord(schema)) return {};
    if (schema["$ref"] !== undefined) return this.#followed(schema, open, depth);
    const below = (inner: unknown): Json => this.read(inner, open, depth + 1);
    return { ...this.#body(schema, below), ...described(schema) };
  }

  #followed(schema: Json, open: readonly string[], depth: number): Json {
    const pointer = String(schema["$ref"]);
    if (!/^#(?:\/|$)/.test(pointer)) throw new UnusableSchema("its schema refers to another place");
    if (open.includes(pointer)) throw new UnusableSchema("its schema refers to itself");
    const target = this.read(placeIn(this.#root, pointer), [...open, pointer], depth + 1);
    return { ...target, ...described(schema) };
  }

  #body(schema: Json, below: (inner: unknown) => Json): Json {
    const options = schema["enum"] ?? (schema["const"] === undefined ? undefined : [schema["const"]]);
    if (Array.isArray(options)) return this.#choice(options);
    const type = typeOf(schema);
    const alternatives = schema["anyOf"] ?? schema["oneOf"];
    if (Array.isArray(alternatives) && type !== "object") return { anyOf: alternatives.map(below) };
    const whole = schema["allOf"];
    if (type === undefined && Array.isArray(whole) && whole.length === 1) return below(whole[0]);
    return {
      ...(type !== undefined && { type }),
      ...bounds(schema),
      ...(has(type, "object") && this.#object(schema, below)),
      ...(has(type, "array") && { items: below(isRecord(schema["items"]) ? schema["items"] : true) }),
    };
  }

  #choice(options: readonly unknown[]): Json {
    this.places += options.length;
    const isScalar = (option: unknown): boolean => option === null || typeof option !== "object";
    if (options.length === 0 || !options.every(isScalar)) return {};
    return { enum: options.map((option) => (typeof option === "string" ? option.toWellFormed() : option)) };
  }

  #object(schema: Json, below: (inner: unknown) => Json): Json {
    const fields = Object.entries(isRecord(schema["properties"]) ? schema["properties"] : {});
    for (const [name] of fields) {
      if (name.length > most.name || !/^[\p{L}\p{N}_$.@:/ -]+$/u.test(name) || name === "__proto__") {
        throw new UnusableSchema("a field of its arguments has a name that models cannot write");
      }
    }
    const required = Array.isArray(schema["required"]) ? schema["required"] : [];
    const others = schema["additionalProperties"];
    return {
      properties: Object.fromEntries(fields.map(([name, inner]) => [name, below(inner)])),
      required: fields.flatMap(([name]) => (required.includes(name) ? [name] : [])),
      ...(others === false && { additionalProperties: false }),
      ...(isRecord(others) && { additionalProperties: below(others) }),
    };
  }
}

const types = new Set(["object", "array", "string", "number", "integer", "boolean", "null"]);

function typeOf(schema: Json): string | readonly string[] | undefined {
  const { type } = schema;
  if (typeof type === "string" && types.has(type)) return type;
  const several = Array.isArray(type) ? type.filter((one): one is string => types.has(one)) : [];
  if (several.length > 0) return several;
  if (schema["properties"] !== undefined) return "object";
  return schema["items"] === undefined ? undefined : "array";
}

const has = (type: string | readonly string[] | undefined, one: string): boolean => [type].flat().includes(one);

const boundNames = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"] as const;
const sizeNames = ["minLength", "maxLength", "minItems", "maxItems"] as const;

function bounds(schema: Json): Json {
  const kept = [
    ...boundNames.filter((name) => typeof schema[name] === "number"),
    ...sizeNames.filter((name) => Number.isSafeInteger(schema[name]) && (schema[name] as number) >= 0),
  ];
  return Object.fromEntries(kept.map((name) => [name, schema[name]]));
}

/** The words about a place, and its default, as a description. */
function described(schema: Json): Json {
  const words = typeof schema["description"] === "string" ? [schema["description"]] : [];
  const usual = schema["default"] === undefined ? [] : [`Default: ${JSON.stringify(schema["default"])}`];
  const format = typeof schema["format"] === "string" ? [`Format: ${schema["format"]}`] : [];
  const description = shortened([...words, ...format, ...usual].join(" "), most.description);
  return description === "" ? {} : { description };
}

/** What a `#/…` pointer points to (RFC 6901). */
function placeIn(root: unknown, pointer: string): unknown {
  const steps = pointer.split("/").slice(1);
  return steps.reduce<unknown>((place, step) => {
    const key = decoded(step).replaceAll("~1", "/").replaceAll("~0", "~");
    if (isRecord(place) && Object.hasOwn(place, key)) return place[key];
    if (Array.isArray(place) && /^\d+$/.test(key)) return place[Number(key)];
    throw new UnusableSchema("its schema refers to a place that is not there");
  }, root);
}

function decoded(step: string): string {
  try {
    return decodeURIComponent(step);
  } catch {
    // No percent-encoding: it stands for itself, and is not found where there is none of that name.
    return step;
  }
}

function isRecord(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
