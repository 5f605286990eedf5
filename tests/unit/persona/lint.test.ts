import { describe, expect, it } from "vitest";
import type { LintRule } from "../../../src/persona/findings/finding.ts";
import { lintPersona } from "../../../src/persona/lint.ts";
import { parsePersona } from "../../../src/persona/schema.ts";

const sound = {
  name: "Oscar Nyman",
  age: 41,
  occupation: { title: "welder" },
  style: "Few words.",
  personality: { traits: ["You are slow to anger."] },
  preferences: { likes: ["ice fishing"] },
  beliefs: [Array.from({ length: 160 }, (_, index) => `word${String.fromCharCode(97 + (index % 26))}`).join(" ")],
  other_facts: ["You lost a boot in the ice when you were 12."],
};
const found = (change: object): [LintRule, string][] =>
  lintPersona(parsePersona({ ...sound, ...change })).map(({ rule, path }) => [rule, path]);

describe("lintPersona", () => {
  it("has nothing to say about a sound persona", () => {
    expect(found({})).toEqual([]);
  });
  it("sees keys that may be misspelt, wherever keys are known", () => {
    expect(found({ occupation: undefined, ocupation: "welder" })).toEqual([
      ["misspelt-key", "ocupation"],
      ["missing-section", ""],
    ]);
    const deep = {
      occupation: { titel: "welder" },
      behaviors: { routines: { mornings: ["You rise at five."] } },
      relationships: [{ name: "Ana" }, { nmae: "Bo" }],
      personality: { big_five: { openess: "High. You read leaflets." } },
    };
    expect(found(deep)).toEqual([
      ["misspelt-key", "occupation.titel"],
      ["misspelt-key", "personality.big_five.openess"],
      ["misspelt-key", "behaviors.routines.mornings"],
      ["misspelt-key", "relationships.1.nmae"],
    ]);
    const [finding] = lintPersona(parsePersona({ name: "Al", otherFacts: "x" }));
    expect(finding?.message).toBe("is a key of your own; did you mean other_facts?");
  });
  it("leaves keys alone that are somebody's own, or stand beside what they are like", () => {
    expect(found({ hobbies: ["kites"], shoe_size: "38 in both feet", wealth: "None.", health: "Sound." })).toEqual([]);
    expect(found({ memories: { stile: "A gate in the fence." } })).toEqual([]);
  });
  it("sees what does not go with the age", () => {
    expect(found({ age: 24, occupation: "retired postman" })).toEqual([["age-contradiction", "occupation"]]);
    expect(found({ age: 19, occupation: "surgeon" })).toEqual([["age-contradiction", "occupation"]]);
    expect(found({ age: 60, occupation: { title: "high-school student" } })).toEqual([
      ["age-contradiction", "occupation"],
    ]);
    expect(found({ age: 19, education: "A PhD in physics" })).toEqual([["age-contradiction", "education"]]);
    expect(found({ other_facts: ["You are 52 years old."] })).toEqual([["age-contradiction", "other_facts.0"]]);
    expect(found({ other_facts: ["You moved away when you were 44."] })).toEqual([
      ["age-contradiction", "other_facts.0"],
    ]);
    expect(found({ age: 30, skills: ["You have driven trams for 25 years."] })).toEqual([
      ["age-contradiction", "skills.0"],
    ]);
    expect(found({ age: 66, occupation: "retired surgeon" })).toEqual([]);
  });
  it("sees empty and missing sections", () => {
    expect(found({ skills: [], health: " ", behaviors: { routines: {} } })).toEqual([
      ["empty-section", "skills"],
      ["empty-section", "behaviors.routines"],
      ["empty-section", "health"],
    ]);
    expect(found({ style: null })).toEqual([["missing-section", ""]]);
  });
  it("sees numbers where words should be", () => {
    expect(found({ personality: { big_five: { openness: "0.83" } } })).toEqual([
      ["raw-number", "personality.big_five.openness"],
    ]);
    expect(found({ personality: { traits: ["You rate your patience 7/10."], anger: 4 } })).toEqual([
      ["raw-number", "personality.traits.0"],
      ["raw-number", "personality.anger"],
    ]);
    expect(found({ style: "Score: 8, dry" })).toEqual([["raw-number", "style"]]);
    expect(
      found({ preferences: { likes: ["beer at 5.50 euro", "the 7.40 bus", "1.5 litre bottles", "$0.99 pens"] } }),
    ).toEqual([]);
  });
  it("sees mush, clichés, repetitions and worn names", () => {
    const big_five = { openness: "About average.", extraversion: "Medium. You like some people." };
    expect(found({ personality: { big_five } })).toEqual([
      ["average-mush", "personality.big_five.openness"],
      ["average-mush", "personality.big_five.extraversion"],
    ]);
    expect(found({ personality: { big_five: { extraversion: big_five.extraversion } } })).toEqual([]);
    expect(found({ style: "Passionate about synergy." })).toEqual([["cliche", "style"]]);
    expect(found({ skills: ["Ice fishing!"] })).toEqual([["repeated", "skills.0"]]);
    expect(found({ name: "Sarah Chen" })).toEqual([["worn-name", "name"]]);
  });
  it("sees that there is too little", () => {
    expect(found({ beliefs: ["Rust never sleeps."] })).toEqual([["too-short", ""]]);
  });

  it.each([
    [
      "a child older than its parent may have",
      { other_facts: ["Your daughter Mia is 30 and lives in Bergen."] },
      "family-contradiction",
    ],
    [
      "grandchildren of the young",
      { age: 24, other_facts: ["Your three grandchildren live near."] },
      "family-contradiction",
    ],
    [
      "more years than were lived",
      { other_facts: ["You moved to Oslo in 1960 and you married in 2015."] },
      "year-contradiction",
    ],
    ["a wedding before the birth", { birth_year: 1990, other_facts: ["You married in 1985."] }, "year-contradiction"],
    ["two births", { birth_date: "1990-02-01", other_facts: ["You were born in 1985."] }, "year-contradiction"],
    [
      "a surgeon without school",
      { occupation: "surgeon", education: "You left school at 14." },
      "education-contradiction",
    ],
    ["a German who speaks Korean alone", { nationality: "German", languages: ["Korean"] }, "doubtful-language"],
  ])("sees what cannot be of one life: %s", (_what, change, rule) => {
    expect(found(change).map(([name]) => name)).toEqual([rule]);
  });

  it.each([
    { other_facts: ["Your daughter Mia is 12 and lives in Bergen."] },
    { other_facts: ["Your daughter, 8 months old, sleeps little."] },
    { other_facts: ["Your daughter pays 40 euro for a lesson."] },
    { age: 61, other_facts: ["Your grandchildren live near."] },
    { other_facts: ["You moved to Oslo in 1999 and you married in 2015. Your house was built in 1870."] },
    { birth_year: 1990, other_facts: ["You married in 2015."] },
    { occupation: "doctor's receptionist", education: "You left school at 14." },
    { occupation: "surgeon", education: "Medicine at Lund." },
    { nationality: "German", languages: ["Korean"], residence: "Seoul" },
    { nationality: "German", languages: ["Turkish", "German"] },
    { nationality: "Swedish", languages: ["English"] },
  ])("leaves alone what can be: %o", (change) => {
    expect(found(change)).toEqual([]);
  });

  it("says how grave it is", () => {
    const [finding] = lintPersona(parsePersona({ ...sound, age: 12, occupation: "judge" }));
    expect(finding).toMatchObject({ rule: "age-contradiction", severity: "error" });
  });
});
