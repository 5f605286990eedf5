import type { EventBody, JournalEvent, TurnTaken } from "../../kernel/contracts/events.ts";
import type { ActionOutcome, ActOptions, Stimulus, Turn } from "../../kernel/contracts/person.ts";
import { errorRecord, isTinyTroupeError } from "../../kernel/values/errors.ts";
import { outcomeText, outcomeWarning } from "../actions/outcome.ts";
import { runEffects } from "../actions/run-effects.ts";
import { settleTurn } from "../actions/settle-turn.ts";
import { repetitionFeedback } from "../quality/repetition.ts";
import type { Mind } from "./mind.ts";
import { assuredPlan } from "./plan/assured-plan.ts";
import { revisedPlan } from "./plan/changed-plan.ts";
import type { Plan } from "./plan/draft.ts";
import { LiveSpeech } from "./speech/live-speech.ts";
import { turnAborted } from "./turn-queue.ts";

/**
 * One turn as one transaction: plan, validate, commit. An error or an abort leaves the person as they were, with all
 * that they perceived still new to them; an error is recorded as `turn-failed` and thrown on. Nothing new perceived: no call.
 */
export async function takeTurn(mind: Mind, options: ActOptions): Promise<Turn> {
  const wakes = mind.inbox.pending.some((episode) => episode.wakes);
  if (!wakes && (options.idle ?? mind.settings.idle) === "skip") return idleTurn(mind);
  const speech = mind.context.streaming ? new LiveSpeech(mind.who, mind.context.watch) : undefined;
  let plan: Plan;
  let event: JournalEvent<TurnTaken>;
  try {
    await mind.memory.beginTurn();
    mind.history.begin();
    plan = revisedPlan(mind, await assuredPlan(mind, { ...options, speech }), options.step);
    event = await mind.memory.resting.use(() => commit(mind, plan, options));
  } catch (thrown) {
    speech?.takeBack();
    throw failed(mind, thrown, options.signal);
  }
  speech?.settle(plan.actions);
  const { actions, stop, usage } = plan;
  const effects = await effectsOf(mind, event);
  const warnings = [...plan.warnings, ...effects.warnings];
  const heuristic = plan.heuristic ? { heuristic: true as const } : {};
  const quality = plan.quality === undefined ? {} : { quality: plan.quality };
  const person = { person: mind.who.id, name: mind.who.name };
  const turn = {
    ...person,
    event: event.id,
    actions,
    state: mind.state,
    stop,
    usage,
    ...effects,
    warnings,
    ...heuristic,
    ...quality,
  };
  // A world settles the turns of its steps itself, in its order.
  if (options.step === undefined) settleTurn(mind, turn);
  return turn;
}

function idleTurn(mind: Mind): Turn {
  mind.memory.pause("quiet");
  const person = { person: mind.who.id, name: mind.who.name };
  return { ...person, actions: [], state: mind.state, stop: "idle", usage: { input: 0, output: 0 }, warnings: [] };
}

/** From here on nothing can fail: the event and all that follows from it. */
function commit(mind: Mind, plan: Plan, { step, label }: ActOptions): JournalEvent<TurnTaken> {
  const { actions, presented, changed, stop, warnings, repeated } = plan;
  const heuristic = plan.heuristic ? { heuristic: true as const } : {};
  const event = mind.context.journal.record({
    type: "turn",
    person: mind.who.id,
    name: mind.who.name,
    actions,
    state: changed,
    stop,
    ...(warnings.length > 0 ? { warnings } : {}),
    ...heuristic,
    ...(plan.quality === undefined ? {} : { quality: plan.quality }),
  });
  if (plan.quality !== undefined) mind.quality?.statistics.count(plan.quality);
  const turn = mind.log.commit({ id: event.id, actions, presented, ...timeOf(event), ...heuristic });
  const told = { messages: plan.messages, ...(plan.quotes.length > 0 && { quotes: plan.quotes }) };
  const tokens = mind.history.append({ ...told, turn: event.id, perceived: presented, actions });
  const stimuli = presented.map((episode) => episode.stimulus);
  mind.guard?.remember(actions, stimuli);
  mind.state = { ...mind.state, ...changed };
  if (repeated.length > 0) {
    const stimulus: Stimulus = { type: "FEEDBACK", content: repetitionFeedback(repeated), via: event.id };
    mind.log.perceive({ id: event.id, stimulus, wakes: false, ...timeOf(event) });
  }
  for (const { id, text } of mind.stances?.settle({ event, presented, kinds: mind.kinds }) ?? []) {
    mind.log.perceive({ id, stimulus: { type: "FEEDBACK", content: text, via: id }, wakes: false, ...timeOf(event) });
  }
  mind.memory.turnTaken(turn, { tokens, step, label });
  mind.grew();
  return event;
}

/** What changes something outside of the person, once the turn is durable; what came of it is told to the person. */
async function effectsOf(mind: Mind, turn: JournalEvent<TurnTaken>): Promise<Pick<Turn, "outcomes" | "warnings">> {
  const outcomes: ActionOutcome[] = [];
  const warnings: string[] = [];
  for await (const { action, event } of runEffects(mind, turn)) {
    const { outcome, how } = event;
    outcomes.push({ action: event.action, type: action.type, outcome, how });
    if (outcome.failed !== undefined) warnings.push(outcomeWarning(action, outcome));
    const content = outcomeText(action, outcome);
    const quotes = outcome.sources === undefined ? {} : { quotes: outcome.sources };
    perceive(mind, { type: "FEEDBACK", content, via: event.id, ...quotes }, outcome.failed !== undefined);
  }
  return { warnings, ...(outcomes.length > 0 && { outcomes }) };
}

/** Records and appends a stimulus; one that a world's event brought stands in the journal there. */
export function perceive(mind: Mind, given: Stimulus, wakes = true): void {
  const stimulus = given.via === undefined ? mind.context.revisions.told(given) : given;
  if (stimulus.via !== undefined) {
    const time = mind.context.clock.written();
    mind.inbox.perceive({ id: stimulus.via, stimulus, wakes, ...(time === undefined ? {} : { time }) });
    return;
  }
  const event = mind.context.journal.record({ type: "stimulus", person: mind.who.id, stimulus: forJournal(stimulus) });
  mind.inbox.perceive({ id: event.id, stimulus, wakes, ...timeOf(event) });
}

/** A picture's bytes do not belong in a line of events: its digest says which one it was. */
function forJournal(stimulus: Stimulus): Stimulus {
  if (stimulus.images === undefined) return stimulus;
  return { ...stimulus, images: stimulus.images.map((image) => ({ ...image, data: new Uint8Array(0) })) };
}

function timeOf(event: JournalEvent<EventBody>): { time?: string } {
  return event.time === undefined ? {} : { time: event.time };
}

/**
 * Gives the error to throw, and records it. A run that is stopped or out of money is no failure of the person: nothing
 * is recorded then, so that the same study goes on with the same events.
 */
function failed(mind: Mind, thrown: unknown, signal: AbortSignal | undefined): unknown {
  const error = signal?.aborted ? turnAborted(signal.reason) : thrown;
  if (mind.context.signal.aborted || isTinyTroupeError(error, "ABORTED", "BUDGET_EXCEEDED", "APPROVAL_NEEDED"))
    return error;
  mind.context.journal.record({ type: "turn-failed", person: mind.who.id, error: errorRecord(error) });
  return error;
}
