import type { Context } from "../../kernel/contracts/context.ts";
import type { Message, ModelReply } from "../../kernel/contracts/model.ts";
import { TinyTroupeError } from "../../kernel/values/errors.ts";
import { correctionMessage } from "./story-prompt.ts";
import { asTold, type Examined, examine, Telling, type Terms, type ToldBeat } from "./telling.ts";
import { withinWords } from "./word-budget.ts";

/** What came of asking a narrator. */
export interface Narration {
  readonly beats: readonly ToldBeat[];
  readonly warnings: readonly string[];
  /** The answer as it is kept, for later questions to stand on. */
  readonly message: Message;
  readonly heuristic?: true;
}

/** What is asked of a narrator, and what the answer is held to. */
export interface Narrating extends Terms {
  readonly messages: readonly Message[];
  readonly signal?: AbortSignal;
}

/**
 * Asks for beats, and once more where the first answer cannot stand. What is still too long then ends with a sentence;
 * MODEL_INVALID for what still names people or entries that do not exist.
 */
export async function narrate(context: Context, asked: Narrating): Promise<Narration> {
  const { messages, words, entries } = asked;
  const first = await ask(context, asked, messages);
  const examined = examine(first.value, asked);
  if (stands(examined)) return narrationOf(examined.beats, first, asked);
  const answer: Message = { role: "assistant", content: JSON.stringify(first.value) };
  const second = await ask(context, asked, [...messages, answer, correctionMessage(examined, words)]);
  const again = examine(second.value, asked);
  if (again.wrong.length > 0) throw unfounded(context.models.actor.id, second.value, again);
  if (again.excess === 0) return narrationOf(again.beats, second, asked);
  const kept = withinWords(again.beats, words);
  const warning = `The story was ${again.excess} words too long, and ends with the last sentence within ${words}.`;
  context.watch({ type: "warning", message: warning });
  return { ...narrationOf(kept, second, { entries }), warnings: [warning] };
}

const stands = ({ wrong, excess }: Examined): boolean => wrong.length === 0 && excess === 0;

function ask(
  { models, scope }: Context,
  { people, signal }: Narrating,
  messages: readonly Message[],
): Promise<ModelReply<Telling>> {
  return models.actor.generate({
    messages,
    schema: Telling,
    purpose: "story",
    scope,
    rehearsal: { others: people },
    ...(signal && { signal }),
  });
}

function narrationOf(
  beats: readonly ToldBeat[],
  { heuristic }: ModelReply<Telling>,
  { entries }: Pick<Terms, "entries">,
): Narration {
  const message: Message = { role: "assistant", content: JSON.stringify(asTold(beats, entries)), cacheUpToHere: true };
  return { beats, warnings: [], message, ...(heuristic && { heuristic }) };
}

function unfounded(model: string, answer: Telling, { wrong }: Examined): TinyTroupeError<"MODEL_INVALID"> {
  const message = `${model} told a story of people or events that do not exist: ${wrong.join(" ")}`;
  return new TinyTroupeError("MODEL_INVALID", message, {
    data: { model, text: JSON.stringify(answer), issues: [...wrong] },
    hint: "Name in `people` who else belongs to the story, ask again, or use a larger model.",
  });
}
