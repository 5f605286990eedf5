import type { Note } from "../../kernel/contracts/faculty.ts";
import type { Message, ModelReply, Rehearsal, Usage } from "../../kernel/contracts/model.ts";
import type {
  Action,
  ActOptions,
  CognitiveState,
  Reachable,
  StopReason,
  TurnQuality,
} from "../../kernel/contracts/person.ts";
import { TinyTroupeError } from "../../kernel/values/errors.ts";
import { addUsage } from "../../kernel/values/usage.ts";
import { answerQuery } from "../actions/answer-query.ts";
import type { WrittenAction } from "../actions/turn-schema.ts";
import type { Episode, StimulusEpisode } from "../memory/episodic-log.ts";
import { noteLine } from "../memory/remembered.ts";
import type { Present } from "../prompt/present.ts";
import { type CheckedAnswer, checkAnswer, misfitText } from "./check-answer.ts";
import type { LiveSpeech } from "./live-speech.ts";
import type { Mind } from "./mind.ts";
import { turnAborted } from "./turn-queue.ts";

/** What a person is about to do. Nothing of it has happened yet. */
export interface Plan {
  readonly presented: readonly StimulusEpisode[];
  readonly actions: readonly Action[];
  readonly repeated: readonly Action[];
  /** The fields of the state that changed. */
  readonly changed: CognitiveState;
  readonly stop: StopReason;
  readonly usage: Usage;
  readonly warnings: readonly string[];
  readonly heuristic: boolean;
  /** What the turn adds to the history. */
  readonly messages: readonly Message[];
  /** Where each of its answers begins, oldest first. */
  readonly answers: readonly AnswerStart[];
  readonly quality?: TurnQuality;
}

/** How much there was of a turn before one of its answers. */
export interface AnswerStart {
  readonly actions: number;
  readonly messages: number;
  readonly repeated: number;
  readonly warnings: number;
  readonly queries: number;
  readonly state: CognitiveState;
}

/** A turn in the making. */
export interface Draft {
  readonly presented: readonly StimulusEpisode[];
  readonly notes: readonly Note[];
  readonly messages: Message[];
  readonly actions: Action[];
  readonly repeated: Action[];
  readonly warnings: string[];
  /** What the model wrote of the state in this turn. */
  state: CognitiveState;
  usage: Usage;
  heuristic: boolean;
  queries: number;
  /** How often they were told that an action could not be read. */
  corrections: number;
  /** Why the model is asked again within the turn. */
  pause?: "asked" | "unread";
  calls: number;
  readonly answers: AnswerStart[];
  /** An answer that was taken back, and why: shown once, at the end, so that all before it stays as it was. */
  refused: readonly Message[];
}

/** More than this, and what cannot be read is left out. */
const mostCorrections = 2;

export interface PlanOptions extends ActOptions {
  readonly speech: LiveSpeech | undefined;
}

/** Asks the model for the turn, or the rest of it, answering its `query` actions on the way; changes nothing of the person. */
export async function completed(mind: Mind, draft: Draft, options: PlanOptions): Promise<Plan> {
  for (;;) {
    draft.answers.push(startOf(draft));
    const checked = await nextAnswer(mind, draft, options);
    draft.actions.push(...checked.actions);
    draft.repeated.push(...checked.repeated);
    draft.warnings.push(...checked.warnings);
    const { misfit, query } = checked;
    const ends = query !== undefined || checked.actions.at(-1)?.type === "DONE";
    draft.messages.push(mind.shape.turn(ends ? checked.actions : [...checked.actions, misfit ?? { type: "DONE" }]));
    draft.pause = misfit === undefined ? "asked" : "unread";
    if (misfit !== undefined) correct(mind, draft, misfit);
    else if (query !== undefined) await answer(mind, draft, { query, signal: options.signal });
    else return finished(mind, draft, checked);
  }
}

function startOf({ actions, messages, repeated, warnings, queries, state }: Draft): AnswerStart {
  return {
    ...{ actions: actions.length, messages: messages.length, repeated: repeated.length, warnings: warnings.length },
    ...{ queries, state },
  };
}

/** What is new to the person, and what comes to mind: nothing is asked yet. */
export async function startDraft(mind: Mind): Promise<Draft> {
  const presented = [...mind.log.pending];
  const { lastTime } = mind.history;
  const perception = { perceived: presented, name: mind.who.name, ...(lastTime === undefined ? {} : { lastTime }) };
  const messages = [mind.shape.stimuli(perception)];
  const moment = { who: mind.who, stimuli: presented.map((episode) => episode.stimulus) };
  const { state, history } = mind;
  const remembered = await mind.reminder.remind({ stimuli: moment.stimuli, state, history });
  const found = await Promise.all(mind.settings.faculties.map((faculty) => faculty.recall?.(moment)));
  const notes = [...remembered.map((note) => ({ text: noteLine(note) })), ...found.flatMap((few) => few ?? [])];
  const usage = { input: 0, output: 0 };
  const empty = { actions: [], repeated: [], warnings: [], answers: [], refused: [], state: {} };
  return { presented, notes, messages, usage, heuristic: false, queries: 0, calls: 0, corrections: 0, ...empty };
}

async function nextAnswer(mind: Mind, draft: Draft, options: PlanOptions): Promise<CheckedAnswer> {
  if (mind.context.signal.aborted) throw turnAborted(mind.context.signal.reason);
  const reply = await ask(mind, draft, options);
  if (options.signal?.aborted) throw turnAborted(options.signal.reason);
  draft.calls += 1;
  draft.refused = [];
  const { state, actions } = mind.shape.read(reply.value);
  draft.state = { ...draft.state, ...state };
  draft.usage = addUsage(draft.usage, reply.usage);
  draft.heuristic ||= reply.heuristic === true;
  return checkAnswer(mind, actions, {
    done: draft.actions,
    presented: draft.presented,
    maxActions: options.maxActions ?? mind.settings.maxActions,
    mayQuery: draft.queries < mind.settings.maxQueries,
    mayCorrect: draft.corrections < mostCorrections,
  });
}

function ask(
  mind: Mind,
  draft: Draft,
  { signal, speech, step, ...options }: PlanOptions,
): Promise<ModelReply<unknown>> {
  const { context, settings, shape } = mind;
  const end = shape.end([...draft.messages, ...draft.refused], presentOf(mind, draft, options));
  const again = draft.refused.length > 0;
  return context.models.actor.generate({
    messages: [shape.rules, mind.portrait, ...mind.history.messages, ...end],
    schema: shape.schema,
    purpose: again ? "repair" : "act",
    scope: again ? `${context.scope}/repair` : context.scope,
    ...(step === undefined ? {} : { step }),
    rehearsal: rehearsalOf(mind, options.reachable ?? mind.reachable),
    ...(settings.temperature === undefined ? {} : { temperature: settings.temperature }),
    ...(settings.maxOutputTokens === undefined ? {} : { maxOutputTokens: settings.maxOutputTokens }),
    ...(signal === undefined ? {} : { signal }),
    ...(speech === undefined ? {} : { onDelta: speech.listener(shape.speech, draft.actions.length) }),
  });
}

function presentOf(mind: Mind, draft: Draft, options: ActOptions): Present {
  const time = mind.context.clock.now();
  const reachable = options.reachable ?? mind.reachable;
  const { queries, pause } = draft;
  const asked = queries < mind.settings.maxQueries ? "answered" : "last";
  return {
    name: mind.who.name,
    ...(mind.language === undefined ? {} : { language: mind.language }),
    ...(time === undefined ? {} : { time }),
    ...(mind.location === undefined ? {} : { location: mind.location }),
    ...(reachable === undefined ? {} : { reachable }),
    alsoReachable: options.alsoReachable ?? 0,
    state: { ...mind.state, ...draft.state },
    notes: [...draft.notes, ...(mind.stances?.notes() ?? [])],
    fresh: draft.presented.length,
    ...(draft.refused.length === 0 ? {} : { again: true }),
    ...(pause === undefined ? {} : { query: pause === "unread" ? "unread" : asked }),
  };
}

const heardAtMost = 200;

/** Only the stand-in reads it, so that it is made when it is read. The log grows at its end alone: it tells what it told when the model was asked. */
export function rehearsalOf({ log, who, persona }: Mind, reachable: readonly Reachable[] = []): Rehearsal {
  const until = log.episodes.length;
  return {
    persona,
    get others() {
      return reachable.map((one) => one.name);
    },
    get heard() {
      return log.episodes
        .slice(Math.max(0, until - heardAtMost), until)
        .flatMap((episode) => saidIn(episode, who.name));
    },
  };
}

function saidIn(episode: Episode, name: string): readonly { from: string; text: string }[] {
  if (episode.kind === "turn") {
    const talks = episode.actions.filter((action) => action.type === "TALK");
    return talks.map((action) => ({ from: name, text: action.content ?? "" }));
  }
  const { type, source, content } = episode.stimulus;
  return type === "CONVERSATION" ? [{ from: source ?? "someone", text: content }] : [];
}

async function answer(mind: Mind, draft: Draft, asked: { query: Action; signal: ActOptions["signal"] }): Promise<void> {
  draft.queries += 1;
  const { outcome, warnings } = await answerQuery(mind, asked.query);
  if (asked.signal?.aborted) throw turnAborted(asked.signal.reason);
  draft.warnings.push(...warnings);
  draft.messages.push(mind.shape.result(asked.query, outcome));
}

/** Tells the person what is wrong with what they wrote; nothing of it happened. */
function correct(mind: Mind, draft: Draft, misfit: WrittenAction): void {
  draft.corrections += 1;
  const { type, misfit: issues = [] } = misfit;
  const outcome = { text: misfitText(misfit), failed: { code: "INVALID_ACTION", issues } };
  draft.messages.push(mind.shape.result({ type }, outcome));
}

function unreadable(mind: Mind, unread: readonly WrittenAction[]): TinyTroupeError<"MODEL_INVALID"> {
  const model = mind.context.models.actor.id;
  const issues = unread.map((action) => `${action.type}: ${misfitText(action)}`);
  return new TinyTroupeError("MODEL_INVALID", `${model} gave ${mind.who.name} no action that can be read.`, {
    data: { model, text: JSON.stringify(unread.map(({ type, args }) => ({ type, args }))), issues },
    hint: "Ask again, or use a model that can be held to a schema.",
  });
}

function finished(mind: Mind, draft: Draft, last: CheckedAnswer): Plan {
  const { presented, actions, repeated, usage, warnings, heuristic, messages } = draft;
  if (actions.length === 0 && last.unread.length > 0) throw unreadable(mind, last.unread);
  const nothingLeft = repeated.length > 0 && actions.every((action) => action.type === "DONE");
  const stop = nothingLeft ? "repetition" : (last.ended ?? "complete");
  // Copies, since a list that grew by pushing holds room for more, and these are kept as long as the person.
  return {
    presented,
    actions: [...actions],
    repeated,
    changed: changes(mind.state, draft.state),
    stop,
    usage,
    warnings,
    heuristic,
    messages: [...messages],
    answers: [...draft.answers],
  };
}

/** The fields of the new state that say something else than the old one. */
function changes(before: CognitiveState, after: CognitiveState): CognitiveState {
  const changed = Object.entries(after).filter(
    ([field, value]) => JSON.stringify(value) !== JSON.stringify(before[field as keyof CognitiveState]),
  );
  return Object.fromEntries(changed);
}
