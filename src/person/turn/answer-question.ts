import type { Question } from "../../kernel/contracts/asked/respondent.ts";
import type { ModelReply } from "../../kernel/contracts/model.ts";
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
  const { context, settings, shape } = mind;
  const { text, schema, name = "question", signal, ...options } = question;
  const draft = await unlessAborted(startDraft(mind), signal);
  const fresh = draft.presented.length === 0 ? [] : draft.messages;
  const { temperature = settings.temperature, ...call } = options;
  return context.models.actor.generate({
    messages: [
      shape.rules,
      mind.portrait,
      ...mind.history.messages,
      ...shape.question(fresh, presentOf(mind, draft, {}), text),
    ],
    schema,
    purpose: "elicit",
    scope: `${context.scope}/${name}`,
    rehearsal: rehearsalOf(mind, mind.reachable),
    ...call,
    ...(temperature === undefined ? {} : { temperature }),
    ...(signal === undefined ? {} : { signal }),
  });
}
