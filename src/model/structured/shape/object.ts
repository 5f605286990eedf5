import { isRecord, type JsonSchema, orNull, type Shape, type Side, type Workshop } from "./shape.ts";

/**
 * An object with known properties. All of them are required on the wire: an optional one takes null instead,
 * and that null is dropped on the way back.
 */
export function objectShape(schema: JsonSchema, workshop: Workshop): Shape {
  const fields = fieldsOf(schema, workshop);
  const others = otherEntries(schema, workshop, fields);
  const all = others === undefined ? fields : new Map([...fields, [others.key, others.field]]);
  return {
    json: {
      type: "object",
      ...(schema.description === undefined ? {} : { description: schema.description }),
      properties: Object.fromEntries([...all].map(([key, field]) => [key, field.json])),
      required: [...all.keys()],
      additionalProperties: false,
    },
    nullable: false,
    encode: (plain) => (isRecord(plain) ? encodeObject(plain, fields, others) : plain),
    decode: (wire) => (isRecord(wire) ? decodeObject(wire, fields, others) : wire),
    fits: (value, side, exact) => isRecord(value) && fitsFields(value, { fields, side, exact, open: others?.key }),
  };
}

interface Field {
  readonly shape: Shape;
  readonly json: JsonSchema;
  readonly optional: boolean;
}

interface OtherEntries {
  readonly key: string;
  readonly field: Field;
}

function fieldsOf(schema: JsonSchema, workshop: Workshop): Map<string, Field> {
  const fields = new Map<string, Field>();
  for (const [key, property] of namedProperties(schema)) {
    const shape = workshop.shapeOf(property);
    const optional = !(schema.required?.includes(key) ?? false);
    if (shape.nothing === true && optional) continue;
    fields.set(key, { shape, optional, json: optional ? orNull(shape.json) : shape.json });
  }
  return fields;
}

/** The properties by name; those of a record with a closed list of keys too. */
function namedProperties(schema: JsonSchema): readonly (readonly [string, JsonSchema])[] {
  const keys = schema.propertyNames?.enum;
  const value = schema.additionalProperties;
  if (keys !== undefined && isRecord(value)) return keys.map((key) => [String(key), value] as const);
  return Object.entries(schema.properties ?? {});
}

/** Further properties of a stated kind travel as a list of entries; those of any kind are not asked for. */
function otherEntries(
  schema: JsonSchema,
  workshop: Workshop,
  fields: ReadonlyMap<string, Field>,
): OtherEntries | undefined {
  const value = schema.additionalProperties;
  if (!isRecord(value) || Object.keys(value).length === 0 || schema.propertyNames?.enum !== undefined) return undefined;
  const shape = recordShape({ additionalProperties: value }, workshop);
  let key = "others";
  while (fields.has(key)) key += "_";
  return { key, field: { shape, optional: false, json: shape.json } };
}

function encodeObject(
  plain: Record<string, unknown>,
  fields: ReadonlyMap<string, Field>,
  others: OtherEntries | undefined,
): unknown {
  const entries: [string, unknown][] = [...fields].map(([key, field]) => [
    key,
    plainHas(plain, key) ? field.shape.encode(plain[key]) : null,
  ]);
  if (others !== undefined) {
    const rest = Object.fromEntries(Object.entries(plain).filter(([key]) => !fields.has(key)));
    entries.push([others.key, others.field.shape.encode(rest)]);
  }
  return Object.fromEntries(entries);
}

const plainHas = (plain: Record<string, unknown>, key: string): boolean =>
  Object.hasOwn(plain, key) && plain[key] !== undefined;

function decodeObject(
  wire: Record<string, unknown>,
  fields: ReadonlyMap<string, Field>,
  others: OtherEntries | undefined,
): unknown {
  const entries: [string, unknown][] = [];
  for (const [key, value] of Object.entries(wire)) {
    const field = fields.get(key);
    if (field === undefined) {
      const more = key === others?.key ? others.field.shape.decode(value) : undefined;
      entries.push(...(isRecord(more) ? Object.entries(more) : ([[key, value]] as [string, unknown][])));
    } else if (value !== null || !field.optional || field.shape.nullable) {
      entries.push([key, value === null ? null : field.shape.decode(value)]);
    }
  }
  // A grammar that ignores `required` may leave out what would have been null; what tells of nothing that was asked is
  // no answer, and must not become one that says null throughout.
  if ([...fields.keys()].some((key) => Object.hasOwn(wire, key))) {
    for (const [key, field] of fields) {
      if (!field.optional && field.shape.nullable && !Object.hasOwn(wire, key)) entries.push([key, null]);
    }
  }
  return Object.fromEntries(entries);
}

interface FieldsQuestion {
  readonly fields: ReadonlyMap<string, Field>;
  readonly side: Side;
  readonly exact: boolean;
  readonly open: string | undefined;
}

function fitsFields(value: Record<string, unknown>, { fields, side, exact, open }: FieldsQuestion): boolean {
  const further = Object.keys(value).some((key) => !fields.has(key) && key !== open);
  if (exact && further && !(side === "plain" && open !== undefined)) return false;
  return [...fields].every(([key, field]) => {
    const present = Object.hasOwn(value, key) && value[key] !== undefined;
    if (!present) return side === "plain" || !exact ? field.optional || (!exact && field.shape.nullable) : false;
    if (side === "wire" && field.optional && value[key] === null) return true;
    return field.shape.fits(value[key], side, exact);
  });
}

/** An object with keys that nobody knows beforehand: a list of entries on the wire. */
export function recordShape(schema: JsonSchema, workshop: Workshop): Shape {
  const values = workshop.shapeOf(isRecord(schema.additionalProperties) ? schema.additionalProperties : {});
  const keys = workshop.shapeOf({ type: "string", ...schema.propertyNames });
  const entry: JsonSchema = {
    type: "object",
    properties: { key: keys.json, value: values.json },
    required: ["key", "value"],
    additionalProperties: false,
  };
  const changed = (record: Record<string, unknown>, change: (value: unknown) => unknown): unknown =>
    Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
  return {
    json: {
      type: "array",
      ...(schema.description === undefined ? {} : { description: schema.description }),
      items: entry,
    },
    nullable: false,
    encode: (plain) =>
      isRecord(plain) ? Object.entries(plain).map(([key, value]) => ({ key, value: values.encode(value) })) : plain,
    decode: (wire) => {
      if (isEntries(wire)) return Object.fromEntries(wire.map(({ key, value }) => [key, values.decode(value)]));
      return isRecord(wire) ? changed(wire, values.decode) : wire;
    },
    fits: (value, side, exact) => {
      if (side === "wire") return isEntries(value) && value.every((each) => values.fits(each.value, side, exact));
      return isRecord(value) && Object.values(value).every((each) => values.fits(each, side, exact));
    },
  };
}

function isEntries(wire: unknown): wire is { key: string; value: unknown }[] {
  return (
    Array.isArray(wire) &&
    wire.every((entry) => isRecord(entry) && typeof entry["key"] === "string" && Object.hasOwn(entry, "value"))
  );
}
