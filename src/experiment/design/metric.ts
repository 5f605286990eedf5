import { z } from "zod";
import { declaredScales } from "../../kernel/contracts/answers/declared-scale.ts";

const said = z.string().trim().min(1);

/** What one value of a metric can be: what experiments can compare. */
export const MetricScale = z.discriminatedUnion("kind", [
  declaredScales.nominal,
  declaredScales.ordinal,
  declaredScales.number,
  z.strictObject({ kind: z.literal("text") }),
]);
/** The scale of a metric. */
export type MetricScale = z.infer<typeof MetricScale>;

/** Where the values of a metric come from, in each arm. */
export const MetricSource = z.union([
  z
    .strictObject({
      item: said.describe("The id of an item, or of a part of it, as in service.speed."),
      survey: said
        .optional()
        .describe("The step that asks, by its `as`, or the questionnaire's name: where several have such an item."),
      option: said
        .optional()
        .describe("Of rankings the place of this option, of checkboxes 1 or 0, of budgets its amount."),
    })
    .describe("An answer to a questionnaire."),
  z
    .strictObject({
      table: said.describe("A table among the results of the study."),
      column: said,
    })
    .describe("A field that was extracted, by the table's column `person`; without one it is of the group as a whole."),
  z
    .strictObject({
      proposition: said.describe("A claim about what happened, which is scored from 0 to 9 by the judge."),
      of: z.enum(["each", "world"]).default("each").describe("Each person alone, or each world as a whole."),
      last: z.int().positive().optional().describe("Judge the last so many entries alone."),
    })
    .describe("How true a claim is."),
  z
    .strictObject({
      count: said.describe("A type of action, as TALK, or of event, as stance-taken."),
      saying: said.optional().describe("Only those whose words have this in them, in any case."),
    })
    .describe("How often somebody did something."),
]);
/** The source of a metric: an item, a field, a score, a count. */
export type MetricSource = z.infer<typeof MetricSource>;

/** A metric as it is written. */
export const MetricDocument = z
  .strictObject({
    about: said.optional().describe("What it measures, in words."),
    scale: MetricScale.optional().describe(
      "What a value can be: declared, and never guessed from values. Scores and counts have their own.",
    ),
    from: MetricSource,
  })
  .describe("What is measured of everybody in each arm.");

/** A metric whose scale is settled. */
export interface Metric {
  readonly about?: string;
  readonly scale: MetricScale;
  readonly from: MetricSource;
}

/** The scale that scores and counts have by themselves. */
export function ownScale(from: MetricSource): MetricScale | undefined {
  if ("proposition" in from) return { kind: "number", low: 0, high: 9 };
  return "count" in from ? { kind: "number", low: 0, whole: true } : undefined;
}
