import { type Column, type Table, tableOf } from "../../table/table.ts";

/** One value of one metric of one person in one arm of one cell: a row of an experiment's results. */
export interface Observation {
  /** The cell: one population, seed, replicate and model. Its arms are paired. */
  readonly cell: string;
  /** The arm, or its label where the experiment is blinded. */
  readonly arm: string;
  /** The level of each factor in this arm; empty where arms are not made of factors. */
  readonly levels: Readonly<Record<string, string>>;
  readonly population: string;
  readonly seed: string;
  /** From 1. */
  readonly replicate: number;
  /** The model that played. */
  readonly model: string;
  /** In which words the same thing was said, where the experiment has wordings. */
  readonly wording?: string;
  /** In which order items or options were met, where that was varied. */
  readonly order?: string;
  /** From 1, where everybody meets all arms one after the other: when this one was met. */
  readonly period?: number;
  /** Whose value it is: an id that is the same in every arm. Of a group as a whole that of its session; empty where an arm failed. */
  readonly person: string;
  /** Those who met have one session in common, which is the same in every arm; absent for who met nobody. */
  readonly session?: string;
  readonly metric: string;
  /** A number, an option or a text, as the metric's scale says; null where there is none, and `missing` says why. */
  readonly value: number | string | null;
  /** Why there is no value: `not-asked`, `skipped`, `refused`, `not-applicable`, `failed`, or the code of an error. */
  readonly missing?: string;
  /** The run that it comes from. */
  readonly run: string;
}

/** What stands before the name of a factor in the name of its column. */
export const levelPrefix = "level.";

const text = (name: string): Column => ({ name, type: "text" });

/** The columns that every table of observations has, but for those of factors, which stand after `arm`. */
const [before, after]: readonly (readonly Column[])[] = [
  [text("cell"), text("arm")],
  [
    ...[text("population"), text("seed"), { name: "replicate", type: "integer" } as const, text("model")],
    ...[
      text("wording"),
      text("order"),
      { name: "period", type: "integer" } as const,
      text("person"),
      text("session"),
      text("metric"),
    ],
    ...[{ name: "value", type: "number" } as const, text("text"), text("missing"), text("run")],
  ],
] as const;

/**
 * Observations as a table: a column a factor (`level.price`), numbers in `value`, options and texts in `text`.
 * @example
 * observationTable([]).columns.length; // => 16
 */
export function observationTable(observations: readonly Observation[]): Table {
  const factors = [...new Set(observations.flatMap(({ levels }) => Object.keys(levels)))];
  const columns = [...(before ?? []), ...factors.map((factor) => text(levelPrefix + factor)), ...(after ?? [])];
  const rows = observations.map(({ levels, value, ...rest }) => ({
    ...rest,
    ...Object.fromEntries(Object.entries(levels).map(([factor, level]) => [levelPrefix + factor, level])),
    ...(typeof value === "string" ? { text: value } : { value }),
  }));
  return tableOf(rows, { columns });
}
