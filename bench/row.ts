/** One figure. `goal` is what it is held against; a figure without one is only shown. */
export interface Row {
  readonly scenario: string;
  readonly metric: string;
  readonly value: number;
  readonly unit: string;
  readonly goal?: { readonly atMost: number } | { readonly atLeast: number };
}

/** A scenario measures and returns its figures. */
export type Scenario = () => Promise<readonly Row[]>;

/** Whether a figure meets its goal; undefined where there is none. */
export function met({ value, goal }: Row): boolean | undefined {
  if (goal === undefined) return undefined;
  return "atMost" in goal ? value <= goal.atMost : value >= goal.atLeast;
}
