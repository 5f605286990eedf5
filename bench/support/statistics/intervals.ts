import {
  bootstrapInterval,
  bradleyTerry,
  cliffsDelta,
  clusteredRegression,
  cohenKappa,
  cohensD,
  fleissKappa,
  glassDelta,
  hedgesG,
  meanInterval,
  oddsRatio,
  type PairComparison,
  pairedEffect,
  plackettLuce,
  type Random,
  type Strengths,
  shareContrast,
  shareDifference,
  shareInterval,
  varianceExplained,
  weightedMean,
  weightedShare,
  welchT,
} from "../../../src/index.ts";
import { coded, holds, normals, orderBy, repeated, spread, type Trial, yes } from "./chance.ts";

type Once = (random: Random) => Promise<boolean | undefined>;

const covers = (name: string, once: Once, { times = 2_000, allowance = 0 } = {}): Trial => ({
  ...{ name, nominal: 0.95, times, allowance, once },
});

const within = ({ low, high }: { readonly low: number; readonly high: number }, truth: number): boolean =>
  low <= truth && truth <= high;

/** Where nothing differs there is no interval. */
const withinAny = (
  { low, high }: { readonly low?: number; readonly high?: number },
  truth: number,
): boolean | undefined => (low === undefined || high === undefined ? undefined : within({ low, high }, truth));

const strengths = [4, 3, 2, 1, 1];
const logs = strengths.map(Math.log);
const centred = logs.map((log) => log - logs.reduce((total, one) => total + one, 0) / logs.length);

const ofFirst = (found: Strengths<number> | { readonly reason: string }): boolean | undefined => {
  const row = "reason" in found ? undefined : found.rows.find(({ option }) => option === 0);
  return row && within(row, centred[0] as number);
};

/** How often an interval holds the truth. */
export const intervals: readonly Trial[] = [
  covers("a mean, 10", async (random) => {
    const found = await meanInterval(normals(random, 10));
    return "reason" in found ? undefined : within(found, 0);
  }),
  covers("a difference by Welch's t, 10 and 25", async (random) =>
    holds(await welchT(normals(random, 10), normals(random, 25, { mean: 1, sd: 3 })), 1),
  ),
  covers(
    "a share by Wilson, any of 40",
    async (random) => {
      const share = random.next();
      return within(await shareInterval(yes(random, 40, share), 40), share);
    },
    { allowance: 0.01 },
  ),
  covers(
    "one share before another, 100",
    async (random) => {
      const [one = 0, other = 0] = spread(random, 100, [0.5, 0.3, 0.2]);
      return within(await shareContrast([one, other], 100), 0.2);
    },
    { allowance: 0.01 },
  ),
  // Where nearly all who differ differ one way.
  ...[15, 40, 100].map((n) =>
    covers(`one share before another, ${n}, of whom half give it and one in fifty the other`, async (random) => {
      const [one = 0, other = 0] = spread(random, n, [0.5, 0.02, 0.48]);
      return within(await shareContrast([one, other], n), 0.48);
    }),
  ),
  covers(
    "a difference of shares, 40 and 50",
    async (random) =>
      holds(
        await shareDifference({ count: yes(random, 40, 0.2), n: 40 }, { count: yes(random, 50, 0.45), n: 50 }),
        0.25,
      ),
    { allowance: 0.01 },
  ),
  covers(
    "an odds ratio, 40 and 50",
    async (random) =>
      holds(await oddsRatio({ count: yes(random, 40, 0.2), n: 40 }, { count: yes(random, 50, 0.5), n: 50 }), 4),
    { allowance: 0.01 },
  ),
  covers("Cohen's d, 12 and 15", async (random) =>
    holds(await cohensD(normals(random, 12), normals(random, 15, { mean: 0.8 })), 0.8),
  ),
  covers(
    "Hedges' g, 12 and 15",
    async (random) => holds(await hedgesG(normals(random, 12), normals(random, 15, { mean: 0.8 })), 0.8),
    { allowance: 0.01 },
  ),
  covers("Glass' Δ, 12 and 15", async (random) =>
    holds(await glassDelta(normals(random, 12), normals(random, 15, { mean: 0.8 })), 0.8),
  ),
  covers("an effect of pairs, 15", async (random) => {
    const first = normals(random, 15);
    const second = first.map((value) => value + 0.6 + normals(random, 1)[0]!);
    return holds(await pairedEffect(first, second), 0.6);
  }),
  covers(
    "Cliff's δ, 20 and 25",
    async (random) => holds(await cliffsDelta(normals(random, 20), normals(random, 25, { mean: 0.8 })), 0.42839),
    { allowance: 0.015 },
  ),
  covers("η², 3 × 12", async (random) => {
    const groups = [0, 0.5, 1].map((mean) => normals(random, 12, { mean }));
    return holds(await varianceExplained(groups), 6 / (6 + 36));
  }),
  covers(
    "Cohen's κ, 100 units",
    async (random) => {
      const units = coded(random, { units: 100, knows: Math.sqrt(0.5) });
      const found = await cohenKappa(
        units.map(([one]) => one!),
        units.map(([, other]) => other!),
      );
      return "reason" in found ? undefined : withinAny(found, 0.5);
    },
    { times: 1_000, allowance: 0.005 },
  ),
  covers(
    "Fleiss' κ, 4 coders of 60",
    async (random) => {
      const units = coded(random, { coders: 4, knows: Math.sqrt(0.5) });
      const found = await fleissKappa(
        units.map((unit) => [0, 1, 2].map((one) => unit.filter((x) => x === one).length)),
      );
      return "reason" in found ? undefined : withinAny(found, 0.5);
    },
    { times: 1_000, allowance: 0.015 },
  ),
  covers(
    "strengths of orders (Plackett–Luce), 40 of 5",
    async (random) =>
      ofFirst(
        await plackettLuce(
          Array.from({ length: 40 }, () => orderBy(random, strengths)),
          [0, 1, 2, 3, 4],
        ),
      ),
    { times: 500, allowance: 0.01 },
  ),
  covers(
    "strengths of pairs (Bradley–Terry), 100 with position",
    async (random) => {
      const comparisons = Array.from({ length: 100 }, (): PairComparison<number> => {
        const [first = 0, second = 1] = random.shuffle([0, 1, 2, 3, 4]);
        const ahead = 1.5 * (strengths[first] as number);
        const won = random.next() < ahead / (ahead + (strengths[second] as number)) ? "first" : "second";
        return { first, second, won };
      });
      return ofFirst(await bradleyTerry(comparisons, { order: true }));
    },
    { times: 500, allowance: 0.01 },
  ),
  covers("a mean by weights, 80", async (random) => {
    const people = normals(random, 80).map((value) => ({ value, weight: 0.3 + 2 * random.next() }));
    return holds(
      await weightedMean(
        people.map(({ value }) => value),
        people.map(({ weight }) => weight),
      ),
      0,
    );
  }),
  covers(
    "a share by weights, 100",
    async (random) => {
      const people = Array.from({ length: 100 }, () => ({
        holds: random.next() < 0.3,
        weight: 0.3 + 2 * random.next(),
      }));
      return holds(
        await weightedShare(
          people.map((one) => one.holds),
          people.map(({ weight }) => weight),
        ),
        0.3,
      );
    },
    { allowance: 0.01 },
  ),
  covers(
    "regression by CR2, an arm within 10 people",
    async (random) => {
      const { outcome, people, arm } = repeated(random, { effect: 0.5 });
      const found = await clusteredRegression(outcome, { terms: { arm }, clusters: people });
      return "reason" in found ? undefined : holds(found.rows[1]!, 0.5);
    },
    { times: 1_000 },
  ),
  // Of few, skewed values a bootstrap is known to be short (B. Efron and R. J. Tibshirani, 1993).
  covers("bootstrap BCa, a mean of 40 skewed", (random) => drawn(random, "bca"), { times: 400, allowance: 0.03 }),
  covers("bootstrap percentile, a mean of 40 skewed", (random) => drawn(random, "percentile"), {
    times: 400,
    allowance: 0.04,
  }),
  covers(
    "bootstrap of 30 people drawn whole, 5 values each",
    async (random) => {
      const { outcome, people } = repeated(random, { people: 30, times: 5 });
      const found = await bootstrapInterval(outcome.length, meanOf(outcome), {
        ...{ random, resamples: 500, method: "percentile", clusters: people },
      });
      return "reason" in found ? undefined : within(found, 0);
    },
    { times: 400, allowance: 0.03 },
  ),
];

const meanOf =
  (values: readonly number[]) =>
  (units: readonly number[]): number => {
    let total = 0;
    for (const unit of units) total += values[unit] as number;
    return total / units.length;
  };

async function drawn(random: Random, method: "bca" | "percentile"): Promise<boolean | undefined> {
  const values = Array.from({ length: 40 }, () => -Math.log(1 - random.next()));
  const found = await bootstrapInterval(40, meanOf(values), { random, resamples: 500, method });
  return "reason" in found ? undefined : within(found, 1);
}
