import { z } from "zod";
import { Names, said } from "./worlds/parts.ts";

const Homophily = z
  .strictObject({
    by: Names.describe(
      "What is compared, as a persona says it: gender, or occupation.title. Of several each has a row. Numbers are near or far, texts the same or not.",
    ),
    table: said
      .describe("An earlier table with a row a person, whose columns are compared instead: what they answered.")
      .optional(),
    types: z.array(said).min(1).describe("Relations of these types only. Default: all.").optional(),
    as: said.describe("The name of the table. Default: homophily.").optional(),
  })
  .describe("Whether people of a network are related to those who are like them.");
export type Homophily = z.infer<typeof Homophily>;

const Communities = z
  .strictObject({
    types: z.array(said).min(1).describe("Relations of these types only. Default: all.").optional(),
    as: said.describe("The name of the table. Default: communities.").optional(),
  })
  .describe("Who of a network belongs together: a row for each person.");
export type Communities = z.infer<typeof Communities>;

const Spread = z
  .strictObject({
    statement: said.describe("Words that are all said, whatever their order and endings, or a /pattern/i."),
    broadcasts: z
      .boolean()
      .describe("false passes over what is broadcast from outside, as a question to all in the statement's words.")
      .optional(),
    as: said.describe("The name of the table. Default: spread.").optional(),
  })
  .describe("Who came to a statement first from whom, and when: a row for each whom it reached.");
export type Spread = z.infer<typeof Spread>;

const measures = { homophily: Homophily, communities: Communities, spread: Spread };
const { homophily, communities, spread } = measures;

/** The tables that are measured, and may say how. */
export const measured = Object.keys(measures);
export const isMeasure = (name: string): name is keyof typeof measures => Object.hasOwn(measures, name);

const Named = z
  .object({
    homophily: homophily.optional(),
    communities: z.union([said, communities]).optional(),
    spread: spread.optional(),
  })
  .catchall(said)
  .refine((tables) => Object.keys(tables).length > 0, "This is empty.")
  .describe("Each under another name, as in { holdings: before }.");

/** Tables of the world that a step brings home. */
export const KeptTables = z
  .union([
    z
      .array(z.union([said, Named]))
      .min(1)
      .describe("By their names, as in [trades, prices], or as in [trades, { holdings: before }]."),
    Named,
  ])
  .describe("Tables that the world keeps, as they are by then.");
export type KeptTables = z.infer<typeof KeptTables>;

/** What a table is measured by. */
export type Measure =
  | { readonly homophily: Homophily }
  | { readonly communities: Communities }
  | { readonly spread: Spread };

/** A table that a step brings home: of what, where that stands in the step, how it is to be called. */
export interface Kept {
  readonly of: string;
  readonly path: string;
  readonly as: string;
  /** What is measured, where the table is not kept by the world. */
  readonly measure?: Measure;
}

/** The tables that a step brings home, in order. */
export function keptTables(wanted: KeptTables): readonly Kept[] {
  if (!Array.isArray(wanted)) return Object.entries(wanted).map(([of, how]) => keptAs(of, how, of));
  return wanted.flatMap((one, place) =>
    typeof one === "string"
      ? [keptAs(one, one, String(place))]
      : Object.entries(one).map(([of, how]) => keptAs(of, how, `${place}.${of}`)),
  );
}

function keptAs(of: string, how: string | Homophily | Communities | Spread | undefined, path: string): Kept {
  if (typeof how === "object") return { of, path, as: how.as ?? of, measure: measureBy(how) };
  return { of, path, as: how ?? of, ...(of === "communities" && { measure: { communities: {} } }) };
}

function measureBy(how: Homophily | Communities | Spread): Measure {
  if ("by" in how) return { homophily: how };
  return "statement" in how ? { spread: how } : { communities: how };
}
