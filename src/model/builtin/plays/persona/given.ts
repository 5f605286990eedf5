import type { BigFive } from "../../character/character.ts";
import { bigFive } from "../../character/character.ts";
import { listOf, lookIn, textOf } from "../../character/persona-data.ts";
import type { Origin } from "../../words/names.ts";
import { origins } from "../../words/names.ts";
import type { Work } from "../../words/work.ts";
import { jobs } from "../../words/work.ts";
import type { Description } from "./description.ts";
import { isJob } from "./trade.ts";

/** Whether somebody works, as far as it is said. */
export type Standing = "working" | "retired" | "out of work" | "student" | "pupil" | "at home" | "not at work";

/** What is settled of a person before they are written. */
export interface Given {
  readonly told: Description;
  /** 0 high, 1 middling, 2 low. */
  readonly levels: Readonly<Partial<Record<BigFive, 0 | 1 | 2>>>;
  readonly standing: Standing;
  readonly schooling: Work["schooling"] | undefined;
  /** Lines of the stock that would contradict it. */
  readonly untrue: RegExp;
}

/** Reads a part of a persona; where it does not say where somebody is from, the setting may. */
export function readGiven(persona: unknown, setting: string): Given {
  const said = (key: string): string => textOf(lookIn(persona, key));
  const facts = listOf(lookIn(persona, "other_facts")).join(" ");
  const education = said("education");
  const age = Number(said("age")) || undefined;
  const job = textOf(lookIn(lookIn(persona, "occupation"), "title")) || undefined;
  const standing = standingOf(`${facts} ${job ?? ""}`, age);
  const [city] = said("residence").split(",");
  return {
    told: {
      name: said("name") || undefined,
      age,
      gender: genderOf(said("gender")),
      origin: originOf([said("nationality"), said("country_of_residence"), said("residence"), setting], persona),
      city: city || undefined,
      job,
      work: job === undefined ? undefined : jobs.find((work) => isJob(work.title, job)),
      ...{ interests: [], dislikes: [], traits: [], sentences: [] },
    },
    levels: levelsOf(persona),
    standing,
    schooling: education === "" ? undefined : schoolingOf(education),
    untrue: untrueOf(facts, standing),
  };
}

function genderOf(said: string): string | undefined {
  if (/^(?:f|w)|여|女|mulher|femme|mujer/iu.test(said)) return "female";
  return /^m|남|男|homem|homme|hombre/iu.test(said) ? "male" : said || undefined;
}

function originOf(texts: readonly string[], persona: unknown): Origin | undefined {
  const found = texts.map((text) => origins.find((origin) => origin.found.test(text))).find(Boolean);
  const [language] = listOf(lookIn(persona, "languages"));
  return found ?? origins.find((origin) => origin.languages[0] === language);
}

function levelsOf(persona: unknown): Given["levels"] {
  const five = lookIn(lookIn(persona, "personality"), "big_five");
  const entries = bigFive.map((trait) => [trait, textOf(lookIn(five, trait)).toLowerCase()] as const);
  return Object.fromEntries(
    entries
      .filter(([, said]) => said !== "")
      .map(([trait, said]) => [trait, /low/.test(said) ? 2 : /high/.test(said) ? 0 : 1]),
  );
}

function standingOf(facts: string, age: number | undefined): Standing {
  if (age !== undefined && age < 18) return "pupil";
  if (/unemploy|out of work|jobless|seeking work/i.test(facts)) return "out of work";
  if (/retire|pension/i.test(facts)) return "retired";
  if (/outside the labou?r force|not in the labou?r|inactive/i.test(facts)) {
    return (age ?? 40) >= 60 ? "retired" : (age ?? 40) < 25 ? "student" : "not at work";
  }
  if (/student/i.test(facts)) return "student";
  return /homemaker|at home|home duties/i.test(facts) ? "at home" : "working";
}

const schoolingOf = (education: string): Work["schooling"] => {
  if (/bachelor|master|ph\.?d|doctor|degree|universit|college|tertiary|higher/i.test(education)) return 2;
  return /none|no |primary|elementary|less than|incomplete/i.test(education) ? 0 : 1;
};

/** Matches nothing. */
const nothing = "(?!)";

function untrueOf(facts: string, standing: Standing): RegExp {
  const alone = /\b(?:single|never married|unmarried|divorced|separated|widow(?:ed|er)?)\b/i.test(facts);
  const childless = /child(?:ren)?[^.]*: (?:0|no|none)\b|kids: (?:0|no|none)\b|no children/i.test(facts);
  return new RegExp(
    [
      alone ? "\\bpartner\\b" : nothing,
      childless ? "\\bchildren\\b" : nothing,
      standing === "working"
        ? nothing
        : "\\bwork\\b|\\{place\\}|\\bdesk\\b|\\bcolleague|\\bboss\\b|worst task|days a week",
      standing === "pupil"
        ? "driving test|flat|account|wedding|pay off|drove|brother half|years? without work"
        : nothing,
    ].join("|"),
    "i",
  );
}
