import { z } from "zod";
import { defineKind } from "../../kind.ts";

const described = { description: z.string().max(2000).optional() };
const count = z.int().min(0).optional();

/** The part of JSON Schema that people can fill in and that every model takes. */
export type Field =
  | {
      readonly type: "string";
      readonly enum?: readonly string[] | undefined;
      readonly minLength?: number | undefined;
      readonly maxLength?: number | undefined;
      readonly description?: string | undefined;
    }
  | {
      readonly type: "number" | "integer";
      readonly minimum?: number | undefined;
      readonly maximum?: number | undefined;
      readonly description?: string | undefined;
    }
  | { readonly type: "boolean"; readonly description?: string | undefined }
  | {
      readonly type: "array";
      readonly items: Field;
      readonly minItems?: number | undefined;
      readonly maxItems?: number | undefined;
      readonly description?: string | undefined;
    }
  | Fields;

/** Fields by name. */
export interface Fields {
  readonly type: "object";
  readonly properties: Readonly<Record<string, Field>>;
  readonly required?: readonly string[] | undefined;
  readonly description?: string | undefined;
}

const FieldEntry: z.ZodType<Field> = z
  .lazy(() =>
    z.discriminatedUnion("type", [
      z.strictObject({
        type: z.literal("string"),
        ...described,
        enum: z.array(z.string().min(1)).min(1).max(200).optional(),
        minLength: count,
        maxLength: count,
      }),
      z.strictObject({
        type: z.enum(["number", "integer"]),
        ...described,
        minimum: z.number().optional(),
        maximum: z.number().optional(),
      }),
      z.strictObject({ type: z.literal("boolean"), ...described }),
      z.strictObject({ type: z.literal("array"), ...described, items: FieldEntry, minItems: count, maxItems: count }),
      FieldsEntry,
    ]),
  )
  .meta({ id: "Field" });

const FieldsEntry = z.strictObject({
  type: z.literal("object"),
  ...described,
  properties: z.record(z.string().regex(/^[A-Za-z][\w-]*$/), FieldEntry),
  required: z.array(z.string()).optional(),
});

/** Data of a shape. */
export const object = defineKind(
  "object",
  {
    shape: FieldsEntry.describe(
      "A JSON Schema of objects, of which this much is known: type, properties, required, items, enum and limits.",
    ),
  },
  {
    parts: ({ id, shape }) => [{ id, scale: { kind: "object" }, options: [], shape: { ...shape } }],
    wrong: ({ shape }) =>
      strangeIn(shape, "shape").map(({ path, name }) => ({
        path: `${path}.required`,
        message: `There is no property '${name}'.`,
      })),
  },
);

function strangeIn(field: Field, path: string): readonly { readonly path: string; readonly name: string }[] {
  if (field.type === "array") return strangeIn(field.items, `${path}.items`);
  if (field.type !== "object") return [];
  const own = (field.required ?? [])
    .filter((name) => !Object.hasOwn(field.properties, name))
    .map((name) => ({ path, name }));
  return [
    ...own,
    ...Object.entries(field.properties).flatMap(([name, inner]) => strangeIn(inner, `${path}.properties.${name}`)),
  ];
}
