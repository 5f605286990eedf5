import { z } from "zod";
import { listShape, tupleShape } from "./shape/list.ts";
import { objectShape, recordShape } from "./shape/object.ts";
import { scalarShape } from "./shape/scalar.ts";
import { anythingShape, isRecord, type JsonSchema, type Shape, type Workshop } from "./shape/shape.ts";
import { unionShape } from "./shape/union.ts";

export type { JsonSchema } from "./shape/shape.ts";

/** A schema in the strictest dialect that all providers with a schema mode understand, and the way back. */
export interface StrictSchema {
  /** An object schema: all properties required, none additional, `anyOf` as the only combination. */
  readonly json: JsonSchema;
  /** It refers to itself; some providers cannot hold an answer to such a schema. */
  readonly recursive: boolean;
  /** How many places take one of several types; some providers limit them. */
  readonly unions: number;
  /** How a value of the schema's input is written on the wire. */
  encode(value: unknown): unknown;
  /** What was meant by an answer: nulls of optional fields dropped, entries made records again. Not validated. */
  decode(wire: unknown): unknown;
}

/** What a strict schema keeps. */
export interface StrictSchemaOptions {
  /**
   * Keep `minimum`, `maximum`, `minItems` and `maxItems` as keywords. When absent they are said in the description,
   * for providers that refuse them.
   */
  readonly bounds?: boolean;
}

/**
 * The strict form of a zod schema: `oneOf` becomes `anyOf`, optional becomes nullable, every property is required,
 * open records become lists of entries, unsupported keywords become words in descriptions. What is lost on the way
 * is enforced by zod afterwards.
 * @example
 * strictSchema(z.object({ age: z.int().optional() })).decode({ age: null }); // => {}
 */
export function strictSchema(schema: z.ZodType, options: StrictSchemaOptions = {}): StrictSchema {
  const source = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as JsonSchema;
  const build = buildShapes(source, options.bounds ?? false);
  const root = build.root;
  const wrapped = root.json.type !== "object";
  const definitions = build.definitions();
  const body: JsonSchema = wrapped
    ? { type: "object", properties: { answer: root.json }, required: ["answer"], additionalProperties: false }
    : root.json;
  const json = Object.keys(definitions).length === 0 ? body : { ...body, $defs: definitions };
  return {
    json,
    recursive: build.recursive(),
    unions: countUnions(json),
    encode: (value) => (wrapped ? { answer: root.encode(value) } : root.encode(value)),
    decode: (wire) => root.decode(wrapped && isRecord(wire) && Object.hasOwn(wire, "answer") ? wire["answer"] : wire),
  };
}

/** Strict forms that are computed once for each schema object; whoever opens a model owns one. */
export function createStrictSchemas(options: StrictSchemaOptions = {}): (schema: z.ZodType) => StrictSchema {
  const known = new WeakMap<z.ZodType, StrictSchema>();
  return (schema) => {
    const found = known.get(schema);
    if (found !== undefined) return found;
    const strict = strictSchema(schema, options);
    known.set(schema, strict);
    return strict;
  };
}

interface Build {
  readonly root: Shape;
  definitions(): Readonly<Record<string, JsonSchema>>;
  recursive(): boolean;
}

function buildShapes(source: JsonSchema, bounds: boolean): Build {
  const named = new Map<string, { name: string; shape: Shape | undefined }>();
  let recursive = false;
  const workshop: Workshop = { bounds, shapeOf: (schema) => shapeOf(schema) };
  const shapeOf = (schema: JsonSchema): Shape =>
    schema.$ref === undefined ? makeShape(schema, workshop) : reference(schema.$ref);
  const reference = (pointer: string): Shape => {
    let entry = named.get(pointer);
    if (entry === undefined) {
      entry = { name: `part${named.size + 1}`, shape: undefined };
      named.set(pointer, entry);
      entry.shape = shapeOf(resolve(source, pointer));
    } else if (entry.shape === undefined) recursive = true;
    return referenceShape(entry);
  };
  const start = source.$ref === undefined ? source : resolve(source, source.$ref);
  const root = shapeOf(start);
  return {
    root,
    definitions: () =>
      Object.fromEntries([...named.values()].map(({ name, shape }) => [name, shape?.json ?? {}] as const)),
    recursive: () => recursive,
  };
}

/** Stands for a shape that may still be in the making. */
function referenceShape(entry: { readonly name: string; readonly shape: Shape | undefined }): Shape {
  const target = (): Shape => {
    if (entry.shape === undefined) throw new TypeError("A schema was used before it was complete.");
    return entry.shape;
  };
  return {
    json: { $ref: `#/$defs/${entry.name}` },
    get nullable() {
      return target().nullable;
    },
    encode: (plain) => target().encode(plain),
    decode: (wire) => target().decode(wire),
    fits: (value, side, exact) => target().fits(value, side, exact),
  };
}

function makeShape(schema: JsonSchema, workshop: Workshop): Shape {
  if (schema.anyOf !== undefined || schema.oneOf !== undefined) return unionShape(schema, workshop);
  if (isRecord(schema["not"])) return { ...anythingShape(schema.description), nothing: true };
  if (schema["const"] !== undefined || schema.enum !== undefined) return scalarShape(schema, workshop);
  if (schema["allOf"] !== undefined) return anythingShape(schema.description);
  switch (schema.type) {
    case "object":
      return isOpenRecord(schema) ? recordShape(schema, workshop) : objectShape(schema, workshop);
    case "array":
      return schema.prefixItems === undefined ? listShape(schema, workshop) : tupleShape(schema, workshop);
    case undefined:
      return anythingShape(schema.description);
    default:
      return scalarShape(schema, workshop);
  }
}

function isOpenRecord(schema: JsonSchema): boolean {
  const named = Object.keys(schema.properties ?? {}).length > 0 || schema.propertyNames?.enum !== undefined;
  return !named && isRecord(schema.additionalProperties);
}

/** What a `#/…` pointer points to (RFC 6901). */
function resolve(source: JsonSchema, pointer: string): JsonSchema {
  let place: unknown = source;
  for (const step of pointer.split("/").slice(1)) {
    const key = decodeURIComponent(step).replaceAll("~1", "/").replaceAll("~0", "~");
    place = isRecord(place) && Object.hasOwn(place, key) ? place[key] : undefined;
  }
  return isRecord(place) ? place : {};
}

function countUnions(node: unknown): number {
  if (Array.isArray(node)) return node.reduce((sum: number, item) => sum + countUnions(item), 0);
  if (!isRecord(node)) return 0;
  const here = Array.isArray(node["anyOf"]) || Array.isArray(node["type"]) ? 1 : 0;
  return Object.values(node).reduce((sum: number, item) => sum + countUnions(item), here);
}
