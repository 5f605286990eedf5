import { z } from "zod";

const single = z.union([z.string(), z.number()]);
const Comparison = z
  .strictObject({
    item: z.string().min(1).describe("An item that is asked before, or a part of one: service.speed."),
    is: z
      .union([single, z.array(single).min(1)])
      .optional()
      .describe("The answer, or one of several."),
    includes: z
      .union([single, z.array(single).min(1)])
      .optional()
      .describe("It is, or one of them is, among those chosen."),
    below: z.number().optional(),
    above: z.number().optional(),
    atLeast: z.number().optional(),
    atMost: z.number().optional(),
    answered: z.boolean().optional().describe("Whether there is any answer."),
  })
  .refine(({ item: _, ...tests }) => Object.values(tests).some((test) => test !== undefined), {
    message: "Say what has to hold: is, includes, below, above, atLeast, atMost or answered.",
  });

/** When something is asked, skipped or over: as data, about answers that were given before. */
export type SurveyCondition =
  | z.output<typeof Comparison>
  | { readonly all: readonly SurveyCondition[] }
  | { readonly any: readonly SurveyCondition[] }
  | { readonly not: SurveyCondition };

/** A condition, as it is written. */
export const SurveyCondition: z.ZodType<SurveyCondition> = z
  .union([
    Comparison,
    z.strictObject({ all: z.array(z.lazy(() => SurveyCondition)).min(1) }),
    z.strictObject({ any: z.array(z.lazy(() => SurveyCondition)).min(1) }),
    z.strictObject({ not: z.lazy(() => SurveyCondition) }),
  ])
  .meta({ id: "Condition", description: "What has to hold of answers that were given before." });

/** The comparisons that a condition comes down to. */
export function comparisonsIn(condition: SurveyCondition): readonly z.output<typeof Comparison>[] {
  if ("all" in condition) return condition.all.flatMap(comparisonsIn);
  if ("any" in condition) return condition.any.flatMap(comparisonsIn);
  return "not" in condition ? comparisonsIn(condition.not) : [condition];
}
