import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isTinyTroupeError, type Specification, samplePopulation } from "../../../../src/index.ts";
import { figuresOf } from "../../../../src/population/joint/figures/figures.ts";
import { levelsOf } from "../../../../src/population/joint/levels/open.ts";
import { fit, placed } from "../../../../src/population/joint/tree/fit.ts";
import { tablesOf } from "../../../../src/population/joint/tree/tables.ts";
import { junctionTree } from "../../../../src/population/joint/tree/tree.ts";
import { type Counted, counted, matches } from "./hidden.ts";

const runs = { numRuns: 30, seed: 2_026 };
const patience = 120_000;

describe("a specification that some population meets", () => {
  it("is met, every figure within one person, and nobody is ruled out", { timeout: patience }, () =>
    fc.assert(
      fc.asyncProperty(counted, fc.integer({ min: 20, max: 600 }), async ({ specification }, size) => {
        const { people, report } = await samplePopulation(specification, { size, seed: 1 });
        expect(people).toHaveLength(size);
        expect(report.gaveWay).toEqual([]);
        expect(report.tests.filter(({ withinRounding }) => !withinRounding)).toEqual([]);
        expect(people.filter(({ values }) => isRuledOut(specification, values))).toEqual([]);
        expect(countedAgain(specification, people)).toBeLessThan(1);
      }),
      runs,
    ),
  );

  it("is met to the person by as many as it was counted among", { timeout: patience }, () =>
    fc.assert(
      fc.asyncProperty(counted, async ({ specification, people: hidden }) => {
        const { people } = await samplePopulation(specification, { size: hidden.length, seed: 1 });
        expect(countedAgain(specification, people)).toBeLessThan(1e-6);
      }),
      runs,
    ),
  );
});

describe("a specification with a contradiction", () => {
  it.each<[string, (given: Counted) => Specification]>([
    ["somebody is ruled out who has to be there", ruledOut],
    ["a condition that the shares do not give", wrongCondition],
    ["a quota that the shares do not give", wrongQuota],
    ["a table of whom the shares know nothing", wrongTable],
  ])("is refused, with parts each of which it takes: %s", { timeout: patience }, (_what, plant) =>
    fc.assert(
      fc.asyncProperty(counted, async (given) => {
        const parts = await conflictIn(plant(given));
        expect(parts.length).toBeGreaterThan(0);
        // Fitting knows nothing of linear programs: it comes to an end where they say so, and nowhere else.
        expect(await canBeFitted(plant(given), parts)).toBe(false);
        for (const part of parts) {
          expect(
            await canBeFitted(
              plant(given),
              parts.filter((other) => other !== part),
            ),
          ).toBe(true);
        }
      }),
      { ...runs, numRuns: 10 },
    ),
  );
});

const size = 100;

/** Nobody may be what some have to be. */
function ruledOut({ specification, people }: Counted): Specification {
  const d0 = people[0]?.["d0"] as string;
  return { ...specification, constraints: [...(specification.constraints ?? []), { never: { d0 } }] };
}

function wrongCondition({ specification, people }: Counted): Specification {
  const share = people.filter(({ d0 }) => d0 === "v0").length / people.length;
  const shares = { v0: share > 0.5 ? share - 0.2 : share + 0.2, v1: share > 0.5 ? 1.2 - share : 0.8 - share };
  return {
    ...specification,
    conditionals: [...(specification.conditionals ?? []), { of: "d0", rows: [{ when: {}, shares }] }],
  };
}

function wrongQuota({ specification, people }: Counted): Specification {
  const share = people.filter(({ d0 }) => d0 === "v0").length / people.length;
  const count = Math.round(size * (share > 0.5 ? share - 0.2 : share + 0.2));
  return { ...specification, quotas: [{ where: { d0: "v0" }, count }] };
}

function wrongTable({ specification, people }: Counted): Specification {
  const share = people.filter(({ d0 }) => d0 === "v0").length / people.length;
  const other = share > 0.5 ? share - 0.2 : share + 0.2;
  const cells = [
    { when: { d0: "v0", d1: "v0" }, share: other },
    { when: { d0: "v1", d1: "v1" }, share: 1 - other },
  ];
  return { ...specification, joints: [...(specification.joints ?? []), { of: ["d0", "d1"], cells }] };
}

async function conflictIn(specification: Specification): Promise<readonly string[]> {
  try {
    await samplePopulation(specification, { size, seed: 1, tolerance: 0 });
  } catch (error) {
    if (isTinyTroupeError(error, "SPECIFICATION_CONFLICT")) return error.data.parts;
    throw error;
  }
  return [];
}

/** Whether fitting these parts alone comes to an end. */
async function canBeFitted(specification: Specification, parts: readonly string[]): Promise<boolean> {
  const levels = await levelsOf(specification);
  const figures = figuresOf(specification, levels, size);
  const families = figures.families.filter(({ part }) => parts.includes(part));
  const exclusions = figures.exclusions.filter(({ part }) => parts.includes(part));
  const scopes = [...families, ...exclusions].map(({ scope }) => scope.dimensions);
  const cliques = junctionTree(
    levels.map((one) => one.size),
    scopes,
  );
  const open = levels.map((one) => ({ ...one, shares: new Float64Array(one.size).fill(1) }));
  const tables = tablesOf(cliques, { levels: open, exclusions });
  if (tables === undefined) throw new Error("Too large to look at.");
  return fit(tables, placed(tables, families), { miss: 1e-4, sweeps: 2_000 }).miss <= 1e-4;
}

function isRuledOut(
  { constraints = [], joints = [] }: Specification,
  values: Readonly<Record<string, unknown>>,
): boolean {
  const holds = (where: object): boolean =>
    Object.entries(where).every(([id, test]) => [test].flat().includes(values[id] as string));
  const byRule = constraints.some((rule) => {
    if ("never" in rule) return holds(rule.never);
    return "when" in rule && holds(rule.when) && !holds(rule.must);
  });
  return byRule || joints.some(({ cells }) => !cells.some(({ when }) => matches(values, when)));
}

/** How far the worst figure is off, counted by hand from the people. */
function countedAgain(
  { dimensions, joints = [], conditionals = [] }: Specification,
  people: readonly { readonly values: Readonly<Record<string, unknown>> }[],
): number {
  const count = (when: object): number => people.filter(({ values }) => matches(values, when)).length;
  const total = (shares: readonly number[]): number => shares.reduce((sum, share) => sum + share, 0);
  const margins = Object.entries(dimensions).flatMap(([id, dimension]) => {
    if (dimension.kind !== "categorical") return [];
    const all = total(Object.values(dimension.shares));
    return Object.entries(dimension.shares).map(
      ([value, share]) => count({ [id]: value }) - (share / all) * people.length,
    );
  });
  const tables = joints.flatMap(({ cells }) => {
    const all = total(cells.map(({ share }) => share));
    return cells.map(({ when, share }) => count(when) - (share / all) * people.length);
  });
  const rows = conditionals.flatMap(({ of, rows: given }) =>
    given.flatMap(({ when, shares }) => {
      const all = total(Object.values(shares));
      return Object.entries(shares).map(
        ([value, share]) => count({ ...when, [of]: value }) - (share / all) * count(when),
      );
    }),
  );
  return Math.max(...[...margins, ...tables, ...rows].map(Math.abs));
}

describe("a specification with boosts and quotas", () => {
  const raised = fc.record({
    given: counted,
    times: fc.integer({ min: 2, max: 5 }),
    size: fc.integer({ min: 40, max: 600 }),
    apart: fc.integer({ min: 3, max: 9 }),
    low: fc.boolean(),
  });

  it("is met among those who are drawn, and its weights undo the boosts", { timeout: patience }, () =>
    fc.assert(
      fc.asyncProperty(raised, async ({ given, times, size: people, apart, low }) => {
        const where = { d0: given.people[0]?.["d0"] as string };
        const boosts = [{ where, times }];
        const share = given.people.filter((one) => matches(one, where)).length / given.people.length;
        const expected = (people * times * share) / (1 + (times - 1) * share);
        const quotas = [{ where, atLeast: Math.floor(expected + 1e-9), atMost: Math.ceil(expected - 1e-9) }];
        const specification = { ...given.specification, boosts, quotas };
        const { people: drawn, report } = await samplePopulation(specification, { size: people, seed: 1 });
        expect(report.tests.filter(({ withinRounding }) => !withinRounding)).toEqual([]);
        expect(drawn.filter(({ values }) => isRuledOut(specification, values))).toEqual([]);
        const got = drawn.filter(({ values }) => matches(values, where));
        expect(got.length).toBeGreaterThanOrEqual(quotas[0]?.atLeast ?? 0);
        expect(got.length).toBeLessThanOrEqual(quotas[0]?.atMost ?? 0);
        // Whole people are within one of what is expected: their weights bring the group within that of its share.
        const weighed = got.reduce((sum, { weight }) => sum + weight, 0);
        const total = drawn.reduce((sum, { weight }) => sum + weight, 0);
        expect(total).toBeCloseTo(people, 6);
        expect(Math.abs(weighed - share * people)).toBeLessThan(times);
        // A quota that the boost does not give is refused by its name.
        const count = Math.round(expected) + (low ? -apart : apart);
        if (count < 0 || count > people) return;
        const off = { ...given.specification, boosts, quotas: [{ where, count }] };
        await expect(samplePopulation(off, { size: people, seed: 1 })).rejects.toMatchObject({
          code: "SPECIFICATION_CONFLICT",
          data: { parts: ["quotas.0", "boosts"] },
        });
      }),
      runs,
    ),
  );
});
