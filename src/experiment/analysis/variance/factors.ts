import { type NumberedRow, personKey } from "../pairs/rows.ts";

/** What values can differ by, as one level for each row, by the name that reports give it. */
export function factorsOf(rows: readonly NumberedRow[]): Readonly<Record<string, readonly string[]>> {
  const of = (level: (row: NumberedRow) => string): readonly string[] => rows.map(level);
  const both = (one: (row: NumberedRow) => string, other: (row: NumberedRow) => string) =>
    of((row) => JSON.stringify([one(row), other(row)]));
  return {
    arm: of(({ arm }) => arm),
    person: of(personKey),
    panel: of(({ population }) => population),
    model: of(({ model }) => model),
    wording: of(({ wording = "" }) => wording),
    order: of(({ order = "" }) => order),
    // What all people of one simulation share, in whatever arm: its dice.
    run: of(({ cell }) => cell),
    "arm × person": both(({ arm }) => arm, personKey),
    "arm × model": both(
      ({ arm }) => arm,
      ({ model }) => model,
    ),
  };
}

/** What each part means. */
export const meanings: Readonly<Record<string, string>> = {
  arm: "what all people have in common that differs between arms",
  person: "who somebody is",
  panel: "which population they come from",
  model: "which model plays them",
  wording: "in which words it was said",
  order: "in which order things were met",
  run: "sampling: the seed and replicate, for all people of a run together",
  "arm × person": "how differently people react to the arms",
  "arm × model": "how differently models react to the arms",
  residual: "sampling: what is left for each value alone",
};
