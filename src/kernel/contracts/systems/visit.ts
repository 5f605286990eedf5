import type { TranscriptEntry } from "../events.ts";
import type { Move, SystemView } from "./system.ts";

/** One thing that somebody did with a system, and what came back. */
export interface VisitStep {
  /** From 1. */
  readonly number: number;
  /** The entry of the transcript that it is: `<turn event>.<index of the action>`. */
  readonly id: string;
  readonly move: Move;
  /** What they thought and said to themselves in that turn, before they did it. */
  readonly aloud: readonly string[];
  readonly shown: SystemView;
  /** How long it takes a person, by the keystroke-level model; nothing of the system's own time. */
  readonly seconds: number;
}

/**
 * How a visit ended. `reached`: they say that they have what they came for; `gave up`; `out of steps`; `idle`: they did
 * nothing more; `over`: the system ended it.
 */
export type VisitEnd = "reached" | "gave up" | "out of steps" | "idle" | "over";

/** What somebody did with a system for a goal of their own. */
export interface Visit {
  readonly system: string;
  readonly person: string;
  readonly goal: string;
  /** Why they wanted it, in their own words, where they were asked. */
  readonly situation?: string;
  /** What was there when they came. */
  readonly first: SystemView;
  readonly steps: readonly VisitStep[];
  readonly end: VisitEnd;
  /** What they said of it, where they said they had it or gave up. */
  readonly why?: string;
  /** All of it, as readers and judges are told: what was done, and what came back. */
  readonly transcript: readonly TranscriptEntry[];
  /** Rules, not a language model, played the person. */
  readonly heuristic?: true;
}
