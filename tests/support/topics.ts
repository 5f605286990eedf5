import type { Embedder } from "../../src/kernel/contracts/embedder.ts";
import { createRandom, type Random } from "../../src/kernel/values/random.ts";

const dimensions = 48;

const direction = (random: Random): Float32Array => {
  const normal = () => Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
  return unit(Float32Array.from({ length: dimensions }, normal));
};
const unit = (vector: Float32Array): Float32Array => {
  const norm = Math.hypot(...vector);
  return vector.map((value) => value / norm);
};

/** An embedder to whom texts mean the same when their first words are the same, give or take so much noise. */
export function topicEmbedder({ noise = 0.7 } = {}): Embedder & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    ...{ id: "test/topics", dimensions, asked },
    embed: async (texts) => {
      asked.push(...texts);
      return texts.map((text) => {
        const topic = direction(createRandom(`topic ${text.split(" ")[0]}`));
        const own = direction(createRandom(`own ${text}`));
        return unit(topic.map((value, at) => value + noise * (own[at] as number)));
      });
    },
  };
}
