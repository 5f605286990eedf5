import { z } from "zod";
import type { GivenAnswer } from "../../../kernel/contracts/answers/answer.ts";
import { misfit, type Scale } from "../../../kernel/contracts/answers/scale.ts";
import type { ShownItem } from "../../flow/shown.ts";
import type { ItemPart } from "../../instrument/kind.ts";
import { byPart } from "../by-part.ts";
import { distributionOf, drawn, someDrawn } from "../distribution.ts";
import { type Asking, type Elicitation, type PartAnswer, unlikeOthers } from "../elicitation.ts";
import { type Outcome, outcomesInWords, outcomesOf } from "../speaking.ts";

type Chosen = Scale & { readonly kind: "nominal" | "ordinal" | "choices" };
type Chances = readonly { readonly option: string; readonly percent: number }[];

/** What is said to a part. */
interface Stated {
  readonly outcome: Outcome;
  readonly chances: Chances | null;
  readonly other?: string | null | undefined;
}

const one =
  "say how likely it is that you would give each of its answers, in percent that add up to 100: people are not always of one mind, and on another day you might answer otherwise.";
const some =
  "say of each of its answers by itself how likely it is that you would choose it, from 0 to 100 percent; they need not add up.";

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
    const shape = byPart<Stated>(item, "answer", {
      before: { thoughts: z.string() },
      shape: (part) => statedOf(part, item).describe(part.asks ?? item.text),
    });
    const several = item.parts.some(({ scale }) => scale.kind === "choices");
    const text = `About the question of the questionnaire that you have just read: in \`thoughts\`, a sentence or two of what goes through your mind. Then the answer: ${outcomesInWords(item)} \`chances\`, null unless it is answered: ${several ? some : one}`;
    const value = await asking.ask({ step: "chances", text, schema: shape.schema });
    const thoughts = String(value["thoughts"] ?? "").trim();
    const words = thoughts === "" ? {} : { words: thoughts };
    return shape.read(value).map(({ outcome, chances, other }, place): PartAnswer => {
      const part = item.parts[place] as ItemPart;
      if (outcome !== "answered") return { value: null, missing: outcome, ...words };
      return { ...withOther(part, sampled(asking, part, chances ?? []), other), ...words };
    });
  },
};

const ownWords = z
  .string()
  .nullable()
  .describe("in words, what you would mean by the answer that asks for it, should you give it; else null");

/** Why there is no answer, or how likely each is, and what one would mean that asks for words. */
function statedOf(part: ItemPart, item: ShownItem): z.ZodType<Stated> {
  const open = part.options.some((option) => option.open);
  const said = { outcome: outcomesOf(item), chances: chancesOf(part).nullable() };
  const shape: z.ZodType<Stated> = open ? z.object({ ...said, other: ownWords }) : z.object(said);
  return shape.superRefine(({ outcome, chances }, { addIssue }) => {
    const bare = outcome === "answered" && chances === null;
    if (bare) addIssue({ code: "custom", path: ["chances"], message: "What is answered has chances." });
  });
}

/** With the words of the option that asks for them, where that was drawn. */
function withOther({ options }: ItemPart, drawn: GivenPart, other: string | null | undefined): GivenPart {
  const words = other?.trim() ?? "";
  const opens = options.some(({ id, open }) => open && [drawn.value].flat().includes(id));
  return opens && words !== "" ? { ...drawn, other: words } : drawn;
}

type GivenPart = Omit<GivenAnswer, "item" | "method">;

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

function sampled({ random }: Asking, part: ItemPart, chances: Chances): GivenPart {
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
  return { value: someDrawn(inclusion, dice, (chosen) => misfit(scale, chosen) === undefined), inclusion };
}
