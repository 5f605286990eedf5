import { expect, it } from "vitest";
import { crossover as crossoverSection } from "../../../../src/experiment/analysis/report/crossover.ts";
import { analyseExperiment, type Observation } from "../../../../src/index.ts";
import { plan, row } from "./made-rows.ts";

/** Both orders of each person; what comes second is 0.5 higher, and `ad` leaves `stays` behind. */
const crossed = (stays: number, sizes: readonly number[] = [0, 1, 2, 3, 4, 5]): readonly Observation[] =>
  sizes.flatMap((size) => {
    const own = (arm: string) => 10 + size + (arm === "ad" ? 1 + size / 10 : 0);
    return [
      ["control", "ad"],
      ["ad", "control"],
    ].flatMap((order) =>
      order.map((arm, place) => {
        const later = place === 0 ? 0 : 0.5 + size / 100 + (order[0] === "ad" ? stays * (1 + size / 20) : 0);
        return row(arm, `p${size}`, own(arm) + later, { period: place + 1, run: order.join() });
      }),
    );
  });

const figuresOf = async (rows: readonly Observation[]) => {
  const traced = await analyseExperiment(plan(), rows);
  const { crossover, effects } = traced.analysis;
  return { ...traced, effect: effects[0], of: (kind: string) => crossover.find((one) => one.kind === kind) };
};

it("tells the period, the effect where it was met first, and that nothing stays of an arm", async () => {
  const { of, effect } = await figuresOf(crossed(0));
  // Sizes are 2.5 on the mean.
  expect(of("period")).toMatchObject({ value: expect.closeTo(0.525, 9), contrast: "period 2 - period 1", people: 6 });
  expect(of("first")?.value).toBeCloseTo(1.25, 9);
  expect(of("carry-over")?.value).toBeCloseTo(0, 9);
  // In balanced orders what comes second is the same for both arms.
  expect(effect?.value).toBeCloseTo(1.25, 9);
});

it("tells what stays of an arm, which is in the effect as a whole and not where it was met first", async () => {
  const { of, effect, crossed: traced, rows } = await figuresOf(crossed(-0.6));
  // Control after the ad is 0.675 lower: later the ad has that much more.
  expect(of("carry-over")?.value).toBeCloseTo(-0.675, 9);
  expect(of("carry-over")?.high).toBeLessThan(0);
  expect(of("first")?.value).toBeCloseTo(1.25, 9);
  expect(effect?.value).toBeCloseTo(1.25 + 0.675 / 2, 9);
  // Each pair by hand, from its rows.
  const found = traced.find(({ figure }) => figure.kind === "carry-over");
  const byHand = found?.paired.pairs.map(({ person }) => {
    const of = (arm: string, period: number) =>
      rows.find((one) => one.person === person && one.arm === arm && one.period === period)?.value as number;
    return of("ad", 1) - of("control", 1) - (of("ad", 2) - of("control", 2));
  });
  const mean = (byHand ?? []).reduce((sum, one) => sum + one, 0) / 6;
  expect(found?.figure.value).toBeCloseTo(mean, 9);
});

it("counts whoever is missing in a period as lost, and has nothing of arms that nobody met in turn", async () => {
  const rows = crossed(0);
  const { of } = await figuresOf(rows.filter(({ person, period }) => !(person === "p1" && period === 2)));
  expect(of("period")).toMatchObject({ people: 5, attrition: { lost: 1 } });
  expect(of("first")).toMatchObject({ people: 6 });
  const alone = rows.map(({ period: _period, ...one }) => one);
  expect((await figuresOf(alone)).analysis.crossover).toEqual([]);
});

it("compares shares of options", async () => {
  const rows = crossed(0).map((one) => ({ ...one, value: (one.value as number) > 13 ? "yes" : "no" }));
  const options = { metrics: { intent: { scale: { kind: "nominal" as const, options: ["yes", "no"] } } } };
  const { analysis } = await analyseExperiment(plan(options), rows);
  const yes = analysis.crossover.filter(({ option }) => option === "yes");
  expect(yes.map(({ kind, measure }) => [kind, measure])).toEqual([
    ["period", "share"],
    ["first", "share"],
    ["carry-over", "share"],
  ]);
  const share = (arm: string, period: number) =>
    rows.filter((one) => one.arm === arm && one.period === period && one.value === "yes").length / 6;
  expect(yes[2]?.value).toBeCloseTo(share("ad", 1) - share("control", 1) - (share("ad", 2) - share("control", 2)), 9);
});

it("holds people against people where each met the arms in one order alone", async () => {
  // As `armOrders` deals them: the even meet control first.
  const rows = crossed(-0.6, [0, 1, 2, 3, 4, 5, 6, 7]).filter(({ person, run }) => {
    return run === (Number(person.slice(1)) % 2 === 0 ? "control,ad" : "ad,control");
  });
  const { of } = await figuresOf(rows);
  const mean = (arm: string, period: number) => {
    const own = rows.filter((one) => one.arm === arm && one.period === period).map(({ value }) => value as number);
    return own.reduce((sum, one) => sum + one, 0) / own.length;
  };
  expect(of("first")).toMatchObject({ people: 8, pairs: 0, test: "Welch's t" });
  expect(of("first")?.value).toBeCloseTo(mean("ad", 1) - mean("control", 1), 9);
  const carried = mean("ad", 1) - mean("control", 1) - (mean("ad", 2) - mean("control", 2));
  expect(of("carry-over")?.value).toBeCloseTo(carried, 9);
  // By SciPy 1.17.1: stats.ttest_ind([22.98, 27.14, 31.3, 35.46], [21.5, 25.72, 29.94, 34.16], equal_var=False), each of
  // one person's both values together.
  expect(of("carry-over")?.p).toBeCloseTo(0.7287716935119183, 9);
  const met = rows.map((one) => ({ ...one, session: "room" }));
  expect((await figuresOf(met)).of("carry-over")).toMatchObject({ reason: expect.stringMatching(/^people met/) });
});

it.each([
  ["nothing stays", crossed(0), "No carry-over was found"],
  ["something stays", crossed(-0.6), "What was met before changes what an arm does (o3): read"],
  // All differ by the same, so that no chance can be told: that is no sign that nothing stays.
  ["nothing can be told", crossed(0).map((one) => ({ ...one, value: 4 })), "cannot be told from these rows"],
])("is told in words: %s", async (_what, rows, words) => {
  const { analysis } = await analyseExperiment(plan(), rows);
  const [{ lines = [] } = {}] = crossoverSection(analysis);
  expect(lines.at(-1)).toContain(words);
});
