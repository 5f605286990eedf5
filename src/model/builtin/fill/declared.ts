import { createHash } from "node:crypto";
import { TinyTroupeError } from "../../../kernel/values/errors.ts";
import { createRandom } from "../../../kernel/values/random.ts";

type Distribution = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** The weights that the experimenter declared, and one point in [0, 1) for each of their places. */
export interface Declared {
  /** The option drawn for this place, of those declared; undefined when nothing was declared. */
  draw(path: string): string | undefined;
  /** The first steps below a place that something was declared for. */
  stepsBelow(path: string): readonly string[];
  readonly empty: boolean;
}

export const nothingDeclared: Declared = { draw: () => undefined, stepsBelow: () => [], empty: true };

/** Declared weights as probabilities that add up to 1; wrong ones are an error, never ignored. */
export function probabilitiesOf(path: string, weights: Readonly<Record<string, number>>): ReadonlyMap<string, number> {
  const entries = Object.entries(weights);
  const total = entries.reduce((sum, [, weight]) => sum + weight, 0);
  if (!(total > 0 && Number.isFinite(total)) || entries.some(([, weight]) => !(weight >= 0))) {
    throw new TinyTroupeError("OPTION_INVALID", `The weights declared for '${path}' are not weights.`, {
      data: { option: `rehearsal.distribution.${path}`, value: weights },
      hint: "Give each option a weight of at least 0, and at least one of them a weight above 0.",
    });
  }
  return new Map(entries.map(([option, weight]) => [option, weight / total]));
}

/**
 * Draws from declared distributions.
 * @param point where in [0, 1) the draw for a path falls
 */
export function declare(distribution: Distribution, point: (path: string) => number): Declared {
  const paths = Object.keys(distribution);
  return {
    empty: paths.length === 0,
    draw(path) {
      if (!Object.hasOwn(distribution, path)) return undefined;
      const probabilities = [...probabilitiesOf(path, distribution[path] ?? {})];
      const certain = probabilities.find(([, probability]) => probability === 1);
      if (certain !== undefined) return certain[0];
      let left = point(path);
      for (const [option, probability] of probabilities) {
        left -= probability;
        if (left < 0) return option;
      }
      return probabilities.findLast(([, probability]) => probability > 0)?.[0];
    },
    stepsBelow: (path) => {
      const start = path === "" ? "" : `${path}.`;
      const below = paths.filter((known) => known !== "" && known !== path && known.startsWith(start));
      return below.map((known) => known.slice(start.length).split(".")[0] as string);
    },
  };
}

const strata = 50;

/**
 * The n-th point of an even sequence in [0, 1): each run of 50 visits every fiftieth once, in an order and at a place
 * that the key decides (stratified sampling), so that few draws already come close to what was declared.
 */
export function evenPoint(key: string, ordinal: number): number {
  const block = Math.floor(ordinal / strata);
  const order = createRandom(`${key}/${block}`).shuffle(Array.from({ length: strata }, (_, index) => index));
  const place = ((ordinal % strata) + strata) % strata;
  return ((order[place] as number) + unit(`${key}/${ordinal}`)) / strata;
}

const unit = (key: string): number => createHash("sha256").update(key).digest().readUInt32BE(0) / 2 ** 32;
