import type { ItemPart } from "../../instrument/kind.ts";
import { distributionOf, drawn } from "../distribution.ts";
import { type Asking, type Elicitation, type PartAnswer, unlikeOthers } from "../elicitation.ts";

/**
 * How likely the model itself is to say each answer, read off its next words: of models that tell, as local ones do. Answers
 * are numbered, so that a longer one is not less likely by its length.
 */
export const optionProbabilities: Elicitation = {
  name: "option-probabilities",
  unfit: ({ scale: { kind }, unlike }) => {
    if (unlike !== undefined) return unlikeOthers;
    return kind === "nominal" || kind === "ordinal" ? undefined : "it has not one answer of several options";
  },
  ask: async (asking) => {
    const answers: PartAnswer[] = [];
    // One after the other: a local model would only queue them.
    for (const part of asking.item.parts) answers.push(await chosen(asking, part));
    return answers;
  },
};

async function chosen(asking: Asking, part: ItemPart): Promise<PartAnswer> {
  const { options } = part;
  const lines = options.map(({ label }, place) => `${place + 1} = ${label}`);
  const about = part.asks === undefined ? "the question that you have just read" : part.asks;
  const text = `Answer with the number of your answer alone, about this: ${about}\n${lines.join("\n")}`;
  const numbers = options.map((_, place) => String(place + 1));
  const declared = asking.settings.rehearsal?.[part.id];
  const weights = Object.fromEntries(options.map(({ id }, place) => [String(place + 1), declared?.[id] ?? 0]));
  const probabilities = await asking.choose({
    ...{ step: `choice:${part.id}`, text, options: numbers },
    ...(declared && { declared: { "": weights } }),
  });
  const shown = new Map(options.map(({ id }, place) => [id, probabilities[place] as number]));
  const scale = "options" in part.scale ? part.scale.options : [];
  const distribution = distributionOf(
    scale,
    scale.map((id) => shown.get(id) ?? 0),
  );
  return { value: drawn(distribution, asking.random.fork(part.id)), distribution };
}
