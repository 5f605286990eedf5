import { expect, it } from "vitest";
import { archetypesOf, type Specification, samplePopulation } from "../../../../src/index.ts";
import { town } from "../sampling/town.ts";

const drawn = async (specification: Specification, size: number) =>
  (await samplePopulation(specification, { size, seed: 2 })).people;

it("finds the groups that are there", async () => {
  const worlds: Specification = {
    specification: 1,
    name: "Two worlds",
    dimensions: {
      job: { kind: "categorical", shares: { farmer: 0.3, banker: 0.7 } },
      home: { kind: "categorical", shares: { farm: 0.3, flat: 0.7 } },
      income: {
        kind: "numeric",
        bands: [
          { from: 10, to: 20, share: 0.3 },
          { from: 80, to: 90, share: 0.7 },
        ],
      },
    },
    constraints: [
      { when: { job: "farmer" }, must: { home: "farm", income: { to: 20 } } },
      { when: { home: "farm" }, must: { job: "farmer" } },
    ],
  };
  const people = await drawn(worlds, 200);
  const { archetypes, errors } = archetypesOf(people, worlds, { count: 2, seed: 1 });
  expect(archetypes.map(({ weight }) => weight).sort((a, b) => a - b)).toEqual([60, 140]);
  for (const { draw, members } of archetypes) {
    const jobs = people.filter(({ id }) => members.includes(id)).map(({ values }) => values["job"]);
    expect(new Set(jobs)).toEqual(new Set([draw.values["job"]]));
    expect(members).toContain(draw.id);
  }
  expect(errors.slice(0, 2)).toEqual([
    { dimension: "job", totalVariation: 0 },
    { dimension: "home", totalVariation: 0 },
  ]);
  // Two people have two incomes: in two of ten tenths.
  expect(errors[2]?.totalVariation).toBeGreaterThan(0.5);
});

it("stands for everybody once, and loses less with more of them", async () => {
  const people = await drawn(town(), 500);
  const lost = [5, 50, 500].map((count) => {
    const { archetypes, errors } = archetypesOf(people, town(), { count, seed: 3 });
    expect(archetypes.flatMap(({ members }) => members).sort()).toEqual(people.map(({ id }) => id));
    expect(archetypes.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(500, 6);
    return errors.reduce((sum, { totalVariation }) => sum + totalVariation, 0);
  });
  expect(lost[1]).toBeLessThan(lost[0] as number);
  expect(lost[2]).toBeLessThan(lost[1] as number);
  expect(archetypesOf(people, town(), { count: 5, seed: 3 })).toEqual(
    archetypesOf(people, town(), { count: 5, seed: 3 }),
  );
});

it.each([0, 1.5, 11])("refuses %d archetypes of ten people", async (count) => {
  const people = await drawn(town(), 10);
  expect(() => archetypesOf(people, town(), { count, seed: 1 })).toThrow(
    expect.objectContaining({ code: "OPTION_INVALID" }),
  );
});
