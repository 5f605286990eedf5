import type { ChoiceQuestion, Question } from "../../kernel/contracts/asked/respondent.ts";
import type { ChoiceReply, Message, ModelReply, Rehearsal } from "../../kernel/contracts/model.ts";
import { TinyTroupeError } from "../../kernel/values/errors.ts";
import type { Mind } from "./mind.ts";
import { startDraft } from "./plan/draft.ts";
import { presentOf } from "./plan/present-of.ts";
import { rehearsalOf } from "./plan/rehearsal.ts";
import { unlessAborted } from "./turn-queue.ts";

/**
 * Asks a person aside, in the prompt of their next turn but for its end: they know what they know, and are left as they
 * were, with all that is new to them still new. Throws the model's errors.
 */
export async function answerQuestion<T>(mind: Mind, question: Question<T>): Promise<ModelReply<T>> {
  const { context, settings } = mind;
  const { text, schema, name = "question", signal, distribution, ...options } = question;
  const { temperature = settings.temperature, ...call } = options;
  return context.models.actor.generate({
    messages: await messagesFor(mind, text, signal),
    schema,
    purpose: "elicit",
    scope: `${context.scope}/${name}`,
    rehearsal: rehearsing(mind, distribution),
    ...call,
    ...(temperature === undefined ? {} : { temperature }),
    ...(signal === undefined ? {} : { signal }),
  });
}

/** The same where it is wanted how likely each answer is. Throws MODEL_UNSUPPORTED for a model that does not tell. */
export async function chooseAside(mind: Mind, question: ChoiceQuestion): Promise<ChoiceReply> {
  const { context } = mind;
  const { actor } = context.models;
  const { text, name = "question", signal, distribution, ...call } = question;
  if (actor.choose === undefined) throw tellsNothing(actor.id);
  return actor.choose({
    messages: await messagesFor(mind, text, signal),
    scope: `${context.scope}/${name}`,
    rehearsal: rehearsing(mind, distribution),
    ...call,
    ...(signal === undefined ? {} : { signal }),
  });
}

async function messagesFor(mind: Mind, text: string, signal: AbortSignal | undefined): Promise<readonly Message[]> {
  const draft = await unlessAborted(startDraft(mind), signal);
  const fresh = draft.presented.length === 0 ? [] : draft.messages;
  const { shape } = mind;
  const end = shape.question(fresh, presentOf(mind, draft, {}), text);
  return [shape.rules, mind.portrait, ...mind.history.messages, ...end];
}

/** Without copying it: what the stand-in does not read is never made. */
function rehearsing(mind: Mind, distribution: Rehearsal["distribution"]): Rehearsal {
  const rehearsal = rehearsalOf(mind, mind.reachable);
  return distribution === undefined ? rehearsal : Object.assign(rehearsal, { distribution });
}

function tellsNothing(model: string): TinyTroupeError<"MODEL_UNSUPPORTED"> {
  return new TinyTroupeError("MODEL_UNSUPPORTED", `${model} does not tell how likely each answer is.`, {
    data: { model, feature: "option probabilities" },
    hint: "Use a local model, which does (--model local/…), or ask in another way: stated-probabilities, say.",
  });
}
