import { z } from "zod";
import { orNotApplicable } from "../../insight/not-applicable.ts";

/** One field of an answer as a study file writes it: a description, or a description with a type. */
const Field = z
  .union([
    z.string().describe("What the field holds, in words; a text is expected."),
    z.strictObject({
      about: z.string().describe("What the field holds, in words.").optional(),
      type: z.enum(["text", "number", "integer", "yes-no"]).optional(),
      options: z.array(z.string().min(1)).min(2).describe("The only values allowed.").optional(),
      minimum: z.number().optional(),
      maximum: z.number().optional(),
      list: z.boolean().describe("Several values.").optional(),
      notApplicable: z.boolean().describe("May not concern somebody: then the table says `not applicable`.").optional(),
      optional: z.boolean().describe("May be left empty when nothing was said about it.").optional(),
    }),
  ])
  .describe("One field of an answer.");
export type Field = z.infer<typeof Field>;

export const Fields = z.record(z.string().min(1), Field).describe("Fields by name.");
export type Fields = z.infer<typeof Fields>;

/**
 * The schema of an answer with these fields.
 * @example
 * schemaOfFields({ choice: { options: ["A", "B"] } }).safeParse({ choice: "C" }).success; // => false
 */
export function schemaOfFields(fields: Fields): z.ZodObject {
  return z.object(Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, schemaOf(field)])));
}

function schemaOf(field: Field): z.ZodType {
  if (typeof field === "string") return z.string().describe(field);
  const single = withBounds(field);
  const many = field.list ? z.array(single) : single;
  const described = field.about === undefined ? many : many.describe(field.about);
  const whole = field.notApplicable ? orNotApplicable(described) : described;
  return field.optional ? whole.nullable() : whole;
}

function withBounds(field: Exclude<Field, string>): z.ZodType {
  if (field.options !== undefined) return z.enum(field.options);
  switch (field.type) {
    case "number":
    case "integer": {
      const base = field.type === "integer" ? z.int() : z.number();
      return base.min(field.minimum ?? -Number.MAX_SAFE_INTEGER).max(field.maximum ?? Number.MAX_SAFE_INTEGER);
    }
    case "yes-no":
      return z.boolean();
    default:
      return z.string();
  }
}
