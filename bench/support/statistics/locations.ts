import {
  clusteredMean,
  equivalentMeans,
  equivalentPairs,
  type Interval,
  mannWhitney,
  pairedT,
  rake,
  studentT,
  weightedMean,
  weightedShare,
} from "../../../src/index.ts";
import { holds, normals, repeated, type Trial } from "./chance.ts";

type Once = Trial["once"];

const covers = (name: string, once: Once, { nominal = 0.95, times = 2_000, allowance = 0 } = {}): Trial => ({
  ...{ name, nominal, times, allowance, once },
});

/** People of whom too many are young and from towns, weighed by raking to what they should be; the old lie one higher. */
function raked(random: Parameters<Once>[0]) {
  const rows = Array.from({ length: 200 }, () => ({
    age: random.next() < 0.7 ? "young" : "old",
    home: random.next() < 0.6 ? "town" : "country",
  }));
  const { weights } = rake(rows, { age: { young: 40, old: 60 }, home: { town: 55, country: 45 } });
  const noise = normals(random, rows.length);
  return {
    weights,
    values: rows.map(({ age }, place) => Number(age === "old") + (noise[place] as number)),
    random,
    rows,
  };
}

const apart = async (
  found: { readonly shiftInterval: Interval | { readonly reason: string } } | { readonly reason: string },
) =>
  "reason" in found || "reason" in found.shiftInterval
    ? undefined
    : found.shiftInterval.low <= 1 && found.shiftInterval.high >= 1;

/** How often intervals of where values lie hold the truth. */
export const locations: readonly Trial[] = [
  covers("a difference by Student's t, 12 and 18", async (random) =>
    holds(await studentT(normals(random, 12), normals(random, 18, { mean: 1 })), 1),
  ),
  covers("a difference of pairs by t, 12", async (random) => {
    const first = normals(random, 12);
    const noise = normals(random, 12);
    return holds(
      await pairedT(
        first,
        first.map((value, place) => value + 1 + (noise[place] as number)),
      ),
      1,
    );
  }),
  covers("a shift by ranks (Hodges–Lehmann), 15 and 20", async (random) =>
    apart(await mannWhitney(normals(random, 15), normals(random, 20, { mean: 1 }))),
  ),
  covers(
    "of equivalence, two groups of 20, nominal 0.9",
    async (random) =>
      holds(await equivalentMeans(normals(random, 20), normals(random, 20, { mean: 1 }), { margin: 2 }), 1),
    { nominal: 0.9 },
  ),
  covers(
    "of equivalence, 20 pairs, nominal 0.9",
    async (random) =>
      holds(await equivalentPairs(normals(random, 20), normals(random, 20, { mean: 1 }), { margin: 2 }), 1),
    { nominal: 0.9 },
  ),
  covers("a mean of 12 people, 5 values each (CR2)", async (random) => {
    const { outcome, people } = repeated(random, { people: 12, times: 5 });
    return holds(await clusteredMean(outcome, { clusters: people }), 0);
  }),
  // Weights that were made to fit margins are taken for given: intervals come out wider than they need to be.
  covers("a mean by raked weights, 200", async (random) => {
    const { weights, values } = raked(random);
    return holds(await weightedMean(values, weights), 0.6);
  }),
  covers("a share by raked weights, 200", async (random) => {
    const { weights, rows } = raked(random);
    const isSo = rows.map(({ age }) => random.next() < (age === "old" ? 0.5 : 0.2));
    return holds(await weightedShare(isSo, weights), 0.6 * 0.5 + 0.4 * 0.2);
  }),
];
