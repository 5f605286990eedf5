import { checkAble } from "../kernel/text/known-keys.ts";
import type { Budget } from "../kernel/values/errors.ts";
import type { ModelSpec } from "../model/open.ts";
import type { ForkOptions } from "../simulation/options.ts";
import type { Simulation } from "../simulation/simulation.ts";
import type { Difference } from "./forks/difference.ts";

/** A study as a value: what `tinytroupe run` plays. */
export interface Study<R = unknown> {
  readonly kind: "study";
  readonly name: string;
  readonly about?: string;
  readonly seed?: number | string;
  readonly model?: ModelSpec;
  readonly judge?: ModelSpec;
  /** More of them, by names of their own. */
  readonly models?: Readonly<Record<string, ModelSpec>>;
  readonly budget?: Budget;
  readonly startAt?: string;
  /** Both rules of the prompt are on unless switched off. */
  readonly safety?: { readonly harmfulContent?: boolean; readonly copyright?: boolean };
  /** Where relative paths of the study start. */
  readonly folder?: string;
  /** The names of its interventions, where all are known before it is played: an edit of another is refused at once. */
  readonly interventions?: readonly string[];
  /** What it is compared with by `tinytroupe twins`: the same with something different, by name. */
  readonly arms?: Readonly<Record<string, Difference>>;
  /** What it is a fork of; see `forkOf`. */
  readonly fork?: ForkOptions;
  /** Plays the study on an open run and returns its results; lists of objects are shown as tables. */
  run(simulation: Simulation): Promise<R>;
}

/**
 * Checks and freezes a study, so that a program can export it. OPTION_INVALID for one that cannot be run.
 * @example
 * defineStudy({ name: "hello", run: async (simulation) => simulation.name }).kind; // => "study"
 */
export function defineStudy<R>(study: Omit<Study<R>, "kind">): Study<R> {
  checkAble(study, "run", "study");
  return Object.freeze({ ...study, kind: "study" as const });
}

/** Tells whether a program exported a study. */
export function isStudy(value: unknown): value is Study {
  return typeof value === "object" && value !== null && Reflect.get(value, "kind") === "study" && "run" in value;
}
