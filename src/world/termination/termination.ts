import type { TranscriptEntry } from "../../kernel/contracts/events.ts";
import type { Actor } from "../../kernel/contracts/person.ts";
import type { StepResult } from "../play/results.ts";

/**
 * Asked after each step whether the run is over: why, or nothing when it goes on.
 * @example
 * const enough = ({ transcript }) => (transcript().length > 100 ? "enough was said" : undefined);
 */
export type Termination = ((run: RunSoFar) => Why | Promise<Why>) & {
  /** The moment of simulated time after which no step begins. */
  readonly moment?: Date;
};

type Why = string | undefined;

/** A run as it stands after a step. */
export interface RunSoFar {
  readonly step: StepResult;
  /** How many steps this run has played. */
  readonly played: number;
  /** Since somebody last did anything everybody had the chance to, and nothing is under way. */
  readonly idle: boolean;
  /** Simulated time. */
  readonly time: Date | undefined;
  readonly people: readonly Actor[];
  /** What happened in the world. */
  transcript(): readonly TranscriptEntry[];
}
