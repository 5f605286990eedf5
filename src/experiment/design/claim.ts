import { z } from "zod";

const said = z.string().trim().min(1);

const Side = z
  .union([said, z.record(said, said)])
  .describe("An arm by name, or all arms with these levels, as in { price: high }.");

/** What is claimed of a metric before anybody looks. */
export const EffectClaim = z
  .strictObject({
    metric: said,
    contrast: z.tuple([Side, Side]).describe("The treatment, and what it is held against: [dearer, control]."),
    direction: z
      .enum(["greater", "less", "different", "equivalent"])
      .describe("How the treatment is, compared with the other: person by person, over all cells."),
    option: said.optional().describe("Of a nominal metric: the option whose share is compared."),
    least: z
      .number()
      .min(0)
      .optional()
      .describe("How far apart they are at least, in points of the metric's scale. Default: 0."),
    margin: z.number().gt(0).optional().describe("Of equivalence: how far apart they are at most, in the same points."),
    why: said.optional().describe("Why that is expected."),
  })
  .describe("A claim on a difference; ordinal options count as 1, 2, 3 … from the lowest, shares from 0 to 1.");
/** A claim on a difference between arms, declared beforehand. */
export type EffectClaim = z.infer<typeof EffectClaim>;
