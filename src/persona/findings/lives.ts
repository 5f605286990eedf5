import { languageAtHome, languageNamed } from "../../kernel/language/tongues.ts";
import { isRecord } from "../plain-data.ts";
import { lineOf } from "../plain-text.ts";
import type { Persona } from "../schema.ts";
import type { Found } from "./finding.ts";
import type { Leaf } from "./leaves.ts";

/** What cannot, or hardly, be true of one life: children, schooling, years, languages. The patterns stay narrow. */
export function lifeContradictions(persona: Persona, leaves: readonly Leaf[]): readonly Found[] {
  const { age } = persona;
  return [
    ...(age === undefined ? [] : leaves.flatMap((leaf) => [...familyOf(leaf, age), ...yearsOf(leaf, age)])),
    ...(age === undefined ? [] : schoolYears(leaves, age)),
    ...schooling(persona),
    ...languages(persona),
  ];
}

/** Nobody has a child before this age, and few are parents of parents before twice that. */
const youngestParent = 13;

function familyOf({ path, value }: Leaf, age: number): readonly Found[] {
  if (typeof value !== "string") return [];
  const child =
    /\byour? (?:\w+ )?(?:son|daughter|child)\b[^.;]{0,40}?\b(?:is|who is|aged|turned|,)\s*(?:now )?(\d{1,2})\b(?!\s*(?:months|weeks|days|%|euro|hours|km))/i.exec(
      value,
    )?.[1];
  const grand = /\byou(?:r| have)\b[^.;]{0,40}\bgrand(?:child|children|son|daughter|sons|daughters)\b/i.test(value);
  const finding = (message: string): Found => ({ rule: "family-contradiction", path, message });
  return [
    ...(child !== undefined && Number(child) > age - youngestParent
      ? [finding(`a child of ${child} does not go with the age of ${age}`)]
      : []),
    ...(grand && age < 2 * youngestParent + 2 ? [finding(`grandchildren do not go with the age of ${age}`)] : []),
  ];
}

/** Years of one's own life that lie further apart than the person is old. */
function yearsOf({ path, value }: Leaf, age: number): readonly Found[] {
  if (typeof value !== "string") return [];
  const own = [
    ...value.matchAll(
      /\byou (?:\w+ )?(?:were|was|moved|married|left|began|started|joined|lost|took|bought|have lived)\b[^.;]{0,60}?\b(?:in|since) ((?:19|20)\d\d)\b/gi,
    ),
  ];
  const years = own.map((match) => Number(match[1]));
  const span = Math.max(...years) - Math.min(...years);
  return years.length > 1 && span > age
    ? [{ rule: "year-contradiction", path, message: `tells of ${span} years of a life of ${age}` }]
    : [];
}

/** A year of birth against other years of the persona: whoever was born in 1990 did not marry in 1985, nor is 60 in 2030. */
function schoolYears(leaves: readonly Leaf[], age: number): readonly Found[] {
  const born = leaves.flatMap(({ path, value }) => {
    const key = /(?:^|\.)(?:birth_?(?:date|year|day)|born|date_of_birth)$/i.test(path);
    const year = key
      ? /\b((?:19|20)\d\d)\b/.exec(String(value))?.[1]
      : /\byou were born in ((?:19|20)\d\d)\b/i.exec(String(value))?.[1];
    return year === undefined ? [] : [{ path, year: Number(year) }];
  });
  const [first] = born;
  if (first === undefined) return [];
  const other = born.find(({ year }) => year !== first.year);
  const finding = (path: string, message: string): Found => ({ rule: "year-contradiction", path, message });
  const earlier = leaves.flatMap(({ path, value }) => {
    const year =
      typeof value === "string" &&
      /\byou (?:moved|married|left|began|started|joined|bought)\b[^.;]{0,60}?\bin ((?:19|20)\d\d)\b/i.exec(value)?.[1];
    if (typeof year !== "string") return [];
    if (Number(year) < first.year) return [finding(path, `tells of ${year}, before the birth in ${first.year}`)];
    return Number(year) - first.year > age + 1
      ? [finding(path, `tells of ${year}; born in ${first.year} the age would be more than ${age}`)]
      : [];
  });
  return [
    ...earlier,
    ...(other === undefined
      ? []
      : [finding(other.path, `says born in ${other.year}, and ${first.path} ${first.year}`)]),
  ];
}

/** Trades that nobody may follow without having studied. */
const studied =
  /\b(physician|surgeon|doctor|dentist|pharmacist|veterinarian|lawyer|attorney|judge|professor|psychiatrist|anaesthetist|architect)\b/i;
const unstudied =
  /\b(no (?:formal )?(?:schooling|education)|primary school only|left school at (?:[5-9]|1[0-6])|never finished (?:primary|secondary|high) school|illiterate|cannot read)\b/i;
const assistant =
  /\b(assistant|receptionist|secretary|clerk|driver|cleaner|nurse|technician|student|retired to|to a|for a)\b/i;

function schooling({ occupation, education }: Persona): readonly Found[] {
  const title = lineOf(isRecord(occupation) ? occupation["title"] : occupation);
  const job = studied.exec(title)?.[0];
  const school = unstudied.exec(lineOf(education))?.[0];
  if (job === undefined || school === undefined || assistant.test(title)) return [];
  return [
    {
      rule: "education-contradiction",
      path: "education",
      message: `'${school}' does not go with the work of a ${job.toLowerCase()}`,
    },
  ];
}

function languages({
  languages: spoken,
  nationality,
  residence,
  country_of_residence: country,
}: Persona): readonly Found[] {
  const home = languageAtHome(lineOf(nationality));
  const codes = (spoken ?? []).map((language) => languageNamed(language));
  if (home === undefined || spoken === undefined || spoken.length === 0 || codes.includes(home)) return [];
  // Whoever lives elsewhere may have grown up there.
  if (lineOf(residence) === "" && lineOf(country) === "") {
    const message = `${spoken.join(", ")}: not the language at home of who is ${lineOf(nationality)}`;
    return [{ rule: "doubtful-language", path: "languages", message }];
  }
  return [];
}
