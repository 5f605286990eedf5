import { languageNamed, surelyIn } from "../../../kernel/language/tongues.ts";
import type { Issue } from "../../../kernel/values/errors.ts";
import { lintPersona } from "../../../persona/lint.ts";
import { countWords, lineOf } from "../../../persona/plain-text.ts";
import type { Persona } from "../../../persona/schema.ts";
import { ageIn, type Claim, claimIn } from "./claims.ts";
import type { Status } from "./status.ts";

/** What nobody of a status can truly be told. */
const impossible: {
  readonly [Key in "work" | "marriage" | "children" | "sex"]: Partial<
    Record<NonNullable<Status[Key]>, readonly Claim[]>
  >;
} = {
  work: {
    employed: ["retired", "unemployed"],
    unemployed: ["retired", "at work"],
    retired: ["unemployed", "at work"],
    student: ["retired"],
    "at home": ["at work"],
  },
  marriage: {
    single: ["married", "spouse", "divorced", "former spouse", "widowed"],
    partnered: ["married", "never married"],
    married: ["divorced", "widowed", "never married"],
    divorced: ["married", "spouse", "widowed", "never married"],
    widowed: ["married", "divorced", "never married"],
  },
  children: { some: ["no children"], none: ["a child"] },
  sex: { female: ["a man"], male: ["a woman"] },
};

const titles: readonly (readonly [Status["work"], RegExp])[] = [
  ["employed", /\b(?:retired|retiree|pensioner|unemployed|retraitée?|jubilad[oa]|aposentad[oa]|Rentner(?:in)?)\b/i],
  ["unemployed", /\b(?:retired|retiree|pensioner)\b/i],
];

/** Languages in which the persona has to be written, and what was drawn of the person. */
export interface Expected {
  readonly status: Status;
  readonly language?: string | undefined;
}

/**
 * Where the text of a persona contradicts what was drawn: another age, work, marriage, children, schooling or gender, or
 * another language than the person's. Rules in code; what they do not know they let pass.
 */
export function contradictionsIn(persona: Persona, { status, language }: Expected): readonly Issue[] {
  const leaves = [...textsOf(persona, [])];
  const claims = (["work", "marriage", "children", "sex"] as const).flatMap((matter) => {
    const drawn = status[matter];
    const claimed = drawn === undefined ? [] : ((impossible[matter] as Record<string, readonly Claim[]>)[drawn] ?? []);
    return claimed.map((claim) => ({ claim, drawn: wordsFor(matter, String(drawn)) }));
  });
  if (status.schooling === 0) claims.push({ claim: "a degree", drawn: "did not go to school for long" });
  const found = [
    ...leaves.flatMap(({ path, text }) => claims.flatMap((against) => claimIssue(path, text, against))),
    ...leaves.flatMap(({ path, text }) => ageIssue(path, text, status.age)),
    ...titleIssue(persona, status),
    ...languageIssue(persona, language),
  ];
  const known = new Set(found.map(({ path }) => path));
  const dated = lintPersona(persona).filter(({ rule, path }) => rule === "age-contradiction" && !known.has(path));
  return [...found, ...dated.map(({ path, message }) => ({ path, message }))];
}

const wordsFor = (matter: string, drawn: string): string =>
  matter === "children" ? (drawn === "none" ? "has no children" : "has children") : `is ${drawn}`;

function claimIssue(path: string, text: string, { claim, drawn }: { claim: Claim; drawn: string }): Issue[] {
  const found = claimIn(text, claim);
  return found === undefined ? [] : [{ path, message: `says '${found}', but the person ${drawn}` }];
}

function ageIssue(path: string, text: string, age: number | undefined): Issue[] {
  const said = age === undefined ? undefined : ageIn(text);
  if (said === undefined || said === Math.floor(age ?? said)) return [];
  return [{ path, message: `says ${said} years old, but the person is ${age}` }];
}

function titleIssue({ occupation }: Persona, { work }: Status): Issue[] {
  const title = lineOf(typeof occupation === "object" ? occupation.title : occupation);
  const found = titles.find(([status]) => status === work)?.[1].exec(title)?.[0];
  return found === undefined
    ? []
    : [{ path: "occupation.title", message: `says '${found}', but the person is ${work}` }];
}

/** In fewer words names and what was drawn may look like another language. */
const fewestWords = 30;

function languageIssue(persona: Persona, language: string | undefined): Issue[] {
  const wanted = language === undefined ? undefined : languageNamed(language);
  const text = [persona.beliefs, persona.other_facts].map(lineOf).join(" ");
  const found = wanted === undefined || countWords(text) < fewestWords ? wanted : surelyIn(text);
  return found === undefined || found === wanted ? [] : [{ path: "beliefs", message: `is not written in ${language}` }];
}

function* textsOf(value: unknown, at: readonly string[]): Generator<{ path: string; text: string }> {
  if (typeof value === "string") yield { path: at.join("."), text: value };
  else if (typeof value === "object" && value !== null)
    for (const [key, inner] of Object.entries(value)) yield* textsOf(inner, [...at, key]);
}
