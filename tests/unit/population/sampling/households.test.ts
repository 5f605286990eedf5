import { expect, it } from "vitest";
import { samplePopulation } from "../../../../src/index.ts";
import { town } from "./town.ts";

const households = {
  sizes: { "1": 0.35, "2": 0.35, "3": 0.15, "4": 0.15 },
  partners: {
    of: { age: { from: 25 } },
    share: 0.5,
    same: { education: 0.6, sex: 0.03 },
    gap: { age: { mean: 3, sd: 3 } },
  },
  shared: ["region"],
};

it("matches people into households, and no margin moves", async () => {
  // Without a condition on ages, by which they would be split otherwise.
  const { of: _anybody, ...partners } = households.partners;
  const alone = await samplePopulation(town(), { size: 2_000, seed: 4 });
  const { people, report } = await samplePopulation(town({ households: { ...households, partners } }), {
    size: 2_000,
    seed: 4,
  });
  expect(people.map(({ household: _with, ...person }) => person)).toEqual(alone.people);

  const homes = Map.groupBy(people, ({ household }) => household?.id);
  expect(homes.size).toBe(report.households?.households);
  for (const { size, count } of report.households?.sizes ?? [])
    expect([...homes.values()].filter((home) => home.length === size)).toHaveLength(count);
  for (const { target, share } of report.households?.sizes ?? []) expect(share).toBeCloseTo(target, 2);
  for (const home of homes.values()) expect(new Set(home.map(({ values }) => values["region"])).size).toBe(1);
});

it("pairs partners as alike as wanted", async () => {
  const { people, report } = await samplePopulation(town({ households }), { size: 2_000, seed: 4 });
  const byId = new Map(people.map((person) => [person.id, person]));
  const couples = people.flatMap((one) => {
    const other = byId.get(one.household?.partner ?? "");
    return other === undefined ? [] : [{ one, other }];
  });
  for (const { one, other } of couples) {
    expect(other.household).toEqual({ id: one.household?.id, partner: one.id });
    expect(one.values["age"] as number).toBeGreaterThanOrEqual(25);
  }
  const able = people.filter(({ values }) => (values["age"] as number) >= 25);
  expect(couples.length / able.length).toBeCloseTo(0.5, 2);
  const same = (dimension: string): number =>
    couples.filter(({ one, other }) => one.values[dimension] === other.values[dimension]).length / couples.length;
  expect(same("education")).toBeCloseTo(0.6, 1);
  expect(same("sex")).toBeCloseTo(0.03, 1);
  const gaps = couples.map(({ one, other }) =>
    Math.abs((one.values["age"] as number) - (other.values["age"] as number)),
  );
  expect(gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length).toBeCloseTo(3, 0);
  expect(report.households?.likeness).toMatchObject([
    { dimension: "education", measure: "same", achieved: expect.closeTo(same("education"), 9) },
    { dimension: "sex", measure: "same", achieved: expect.closeTo(same("sex"), 9) },
    { dimension: "age", measure: "gap", target: 3, sd: 3 },
  ]);
});
