import { z } from "zod";
import { misfit, type Scale } from "../../../kernel/contracts/answers/scale.ts";
import type { ItemPart } from "../../instrument/kind.ts";
import { byPart } from "../by-part.ts";
import { distributionOf, drawn, someDrawn } from "../distribution.ts";
import { type Asking, type Elicitation, type PartAnswer, unlikeOthers } from "../elicitation.ts";

type Chosen = Scale & { readonly kind: "nominal" | "ordinal" | "choices" };
type Chances = readonly { readonly option: string; readonly percent: number }[];

const one =
  "Say how likely it is that you would give each of its answers, in percent that add up to 100: people are not always of one mind, and on another day you might answer otherwise.";
const some =
  "Say of each of its answers by itself how likely it is that you would choose it, from 0 to 100 percent; they need not add up.";

/** As much as percent may be off 100 in all, to be taken for rounding. */
const tolerance = 2;

/** The model says how likely each answer is, and the host's dice draw: a model that draws itself always takes the likeliest. */
export const statedProbabilities: Elicitation = {
  name: "stated-probabilities",
  unfit: ({ scale: { kind }, unlike }) => {
    if (unlike !== undefined) return unlikeOthers;
    return kind === "nominal" || kind === "ordinal" || kind === "choices"
      ? undefined
      : "there are no options to be likely";
  },
  ask: async (asking) => {
    const { item } = asking;
    const shape = byPart<Chances>(item, "chances", {
      before: { thoughts: z.string() },
      shape: (part) => chancesOf(part).describe(part.asks ?? item.text),
    });
    const several = item.parts.some(({ scale }) => scale.kind === "choices");
    const text = `About the question of the questionnaire that you have just read: in \`thoughts\`, a sentence or two of what goes through your mind. Then \`chances\`. ${several ? some : one}`;
    const value = await asking.ask({ step: "chances", text, schema: shape.schema });
    const words = String(value["thoughts"] ?? "").trim();
    return shape.read(value).map((chances, place) => ({
      ...sampled(asking, item.parts[place] as ItemPart, chances),
      ...(words !== "" && { words }),
    }));
  },
};

/** Each option once, and where one alone is chosen, all of them together. */
function chancesOf({ scale, options }: ItemPart): z.ZodType<Chances> {
  const labels = z.enum(options.map(({ label }) => label));
  return z
    .array(z.object({ option: labels, percent: z.number().min(0).max(100) }))
    .length(options.length)
    .superRefine((chances, { addIssue }) => {
      const twice = chances.length > new Set(chances.map(({ option }) => option)).size;
      if (twice) addIssue({ code: "custom", message: "Each option stands in it once." });
      const sum = chances.reduce((total, { percent }) => total + percent, 0);
      const off = scale.kind !== "choices" && Math.abs(sum - 100) > tolerance;
      if (off) addIssue({ code: "custom", message: `The percent add up to ${sum}, and have to add up to 100.` });
    });
}

function sampled({ random }: Asking, part: ItemPart, chances: Chances): PartAnswer {
  const percents = new Map(chances.map(({ option, percent }) => [option, percent]));
  const labels = new Map(part.options.map(({ id, label }) => [id, label]));
  const scale = part.scale as Chosen;
  const weights = scale.options.map((id) => percents.get(labels.get(id) ?? "") ?? 0);
  const dice = random.fork(part.id);
  if (scale.kind !== "choices") {
    const distribution = distributionOf(scale.options, weights);
    return { value: drawn(distribution, dice), distribution };
  }
  const inclusion = Object.fromEntries(scale.options.map((id, place) => [id, (weights[place] as number) / 100]));
  return { value: someDrawn(inclusion, dice, (chosen) => misfit(scale, chosen) === undefined) };
}
