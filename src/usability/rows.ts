import type { Visit, VisitEnd } from "../kernel/contracts/systems/visit.ts";
import type { ErrorRecord } from "../kernel/values/errors.ts";
import type { Exchange } from "./findings/exchange.ts";
import type { Success } from "./goals/goal.ts";

/** Which visit it is. */
export interface VisitKey {
  readonly system: string;
  readonly goal: string;
  readonly person: string;
  /** From 1. */
  readonly session: number;
}

/** One visit in figures. */
export interface SessionRow extends VisitKey {
  /** Null where nobody can say. */
  readonly success: boolean | null;
  /** Who says so: a check in code, the judge, or the person, who may be wrong. */
  readonly by: "check" | "judge" | "person";
  readonly end: VisitEnd;
  readonly steps: number;
  /** Moves that did not work. */
  readonly failures: number;
  /** How long it takes a person, by the keystroke-level model. */
  readonly seconds: number;
  /** From 1, very difficult, to 7, very easy: the single ease question (J. Sauro and J. Dumas, 2009); null where it was not asked. */
  readonly ease: number | null;
  /** The way they took, as they wrote it. */
  readonly path: string;
  /** The last that they did, and what the system showed then. */
  readonly did: string;
  readonly showed: string;
  /** What they said at its end. */
  readonly why: string;
}

/** What kind of finding it is, and how it is known. */
export type FindingKind =
  | "gave up"
  | "false success"
  | "unnoticed success"
  | "system error"
  | "not found"
  | "going in circles"
  | "out of steps"
  | "broke off"
  | "observed";

/** Something that stood in the way, with the exchange that shows it. */
export interface FindingRow extends VisitKey, Exchange {
  readonly kind: FindingKind;
  /** From 1, cosmetic, to 4, a catastrophe (J. Nielsen, Severity ratings for usability problems, 1994). */
  readonly severity: number;
  readonly what: string;
  /** Words on which it rests. */
  readonly quote: string;
  /** The entry of the transcript in which they stand. */
  readonly entry: string;
  readonly by: "rule" | "judge";
}

/** What a judge said of a claim about one visit. */
export interface ClaimRow extends VisitKey {
  readonly claim: string;
  readonly verdict: "true" | "false" | "undecided" | "inapplicable" | "error" | number;
  readonly why: string;
  readonly quote: string;
}

/** A visit that did not come about, or of which something is missing, and why. */
export interface FailedVisit extends VisitKey {
  readonly error: ErrorRecord;
}

/** A visit, which one it is, and when it would have been a success. */
export interface KeyedVisit extends VisitKey {
  readonly visit: Visit;
  readonly success: boolean | null;
  readonly check: Success | undefined;
}
