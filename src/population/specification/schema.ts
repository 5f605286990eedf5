import { z } from "zod";

const said = z.string().trim().min(1);
const id = z
  .string()
  .regex(
    /^[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*$/,
    "This must be a short id: small letters, digits, - and _, as in home-region.",
  );
const share = z.number().min(0).describe("A share or a weight: what is given together is brought to a sum of one.");
const level = z.union([said, z.number(), z.boolean()]);

const Source = z
  .strictObject({
    title: said,
    url: z.url().optional(),
    opened: z.iso.date().describe("The day on which somebody looked there.").optional(),
    note: said.optional(),
  })
  .describe("Where figures come from.");

/** What every kind of dimension may say. */
const about = {
  title: said.describe("How tables and people read it. Default: the id.").optional(),
  describe: said.describe("What is meant, for who writes the personas and for who reads the report.").optional(),
  persona: said
    .describe(
      "The dotted place in the persona that must say it: `age`, `occupation.title`. Default: what the id names there, else among the facts.",
    )
    .optional(),
  sensitive: z.boolean().describe("A group that the audit watches for stereotypes.").optional(),
  source: id.describe("One of the sources.").optional(),
  unverified: z.boolean().describe("The figures were not checked against a source; every report says so.").optional(),
};

const Shares = z
  .record(said, share)
  .refine((shares) => Object.values(shares).some((value) => value > 0), "At least one share must be above zero.");

const Categorical = z
  .strictObject({ kind: z.literal("categorical"), shares: Shares, ...about })
  .describe("One of several values without an order.");

const Ordinal = z
  .strictObject({ kind: z.literal("ordinal"), shares: Shares.describe("From the lowest to the highest."), ...about })
  .describe("One of several values in an order.");

const Band = z.strictObject({
  from: z.number(),
  to: z.number().describe("Included where the values are whole numbers."),
  share,
  label: said.describe("Default: `from-to`.").optional(),
});

const Distribution = z
  .discriminatedUnion("name", [
    z.strictObject({ name: z.literal("uniform") }),
    z.strictObject({ name: z.literal("normal"), mean: z.number(), sd: z.number().positive() }),
    z.strictObject({ name: z.literal("log-normal"), median: z.number().positive(), sigma: z.number().positive() }),
    z.strictObject({ name: z.literal("triangular"), mode: z.number() }),
    z.strictObject({ name: z.literal("exponential"), mean: z.number().positive() }),
    z.strictObject({ name: z.literal("beta"), alpha: z.number().positive(), beta: z.number().positive() }),
  ])
  .describe("A named distribution, cut off at `from` and `to`.");

const Numeric = z
  .strictObject({
    kind: z.literal("numeric"),
    unit: said.optional(),
    integer: z.boolean().describe("Whole numbers alone. Default: true.").optional(),
    from: z.number().optional(),
    to: z.number().optional(),
    bands: z
      .array(Band)
      .min(1)
      .describe("Shares of bands; even within a band unless a distribution is given.")
      .optional(),
    distribution: Distribution.optional(),
    ...about,
  })
  .describe("A number: bands with shares, or a range with a distribution (even, where none is named).");

const Free = z
  .strictObject({ kind: z.literal("free"), describe: said, title: said.optional(), persona: said.optional() })
  .describe("Something that whoever writes the personas makes up, without figures.");

export const dimensionSchema = z.discriminatedUnion("kind", [Categorical, Ordinal, Numeric, Free]);

const Test = z
  .union([
    level.describe("This value; of a numeric dimension the label of a band, or one number."),
    z.array(level).min(1).describe("One of these values."),
    z
      .strictObject({ from: z.number().optional(), to: z.number().optional() })
      .refine(({ from, to }) => from !== undefined || to !== undefined, "A range needs `from` or `to`.")
      .describe("A number in this range, both ends included."),
  ])
  .describe("What must hold of one dimension.");

export const whereSchema = z.record(id, Test).describe("What must hold, dimension by dimension, all of it.");

const Joint = z
  .strictObject({
    of: z.array(id).min(2),
    cells: z
      .array(z.strictObject({ when: z.record(id, level), share }))
      .min(1)
      .describe("One value of each dimension, and the share of people who have them all. Cells left out have none."),
    source: id.optional(),
    unverified: z.boolean().optional(),
  })
  .describe("A table of the shares of combinations (a crosstab).");

const Conditional = z
  .strictObject({
    of: id,
    rows: z
      .array(z.strictObject({ when: whereSchema, shares: Shares }))
      .min(1)
      .describe("The shares of values among those of whom `when` holds; the first row that holds counts."),
    source: id.optional(),
    unverified: z.boolean().optional(),
  })
  .describe("How a dimension depends on others.");

const because = said.describe("Why, for who reads the report.").optional();
const Constraint = z.union([
  z.strictObject({ never: whereSchema, because }).describe("A combination that nobody has."),
  z.strictObject({ when: whereSchema, must: whereSchema, because }).describe("Whoever has this has that as well."),
  z.strictObject({ always: whereSchema, because }).describe("What holds of everybody."),
]);

const Quota = z
  .strictObject({
    where: whereSchema,
    count: z.int().min(0).describe("Exactly so many.").optional(),
    atLeast: z.int().min(0).optional(),
    atMost: z.int().min(0).optional(),
  })
  .refine(
    ({ count, atLeast, atMost }) => (count !== undefined) !== (atLeast !== undefined || atMost !== undefined),
    "A quota has either `count`, or `atLeast` and `atMost`.",
  );

const Boost = z
  .strictObject({ where: whereSchema, times: z.number().positive().describe("How many times their share.") })
  .describe("A group that is drawn more often; the weights undo it.");

const Households = z
  .strictObject({
    sizes: z
      .record(z.string().regex(/^[1-9]\d?$/), share)
      .describe("Shares of households of one, two, three … people."),
    partners: z
      .strictObject({
        of: whereSchema.describe("Who can live with a partner. Default: everybody.").optional(),
        share: z.number().min(0).max(1).describe("The share of them who do."),
        same: z
          .record(id, z.number().min(0).max(1))
          .describe("In what share of couples both have the same value of a dimension.")
          .optional(),
        gap: z
          .record(id, z.strictObject({ mean: z.number(), sd: z.number().positive() }))
          .describe("How far apart the two are in a numeric dimension.")
          .optional(),
      })
      .optional(),
    shared: z.array(id).describe("What all of a household have in common: a region, an income.").optional(),
    source: id.optional(),
    unverified: z.boolean().optional(),
  })
  .describe("Who lives together: people who were drawn are matched, so that no margin moves.");

/** Whom a population is to consist of: dimensions, how they hang together, what is impossible, and who is wanted. */
export const specificationSchema = z.strictObject({
  $schema: z.string().optional(),
  specification: z.literal(1).describe("The version of this format."),
  name: said,
  title: said.optional(),
  description: said.describe("The setting, for who writes the personas: country, year, market.").optional(),
  language: said.describe("The people's first language, in its English name, unless a dimension says it.").optional(),
  locale: z
    .string()
    .regex(/^[a-z]{2,3}(?:[-_][A-Z]{2})?$/)
    .describe("Where names come from: pt-BR.")
    .optional(),
  size: z.int().positive().describe("How many people, where nobody says otherwise.").optional(),
  sources: z.record(id, Source).optional(),
  dimensions: z
    .record(id, dimensionSchema)
    .refine((all) => Object.keys(all).length > 0, "A population needs a dimension."),
  joints: z.array(Joint).optional(),
  conditionals: z.array(Conditional).optional(),
  constraints: z.array(Constraint).optional(),
  quotas: z.array(Quota).optional(),
  strata: z.array(id).describe("Dimensions by which people are drawn group by group.").optional(),
  boosts: z.array(Boost).optional(),
  households: Households.optional(),
});

/** Whom a population is to consist of, as `loadSpecification` reads it and sampling draws from it. */
export type Specification = z.output<typeof specificationSchema>;
/** One thing in which people differ: categorical, ordinal, numeric, or free. */
export type Dimension = z.output<typeof dimensionSchema>;
/** What must hold of somebody, by dimension: a value, one of several, or a range. */
export type Where = z.output<typeof whereSchema>;
/** A part of the range of a numeric dimension, and its share. */
export type Band = z.output<typeof Band>;
/** A value of a dimension. */
export type Level = string | number;
