import { z } from "zod";
import { Span } from "./worlds/parts.ts";

const said = z.string().min(1);
const score = z.number().min(0).max(9);

/** What can be done when something holds: the steps that ask nobody. */
export const Deed = z.union([
  z.strictObject({ broadcast: said.describe("Everybody hears this.") }),
  z.strictObject({ broadcastThought: said.describe("Everybody thinks this.") }),
  z.strictObject({ broadcastGoal: said.describe("Everybody takes this as a goal.") }),
  z.strictObject({ tell: said.describe("Those whom it is about hear this.") }),
  z.strictObject({ think: said.describe("Those whom it is about think this.") }),
  z.strictObject({ goal: said.describe("Those whom it is about take this as a goal.") }),
  z.strictObject({ context: z.array(said).describe("The circumstances that those whom it is about are in.") }),
]);
export type Deed = z.infer<typeof Deed>;

/** Something that is done to a study's world, or to each of some people, when something holds. */
export const InterventionDocument = z
  .strictObject({
    name: said.describe("It is told in the journal."),
    of: z
      .union([z.enum(["world", "each"]), z.array(said).min(1)])
      .describe("Whom it is about: the world, or each person (or those named) alone. Default: the world.")
      .optional(),
    fromStep: z.int().positive().describe("The first step of the world in which it is looked at.").optional(),
    claim: said.describe("Judged in one call a step: what has to be true.").optional(),
    holds: z.boolean().describe("Whether the claim has to be true or false. Default: true.").optional(),
    atLeast: score.describe("The least score of the claim, from 0 to 9, instead of its truth.").optional(),
    atMost: score.describe("The highest score of the claim, from 0 to 9, instead of its truth.").optional(),
    last: z.int().positive().describe("Judge the last so many entries of the transcript alone.").optional(),
    do: z.array(Deed).min(1).describe("What is done then, in order."),
    once: z.boolean().optional(),
    maxFirings: z.int().positive().describe("How often it happens at most.").optional(),
    cooldown: z
      .union([z.int().positive(), Span])
      .describe("How many steps, or how much simulated time, lies at least between two times that it happens.")
      .optional(),
  })
  .describe("Looked at once in each step of the world, before anybody acts.");
export type InterventionDocument = z.infer<typeof InterventionDocument>;
