import type { ModelReply } from "../../../kernel/contracts/model.ts";
import type { Action, ActOptions, CognitiveState } from "../../../kernel/contracts/person.ts";
import { TinyTroupeError } from "../../../kernel/values/errors.ts";
import { addUsage } from "../../../kernel/values/usage.ts";
import { answerQuery } from "../../actions/answer-query.ts";
import type { WrittenAction } from "../../actions/turn-schema.ts";
import type { Mind } from "../mind.ts";
import type { LiveSpeech } from "../speech/live-speech.ts";
import { turnAborted } from "../turn-queue.ts";
import { type CheckedAnswer, checkAnswer, misfitText } from "./check-answer.ts";
import { type Draft, type Plan, startOf } from "./draft.ts";
import { presentOf } from "./present-of.ts";
import { rehearsalOf } from "./rehearsal.ts";

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
  { signal, speech, step, label, ...options }: PlanOptions,
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
    ...(label === undefined ? {} : { label }),
    rehearsal: rehearsalOf(mind, options.reachable ?? mind.reachable),
    ...(settings.temperature === undefined ? {} : { temperature: settings.temperature }),
    ...(settings.maxOutputTokens === undefined ? {} : { maxOutputTokens: settings.maxOutputTokens }),
    ...(signal === undefined ? {} : { signal }),
    ...(speech === undefined ? {} : { onDelta: speech.listener(shape.speech, draft.actions.length) }),
  });
}

async function answer(mind: Mind, draft: Draft, asked: { query: Action; signal: ActOptions["signal"] }): Promise<void> {
  draft.queries += 1;
  const { outcome, warnings } = await answerQuery(mind, asked.query);
  if (asked.signal?.aborted) throw turnAborted(asked.signal.reason);
  draft.warnings.push(...warnings);
  const { sources = [] } = outcome;
  const { type } = asked.query;
  if (sources.length > 0) draft.quotes = [...draft.quotes, { message: draft.messages.length, type, sources }];
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
  const { presented, actions, repeated, usage, warnings, heuristic, messages, quotes } = draft;
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
    quotes,
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
