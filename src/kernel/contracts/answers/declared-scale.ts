import { z } from "zod";

/** An option in a file: a number is taken for its digits. */
export const DeclaredOption = z.union([z.string().trim().min(1), z.number()]).transform(String);
const distinct = (options: readonly string[]): boolean => new Set(options).size === options.length;

/** The options of a scale in a file, as in `[1, 2, 3]`. */
export const DeclaredOptions = z.array(DeclaredOption).min(2).refine(distinct, "An option stands here twice.");

/** How files declare the scales on which single values are compared. */
export const declaredScales = {
  nominal: z.strictObject({ kind: z.literal("nominal"), options: DeclaredOptions.describe("In any order.") }),
  ordinal: z.strictObject({ kind: z.literal("ordinal"), options: DeclaredOptions.describe("The lowest first.") }),
  number: z.strictObject({
    kind: z.literal("number"),
    low: z.number().optional(),
    high: z.number().optional(),
    whole: z.boolean().optional(),
  }),
};
