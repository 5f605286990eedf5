import { describe, expect, it } from "vitest";
import { parseSpecification, type SamplingMethod, samplePopulation, samplingMethods } from "../../../../src/index.ts";
import { conflictOf, town } from "./town.ts";

describe("samplePopulation", () => {
  it.each([50, 137, 1_000])("meets every figure within one person, by quota: %i people", async (size) => {
    const { people, report } = await samplePopulation(town(), { size, seed: 7 });
    expect(people).toHaveLength(size);
    expect(report.tests.filter(({ withinRounding }) => !withinRounding)).toEqual([]);
    for (const { count, expected } of report.figures) expect(Math.abs(count - expected)).toBeLessThan(1);
  });

  it.each(samplingMethods)("draws nobody who is ruled out: %s", async (method) => {
    const { people } = await samplePopulation(town(), { size: 2_000, seed: "a", method });
    for (const { values } of people) {
      const age = values["age"] as number;
      expect(Number.isInteger(age) && age >= 18 && age <= 90).toBe(true);
      if (values["employment"] === "retired") expect(age).toBeGreaterThanOrEqual(55);
      if (values["education"] === "degree") expect(age).toBeGreaterThan(20);
      if (values["employment"] === "employed") expect(values["income"]).toBeGreaterThan(2_000);
    }
  });

  it.each(samplingMethods)("draws the same people from the same seed, and others from another: %s", async (method) => {
    const draw = async (seed: number) => (await samplePopulation(town(), { size: 100, seed, method })).people;
    expect(await draw(1)).toEqual(await draw(1));
    expect(await draw(1)).not.toEqual(await draw(2));
  });

  it.each<[SamplingMethod, number]>([
    ["random", 0.03],
    ["halton", 0.005],
    ["latin hypercube", 0.03],
    ["stratified", 0.03],
  ])("comes near the figures otherwise: %s", async (method, apart) => {
    const { report } = await samplePopulation(town(), { size: 5_000, seed: 3, method });
    const worst = report.tests.filter(({ kind }) => kind === "margin").map((test) => test.totalVariation);
    expect(Math.max(...worst)).toBeLessThan(apart);
  });

  it("gives each stratum its share", async () => {
    const { people } = await samplePopulation(town(), { size: 1_000, seed: 3, method: "stratified" });
    const women = people.filter(({ values }) => values["sex"] === "female" && values["region"] === "south");
    expect(women).toHaveLength(Math.round(1_000 * 0.51 * 0.38));
  });

  it("keeps quotas to the person", async () => {
    const quotas = [
      { where: { sex: "female", age: "18-29" }, count: 13 },
      { where: { education: "degree", region: "west" }, atLeast: 14 },
    ];
    const { people, report } = await samplePopulation(town({ quotas }), { size: 100, seed: 5 });
    const young = people.filter(({ values }) => values["sex"] === "female" && (values["age"] as number) < 30);
    expect(young).toHaveLength(13);
    expect(report.figures.filter(({ kind }) => kind === "quota")).toMatchObject([
      { count: 13, atLeast: 13, atMost: 13 },
      { atLeast: 14, atMost: 100 },
    ]);
    expect(report.figures.find(({ atMost }) => atMost === 100)?.count).toBeGreaterThanOrEqual(14);
  });

  it("draws a boosted group more often, and weighs it down again", async () => {
    const boosts = [{ where: { region: "north" }, times: 2 }];
    const { people, report } = await samplePopulation(town({ boosts }), { size: 1_000, seed: 5 });
    const north = people.filter(({ values }) => values["region"] === "north");
    expect(north.length).toBe(Math.round((1_000 * 2 * 0.17) / (2 * 0.17 + 0.83)));
    const weight = north.reduce((sum, one) => sum + one.weight, 0);
    expect(weight / 1_000).toBeCloseTo(0.17, 2);
    expect(people.reduce((sum, one) => sum + one.weight, 0)).toBeCloseTo(1_000, 6);
    expect(report.weights.effectiveSize).toBeLessThan(1_000);
    expect(report.weights.most / report.weights.least).toBeCloseTo(2, 9);
  });

  it("lets published figures that are rounded give way, and says which", async () => {
    const thirds = { left: 0.33, right: 0.3, none: 0.37 };
    const given = town();
    const rows = [
      { when: { urban: "city" }, shares: { left: 0.4, right: 0.22, none: 0.38 } },
      { when: {}, shares: { left: 0.25, right: 0.4, none: 0.35 } },
    ];
    const { report } = await samplePopulation(
      { ...given, conditionals: [{ of: "party", rows }] },
      { size: 200, seed: 1 },
    );
    expect(report.gaveWay.length).toBeGreaterThan(0);
    for (const { target, aim } of report.gaveWay) expect(Math.abs(target - aim)).toBeLessThanOrEqual(0.005);
    const party = report.figures.filter(({ about }) => about === "party");
    expect(party.map(({ target }) => target)).toEqual(Object.values(thirds));
    expect(report.tests.filter(({ withinRounding }) => !withinRounding)).toEqual([]);
  });

  it("needs a size", async () => {
    const { size: _none, ...sizeless } = town();
    await expect(samplePopulation(sizeless, { seed: 1 })).rejects.toMatchObject({ code: "OPTION_INVALID" });
    await expect(samplePopulation(town(), { seed: 1, size: 0.5 })).rejects.toMatchObject({ code: "OPTION_INVALID" });
  });
});

describe("a specification that cannot be met", () => {
  it.each<[string, Parameters<typeof town>[0], string[]]>([
    [
      "adults only, with a share of children",
      { constraints: [{ always: { age: { from: 30 } } }] },
      ["constraints.0", "dimensions.age"],
    ],
    [
      "nobody is left who may retire",
      {
        constraints: [
          { when: { employment: "retired" }, must: { age: { from: 75 } } },
          { never: { age: { from: 65 }, employment: "retired" } },
        ],
      },
      ["constraints.0", "constraints.1", "dimensions.employment"],
    ],
    [
      "quotas that do not add up to the size",
      {
        quotas: [
          { where: { sex: "female" }, count: 40 },
          { where: { sex: "male" }, count: 40 },
        ],
      },
      ["quotas.0", "quotas.1"],
    ],
    ["a quota beyond the size", { quotas: [{ where: { sex: "female" }, atLeast: 101, atMost: 400 }] }, ["quotas.0"]],
    [
      "a condition that does not give the margin",
      { conditionals: [{ of: "party", rows: [{ when: {}, shares: { left: 0.5, right: 0.2, none: 0.3 } }] }] },
      ["conditionals.0", "dimensions.party"],
    ],
  ])("is refused, with what contradicts itself: %s", async (_what, changes, parts) => {
    const error = await conflictOf(town(changes), 100);
    expect(error.data.parts).toEqual(parts);
    for (const part of parts) expect(error.message).toContain(part);
    expect(error.hint).toMatch(/^Change one of them/);
  });

  it("says which figures would fit", async () => {
    const rows = [{ when: {}, shares: { left: 0.5, right: 0.2, none: 0.3 } }];
    const error = await conflictOf(town({ conditionals: [{ of: "party", rows }] }), 100);
    expect(error.hint).toContain("party left 50 %, right 20 %, none 30 %");
    const read = parseSpecification({ ...town(), conditionals: [{ of: "party", rows }] });
    await expect(samplePopulation(read, { size: 100, seed: 1, tolerance: 0.2 })).resolves.toBeDefined();
  });
});

it("names what ties too many dimensions together, and how large they are", async () => {
  const levels = (count: number) => Object.fromEntries(Array.from({ length: count }, (_none, at) => [`v${at}`, 1]));
  const of = ["region", "age", "income", "trade"];
  const dimensions = Object.fromEntries(
    [...of, "sex"].map((id) => [id, { kind: "categorical" as const, shares: levels(40) }]),
  );
  const when = Object.fromEntries(of.map((id) => [id, "v0"]));
  const specification = { specification: 1 as const, name: "large", dimensions, constraints: [{ never: when }] };
  await expect(samplePopulation(specification, { size: 10, seed: 1 })).rejects.toMatchObject({
    code: "OPTION_INVALID",
    message: expect.stringMatching(
      /1,000,000 combinations.*region \(40\) × age \(40\) × income \(40\) × trade \(40\)\. Tied together by constraints\.0 \(never region v0/,
    ),
    data: { value: ["constraints.0"] },
  });
});
