/** One figure. `goal` is what it is held against; a figure without one is only shown. */
export interface Row {
  /** What was played, as in `ring of 50`. */
  readonly scenario: string;
  readonly metric: string;
  readonly value: number;
  readonly unit: string;
  readonly goal?: Goal;
}

type Goal = { readonly atMost: number } | { readonly atLeast: number };

/** A row as programs read it: a figure without a goal has `null` for it, and is neither met nor missed. */
export interface PlainRow extends Omit<Row, "goal"> {
  readonly goal: string | null;
  readonly met: boolean | null;
}

/** Whether a figure meets its goal; undefined where there is none. What could not be measured meets none. */
export function met({ value, goal }: Row): boolean | undefined {
  if (goal === undefined) return undefined;
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

/** The row for programs; a figure that is no number (nothing was measured) is `null` in JSON. */
export function plainRow(row: Row): PlainRow {
  const { scenario, metric, value, unit, goal } = row;
  return { scenario, metric, value, unit, goal: goal === undefined ? null : goalText(goal), met: met(row) ?? null };
}
