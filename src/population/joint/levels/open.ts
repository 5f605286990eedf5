import type { Specification } from "../../specification/schema.ts";
import type { Levels } from "./levels.ts";
import { numericLevels } from "./numeric.ts";

/** The dimensions that are drawn, in the order of the specification: all but the free ones. */
export async function levelsOf(specification: Specification): Promise<readonly Levels[]> {
  const found: Levels[] = [];
  for (const [id, dimension] of Object.entries(specification.dimensions)) {
    if (dimension.kind === "free") continue;
    found.push(
      dimension.kind === "numeric"
        ? await numericLevels(specification, id, dimension)
        : namedLevels(id, dimension, dimension.shares),
    );
  }
  return found;
}

function namedLevels(id: string, dimension: Levels["dimension"], given: Readonly<Record<string, number>>): Levels {
  const entries = Object.entries(given);
  const total = entries.reduce((sum, [, share]) => sum + share, 0);
  const bands = entries.map(([label, share]) => ({ label, share: share / total }));
  return {
    id,
    dimension,
    size: bands.length,
    bands,
    bandOf: Int32Array.from(bands.keys()),
    shares: Float64Array.from(bands, ({ share }) => share),
  };
}
