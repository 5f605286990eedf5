import type { ChoiceReply, ChoiceRequest } from "../../kernel/contracts/model.ts";
import { createRandom } from "../../kernel/values/random.ts";
import type { Knowing } from "./answer.ts";
import { probabilitiesOf } from "./fill/declared.ts";
import { chancesOf } from "./plays/review/questionnaire.ts";
import { tokensIn } from "./reading.ts";
import { readScene } from "./speech/scene.ts";

/** The declared weights of the options, else how likely this persona is to take each. */
export function choiceReply(request: ChoiceRequest, { reader, cast }: Pick<Knowing, "reader" | "cast">): ChoiceReply {
  const { options, messages, rehearsal } = request;
  const declared = rehearsal?.distribution?.[""];
  const usage = { input: reader.tokens(messages), output: Math.min(1, tokensIn(options[0] ?? "")), cachedInput: 0 };
  if (declared !== undefined) {
    const known = probabilitiesOf("", Object.fromEntries(options.map((option) => [option, declared[option] ?? 0])));
    return { probabilities: options.map((option) => known.get(option) ?? 0), usage };
  }
  const character = cast.characterIn(request);
  const scene = readScene({ request, character, reader, dice: createRandom(character.key), brief: 1 });
  const question = scene.conversation.prompt?.text ?? "";
  const numbered = new Map([...scene.now.matchAll(/^(\d+) = (.+)$/gmu)].map(([, number, label]) => [number, label]));
  const labels = options.map((option) => numbered.get(option) ?? option);
  return { probabilities: chancesOf(scene, question, labels), usage };
}
