import { boundsOf } from "./scalar.ts";
import { isRecord, type JsonSchema, orNull, type Shape, type Side, type Workshop } from "./shape.ts";

/** A list of items of one kind. */
export function listShape(schema: JsonSchema, workshop: Workshop): Shape {
  const items = workshop.shapeOf(isRecord(schema.items) ? schema.items : {});
  const bounds = boundsOf(schema, workshop);
  const each = (value: unknown, change: (item: unknown) => unknown): unknown =>
    Array.isArray(value) ? value.map(change) : value;
  return {
    json: {
      type: "array",
      ...(bounds.description === undefined ? {} : { description: bounds.description }),
      ...bounds.kept,
      items: items.json,
    },
    nullable: false,
    encode: (plain) => each(plain, items.encode),
    decode: (wire) => each(wire, items.decode),
    fits: (value, side, exact) => Array.isArray(value) && value.every((item) => items.fits(item, side, exact)),
  };
}

/** A list with a kind for each place: sent as an object with the keys item1, item2 … and `rest`. */
export function tupleShape(schema: JsonSchema, workshop: Workshop): Shape {
  const places = (schema.prefixItems ?? []).map((item) => workshop.shapeOf(item));
  const rest = isRecord(schema.items) ? workshop.shapeOf(schema.items) : undefined;
  const fixed = typeof schema["minItems"] === "number" ? schema["minItems"] : places.length;
  const properties = places.map((place, index) => [
    `item${index + 1}`,
    index < fixed ? place.json : orNull(place.json),
  ]);
  if (rest !== undefined) properties.push(["rest", { type: "array", items: rest.json }]);
  const tuple: Tuple = { places, rest, fixed };
  return {
    json: {
      type: "object",
      ...(schema.description === undefined ? {} : { description: schema.description }),
      properties: Object.fromEntries(properties),
      required: properties.map(([key]) => key as string),
      additionalProperties: false,
    },
    nullable: false,
    encode: (plain) => (Array.isArray(plain) ? encodeTuple(plain, tuple) : plain),
    decode: (wire) => decodeTuple(wire, tuple),
    fits: (value, side) => fitsTuple(value, side, tuple),
  };
}

interface Tuple {
  readonly places: readonly Shape[];
  readonly rest: Shape | undefined;
  /** How many places must be filled. */
  readonly fixed: number;
}

function encodeTuple(plain: readonly unknown[], { places, rest }: Tuple): unknown {
  const entries: [string, unknown][] = places.map((place, index) => [
    `item${index + 1}`,
    index < plain.length ? place.encode(plain[index]) : null,
  ]);
  if (rest !== undefined) entries.push(["rest", plain.slice(places.length).map(rest.encode)]);
  return Object.fromEntries(entries);
}

function decodeTuple(wire: unknown, { places, rest, fixed }: Tuple): unknown {
  if (!isRecord(wire) && !Array.isArray(wire)) return wire;
  const given = Array.isArray(wire) ? wire.slice(0, places.length) : places.map((_, index) => wire[`item${index + 1}`]);
  const more: unknown = Array.isArray(wire) ? wire.slice(places.length) : wire["rest"];
  let length = places.length;
  while (length > fixed && (given[length - 1] === undefined || given[length - 1] === null)) length--;
  const values = given.slice(0, length).map((value, index) => places[index]?.decode(value));
  return rest === undefined || !Array.isArray(more) ? values : [...values, ...more.map(rest.decode)];
}

function fitsTuple(value: unknown, side: Side, { places, fixed }: Tuple): boolean {
  if (side === "plain") {
    return (
      Array.isArray(value) &&
      value.length >= fixed &&
      places.every((place, index) => index >= value.length || place.fits(value[index], side, true))
    );
  }
  return isRecord(value) && places.every((_, index) => Object.hasOwn(value, `item${index + 1}`));
}
