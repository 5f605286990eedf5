import type { ItemPart } from "../../instrument/kind.ts";
import { anchorsFor, hasWords } from "../anchors/anchors.ts";
import { atTemperature, averaged, cosine, ratedBy } from "../anchors/similarity.ts";
import { distributionOf, drawn } from "../distribution.ts";
import type { Asking, Elicitation, PartAnswer } from "../elicitation.ts";
import { type Spoken, spokenTo } from "../speaking.ts";

/**
 * Free words, their vector, and its likeness to sentences that stand for the points of the scale; several sets of sentences
 * are averaged (B. F. Maier et al., arXiv 2510.08338, 2025).
 */
export const similarityRating: Elicitation = {
  name: "similarity-rating",
  unfit: (part, { anchors }) => {
    if (part.scale.kind !== "ordinal") return "only the points of an ordered scale have sentences";
    const isGiven = anchors !== undefined && Object.hasOwn(anchors, part.id);
    return isGiven || hasWords(part) ? undefined : "not every point of its scale has words, and no sentences are given";
  },
  ask: async (asking) => {
    const words = await spokenTo(asking);
    return Promise.all(words.map((said, place) => rated(asking, asking.item.parts[place] as ItemPart, said)));
  },
};

async function rated(
  { context, settings, random }: Asking,
  part: ItemPart,
  { words, outcome }: Spoken,
): Promise<PartAnswer> {
  if (outcome !== "answered") return { value: null, missing: outcome, words };
  const { epsilon = 0, anchors, temperatures } = settings;
  const temperature = temperatures?.[part.id] ?? settings.temperature ?? 1;
  const { sets } = anchorsFor(part, anchors?.[part.id]);
  const { vectors } = await context.vectors.embed([words, ...sets.flat()]);
  const [said, ...points] = vectors as readonly [Float32Array, ...Float32Array[]];
  const size = sets[0]?.length ?? 0;
  const shares = sets.map((_, set) => {
    const own = points.slice(set * size, (set + 1) * size);
    return ratedBy(
      own.map((point) => cosine(said, point)),
      { epsilon },
    );
  });
  const options = part.scale.kind === "ordinal" ? part.scale.options : [];
  const distribution = distributionOf(options, atTemperature(averaged(shares), temperature));
  return { value: drawn(distribution, random.fork(part.id)), distribution, words };
}
