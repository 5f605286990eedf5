/** One figure. `goal` is what it is held against; a figure without one is only shown. */
export interface Row {
  /** What was played, as in `ring of 50`. */
  readonly scenario: string;
  readonly metric: string;
  /** `null` when this machine lacks what it takes to measure it. */
  readonly value: number | null;
  readonly unit: string;
  readonly goal?: Goal;
  /** What is lacking, and how to get it. */
  readonly lacks?: string;
}

type Goal = { readonly atMost: number } | { readonly atLeast: number };

/** A row as programs read it: a figure without a goal or a value has `null` for it, and is neither met nor missed. */
export interface PlainRow extends Omit<Row, "goal"> {
  readonly goal: string | null;
  readonly met: boolean | null;
}

/** Whether a figure meets its goal; undefined where one of them is absent. A value that is no number meets none. */
export function met({ value, goal }: Row): boolean | undefined {
  if (goal === undefined || value === null) return undefined;
  return "atMost" in goal ? value <= goal.atMost : value >= goal.atLeast;
}

/**
 * The goal in words.
 * @example
 * goalText({ atMost: 1.05 }); // => "at most 1.05"
 */
export function goalText(goal: Goal): string {
  return "atMost" in goal ? `at most ${goal.atMost}` : `at least ${goal.atLeast}`;
}

/** The row for programs; a figure that is no number (something went wrong) is `null` in JSON, and misses its goal. */
export function plainRow(row: Row): PlainRow {
  const { goal, ...rest } = row;
  return { ...rest, goal: goal === undefined ? null : goalText(goal), met: met(row) ?? null };
}
