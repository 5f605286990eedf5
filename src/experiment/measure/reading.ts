import type { JournalEvent } from "../../kernel/contracts/events.ts";
import type { Simulation } from "../../simulation/simulation.ts";

/** What a metric has of one person: a value, or why there is none. */
export type Reading = { readonly person: string; readonly order?: string } & (
  | { readonly value: number | string }
  | { readonly value: null; readonly missing: string }
);

/** What is measured in: a run that has come to its end and is still open. */
export interface Scene {
  readonly simulation: Simulation;
  /** What the study returned. */
  readonly result: unknown;
  readonly story: readonly JournalEvent[];
  /** What stands for the group as a whole. */
  readonly group: string;
}
