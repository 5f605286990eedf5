import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Issue } from "../../../../src/kernel/values/errors.ts";
import { isTinyTroupeError } from "../../../../src/kernel/values/errors.ts";
import { parseSpecification } from "../../../../src/population/specification/parse.ts";
import { unverifiedIn } from "../../../../src/population/specification/sourced.ts";
import { specifications, valuesIn } from "./random-specification.ts";

const sex = { kind: "categorical", shares: { female: 51, male: 49 } };
const age = {
  kind: "numeric",
  bands: [
    { from: 18, to: 39, share: 40 },
    { from: 40, to: 64, share: 40 },
    { from: 65, to: 90, share: 20, label: "old" },
  ],
};
const work = { kind: "ordinal", shares: { school: 1, job: 5, retired: 2 } };
const story = { kind: "free", describe: "What they did last summer." };
const whole = (rest: object = {}, dimensions: object = {}): object => ({
  specification: 1,
  name: "towners",
  dimensions: { sex, age, work, story, ...dimensions },
  ...rest,
});

function issuesOf(data: unknown): readonly Issue[] {
  try {
    parseSpecification(data);
  } catch (error) {
    if (isTinyTroupeError(error, "SPECIFICATION_INVALID")) return error.data.issues;
    throw error;
  }
  return [];
}

describe("a specification", () => {
  it("may say all that the format has", () => {
    const data = whole({
      $schema: "../schemas/population.schema.json",
      size: 200,
      joints: [{ of: ["sex", "work"], cells: [{ when: { sex: "female", work: "job" }, share: 3 }] }],
      conditionals: [
        { of: "work", rows: [{ when: { age: { from: 65 } }, shares: { retired: 9, job: 1 } }] },
        { of: "age", rows: [{ when: { sex: ["female", "male"] }, shares: { "18-39": 1, old: 1 } }] },
      ],
      constraints: [
        { when: { work: "retired" }, must: { age: { from: 60 } }, because: "Pensions begin then." },
        { never: { age: 18, work: "retired" } },
        { always: { age: { from: 18 } } },
      ],
      quotas: [{ where: { age: "old" }, count: 40 }],
      strata: ["sex", "age"],
      boosts: [{ where: { age: { from: 80 } }, times: 3 }],
      households: {
        sizes: { 1: 40, 2: 60 },
        partners: { of: { age: { from: 20 } }, share: 0.6, same: { work: 0.4 }, gap: { age: { mean: 2, sd: 4 } } },
        shared: ["sex"],
      },
    });
    expect(parseSpecification(data)).not.toHaveProperty("$schema");
  });

  const cases: readonly (readonly [string, object, string, string])[] = [
    [
      "a dimension that there is not",
      { strata: ["aeg"] },
      "strata.0",
      "There is no dimension 'aeg'. Did you mean age?",
    ],
    [
      "a value",
      { constraints: [{ never: { sex: "femal" } }] },
      "constraints.0.never.sex",
      "'femal' is no value of sex. Did you mean female?",
    ],
    [
      "one value of several",
      { quotas: [{ where: { work: ["job", "none"] }, count: 1 }] },
      "quotas.0.where.work.1",
      "'none' is no value of work. Possible: school, job, retired.",
    ],
    [
      "a band by another name",
      { boosts: [{ where: { age: "65-90" }, times: 2 }] },
      "boosts.0.where.age",
      "'65-90' is no value of age. Possible: 18-39, 40-64, old.",
    ],
    [
      "a number out of range",
      { constraints: [{ always: { age: 17 } }] },
      "constraints.0.always.age",
      "17 is no value of age, which goes from 18 to 90.",
    ],
    [
      "a range of words",
      { constraints: [{ always: { sex: { from: 1 } } }] },
      "constraints.0.always.sex",
      "'sex' has no numbers. Possible: female, male.",
    ],
    [
      "a range upside down",
      { constraints: [{ when: { sex: "male" }, must: { age: { from: 9, to: 8 } } }] },
      "constraints.0.must.age",
      "9 is above 8.",
    ],
    [
      "a constraint of nothing",
      { constraints: [{ never: {} }] },
      "constraints.0.never",
      "Name at least one dimension.",
    ],
    ["what is made up", { strata: ["story"] }, "strata.0", "'story' is free: whoever writes the personas makes it up."],
    [
      "a cell without a value",
      { joints: [{ of: ["sex", "work"], cells: [{ when: { sex: "male" }, share: 1 }] }] },
      "joints.0.cells.0.when",
      "A value of work is missing.",
    ],
    [
      "a cell of something else",
      { joints: [{ of: ["sex", "work"], cells: [{ when: { sex: "male", work: "job", age: "old" }, share: 1 }] }] },
      "joints.0.cells.0.when.age",
      "'age' is none of sex, work, which this table is of.",
    ],
    [
      "a table of nobody",
      { joints: [{ of: ["sex", "work"], cells: [{ when: { sex: "male", work: "job" }, share: 0 }] }] },
      "joints.0.cells",
      "At least one share must be above zero.",
    ],
    [
      "a table of one dimension twice",
      { joints: [{ of: ["sex", "sex"], cells: [{ when: { sex: "male" }, share: 1 }] }] },
      "joints.0.of.1",
      "'sex' stands here twice.",
    ],
    [
      "the same cell twice",
      {
        joints: [
          { of: ["sex", "work"], cells: [1, 2].map((share) => ({ when: { sex: "male", work: "job" }, share })) },
        ],
      },
      "joints.0.cells.1.when",
      "The cell 0 is the same combination.",
    ],
    [
      "shares of other values",
      { conditionals: [{ of: "work", rows: [{ when: { sex: "male" }, shares: { jobs: 1 } }] }] },
      "conditionals.0.rows.0.shares.jobs",
      "'jobs' is no value of work. Did you mean job?",
    ],
    [
      "what depends on itself",
      { conditionals: [{ of: "work", rows: [{ when: { work: "job" }, shares: { job: 1 } }] }] },
      "conditionals.0.rows.0.when.work",
      "'work' cannot depend on itself.",
    ],
    [
      "a circle",
      {
        conditionals: [
          { of: "work", rows: [{ when: { sex: "male" }, shares: { job: 1 } }] },
          { of: "age", rows: [{ when: { work: "job" }, shares: { old: 1 } }] },
          { of: "sex", rows: [{ when: { age: "old" }, shares: { male: 1 } }] },
        ],
      },
      "conditionals.0",
      "These depend on each other in a circle: work on sex on age on work.",
    ],
    [
      "two of one dimension",
      { conditionals: [1, 2].map(() => ({ of: "work", rows: [{ when: { sex: "male" }, shares: { job: 1 } }] })) },
      "conditionals.1.of",
      "conditionals.0 is of 'work' too: put the rows together, the first that holds counts.",
    ],
    [
      "a source that is not listed",
      {
        joints: [{ of: ["sex", "work"], source: "census", cells: [{ when: { sex: "male", work: "job" }, share: 1 }] }],
        sources: { sensus: { title: "Census" } },
      },
      "joints.0.source",
      "There is no source 'census'. Did you mean sensus?",
    ],
    [
      "more people than there are",
      { size: 10, quotas: [{ where: { sex: "male" }, atLeast: 11 }] },
      "quotas.0",
      "11 people are wanted of a population of 10.",
    ],
    [
      "a quota upside down",
      { quotas: [{ where: { sex: "male" }, atLeast: 3, atMost: 2 }] },
      "quotas.0.atLeast",
      "3 is above 2.",
    ],
    [
      "a gap in words",
      { households: { sizes: { 2: 1 }, partners: { share: 1, gap: { sex: { mean: 0, sd: 1 } } } } },
      "households.partners.gap.sex",
      "'sex' is categorical: a numeric dimension is expected.",
    ],
    [
      "households of nobody",
      { households: { sizes: { 1: 0 } } },
      "households.sizes",
      "At least one share must be above zero.",
    ],
    ["an unknown key", { quota: [] }, "quota", "There is no 'quota' here. Did you mean quotas?"],
  ];
  it.each(cases)("is refused for %s", (_what, rest, path, message) => {
    expect(issuesOf(whole(rest))).toEqual([{ path, message }]);
  });

  const bands = (...ends: readonly (readonly [number, number])[]) => ({
    height: { kind: "numeric", bands: ends.map(([from, to]) => ({ from, to, share: 1 })) },
  });
  const figures: readonly (readonly [string, object, string, string])[] = [
    [
      "bands that overlap",
      bands([18, 30], [30, 40]),
      "dimensions.height.bands.1.from",
      "30-40 overlaps with 18-30: 31 is expected.",
    ],
    [
      "bands with a gap",
      bands([40, 50], [18, 30]),
      "dimensions.height.bands.0.from",
      "40-50 leaves a gap after 18-30: 31 is expected, or a band without share (share: 0) in between.",
    ],
    ["a band upside down", bands([30, 18]), "dimensions.height.bands.0.from", "30 is above 18."],
    [
      "parts of whole numbers",
      bands([1, 2.5]),
      "dimensions.height.bands.0",
      "2.5 is no whole number. Write whole ones, or `integer: false` above.",
    ],
    [
      "shares of nothing",
      { x: { kind: "categorical", shares: { a: 0, b: 0 } } },
      "dimensions.x.shares",
      "At least one share must be above zero.",
    ],
    [
      "bands of nobody",
      { x: { kind: "numeric", bands: [{ from: 1, to: 2, share: 0 }] } },
      "dimensions.x.bands",
      "At least one share must be above zero.",
    ],
    ["a range upside down", { x: { kind: "numeric", from: 2, to: 1 } }, "dimensions.x.from", "2 is above 1."],
    [
      "a range without an end",
      { x: { kind: "numeric", from: 2 } },
      "dimensions.x",
      "This needs `bands`, or `from` and `to`, or a `distribution`.",
    ],
    [
      "a distribution without its range",
      { x: { kind: "numeric", from: 2, distribution: { name: "beta", alpha: 1, beta: 2 } } },
      "dimensions.x.distribution",
      "A beta distribution needs `from` and `to` beside it.",
    ],
    [
      "a mode outside",
      { x: { kind: "numeric", from: 0, to: 2, distribution: { name: "triangular", mode: 3 } } },
      "dimensions.x.distribution.mode",
      "3 is not between 0 and 2.",
    ],
    [
      "a range that its bands deny",
      { x: { ...age, from: 0 } },
      "dimensions.x.from",
      "The bands begin at 18: leave this out.",
    ],
    [
      "verified figures without a source",
      { x: { ...sex, unverified: false } },
      "dimensions.x.unverified",
      "Only what has a source can be verified: name it in `source`.",
    ],
    [
      "two in one place of the persona",
      { x: { ...sex, persona: "gender" }, y: { ...sex, persona: "gender" } },
      "dimensions.y.persona",
      "'x' has this place in the persona already.",
    ],
    [
      "a kind that there is not",
      { x: { kind: "categorial", shares: { a: 1 } } },
      "dimensions.x.kind",
      '"categorial" is none of "categorical", "ordinal", "numeric", "free". Did you mean categorical?',
    ],
  ];
  it.each(figures)("is refused for %s", (_what, dimensions, path, message) => {
    expect(issuesOf(whole({}, dimensions))).toEqual([{ path, message }]);
  });

  it("has bands of parts that meet", () => {
    const meet = {
      kind: "numeric",
      integer: false,
      bands: [
        { from: 0, to: 1.5, share: 1 },
        { from: 1.5, to: 3, share: 1 },
      ],
    };
    expect(issuesOf(whole({}, { meet }))).toEqual([]);
  });

  it("is told apart from its figures that nobody looked up", () => {
    const sources = { looked: { title: "A census", opened: "2026-11-26" }, cited: { title: "A book" } };
    const dimensions = {
      looked: { ...sex, source: "looked" },
      doubted: { ...sex, source: "looked", unverified: true },
      cited: { ...sex, source: "cited" },
      mine: { ...sex, source: "cited", unverified: false },
      none: sex,
      story,
    };
    const rows = [{ when: { none: "male" }, shares: { female: 1 } }];
    const parsed = parseSpecification({
      specification: 1,
      name: "x",
      sources,
      dimensions,
      conditionals: [{ of: "mine", rows }],
    });
    expect(unverifiedIn(parsed)).toEqual(["doubted", "cited", "none", "mine by none"]);
    expect(parseSpecification(parsed)).toEqual(parsed);
  });

  it("is read as it is when it is right, and again as what was read", () => {
    fc.assert(
      fc.property(specifications, (given) => {
        expect(parseSpecification(JSON.parse(JSON.stringify(given)))).toEqual(given);
      }),
    );
  });

  it("is refused at the place of each fault that is planted in it", () => {
    fc.assert(
      fc.property(specifications, fc.nat(), (given, dice) => {
        const ids = Object.keys(given.dimensions);
        const id = ids[dice % ids.length] ?? "";
        const value = `${valuesIn(given.dimensions, id)[0]}~`;
        const planted: readonly (readonly [object, string])[] = [
          [{ strata: [`${id}-x`] }, "strata.0"],
          [{ boosts: [{ where: { [id]: value }, times: 2 }] }, `boosts.0.where.${id}`],
          [{ quotas: [{ where: { [id]: [value] }, count: 1 }] }, `quotas.0.where.${id}.0`],
          [{ constraints: [{ never: { [id]: value } }] }, `constraints.0.never.${id}`],
          [{ joints: [{ of: ids.slice(0, 2), cells: [] }] }, "joints.0.cells"],
        ];
        const [fault, path] = planted[dice % planted.length] ?? [{}, ""];
        expect(issuesOf({ ...given, ...fault }).map((issue) => issue.path)).toEqual([path]);
      }),
    );
  });

  it("is checked in time that its size is worth: a chain of 20,000 that depend on each other", () => {
    const ids = Array.from({ length: 20_000 }, (_, place) => `d${place}`);
    const dimensions = Object.fromEntries(ids.map((id) => [id, { kind: "categorical", shares: { a: 1, b: 1 } }]));
    const conditionals = ids.map((of, place) => ({
      of,
      rows: [{ when: { [`d${(place + 1) % ids.length}`]: "a" }, shares: { b: 1 } }],
    }));
    const [issue] = issuesOf({ specification: 1, name: "chain", dimensions, conditionals });
    expect(issue?.path).toBe("conditionals.0");
  });
});
