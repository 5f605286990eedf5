import {
  andersonDarling,
  andersonDarlingSamples,
  benjaminiHochberg,
  brownForsythe,
  chiSquareFit,
  chiSquareTable,
  clusteredMean,
  clusteredRegression,
  equivalentMean,
  equivalentMeans,
  equivalentPairs,
  fisherExact,
  fleissKappa,
  friedman,
  heterogeneity,
  holm,
  kendallTau,
  kolmogorovSmirnov,
  kruskalWallis,
  levene,
  mannWhitney,
  mcNemar,
  oneWayAnova,
  pairedPermutationTest,
  pairedT,
  pearson,
  permutationTest,
  type Random,
  shapiroWilk,
  shareDifference,
  shareTest,
  signTest,
  spearman,
  studentT,
  twoWayAnova,
  welchAnova,
  welchT,
  wilcoxon,
} from "../../../src/index.ts";
import { coded, normals, rejects, repeated, spread, type Trial, yes } from "./chance.ts";

const nothing = (name: string, once: (random: Random) => Promise<boolean | undefined>, times = 2_000): Trial => ({
  name,
  nominal: 0.05,
  times,
  once,
});

const groups = (random: Random, sizes: readonly number[], sds: readonly number[] = sizes.map(() => 1)): number[][] =>
  sizes.map((n, place) => normals(random, n, { sd: sds[place] as number }));

const welchP = async (random: Random, mean: number): Promise<number> => {
  const found = await welchT(normals(random, 15), normals(random, 15, { mean }));
  if ("reason" in found) throw new Error(found.reason);
  return found.p;
};

/** How often a test finds something where there is nothing. */
export const tests: readonly Trial[] = [
  nothing("Student's t, 12 and 18", async (random) =>
    rejects(await studentT(normals(random, 12), normals(random, 18))),
  ),
  nothing("Welch's t, 10 and 25 that scatter thrice as much", async (random) =>
    rejects(await welchT(normals(random, 10), normals(random, 25, { sd: 3 }))),
  ),
  nothing("paired t, 15", async (random) => rejects(await pairedT(normals(random, 15), normals(random, 15)))),
  nothing("equivalence at the margin, 30 and 30", async (random) => {
    const found = await equivalentMeans(normals(random, 30), normals(random, 30, { mean: 0.8 }), { margin: 0.8 });
    return "reason" in found ? undefined : found.p <= 0.05;
  }),
  nothing("equivalence of a mean to another at the margin, 25", async (random) => {
    const found = await equivalentMean(normals(random, 25, { mean: 0.8 }), 0, { margin: 0.8 });
    return "reason" in found ? undefined : found.p <= 0.05;
  }),
  nothing("equivalence of pairs at the margin, 25", async (random) => {
    const found = await equivalentPairs(normals(random, 25), normals(random, 25, { mean: 0.8 }), { margin: 0.8 });
    return "reason" in found ? undefined : found.p <= 0.05;
  }),
  nothing(
    "permutation of 12 and 15, 499 draws",
    async (random) => rejects(permutationTest(normals(random, 12), normals(random, 15), { random, draws: 499 })),
    1_000,
  ),
  nothing(
    "permutation of 15 pairs, 499 draws",
    async (random) => rejects(pairedPermutationTest(normals(random, 15), normals(random, 15), { random, draws: 499 })),
    1_000,
  ),
  nothing("analysis of variance, 3 × 10", async (random) => rejects(await oneWayAnova(groups(random, [10, 10, 10])))),
  nothing("Welch's analysis of variance, unequal spread", async (random) =>
    rejects(await welchAnova(groups(random, [10, 15, 20], [1, 2, 3]))),
  ),
  nothing("two factors, 2 × 3 × 6, of the first", async (random) => {
    const places = Array.from({ length: 36 }, (_, place) => place);
    const first = places.map((place) => String(place % 2));
    const second = places.map((place) => String(place % 3));
    const found = await twoWayAnova({ values: normals(random, 36), first, second });
    return "reason" in found ? undefined : rejects(found.first);
  }),
  nothing("two factors, 2 × 3 × 6, of the second, or of both together", async (random) => {
    const places = Array.from({ length: 36 }, (_, place) => place);
    const of = (levels: number) => places.map((place) => String(place % levels));
    const found = await twoWayAnova({ values: normals(random, 36), first: of(2), second: of(3) });
    if ("reason" in found) return undefined;
    // One of the two, by turns, so that the nominal rate is that of one test.
    return rejects(random.next() < 0.5 ? found.second : found.interaction);
  }),
  nothing("Mann–Whitney, 12 and 15", async (random) =>
    rejects(await mannWhitney(normals(random, 12), normals(random, 15))),
  ),
  nothing("Wilcoxon, 20", async (random) => rejects(await wilcoxon(normals(random, 20), normals(random, 20)))),
  nothing("sign test, 25", async (random) => rejects(signTest(normals(random, 25), normals(random, 25)))),
  nothing("Kruskal–Wallis, 3 × 12", async (random) => rejects(await kruskalWallis(groups(random, [12, 12, 12])))),
  nothing("Friedman (Kendall's W), 20 × 4", async (random) =>
    rejects(await friedman(groups(random, Array(20).fill(4)))),
  ),
  nothing("χ² of a fit, 100", async (random) => {
    const shares = [0.4, 0.3, 0.2, 0.1];
    return rejects(await chiSquareFit(spread(random, 100, shares), shares));
  }),
  nothing("χ² of a table, 2 × 3 of 120", async (random) => {
    const shares = [0.5, 0.3, 0.2];
    return rejects(await chiSquareTable([spread(random, 60, shares), spread(random, 60, shares)]));
  }),
  nothing("Fisher's exact test, 2 × 2 of 40", async (random) => {
    const [one, other] = [yes(random, 20, 0.3), yes(random, 20, 0.3)];
    return rejects(
      fisherExact([
        [one, 20 - one],
        [other, 20 - other],
      ]),
    );
  }),
  nothing("a share against what is expected, 40", async (random) =>
    rejects(await shareTest({ count: yes(random, 40, 0.3), n: 40 }, 0.3)),
  ),
  nothing("two shares, 60 and 80", async (random) =>
    rejects(await shareDifference({ count: yes(random, 60, 0.3), n: 60 }, { count: yes(random, 80, 0.3), n: 80 })),
  ),
  nothing("Kolmogorov–Smirnov, 30 and 25", async (random) =>
    rejects(kolmogorovSmirnov({ values: normals(random, 30) }, { values: normals(random, 25) })),
  ),
  nothing("Anderson–Darling of samples, 3 × 15", async (random) => {
    const found = andersonDarlingSamples(groups(random, [15, 15, 15]));
    return rejects(found);
  }),
  nothing("Anderson–Darling of normality, 30", async (random) => rejects(await andersonDarling(normals(random, 30)))),
  nothing("Shapiro–Wilk, 30", async (random) => rejects(await shapiroWilk(normals(random, 30)))),
  // Levene's deviations from means are known to be a little free (M. B. Brown and A. B. Forsythe, 1974).
  {
    ...nothing("Levene, 3 × 15", async (random) => rejects(await levene(groups(random, [15, 15, 15])))),
    allowance: 0.02,
  },
  nothing("Brown–Forsythe, 3 × 15", async (random) => rejects(await brownForsythe(groups(random, [15, 15, 15])))),
  nothing("McNemar, 30 pairs that part", async (random) => {
    const first = yes(random, 30, 0.5);
    return rejects(mcNemar(first, 30 - first));
  }),
  nothing("Pearson's r, 20", async (random) => rejects(await pearson(normals(random, 20), normals(random, 20)))),
  nothing("Spearman's ρ, 20", async (random) => rejects(await spearman(normals(random, 20), normals(random, 20)))),
  nothing("Kendall's τ-b, 20 with ties", async (random) => {
    const rounded = (): number[] => normals(random, 20).map((value) => Math.round(value * 1.5));
    return rejects(await kendallTau(rounded(), rounded()));
  }),
  nothing("Fleiss' κ, 3 coders of 60", async (random) => {
    const units = coded(random, { coders: 3 });
    return rejects(
      await fleissKappa(units.map((unit) => [0, 1, 2].map((one) => unit.filter((x) => x === one).length))),
    );
  }),
  nothing("clusters by CR2: an arm within 10 people", (random) => clustered(random, "arm", "CR2"), 1_000),
  nothing("a mean of 10 people's 60 values (CR2)", async (random) => {
    const { outcome, people } = repeated(random);
    return rejects(await clusteredMean(outcome, { clusters: people }));
  }),
  // By the χ² distribution, which few clusters make a little free.
  {
    ...nothing("levels of one mean (Cochran's Q), 3 × 30 people", async (random) => {
      const people = Array.from({ length: 90 }, (_, place) => place);
      return rejects(
        await heterogeneity(normals(random, 90), { levels: people.map((place) => place % 3), clusters: people }),
      );
    }),
    allowance: 0.02,
  },
  nothing("clusters by CR2: between 10 people", (random) => clustered(random, "side", "CR2"), 1_000),
  nothing(
    "Holm: any of 5",
    async (random) => {
      const ps: number[] = [];
      for (let test = 0; test < 5; test++) ps.push(await welchP(random, 0));
      return holm(ps).some((p) => p <= 0.05);
    },
    1_000,
  ),
];

async function clustered(random: Random, term: "arm" | "side", method: "CR1" | "CR2"): Promise<boolean | undefined> {
  const { outcome, people, [term]: values } = repeated(random);
  const found = await clusteredRegression(outcome, { terms: { [term]: values }, clusters: people, method });
  return "reason" in found ? undefined : rejects(found.rows[1] as { readonly p: number });
}

/** What happens to who does otherwise: shown beside, and held to nothing. */
export const warnings: readonly Trial[] = [
  nothing(
    "not to be done: Welch's t of 10 people's 60 values",
    async (random) => {
      const { outcome, side } = repeated(random);
      const of = (arm: number): number[] => outcome.filter((_, row) => side[row] === arm);
      return rejects(await welchT(of(0), of(1)));
    },
    1_000,
  ),
  nothing(
    "not to be done: 5 tests uncorrected",
    async (random) => {
      const ps: number[] = [];
      for (let test = 0; test < 5; test++) ps.push(await welchP(random, 0));
      return ps.some((p) => p <= 0.05);
    },
    1_000,
  ),
];

/** The share of findings that are none, of 5 effects and 5 that are none. */
export async function falseDiscoveries(random: Random): Promise<number> {
  const ps: number[] = [];
  for (let test = 0; test < 10; test++) ps.push(await welchP(random, test < 5 ? 1.2 : 0));
  const found = [...benjaminiHochberg(ps).entries()].filter(([, p]) => p <= 0.05);
  return found.length === 0 ? 0 : found.filter(([test]) => test >= 5).length / found.length;
}
