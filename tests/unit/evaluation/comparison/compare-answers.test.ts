import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseClaims } from "../../../../src/evaluation/claims/document.ts";
import { compareAnswers } from "../../../../src/evaluation/comparison/compare-answers.ts";
import { kendallW } from "../../../../src/statistics/rankings/concordance.ts";
import { answersOf, counts, drawn, likert, type Made } from "./made.ts";

const quick = { resamples: 100, halves: 20 };
const vote = { vote: { scale: likert } };
const compared = (items: object, human: readonly Made[], simulated: readonly Made[], options: object = {}) =>
  compareAnswers(answersOf(items, human), answersOf(items, simulated), { ...quick, ...options });
type Found = Awaited<ReturnType<typeof compared>>;
const figure = ({ figures }: Found, id: string) => figures.find((row) => row.id === id);
const score = (found: Found, item = "vote"): number => figure(found, `${item}/score`)?.value ?? Number.NaN;
/** As the score, and beyond the ceiling too, which the score is capped at. */
const place = (found: Found, item = "vote"): number =>
  found.figures.find((row) => row.item === item && row.place !== undefined && row.measure === headlines[item])?.place ??
  Number.NaN;
const headlines: Record<string, string> = {
  vote: "earth-movers",
  shop: "total-variation",
  toys: "energy-distance",
};
const people = [4, 10, 22, 40, 24];

describe("answers of simulated people beside those of people", () => {
  it("are compared by mean, dispersion, shape and order, in points of the scale", async () => {
    const found = await compared(vote, counts([11, 9, 13, 10, 7]), counts([2, 8, 25, 12, 3]));
    const values = Object.fromEntries(found.figures.map(({ measure, value }) => [measure, value]));
    // By hand: shares .22 .18 .26 .20 .14 and .04 .16 .50 .24 .06; functions .22 .40 .66 .86 and .04 .20 .70 .94.
    expect(values["mean"]).toBeCloseTo(0.26, 12);
    expect(values["dispersion-ratio"]).toBeCloseTo(0.895339406628137 / 1.3554124306434765, 12);
    expect(values["total-variation"]).toBeCloseTo(0.28, 12);
    expect(values["earth-movers"]).toBeCloseTo(0.18 + 0.2 + 0.04 + 0.08, 12);
    expect(values["ks-similarity"]).toBeCloseTo(0.8, 12);
    expect(values["order"]).toBeCloseTo(0.4, 12);
    expect(values["share:3"]).toBeCloseTo(0.24, 12);
    // scipy.stats.levene(people, simulated, center="median")
    expect(figure(found, "vote/brown-forsythe")?.p).toBeCloseTo(0.0009273504739891906, 9);
    expect(figure(found, "vote/earth-movers")).toMatchObject({ floorBy: "majority", within: ["uniform"], n: 50 });
    expect(figure(found, "vote/earth-movers")?.floor).toBeCloseTo(1.1, 12);
  });

  it("that are drawn from the people score 1 on the mean; those that know nobody score 0 or less", async () => {
    const scores = await Promise.all(
      [1, 2, 3, 4, 5, 6, 7, 8].map(async (seed) =>
        score(await compared(vote, counts(people), drawn(100, people, seed))),
      ),
    );
    expect(scores.reduce((sum, one) => sum + one, 0) / scores.length).toBeCloseTo(1, 0);
    expect(score(await compared(vote, counts(people), counts([0, 0, 0, 100, 0])))).toBeLessThanOrEqual(0);
    expect(score(await compared(vote, counts(people), counts([20, 20, 20, 20, 20])))).toBeLessThanOrEqual(0);
  });

  describe("score less when they are made worse", () => {
    /** At least two of each step, so that each kind of damage has room. */
    const shapes = fc.array(fc.integer({ min: 2, max: 20 }), { minLength: 5, maxLength: 5 });
    const moved = (of: readonly number[], from: number, to: number, by: number): readonly number[] =>
      of.map((count, step) => count + (step === to ? by : 0) - (step === from ? by : 0));
    const damages: readonly (readonly [string, (of: readonly number[], by: number) => readonly number[]])[] = [
      ["in their mean alone", (of, by) => [0, 1, 2, 3].reduce((all, step) => moved(all, step, step + 1, by), of)],
      ["in their dispersion alone", (of, by) => moved(moved(of, 1, 2, by), 3, 2, by)],
      // Means and variances stay: +1 −4 +6 −4 +1 is the fourth difference.
      ["in their shape alone", (of, by) => of.map((count, step) => count + by * ([-1, 4, -6, 4, -1][step] as number))],
    ];
    it.each(damages)("%s", async (_, damage) => {
      await fc.assert(
        fc.asyncProperty(shapes, async (shape) => {
          const human = shape.map((count) => 6 * count);
          const scores = await Promise.all(
            [0, 1, 2].map(async (by) => {
              const found = await compared(vote, counts(human), counts(damage(human, by)), {
                resamples: 100,
                halves: 10,
              });
              return place(found);
            }),
          );
          if (scores.some(Number.isNaN)) return;
          expect(scores[1]).toBeLessThan(scores[0] as number);
          expect(scores[2]).toBeLessThan(scores[1] as number);
        }),
        { numRuns: 5, seed: 8 },
      );
    });

    it("in the order of their options alone", async () => {
      const shop = { shop: { scale: { kind: "nominal", options: [1, 2, 3, 4, 5] } } };
      const of = async (shares: readonly number[]) =>
        place(await compared(shop, counts([50, 20, 15, 10, 5], "shop"), counts(shares, "shop")), "shop");
      const scores = [
        await of([50, 20, 15, 10, 5]),
        await of([50, 15, 20, 10, 5]),
        await of([20, 50, 15, 5, 10]),
        await of([5, 10, 15, 20, 50]),
      ];
      expect(scores.toSorted((one, other) => other - one)).toEqual(scores);
      expect(new Set(scores).size).toBe(4);
    });

    it("in the order of their rankings alone", async () => {
      const items = { toys: { separator: "-", scale: { kind: "ranking", options: ["A", "B", "C", "D"] } } };
      const all = (orders: readonly string[]): readonly Made[] =>
        orders.flatMap((order) => Array.from({ length: 10 }, () => ({ answers: { toys: order.split("") } })));
      const human = ["ABCD", "ABDC", "ACBD", "BACD"];
      const scores = await Promise.all(
        [
          human,
          ["ABDC", "ABCD", "ACBD", "BADC"],
          ["BACD", "BADC", "CABD", "ABCD"],
          ["DCBA", "CDBA", "DBCA", "DCAB"],
        ].map(async (orders) => place(await compared(items, all(human), all(orders)), "toys")),
      );
      expect(scores.toSorted((one, other) => other - one)).toEqual(scores);
      expect(new Set(scores).size).toBe(4);
    });
  });

  it("score 1 at most: a copy of the people is not worth more than they are, nor makes up for an item that is wrong", async () => {
    const found = await compared(vote, counts([11, 9, 13, 10, 7]), counts([11, 9, 13, 10, 7]));
    expect(place(found)).toBeGreaterThan(1.2);
    expect(figure(found, "vote/score")).toMatchObject({ value: 1, low: 1, high: 1 });
    expect(figure(found, "score")).toMatchObject({ value: 1, low: 1, high: 1 });
  });

  it("have no overall score where people are of one mind and the simulated are not", async () => {
    const two = { vote: { scale: likert }, tax: { scale: likert } };
    const of = (votes: readonly Made[], tax: readonly string[]): readonly Made[] =>
      votes.map(({ answers }, row) => ({ answers: { ...answers, tax: tax[row % tax.length] as string } }));
    const human = of(counts(people), ["1"]);
    const apart = await compared(two, human, of(drawn(100, people, 2), ["1", "5"]));
    expect(figure(apart, "score")).not.toHaveProperty("value");
    expect(figure(apart, "score")?.reason).toBe("all people answer alike, and the simulated not: tax");
    expect(figure(await compared(two, human, of(drawn(100, people, 2), ["1"])), "score")?.value).toBeGreaterThan(0);
  });

  it("are no better for being in the middle of the scale", async () => {
    // People's median is 3, most say 1: the middle is nearer to them than the majority.
    const found = await compared(vote, counts([35, 5, 20, 15, 25]), counts([0, 0, 100, 0, 0]));
    expect(figure(found, "vote/earth-movers")).toMatchObject({ floorBy: "middle", place: 0, within: ["uniform"] });
  });

  it("are not held against people by Brown and Forsythe where they are probabilities", async () => {
    const unsure = answersOf(vote, counts(people));
    const spread = {
      ...unsure,
      people: unsure.people.map((person) => ({
        ...person,
        answers: { vote: { ...person.answers["vote"], distribution: { 1: 0.5, 5: 0.5 } } },
      })),
    };
    const found = await compareAnswers(answersOf(vote, counts(people)), spread as never, quick);
    expect(figure(found, "vote/brown-forsythe")).not.toHaveProperty("p");
    expect(figure(found, "vote/brown-forsythe")?.reason).toMatch(/no probabilities/);
  });

  it("have no interval of fewer than ten answers a side, nor where all draws are alike", async () => {
    const few = await compared(vote, counts([2, 0, 2, 3, 2]), drawn(200, people, 1));
    expect(figure(few, "vote/mean")).not.toHaveProperty("low");
    const enough = await compared(vote, counts([2, 0, 2, 3, 3]), drawn(200, people, 1));
    expect(figure(enough, "vote/mean")).toHaveProperty("low");
    const alike = await compared(vote, counts([0, 0, 50]), counts([0, 0, 50]));
    expect(figure(alike, "vote/earth-movers")).not.toHaveProperty("low");
    const halves = (from: number): readonly Made[] =>
      Array.from({ length: 20 }, (_, row) => ({ answers: { vote: row < from ? null : String(1 + (row % 5)) } }));
    // Of 20 none and of 20 all: no draw differs, but Newcombe's interval is there.
    const { low, high } = figure(await compared(vote, halves(0), halves(20)), "vote/missing") ?? {};
    expect([low, high].map((end) => end?.toFixed(2))).toEqual(["0.77", "1.00"]);
  });

  it("have Kendall's W of both sides where they are rankings, and shares of first choices", async () => {
    const items = { toys: { separator: "-", scale: { kind: "ranking", options: ["A", "B", "C"] } } };
    const ranked = (...orders: readonly string[]) => orders.map((order) => ({ answers: { toys: order.split("") } }));
    const found = await compared(items, ranked("ABC", "ACB", "BAC", "ABC"), ranked("CBA", "CAB", "CBA"));
    const outside = await kendallW([
      [1, 2, 3],
      [1, 3, 2],
      [2, 1, 3],
      [1, 2, 3],
    ]);
    expect(figure(found, "toys/kendall-w")?.human).toBeCloseTo("w" in outside ? outside.w : Number.NaN, 12);
    expect(figure(found, "toys/first-choice:A")).toMatchObject({ human: 0.75, simulated: 0, value: -0.75 });
    expect(figure(found, "toys/rank:A")).toMatchObject({ human: 1.25 });
    expect(figure(found, "toys/order")?.value).toBeLessThan(0);
  });

  it("count by weights, and by probabilities where they have them", async () => {
    const double = [
      { weight: 2, answers: { vote: "1" } },
      { weight: 1, answers: { vote: "5" } },
      { weight: 1, answers: { vote: "5" } },
    ];
    expect(figure(await compared(vote, double, counts([2, 0, 0, 0, 2])), "vote/mean")).toMatchObject({
      human: 3,
      simulated: 3,
      value: 0,
    });
    const human = answersOf(vote, counts([5, 5, 0, 0, 0]));
    const unsure = answersOf(vote, counts([10, 0, 0, 0, 0]));
    const spread = {
      ...unsure,
      people: unsure.people.map((person) => ({
        ...person,
        answers: { vote: { ...person.answers["vote"], distribution: { 1: 0.5, 2: 0.5 } } },
      })),
    };
    const found = await compareAnswers(human, spread as never, quick);
    expect(figure(found, "vote/total-variation")?.value).toBeCloseTo(0, 12);
  });

  it("are compared in groups that both sides have enough of", async () => {
    const of = (group: string, made: readonly Made[]) => made.map((one) => ({ ...one, attributes: { gender: group } }));
    const human = [...of("f", counts([10, 5, 5, 0, 0])), ...of("m", counts([0, 0, 5, 5, 10])), ...of("x", counts([3]))];
    const found = await compared(vote, human, [
      ...of("f", counts([0, 0, 5, 5, 10])),
      ...of("m", counts([0, 0, 5, 5, 10])),
    ]);
    expect(figure(found, "vote/mean@gender=f")).toMatchObject({ n: 20, human: 1.75, simulated: 4.25, value: 2.5 });
    expect(figure(found, "vote/mean@gender=m")?.value).toBe(0);
    expect(found.figures.filter(({ group }) => group === "x")).toEqual([]);
  });

  describe("whose ids say whose twins they are", () => {
    const named = (made: readonly Made[]) => made.map((one, place) => ({ ...one, id: `p${place}` }));
    it("are held against their own person, and what would be guessed without them", async () => {
      const human = named(counts([30, 0, 0, 0, 20]));
      const found = await compared(vote, human, named(counts([27, 3, 0, 0, 20])));
      expect(found.linked).toBe(50);
      expect(figure(found, "vote/accuracy")).toMatchObject({ value: 47 / 50, floor: 0.6, floorBy: "majority", n: 50 });
      expect(figure(found, "vote/closeness")?.value).toBeCloseTo(1 - (3 * 0.25) / 50, 12);
      expect(figure(found, "vote/accuracy-over-baseline")?.value).toBeCloseTo(0.34, 12);
      expect(figure(found, "vote/correlation")?.value).toBeGreaterThan(0.98);
    });
    it("are held against people like them where attributes are known: they are no better than those", async () => {
      const of = (group: string, made: readonly Made[]) => made.map((one) => ({ ...one, attributes: { group } }));
      const human = named([...of("a", counts([20, 0, 0, 0, 0])), ...of("b", counts([0, 0, 0, 0, 20]))]);
      const found = await compared(vote, human, human);
      expect(figure(found, "vote/accuracy")).toMatchObject({ value: 1, floor: 1, floorBy: "demographic" });
      expect(figure(found, "vote/accuracy-over-baseline")?.value).toBe(0);
      // All draws are alike: nothing is known of chance.
      expect(figure(found, "vote/accuracy-over-baseline")).not.toHaveProperty("low");
    });
  });

  it("are warned of by name, with the figure that shows it", async () => {
    const items = Object.fromEntries(
      ["a", "b", "c"].map((item) => [item, { scale: likert, family: "taste", desirable: "high" }]),
    );
    const all = (votes: readonly (readonly (string | null)[])[]): readonly Made[] =>
      votes.map(([a = null, b = null, c = null]) => ({ answers: { a, b, c } }));
    const steps = [1, 2, 3, 4, 5, 2, 3, 1, 4, 5, 3, 2, 1, 5, 4, 3, 2, 3, 4, 1].map(String);
    const human = all(
      steps.map((step, place) => [step, steps[(place + 7) % 20] as string, steps[(place + 3) % 20] as string]),
    );
    const flat = all(
      steps.map((_, place) => (place < 5 ? [null, "4", "4"] : place < 7 ? ["5", "5", "5"] : ["4", "4", "4"])),
    );
    const found = await compared(items, human, flat);
    const names = found.warnings
      .filter(({ item }) => item === "a" || item === undefined)
      .map(({ name, figures }) => [name, figures]);
    expect(names).toEqual(
      expect.arrayContaining([
        ["under-dispersion", ["a/dispersion-ratio"]],
        ["mode collapse", ["a/mode-share"]],
        ["missing answers", ["a/missing"]],
        ["social desirability", ["a/mean"]],
        ["straight-lining", ["straight-lining:taste"]],
      ]),
    );
    const fine = await compared(items, human, human);
    expect(fine.warnings).toEqual([]);
  });

  it("give the same figures for the same seed, and others for another", async () => {
    const low = async (seed: number) =>
      figure(await compared(vote, counts(people), counts([20, 20, 20, 20, 20]), { seed }), "vote/mean")?.low;
    expect(await low(1)).toBe(await low(1));
    expect(await low(1)).not.toBe(await low(2));
  });

  it("are tested for equivalence within the margin that was declared, and not otherwise", async () => {
    const wide = await compared({ vote: { scale: likert, margin: 0.8 } }, counts(people), drawn(100, people, 4));
    expect(figure(wide, "vote/equivalence")).toMatchObject({ margin: 0.8, p: expect.any(Number) });
    expect(figure(await compared(vote, counts(people), counts(people)), "vote/equivalence")?.reason).toBe(
      "no margin was declared",
    );
  });

  it.each([
    ["levels", { level: 1 }, "level"],
    ["few draws", { resamples: 3 }, "resamples"],
    ["keys", { resample: 300 }, "resample"],
  ])("refuse %s that there are not", async (_, options, option) => {
    await expect(compared(vote, counts(people), counts(people), options)).rejects.toMatchObject({
      code: "OPTION_INVALID",
      data: { option },
    });
  });
});

describe("claims that were declared", () => {
  const claims = (declared: object, more: object = {}) => parseClaims({ claims: 1, ...more, declared });
  const statusOf = async (given: ReturnType<typeof claims>, simulated: readonly Made[] = drawn(200, people, 3)) =>
    (await compared(vote, counts(people.map((count) => 2 * count)), simulated, { claims: given })).claims;

  it("pass, fail or cannot be measured, each with its figures", async () => {
    const checked = await statusOf(
      claims({
        near: { item: "vote", measure: "mean", within: 0.5 },
        far: { item: "vote", measure: "mean", "at-least": 0.5 },
        group: { item: "vote", measure: "mean", group: { gender: "f" }, within: 1 },
        twins: { item: "vote", measure: "accuracy", "at-least": 0.5 },
        score: { measure: "score", "at-least": 0, by: "figure" },
      }),
    );
    expect(checked?.rows.map(({ claim, status, reason }) => [claim, status, reason])).toEqual([
      ["near", "passed", undefined],
      ["far", "failed", undefined],
      ["group", "unmeasured", "too few on one side have gender f"],
      ["twins", "unmeasured", "nobody is linked to a twin"],
      ["score", "passed", undefined],
    ]);
    expect(checked?.rows[0]).toMatchObject({
      figure: "vote/mean",
      bound: "at most 0.5 apart",
      value: expect.any(Number),
      low: expect.any(Number),
    });
    expect(checked?.digest).toMatch(/^[0-9a-f]{64}$/);
  });

  it("are corrected for being several as they say", async () => {
    const three = {
      a: { item: "vote", measure: "mean", within: 0.3 },
      b: { item: "vote", measure: "sd", within: 0.3 },
      c: { item: "vote", measure: "mean", "at-least": 0 },
    };
    const [holm, none] = [await statusOf(claims(three)), await statusOf(claims(three, { multiplicity: "none" }))];
    const ps = none?.rows.map(({ p }) => p ?? 1) ?? [];
    expect(none?.rows.map(({ corrected }) => corrected)).toEqual(ps);
    expect(holm?.rows.map(({ p }) => p)).toEqual(ps);
    expect(holm?.rows[ps.indexOf(Math.min(...ps))]?.corrected).toBeCloseTo(Math.min(1, 3 * Math.min(...ps)), 12);
  });

  it("do not pass by two people a side who are of one mind", async () => {
    const two = await compared(vote, counts([0, 0, 2]), counts([0, 0, 2]), {
      claims: claims({
        near: { item: "vote", measure: "mean", within: 0.1 },
        shape: { item: "vote", measure: "earth-movers", "at-most": 0.1 },
        missing: { item: "vote", measure: "missing", "at-most": 0.05 },
      }),
    });
    expect(two.claims?.rows.map(({ status }) => status)).toEqual(["unmeasured", "unmeasured", "unmeasured"]);
  });

  it("do not pass where chance could have brought them about, though the figure keeps to the bound", async () => {
    const few = counts([1, 2, 4, 2, 1]);
    const claim = (by: string) => claims({ near: { item: "vote", measure: "mean", within: 1.2, by } });
    expect((await statusOf(claim("figure"), few))?.rows[0]?.status).toBe("passed");
    expect(
      (await statusOf(claims({ near: { item: "vote", measure: "mean", within: 0.9 } }), few))?.rows[0]?.status,
    ).toBe("failed");
  });

  it.each([
    ["an item", { item: "vot", measure: "mean", within: 1 }, "Did you mean 'vote'?"],
    ["a measure", { item: "vote", measure: "means", within: 1 }, "Did you mean 'mean'?"],
  ])("about %s that there is not are refused with what may be meant", async (_, claim, hint) => {
    await expect(statusOf(claims({ one: claim }))).rejects.toMatchObject({ code: "OPTION_INVALID", hint });
  });

  it("say what is wrong with them", () => {
    expect(() => claims({ a: { item: "vote", measure: "mean" } })).toThrow(/Give a bound/);
    expect(() => claims({ a: { measure: "score", "at-least": 1, "at-most": 0 } })).toThrow(/above `at-most`/);
    const ofArms = expect.stringContaining("experiment analyse");
    expect(() => parseClaims({ analysis: 1, metrics: {} })).toThrow(expect.objectContaining({ hint: ofArms }));
  });
});
