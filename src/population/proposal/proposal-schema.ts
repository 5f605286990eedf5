import { z } from "zod";

const share = z
  .number()
  .min(0)
  .describe("A percentage or a weight; those that belong together need not add up to 100.");
const basis = z
  .enum(["source", "estimate"])
  .describe("source: every figure stands in the source, as it is; estimate: at least one is yours.");

/** One test: of a numeric dimension a range, else any of the values. */
const Condition = z.object({
  dimension: z.string().describe("The id of a dimension."),
  values: z.array(z.string()).describe("Any of these; empty for a range."),
  from: z.number().nullable(),
  to: z.number().nullable(),
});
const conditions = z.array(Condition);
export type Condition = z.output<typeof Condition>;

const Shares = z.array(z.object({ value: z.string(), share }));

const ProposedDimension = z.object({
  id: z.string().describe("A short English id in small letters: age, home-region."),
  title: z.string().describe("As people read it."),
  kind: z
    .enum(["categorical", "ordinal", "numeric", "free"])
    .describe("ordinal: from the lowest to the highest; free: made up later, without figures."),
  describe: z.string().describe("What is meant, in one sentence."),
  sensitive: z.boolean().describe("Sex, ethnicity, religion, health, orientation and the like."),
  values: z
    .array(
      z.object({
        value: z.string().describe("A short label; of a numeric dimension the range, as in 18-24."),
        from: z.number().nullable().describe("Numeric alone: where the band begins; else null."),
        to: z.number().nullable().describe("Numeric alone: where it ends, included; else null."),
        share,
      }),
    )
    .describe("Every value with its share. Bands of a number follow each other without gaps. Empty if free."),
  basis,
});
export type ProposedDimension = z.output<typeof ProposedDimension>;

/** What a model fills in, flat and with nothing optional; `specificationOf` makes a specification of it. */
export const proposalSchema = z.object({
  title: z.string().min(1).describe("Who these people are."),
  description: z.string().describe("The setting: country, year, market."),
  language: z.string().describe("Their first language, in English."),
  locale: z.string().describe("Where names come from, as in pt-BR; empty where that is not clear."),
  dimensions: z.array(ProposedDimension).min(1),
  tables: z
    .array(
      z.object({
        of: z.array(z.string()).describe("Ids of two dimensions or more."),
        cells: z.array(z.object({ values: z.array(z.string()).describe("One of each, in that order."), share })),
        basis,
      }),
    )
    .describe("Crosstabs that the source has."),
  dependencies: z
    .array(
      z.object({
        of: z.string().describe("The id of the dimension that depends on others."),
        rows: z.array(z.object({ when: conditions, shares: Shares })),
        basis,
      }),
    )
    .describe("How the shares of one dimension differ by others, none in a circle."),
  rules: z
    .array(
      z.object({
        when: conditions.describe("Of whom it holds; empty for everybody."),
        must: conditions.describe("What they have; empty where nobody can be so."),
        because: z.string(),
      }),
    )
    .describe("What is impossible or certain: adults only; whoever is retired is 60 or older."),
  remarks: z.array(z.string()).describe("What the source does not say and was estimated; what in it is contradictory."),
});

export type Proposal = z.output<typeof proposalSchema>;
