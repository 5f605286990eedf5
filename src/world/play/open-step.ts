import type { JournalEvent, TurnTaken } from "../../kernel/contracts/events.ts";
import type { Actor, StepOutcome, Turn } from "../../kernel/contracts/person.ts";
import { errorRecord, isTinyTroupeError } from "../../kernel/values/errors.ts";
import type { PersonId } from "../../kernel/values/ids.ts";
import type { Ruling } from "../resolution/resolution.ts";
import type { StepPlan } from "../schedule/schedule.ts";

/** A step that has begun. One that was cut short stays open: who has acted is kept, the others still may. */
export interface OpenStep<P extends Actor> {
  readonly number: number;
  /** Whose time had come when it began. */
  readonly due: ReadonlySet<PersonId>;
  /** Who acts, once that is settled, and what was found out to settle it. */
  plan: StepPlan<P> | undefined;
  readonly kept: Map<PersonId, unknown>;
  /** What people did so far, delivered or still to be delivered. */
  readonly turns: Map<PersonId, Turn>;
  /** What is to become of it, by action. */
  readonly rulings: Map<string, Ruling>;
  /** What became of those whose part in the step is over: recorded and delivered. */
  readonly outcomes: Map<PersonId, StepOutcome>;
}

/** A step in which nobody has acted yet. */
export function openStep<P extends Actor>(step: Pick<OpenStep<P>, "number" | "due">): OpenStep<P> {
  return { ...step, plan: undefined, kept: new Map(), turns: new Map(), rulings: new Map(), outcomes: new Map() };
}

/** What the play of a step asks of a world. */
export interface Stage<P extends Actor> {
  /** Settles who acts. */
  plan(): Promise<StepPlan<P>>;
  act(person: P): Promise<Turn>;
  /** Somebody's attempt to act is over; told in the order of the cast, before anything is delivered. */
  ended(attempt: Asked<P>): void;
  /** Who has left since the step began takes no turn in it. */
  isHere(person: P): boolean;
  /** Finds out what is to become of what people did, where that is not clear. */
  resolve?(taken: readonly Taken<P>[]): Promise<void>;
  /** Records what became of a person, and delivers what they said. */
  commit(person: P, outcome: StepOutcome): void;
  /** What these met, of whom nobody has an answer, may be their own. */
  spares(failed: readonly P[]): boolean;
  /** Nobody else shall begin. */
  isStopped(): boolean;
  /** The model waits for nothing: it answers one after another. */
  readonly isAnsweredAtOnce: boolean;
}

/** A turn, and whose it is. */
export interface Taken<P> {
  readonly person: P;
  readonly turn: Turn;
}

/** What came of asking somebody to act. */
export type Asked<P> = Taken<P> | { readonly person: P; readonly error: unknown };

/** Why a step was cut short. */
export type Cut = "budget" | "signal";

/** How an error cuts a step short; undefined for one that does not. */
export function cutBy(error: unknown): Cut | undefined {
  if (isTinyTroupeError(error, "BUDGET_EXCEEDED")) return "budget";
  return isTinyTroupeError(error, "ABORTED") || isAbortError(error) ? "signal" : undefined;
}

const isAbortError = (error: unknown): boolean => error instanceof Error && error.name === "AbortError";

export function outcomeOf<P extends Actor>(one: Asked<P>): StepOutcome {
  const { id: person, name } = one.person;
  return "turn" in one ? { person, name, turn: one.turn } : { person, name, error: errorRecord(one.error) };
}

export const isIdle = (turn: Turn): boolean => turn.stop === "idle";

/** A turn as the journal has it; undefined for an idle one, which the journal does not have. */
export function turnEvent(turn: Turn, at: { readonly time?: string }): JournalEvent<TurnTaken> | undefined {
  if (turn.event === undefined) return undefined;
  const { person, name, actions, state, stop, warnings, heuristic } = turn;
  const notes = { ...(warnings.length > 0 && { warnings }), ...(heuristic && { heuristic }) };
  return { type: "turn", id: turn.event, ...at, person, name, actions, state, stop, ...notes };
}
