import type { StepOutcome } from "../../kernel/contracts/person.ts";

/** What became of one step. */
export interface StepResult {
  /** From 1, counted over the life of the world. */
  readonly step: number;
  /** Simulated time, ISO 8601. */
  readonly time?: string;
  /** One for each person, in the order of acting. */
  readonly outcomes: readonly StepOutcome[];
  /** Nobody did anything, and nobody failed. */
  readonly quiet: boolean;
  /** The step was cut short: the next run goes on with it. */
  readonly open?: true;
}

/** What became of a run, and why it ended. */
export interface RunResult {
  readonly steps: readonly StepResult[];
  readonly stopped: "steps" | "until" | "quiet" | "termination" | "budget" | "signal";
  /** What the termination said. */
  readonly reason?: string;
}
