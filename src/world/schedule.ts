import type { JournalEvent, TurnTaken } from "../kernel/contracts/events.ts";
import type { Actor, StepOutcome, Turn } from "../kernel/contracts/person.ts";
import { concernsOneAnswer, errorRecord, isTinyTroupeError, metByAll } from "../kernel/values/errors.ts";
import type { PersonId } from "../kernel/values/ids.ts";

/**
 * `simultaneous`: all act on what they knew when the step began, then all is delivered in the order of the list.
 * `sequential`: one after the other in the order of the list, and each hears what came before. `shuffled`: the same in
 * an order drawn anew for each step.
 */
export type Order = "simultaneous" | "sequential" | "shuffled";

/** A step that has begun. One that was cut short stays open: who has acted is kept, the others still may. */
export interface OpenStep<P extends Actor> {
  readonly number: number;
  readonly order: Order;
  /** Who acts, in the order of acting. */
  readonly cast: readonly P[];
  /** The model has been of use here: somebody had an answer, and since then not all who are here failed at once. */
  readonly afterAnswers: boolean;
  /** What people did so far, delivered or still to be delivered. */
  readonly turns: Map<PersonId, Turn>;
  /** What became of those whose part in the step is over: recorded and delivered. */
  readonly outcomes: Map<PersonId, StepOutcome>;
}

/** A step in which nobody has acted yet. */
export function openStep<P extends Actor>(step: Omit<OpenStep<P>, "turns" | "outcomes">): OpenStep<P> {
  return { ...step, turns: new Map(), outcomes: new Map() };
}

/** What the schedule asks of a world. */
export interface Stage<P extends Actor> {
  act(person: P): Promise<Turn>;
  /** Who has left since the step began takes no turn in it. */
  isHere(person: P): boolean;
  /** Records what became of a person, and delivers what they said. */
  commit(person: P, outcome: StepOutcome): void;
  /** Nobody else shall begin. */
  isStopped(): boolean;
}

/** Why a step was cut short. */
type Cut = "budget" | "signal";

export interface Played {
  readonly cut?: Cut;
  /** In the order of acting, without those who left before their turn; when cut short, without those who had not begun. */
  readonly outcomes: readonly StepOutcome[];
}

type Attempt<P> = { readonly person: P; readonly turn: Turn } | { readonly person: P; readonly error: unknown };

/**
 * Plays a step, or what is left of it. One person's failure is that person's outcome as long as somebody has an answer:
 * in this step or, where only one tried to act and met an error of their own, in one before. Otherwise what they met is
 * thrown. Then, and when the budget or the signal cuts the step short, the step stays open.
 */
export function playStep<P extends Actor>(step: OpenStep<P>, stage: Stage<P>): Promise<Played> {
  return step.order === "simultaneous" ? playTogether(step, stage) : playInTurn(step, stage);
}

async function playTogether<P extends Actor>(step: OpenStep<P>, stage: Stage<P>): Promise<Played> {
  const cast = step.cast.filter((person) => hasPart(person, step, stage));
  const begun: Promise<Attempt<P>>[] = [];
  for (const person of cast) {
    begun.push(attempt(person, step, stage));
    // A question leaves before the next one is put together: else the first would wait for the last.
    if (begun.length % 8 === 0) await new Promise((next) => setImmediate(next));
  }
  const attempts = await Promise.all(begun);
  const cut = attempts.map(cutOf).find((one) => one !== undefined);
  if (cut !== undefined) return { cut, outcomes: attempts.map(outcomeOf) };
  const settling = new Settling(step, stage);
  for (const one of attempts) if (!step.outcomes.has(one.person.id)) settling.take(one);
  settling.end();
  return { outcomes: ordered(step) };
}

async function playInTurn<P extends Actor>(step: OpenStep<P>, stage: Stage<P>): Promise<Played> {
  const settling = new Settling(step, stage);
  for (const person of step.cast) {
    if (step.outcomes.has(person.id) || !hasPart(person, step, stage)) continue;
    if (stage.isStopped()) return { cut: "signal", outcomes: ordered(step) };
    const one = await attempt(person, step, stage);
    const cut = cutOf(one);
    if (cut !== undefined) return { cut, outcomes: [...ordered(step), outcomeOf(one)] };
    settling.take(one);
  }
  settling.end();
  return { outcomes: ordered(step) };
}

/** What was said before somebody left was said: a turn taken stands. */
function hasPart<P extends Actor>(person: P, step: OpenStep<P>, stage: Stage<P>): boolean {
  return step.turns.has(person.id) || step.outcomes.has(person.id) || stage.isHere(person);
}

async function attempt<P extends Actor>(person: P, step: OpenStep<P>, stage: Stage<P>): Promise<Attempt<P>> {
  const kept = step.turns.get(person.id);
  if (kept !== undefined) return { person, turn: kept };
  try {
    const turn = await stage.act(person);
    step.turns.set(person.id, turn);
    return { person, turn };
  } catch (error) {
    return { person, error };
  }
}

/** Commits attempts in order. Failures wait until it is clear that they are not everybody's. */
class Settling<P extends Actor> {
  readonly #step: OpenStep<P>;
  readonly #stage: Stage<P>;
  #waiting: Attempt<P>[] = [];
  #somebodyWasSpared: boolean;

  constructor(step: OpenStep<P>, stage: Stage<P>) {
    this.#step = step;
    this.#stage = stage;
    this.#somebodyWasSpared = [...step.outcomes.values()].some(
      (outcome) => "error" in outcome || !isIdle(outcome.turn),
    );
  }

  take(one: Attempt<P>): void {
    if ("error" in one && !this.#somebodyWasSpared) {
      this.#waiting.push(one);
      return;
    }
    if ("turn" in one && !isIdle(one.turn)) this.#release();
    this.#commit(one);
  }

  /** Throws why nobody who tried has an answer. */
  end(): void {
    const errors = this.#waiting.flatMap((one) => ("error" in one ? [one.error] : []));
    if (errors.length === 0) return;
    const isOwn = errors.length === 1 && concernsOneAnswer(errors[0]);
    if (!isOwn || !this.#step.afterAnswers) throw metByAll(errors);
    this.#release();
  }

  #release(): void {
    this.#somebodyWasSpared = true;
    for (const one of this.#waiting) this.#commit(one);
    this.#waiting = [];
  }

  #commit(one: Attempt<P>): void {
    const outcome = outcomeOf(one);
    this.#step.outcomes.set(one.person.id, outcome);
    this.#stage.commit(one.person, outcome);
  }
}

const isIdle = (turn: Turn): boolean => turn.stop === "idle";

/** Whether anybody has an answer; undefined when nobody has one but somebody was not asked, which says nothing. */
export function hasAnswers(outcomes: readonly StepOutcome[]): boolean | undefined {
  if (outcomes.some((outcome) => "turn" in outcome && !isIdle(outcome.turn))) return true;
  return outcomes.length > 0 && outcomes.every((outcome) => "error" in outcome) ? false : undefined;
}

function cutOf<P extends Actor>(one: Attempt<P>): Cut | undefined {
  if (!("error" in one)) return undefined;
  if (isTinyTroupeError(one.error, "BUDGET_EXCEEDED")) return "budget";
  return isTinyTroupeError(one.error, "ABORTED") || isAbortError(one.error) ? "signal" : undefined;
}

const isAbortError = (error: unknown): boolean => error instanceof Error && error.name === "AbortError";

function outcomeOf<P extends Actor>(one: Attempt<P>): StepOutcome {
  const { id: person, name } = one.person;
  return "turn" in one ? { person, name, turn: one.turn } : { person, name, error: errorRecord(one.error) };
}

function ordered<P extends Actor>(step: OpenStep<P>): readonly StepOutcome[] {
  return step.cast.flatMap((person) => step.outcomes.get(person.id) ?? []);
}

/** A turn as the journal has it; undefined for an idle one, which the journal does not have. */
export function turnEvent(turn: Turn, at: { readonly time?: string }): JournalEvent<TurnTaken> | undefined {
  if (turn.event === undefined) return undefined;
  const { person, name, actions, state, stop, warnings, heuristic } = turn;
  const notes = { ...(warnings.length > 0 && { warnings }), ...(heuristic && { heuristic }) };
  return { type: "turn", id: turn.event, ...at, person, name, actions, state, stop, ...notes };
}
