import { describe, expect, it } from "vitest";
import { packagedPersona } from "../../../../src/persona/files.ts";
import { distributionOf } from "../../../../src/population/profile/measures/distribution.ts";
import { normalPersona } from "../../../../src/population/profile/people/normal.ts";
import { membersOf } from "../../../../src/population/profile/people/people.ts";
import { valuesAt } from "../../../../src/population/profile/people/values.ts";
import { profilePopulation } from "../../../../src/population/profile/profile.ts";
import { binsOf } from "../../../../src/statistics/shapes/bins.ts";
import { messy, thousand } from "./messy.ts";

const packaged = () => Promise.all(["lisa", "oscar", "marcos", "minji", "doreen"].map((name) => packagedPersona(name)));
const rowsOf = (people: readonly unknown[], path: string) =>
  Object.fromEntries(
    distributionOf(membersOf(people).people, path).rows.map(({ value, people: heads }) => [value, heads]),
  );

describe("a profile", () => {
  it("A44, B54: reads every section where personas have it, whatever their shape", async () => {
    const { distributions } = await profilePopulation(await packaged());
    const answered = new Map(distributions.map((found) => [found.path, found.answered]));
    for (const path of [
      ...["age", "gender", "nationality", "residence", "education", "occupation.title", "personality.traits", "skills"],
      ...["preferences.interests", "preferences.likes", "preferences.dislikes", "long_term_goals", "beliefs"],
      ...[
        "behaviors.general",
        "behaviors.routines",
        "relationships.name",
        "relationships.description",
        "health",
        "style",
      ],
    ])
      expect([path, answered.get(path)]).toEqual([path, 5]);
    expect(rowsOf(messy, "preferences.interests")).toEqual({ chess: 3, tea: 1, running: 1, boats: 1 });
    expect(rowsOf(messy, "gender")).toEqual({ female: 2, Male: 1 });
    expect(rowsOf(messy, "age")).toEqual({ 38: 1, 41: 1, 77: 1 });
    expect(rowsOf(messy, "occupation.title")).toEqual({ baker: 2, judge: 1 });
    expect(rowsOf(messy, "long_term_goals")).toEqual({ "To rest.": 2 });
    expect(rowsOf(messy, "beliefs")).toEqual({ "Bread is owed to all.": 2 });
    expect(rowsOf(messy, "preferences.likes")).toEqual({ rain: 2 });
    expect(rowsOf(messy, "relationships.name")).toEqual({ Ann: 1, Ben: 1, Cy: 1, Di: 1 });
    expect(rowsOf(messy, "relationships.description")).toEqual({
      "a neighbour": 1,
      "an old dog": 1,
      "the baker": 1,
      "your boss": 1,
      "your brother": 1,
    });
    expect(rowsOf(messy, "personality.traits")).toEqual({ stubborn: 1, warm: 1 });
    expect(rowsOf(messy, "health")).toEqual({ "Sound.": 1, "Sound., Tired.": 1 });
  });

  it("correlates what personas have: ages, and the big five by their first words", async () => {
    const people = [20, 30, 40, 50].map((age, place) => ({
      name: `P${place}`,
      age,
      personality: {
        big_five: { openness: ["Very low.", "Low.", "High. Reads.", "Very high."][place], agreeableness: "Low tide." },
      },
    }));
    const { correlations } = await profilePopulation(people);
    expect(correlations[0]).toMatchObject({
      one: "age",
      other: "personality.big_five.openness",
      method: "spearman",
      n: 4,
      r: 1,
    });
    expect(correlations[1]).toMatchObject({ reason: "all values of one are the same" });
    const orders = { education: ["school", "degree"] };
    const withOrder = await profilePopulation(thousand(), { by: ["age"], orders });
    expect(withOrder.correlations).toMatchObject([{ one: "age", other: "education", method: "spearman", n: 1000 }]);
    expect(withOrder.correlations[0]?.corrected).toBe(withOrder.correlations[0]?.p);
  });

  it("counts weights in shares and heads in numbers of people", async () => {
    const people = [
      { persona: { name: "A", city: "Turin", age: 20 }, weight: 3 },
      { persona: { name: "B", city: "Rome", age: 40 }, weight: 1 },
    ];
    const { distributions, n, effectiveSize, weighted } = await profilePopulation(people, { by: ["residence", "age"] });
    expect({ n, effectiveSize, weighted }).toEqual({ n: 2, effectiveSize: 1.6, weighted: true });
    expect(distributions[0]?.rows).toEqual([
      { path: "residence", value: "Turin", people: 1, share: 0.75 },
      { path: "residence", value: "Rome", people: 1, share: 0.25 },
    ]);
    expect(distributions[1]?.numbers).toMatchObject({ mean: 25, n: 2 });
  });

  it("reads what was drawn before what the persona says of it", async () => {
    const people = [
      { persona: { name: "A", age: 33 }, draw: { id: "0001", values: { age: 34, "home-region": "north" }, weight: 2 } },
    ];
    const { distributions } = await profilePopulation(people);
    expect(distributions.map(({ path, rows }) => [path, rows[0]?.value])).toEqual([
      ["age", "34"],
      ["home-region", "north"],
    ]);
    expect(membersOf(people).people[0]?.weight).toBe(2);
  });

  it("puts two places against each other, with a test where people have one value each", async () => {
    const { crosstabs } = await profilePopulation(thousand(), {
      by: ["age"],
      cross: [
        ["gender", "education"],
        ["age", "gender"],
      ],
    });
    const [one] = crosstabs;
    expect(one?.rows).toHaveLength(4);
    expect(one?.rows.reduce((sum, { people }) => sum + people, 0)).toBe(1000);
    expect(one?.rows.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
    expect(one?.rows.filter(({ down }) => down === "female").reduce((sum, row) => sum + row.shareOfRow, 0)).toBeCloseTo(
      1,
      12,
    );
    expect(one?.test).toMatchObject({ degrees: 1 });
    const { crosstabs: lists } = await profilePopulation(messy, {
      by: ["age"],
      cross: [["preferences.interests", "gender"]],
    });
    expect(lists[0]).toMatchObject({ n: 3, reason: expect.stringContaining("several values") });
    expect(lists[0]?.rows.find(({ down, across }) => down === "chess" && across === "female")).toMatchObject({
      people: 2,
    });
  });

  it("folds rare values into rows that hide nobody", async () => {
    const people = Array.from({ length: 40 }, (_, place) => ({
      name: `P${place}`,
      job: `job ${place % 20}`,
      gender: "f",
    }));
    const { distributions, crosstabs } = await profilePopulation(people, {
      by: ["occupation.title"],
      cross: [["occupation.title", "gender"]],
      top: 5,
    });
    expect(distributions[0]?.rows).toHaveLength(5);
    expect(distributions[0]?.more).toEqual({ values: 15, people: 30 });
    expect(distributions[0]?.diversity).toMatchObject({ values: 20, evenness: expect.closeTo(1, 12) });
    expect(crosstabs[0]?.rows.reduce((sum, { people: heads }) => sum + heads, 0)).toBe(40);
  });

  it("takes analyses of one's own", async () => {
    const { analyses } = await profilePopulation(messy, {
      by: ["age"],
      analyses: {
        elders: (people) => people.filter((one) => Number(valuesAt(one, "age")[0]) > 70).map(({ name }) => ({ name })),
      },
    });
    expect(analyses).toEqual({ elders: [{ name: "Cy Moss" }] });
  });

  it("refuses a place in which nobody says anything, and names those that there are", async () => {
    await expect(profilePopulation(messy, { by: ["shoe size"] })).rejects.toMatchObject({
      code: "OPTION_INVALID",
      hint: expect.stringContaining("preferences.interests"),
    });
    await expect(profilePopulation([], { by: ["age"] })).rejects.toMatchObject({ code: "OPTION_INVALID" });
  });

  it("looks at nobody, and at what is nobody", async () => {
    expect(await profilePopulation([])).toMatchObject({ n: 0, effectiveSize: 0, distributions: [], correlations: [] });
    const { n, remarks } = await profilePopulation([7, "Ann", null, [], {}, { persona: null }, { name: "Ann" }]);
    expect(n).toBe(1);
    expect(remarks).toHaveLength(6);
  });
});

describe("messy personas", () => {
  it("stay as they are where they follow the schema", async () => {
    const [lisa] = await packaged();
    expect(normalPersona(lisa)).toEqual(lisa);
  });

  it("keep what has its place when others stand elsewhere as well", () => {
    expect(
      normalPersona({ name: "A", gender: "female", sex: "f", preferences: { interests: ["x"] }, interests: ["y"] }),
    ).toEqual({
      name: "A",
      gender: "female",
      preferences: { interests: ["x"] },
    });
  });

  it("are bounded, and steer nothing", () => {
    const deep: Record<string, unknown> = {};
    deep["self"] = deep;
    expect(normalPersona({ name: "A\u001b[31m<b>\u202e", deep })).toMatchObject({ name: "A‹b›" });
    expect(normalPersona(JSON.parse('{"name":"A","__proto__":{"age":3}}'))).toEqual({ name: "A" });
    expect(normalPersona({ name: "A", beliefs: Array.from({ length: 50_000 }, () => "x") })).toBeDefined();
    expect(valuesAt({ persona: { name: "A" } }, "constructor.name")).toEqual([]);
  });

  it("part texts where lists are meant", () => {
    const listed = (skills: unknown) => normalPersona({ name: "A", skills })?.["skills"];
    expect(listed("baking, driving, and rest")).toEqual(["baking", "driving", "rest"]);
    expect(listed("- baking\n- driving")).toEqual(["baking", "driving"]);
    expect(listed("You bake well, and you drive badly.")).toEqual(["You bake well, and you drive badly."]);
    expect(listed({ crafts: ["baking"], sport: "running" })).toEqual(["baking", "running"]);
  });
});

it("ranges of numbers are round, few, and hold every number once", () => {
  for (const values of [[18, 41, 77], [3], [0.1, 0.9], [-5, 12, 0], [1e9, 2e9], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]]) {
    const bins = binsOf(values);
    expect(bins.length).toBeLessThanOrEqual(11);
    for (const value of values) expect(bins.filter(({ from, to }) => value >= from && value < to)).toHaveLength(1);
  }
  expect(binsOf([])).toEqual([]);
});
