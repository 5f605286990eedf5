import { z } from "zod";
import { isMeasured } from "../../../statistics/measured.ts";
import { bradleyTerry, type PairComparison } from "../../../statistics/rankings/strengths/bradley-terry.ts";
import type { ItemPart } from "../../instrument/kind.ts";
import type { AnswerOption } from "../../instrument/written.ts";
import { distributionOf, drawn } from "../distribution.ts";
import { type Asking, type Elicitation, type PartAnswer, unlikeOthers } from "../elicitation.ts";

/** More options than these take more than a hundred calls of everybody. */
const mostOptions = 15;

/**
 * Options two by two, and from that how strong each is (R. A. Bradley and M. E. Terry, 1952): n(n − 1) / 2 calls. Each option
 * comes first in half of its pairs, and which half is by the dice.
 */
export const pairwise: Elicitation = {
  name: "pairwise",
  unfit: ({ scale, options, unlike }) => {
    if (unlike !== undefined) return unlikeOthers;
    if (scale.kind !== "nominal" && scale.kind !== "ranking") return "only a choice or an order comes of pairs";
    if (options.length > mostOptions) return `${options.length} options make more than a hundred pairs`;
    return options.length < 2 ? "there are no pairs" : undefined;
  },
  ask: async (asking) => Promise.all(asking.item.parts.map((part) => compared(asking, part))),
};

async function compared(asking: Asking, part: ItemPart): Promise<PartAnswer> {
  const options = inScale(part);
  const dice = asking.random.fork(part.id);
  const pairs = pairsOf(options, dice.fork("order").integer(2) === 1);
  const comparisons = await Promise.all(pairs.map((pair) => better(asking, part, pair)));
  const found = await bradleyTerry(comparisons, { options: options.map(({ id }) => id) });
  const strengths = isMeasured(found)
    ? new Map(found.rows.map(({ option, strength }) => [option, strength]))
    : new Map();
  const strengthOf = ({ id }: AnswerOption): number => strengths.get(id) ?? 0;
  const words = [...new Set(comparisons.map(({ why }) => why))].filter((why) => why !== "").join(" ");
  const said = words === "" ? {} : { words };
  if (part.scale.kind === "ranking") {
    // By the dice where two are as strong.
    const ranked = dice.fork("ties").shuffle(options);
    const ids = ranked.toSorted((one, other) => strengthOf(other) - strengthOf(one)).map(({ id }) => id);
    return { value: ids.slice(0, part.scale.most ?? ids.length), ...said };
  }
  const distribution = distributionOf(
    options.map(({ id }) => id),
    options.map(strengthOf),
  );
  return { value: drawn(distribution, dice.fork("draw")), distribution, ...said };
}

/** In the scale's own order, whatever is shown first. */
const inScale = ({ scale, options }: ItemPart): readonly AnswerOption[] =>
  "options" in scale ? scale.options.flatMap((id) => options.find((option) => option.id === id) ?? []) : options;

type Pair = readonly [first: AnswerOption, second: AnswerOption];

/** Every pair once: the nearer neighbour first, then the farther, in turns, so that each option comes first as often as second. */
function pairsOf(options: readonly AnswerOption[], turned: boolean): readonly Pair[] {
  return options.flatMap((one, place) =>
    options.slice(place + 1).map((other, distance): Pair => {
      const first = (distance % 2 === 0) !== turned;
      return first ? [one, other] : [other, one];
    }),
  );
}

async function better(
  { ask }: Asking,
  { id, asks }: ItemPart,
  [first, second]: Pair,
): Promise<PairComparison<string> & { readonly why: string }> {
  const about = asks === undefined ? "" : ` (${asks})`;
  const { why, answer } = await ask({
    // The same pair has the same place whichever of the two comes first.
    step: `pair:${id}:${[first.id, second.id].toSorted().join(":")}`,
    text: `Of all that can be answered to the question that you have just read${about}, only these two are left. Which of them would you put first?\n- ${first.label}\n- ${second.label}`,
    schema: z.object({ why: z.string(), answer: z.enum([first.label, second.label]) }),
  });
  return { first: first.id, second: second.id, won: answer === first.label ? "first" : "second", why: why.trim() };
}
