import { z } from "zod";
import { Deed, InterventionDocument } from "./interventions.ts";
import { Names, said } from "./worlds/parts.ts";

/** What is different in an arm of a study, as its file writes it. */
export const ArmDocument = z
  .strictObject({
    at: said.describe("Where it parts: room/3 is before the third step of the world 'room'.").optional(),
    to: Names.describe("Whom `tell`, `think`, `goal` and `context` are about. Default: everybody.").optional(),
    do: z.array(Deed).min(1).describe("What is done there, in order.").optional(),
    interventions: z
      .array(InterventionDocument)
      .min(1)
      .describe("What is done in the world when something holds, from there on.")
      .optional(),
    fragments: z
      .array(said)
      .min(1)
      .describe("Files of fragments, or names of packaged ones, laid over everybody's persona as they enter.")
      .optional(),
    personas: z
      .record(said, z.looseObject({}))
      .describe("By whole name, what is laid over somebody's persona as they enter.")
      .optional(),
    reword: z
      .record(said, z.string())
      .describe("Words in what people are told from outside, and others instead.")
      .optional(),
    said: z
      .array(z.strictObject({ by: said, at: said, words: said }))
      .describe("What somebody says in a turn instead of what they said: whole name, `room/2`, words.")
      .optional(),
    prompt: z
      .record(said, z.string())
      .describe("Words in the rules that everybody's model reads first, and others instead.")
      .optional(),
    without: z.array(said).describe("Interventions of the study that are not made, by name.").optional(),
    model: said.optional(),
  })
  .describe("An arm: the same study with something different, for `tinytroupe twins` and `tinytroupe fork`.");
export type ArmDocument = z.infer<typeof ArmDocument>;
