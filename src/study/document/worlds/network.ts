import { z } from "zod";
import { said, share } from "./parts.ts";

const weight = z.number().positive();
const what = {
  type: said.describe("What the other is to somebody. Default: acquaintance.").optional(),
  weight: weight.describe("How strong it is, above 0. Default: 1.").optional(),
};
const directed = z.boolean().describe("One way. Default: both ways.").optional();

const Relation = z
  .strictObject({
    from: said.describe("A person, by name."),
    to: said.describe("Who is the `type` of that person, by name."),
    ...what,
    back: said
      .describe(
        "What `from` is to `to`, as in sister (the word of `type` where it is the same): the relation goes both ways.",
      )
      .optional(),
  })
  .describe("One relation.");

/** Relations among a study's people, as its file writes them: listed, read or drawn, or several of these. */
export const Relations = z.strictObject({
  relations: z.array(Relation).describe("Relations one by one.").optional(),
  file: said.describe("A CSV file beside the study with columns from, to and, if need be, type and weight.").optional(),
  random: z
    .strictObject({ degree: z.number().min(0).describe("How many each knows on average."), directed, ...what })
    .describe("Everybody knows everybody else with the same probability.")
    .optional(),
  smallWorld: z
    .strictObject({
      neighbours: z.int().min(0).describe("How many each knows at first: an even number."),
      rewired: share.describe("The share of relations that go to anybody instead."),
      ...what,
    })
    .describe("Neighbours who know each other, and a few who know somebody far away.")
    .optional(),
  scaleFree: z
    .strictObject({ links: z.int().min(1).describe("How many each newcomer gets to know."), directed, ...what })
    .describe("A few know very many.")
    .optional(),
  groups: z
    .strictObject({
      sizes: z.array(z.int().positive()).min(1).describe("How many people each group has, in their order."),
      within: share.describe("The probability that two of one group are related."),
      between: share.describe("The probability that two of different groups are related."),
      ...what,
    })
    .describe("People of a group are related with one probability, others with another.")
    .optional(),
});
export type Relations = z.infer<typeof Relations>;

/** What people of a study are to each other. */
export const NetworkDocument = Relations.extend({
  types: z.array(said).min(1).describe("Words go along relations of these types only.").optional(),
  atLeast: weight.describe("Words go along relations of at least this weight only.").optional(),
  hops: z.int().positive().describe("Over how many relations words go. Default: 1.").optional(),
  direction: z
    .enum(["out", "in", "either"])
    .describe("To those who are something to the speaker (out, the default), to those to whom the speaker is (in).")
    .optional(),
  broadcast: z.enum(["network", "everyone"]).describe("Who hears what is broadcast in somebody's name.").optional(),
  reachOut: z
    .strictObject({
      ...what,
      within: z.int().positive().describe("Over how many relations somebody can be reached. Default: any.").optional(),
      mutual: z.boolean().optional(),
    })
    .describe("Reaching out to somebody makes a relation.")
    .optional(),
}).describe("What people are to each other: words go along it.");
export type NetworkDocument = z.infer<typeof NetworkDocument>;
