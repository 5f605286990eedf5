import { describe, expect, it } from "vitest";
import { comparePopulations } from "../../../../src/population/profile/compare/populations.ts";
import { compareWithTarget } from "../../../../src/population/profile/compare/target.ts";
import { parseSpecification } from "../../../../src/population/specification/parse.ts";
import { messy, thousand } from "./messy.ts";

const specification = parseSpecification({
  specification: 1,
  name: "buyers",
  sources: { census: { title: "Census", opened: "2026-01-01" } },
  dimensions: {
    sex: { kind: "categorical", shares: { female: 1, male: 1 }, source: "census" },
    age: {
      kind: "numeric",
      bands: [
        { from: 20, to: 49, share: 50 },
        { from: 50, to: 79, share: 50, label: "50 and more" },
      ],
      source: "census",
    },
    education: { kind: "ordinal", shares: { school: 20, degree: 80 } },
    income: { kind: "numeric", from: 0, to: 100 },
    quirk: { kind: "free", describe: "Something odd." },
  },
});

describe("two populations", () => {
  it("that are the same differ in nothing", async () => {
    const { places, values, n } = await comparePopulations(thousand(), thousand());
    expect(n).toEqual([1000, 1000]);
    expect(places.map(({ path }) => path)).toEqual(["age", "gender", "education"]);
    for (const place of places) expect(place).toMatchObject({ corrected: 1, distance: 0 });
    for (const { difference } of values) expect(difference).toBe(0);
  });

  it("that differ do so where they do, with the size beside p", async () => {
    const { places, values } = await comparePopulations(thousand(20), thousand());
    const by = Object.fromEntries(places.map((place) => [place.path, place]));
    expect(by["age"]).toMatchObject({
      test: "kolmogorov-smirnov",
      effectName: "d",
      statistic: expect.closeTo(1 / 3, 1),
    });
    expect(by["age"]?.effect).toBeGreaterThan(1);
    expect(by["age"]?.corrected).toBeLessThan(1e-9);
    expect(by["gender"]).toMatchObject({ test: "chi-square", effectName: "V", corrected: 1 });
    expect(by["education"]).toMatchObject({ test: "chi-square", distance: expect.closeTo(0.2, 2) });
    expect(by["education"]?.corrected).toBeGreaterThan(by["education"]?.p as number);
    const ages = values.filter(({ path }) => path === "age");
    expect(ages.reduce((sum, { one }) => sum + one, 0)).toBeCloseTo(1, 12);
    expect(ages.reduce((sum, { other }) => sum + other, 0)).toBeCloseTo(1, 12);
  });

  it("count by weights: a group that counts double is twice as many", async () => {
    const one = [
      { persona: { name: "A", gender: "f" }, weight: 2 },
      { persona: { name: "B", gender: "m" }, weight: 1 },
    ];
    const { values } = await comparePopulations(
      one,
      one.map(({ persona }) => persona),
      { by: ["gender"] },
    );
    expect(values).toMatchObject([
      { value: "f", one: 2 / 3, other: 1 / 2 },
      { value: "m", one: 1 / 3, other: 1 / 2 },
    ]);
  });

  it("of several values a person are compared value by value, without a test", async () => {
    const { places, values } = await comparePopulations(messy, messy.slice(0, 1), { by: ["preferences.interests"] });
    expect(places[0]).toMatchObject({ reason: expect.stringContaining("several values") });
    expect(places[0]).not.toHaveProperty("p");
    expect(values[0]).toMatchObject({ value: "chess", one: 1, other: 1 });
  });

  it("of nobody have nothing in common", async () => {
    expect(await comparePopulations([], messy)).toMatchObject({ places: [], values: [] });
    const { places } = await comparePopulations([], messy, { by: ["age"] });
    expect(places[0]).toMatchObject({ reason: "there are no values" });
  });
});

describe("a population and its target", () => {
  it("are compared margin by margin, and unchecked figures are named", async () => {
    const { places, values, unverified, remarks } = await compareWithTarget(thousand(), specification);
    const by = Object.fromEntries(places.map((place) => [place.path, place]));
    expect(Object.keys(by)).toEqual(["sex", "age", "education", "income"]);
    expect(by["sex"]).toMatchObject({ test: "chi-square", effectName: "w" });
    expect(by["sex"]?.corrected).toBeGreaterThan(0.9);
    expect(by["education"]?.corrected).toBeLessThan(1e-9);
    expect(by["education"]).toMatchObject({ unverified: true });
    expect(by["income"]).toMatchObject({ reason: expect.stringContaining("without bands") });
    expect(unverified).toEqual(["education", "income"]);
    expect(values.filter(({ path }) => path === "age").map(({ value }) => value)).toEqual(["20-49", "50 and more"]);
    for (const { one, other, difference } of values) expect(difference).toBeCloseTo(one - other, 12);
    expect(remarks).toEqual([]);
  });

  it("have a row for what is no value of the specification, and say who says nothing", async () => {
    const people = [
      { name: "A", gender: "Female", age: 19 },
      { name: "B", gender: "none" },
    ];
    const { values, places, remarks } = await compareWithTarget(people, specification);
    expect(values.filter(({ path }) => path === "sex")).toMatchObject([
      { value: "female", one: 0.5, other: 0.5 },
      { value: "male", one: 0, other: 0.5 },
      { value: "(no value of the specification)", one: 0.5, other: 0 },
    ]);
    expect(places[0]).toMatchObject({ reason: 'there are values of which the target has none: "none"', distance: 0.5 });
    expect(remarks).toContain("age: 1 people say nothing");
    const genders = ["unsaid", "Unsaid", "both", "x".repeat(90), "either", "neither"];
    const many = genders.map((gender, place) => ({ name: String(place), gender }));
    expect((await compareWithTarget(many, specification)).places[0]?.reason).toBe(
      `there are values of which the target has none: "unsaid", "both", "${"x".repeat(40)}…" and 2 more`,
    );
    expect(remarks).toContain("education: 2 people say nothing");
  });
});
