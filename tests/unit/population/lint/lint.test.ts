import { describe, expect, it } from "vitest";
import { createRandom } from "../../../../src/kernel/values/random.ts";
import { packagedPersona } from "../../../../src/persona/files.ts";
import { alike } from "../../../../src/population/lint/copies/alike.ts";
import type { PopulationRule } from "../../../../src/population/lint/finding.ts";
import { lintPopulation } from "../../../../src/population/lint/lint.ts";
import { gradeOf } from "../../../../src/population/lint/reading.ts";
import { membersOf } from "../../../../src/population/profile/people/people.ts";

const packaged = () => Promise.all(["lisa", "oscar", "marcos", "minji", "doreen"].map((name) => packagedPersona(name)));
const vocabulary = Array.from(
  { length: 900 },
  (_, place) => `w${[...String(place)].map((digit) => "abcdefghij"[Number(digit)]).join("")}`,
);

/** People who are told in words of their own, drawn from one stock. */
const crowd = (size: number, more: (place: number) => object = () => ({})) =>
  Array.from({ length: size }, (_, place) => {
    const random = createRandom(`crowd-${place}`);
    return {
      name: `${vocabulary[place % 900]} ${place}`,
      age: 20 + (place % 50),
      beliefs: Array.from({ length: 6 }, () => Array.from({ length: 8 }, () => random.pick(vocabulary)).join(" ")),
      ...more(place),
    };
  });
const rulesOf = async (people: readonly unknown[]) => (await lintPopulation(people)).findings.map(({ rule }) => rule);
const count = async (people: readonly unknown[], rule: PopulationRule) =>
  (await rulesOf(people)).filter((found) => found === rule).length;

describe("a population", () => {
  it("of people who are careful work has no error", async () => {
    const { n, counts, findings } = await lintPopulation(await packaged());
    expect(n).toBe(5);
    expect(findings.filter(({ severity }) => severity !== "hint")).toEqual([]);
    expect(counts).toMatchObject({ error: 0, warning: 0 });
  });

  it("has the findings of each persona, with whose they are", async () => {
    const { findings, counts } = await lintPopulation([
      { persona: { name: "Al", age: 12, occupation: "judge" }, id: "0007" },
      7,
    ]);
    expect(findings).toContainEqual(
      expect.objectContaining({
        rule: "age-contradiction",
        severity: "error",
        person: { id: "0007", name: "Al" },
        path: "occupation",
      }),
    );
    expect(findings).toContainEqual(expect.objectContaining({ rule: "unreadable", severity: "error" }));
    expect(counts.error).toBe(2);
  });

  it("says of who is no persona what is wrong", async () => {
    expect((await lintPopulation([{ name: "Al", age: "very old", skills: 7 }])).findings).toContainEqual(
      expect.objectContaining({ rule: "invalid-persona", severity: "error", path: "age" }),
    );
  });

  it("has nobody to say anything about", async () => {
    expect(await lintPopulation([])).toMatchObject({ n: 0, findings: [], stereotypes: [], reading: [] });
  });
});

describe("people who are alike", () => {
  it("are told of once each, beside the first", async () => {
    const people = crowd(60);
    const copy = { ...people[3], name: "A Copy" };
    const reworded = {
      ...people[9],
      name: "A Reworder",
      beliefs: [...(people[9]?.beliefs.slice(0, 5) ?? []), "quite another thing that she holds dear"],
    };
    const found = alike(membersOf([...people, copy, reworded, copy]).people);
    expect(found.map(({ person }) => person?.id)).toEqual(["61", "62", "63"]);
    expect(found[0]?.message).toMatch(/^is told in 100 % the same words as .* \(4\)$/);
    expect(found[1]?.message).toMatch(/\(10\)$/);
  });

  it("are not those who share some words, nor those who say little", async () => {
    const boiler = crowd(60, () => ({
      other_facts: ["You live in a town by the river and go to work by tram each day."],
    }));
    expect(alike(membersOf(boiler).people)).toEqual([]);
    expect(
      alike(
        membersOf([
          { name: "A", beliefs: "x" },
          { name: "B", beliefs: "x" },
        ]).people,
      ),
    ).toEqual([]);
  });
});

describe("what too many have", () => {
  it("are names, jobs and sentences", async () => {
    const people = crowd(40, (place) => ({
      ...(place < 6 && { name: `Maria ${place}` }),
      ...(place % 4 === 0 && { occupation: { title: "Barista" } }),
      ...(place < 5 && { other_facts: ["You have a cat that does not like you."] }),
    }));
    const { findings } = await lintPopulation([...people, { ...people[20], beliefs: "Another." }]);
    const messages = findings.map(({ message }) => message);
    expect(messages).toContain("6 of 41 people have the first name Maria");
    expect(messages).toContain("11 of 41 people are Barista");
    expect(messages).toContain("5 of 41 people have word by word: You have a cat that does not like you.");
    expect(messages).toContain("has the name of 21 as well");
  });

  it("is not what was drawn, nor what few share", async () => {
    const drawn = crowd(20).map((persona) => ({
      persona: { ...persona, occupation: "baker" },
      draw: { occupation: "baker" },
    }));
    expect(await count(drawn, "worn-job")).toBe(0);
    expect(
      await count(
        crowd(20).map((persona) => ({ ...persona, occupation: "baker" })),
        "worn-job",
      ),
    ).toBe(1);
    expect(await count([...crowd(5), ...crowd(2, () => ({ name: "Ann B" }))], "worn-first-name")).toBe(0);
  });

  it("are traits in which nearly all are alike", async () => {
    const agreeable = (share: number) =>
      crowd(20, (place) => ({
        personality: {
          big_five: {
            agreeableness: place < share * 20 ? "High. You help." : "Low. You quarrel.",
            openness: place % 2 ? "High." : "Low.",
          },
        },
      }));
    const { findings } = await lintPopulation(agreeable(0.9));
    expect(findings.filter(({ rule }) => rule === "monoculture").map(({ message }) => message)).toEqual([
      "18 of 20 people are high in agreeableness: people differ more",
    ]);
    expect(await count(agreeable(0.5), "monoculture")).toBe(0);
  });
});

describe("stereotypes", () => {
  const people = (nurturing: (gender: string, place: number) => boolean) =>
    crowd(80, (place) => {
      const gender = place % 2 === 0 ? "female" : "male";
      return {
        gender,
        personality: { traits: [nurturing(gender, place) ? "You are nurturing." : "You are stubborn."] },
      };
    });

  it("are words that one group has far more often, with the counts behind them", async () => {
    const { stereotypes, findings } = await lintPopulation(
      people((gender, place) => gender === "female" || place % 10 === 1),
    );
    expect(stereotypes.map(({ path, group, word }) => [path, group, word])).toEqual([
      ["gender", "female", "nurturing"],
      ["gender", "male", "stubborn"],
    ]);
    expect(stereotypes[0]).toMatchObject({ count: 40, people: 40, elsewhere: 8, others: 40 });
    expect(findings).toContainEqual(
      expect.objectContaining({
        rule: "stereotype",
        path: "gender",
        message: "'nurturing' is said of 40 of 40 female people, and of 8 of 40 others",
      }),
    );
  });

  it("are not found where groups are alike, or too small", async () => {
    expect((await lintPopulation(people((_gender, place) => place % 4 < 2))).stereotypes).toEqual([]);
    expect((await lintPopulation(people((gender) => gender === "female").slice(0, 14))).stereotypes).toEqual([]);
  });

  it("are watched in the places that are named", async () => {
    const place = people((gender) => gender === "female").map(({ gender, ...rest }: Record<string, unknown>) => ({
      ...rest,
      religion: gender,
    }));
    expect((await lintPopulation(place)).stereotypes).toEqual([]);
    expect((await lintPopulation(place, { sensitive: ["religion"] })).stereotypes).not.toEqual([]);
  });
});

describe("reading", () => {
  const easy = "You like your dog. You go to the park. It is a good day. You eat soup at noon. ".repeat(8);
  const hard =
    "Notwithstanding considerable institutional reservations, interdisciplinary collaboration necessitates sophisticated methodological considerations regarding epistemological heterogeneity and organisational accountability across international administrations. ".repeat(
      6,
    );

  it("is measured in English, by length of sentences and syllables", async () => {
    expect(gradeOf(easy)).toBeLessThan(3);
    expect(gradeOf(hard)).toBeGreaterThan(18);
    // 100 words of one syllable in sentences of five.
    expect(gradeOf("The cat sat on it. ".repeat(20))).toBeCloseTo(0.39 * 5 + 11.8 - 15.59, 9);
    expect(gradeOf("Too short.")).toMatch(/fewer than/);
    expect(
      gradeOf("Der Hund und die Katze sind nicht mit dem Auto in die Stadt gefahren, weil es geregnet hat. ".repeat(8)),
    ).toBe("not measured in this language");
  });

  it("is held against schooling", async () => {
    const told = async (education: string) => await lintPopulation([{ name: "A", education, other_facts: [hard] }]);
    expect((await told("You left school at 13.")).findings.map(({ rule }) => rule)).toContain("reading-level");
    expect((await told("A doctorate in law.")).findings.map(({ rule }) => rule)).not.toContain("reading-level");
    expect((await told("A doctorate in law.")).reading[0]).toMatchObject({ years: 20, grade: expect.any(Number) });
  });
});

it("hostile people break nothing", async () => {
  const nasty = `<script>alert(1)</script>\u0000\u001b[31m\u202e${"x".repeat(5000)}`;
  const people = [
    ...crowd(12, () => ({ gender: nasty, beliefs: nasty, occupation: { [nasty]: nasty } })),
    { name: nasty },
    { name: "" },
  ];
  const { n, findings } = await lintPopulation(people);
  expect(n).toBe(14);
  for (const { person } of findings) expect(person?.name ?? "").not.toMatch(/[<\u0000-\u001f\u202e]/);
});
