import { detectLanguage } from "../../kernel/language/tongues.ts";
import { sum } from "../../statistics/measured.ts";
import type { Member } from "../profile/people/people.ts";
import { valuesAt } from "../profile/people/values.ts";
import type { PopulationFinding, ReadingRow } from "./finding.ts";
import { tellingTexts } from "./texts.ts";

/** Texts of fewer words give no stable value. */
const fewestWords = 100;

/** Years of education by the words that tell them, the most telling first. */
const schooling: readonly (readonly [says: RegExp, years: number])[] = [
  [/\b(ph\.?d|doctorate|doctoral)\b/i, 20],
  [/\b(master'?s?|m\.?sc|mba|postgraduate)\b/i, 17],
  [/\b(bachelor'?s?|b\.?sc|undergraduate degree|university degree|college degree|degree in)\b/i, 15],
  [/\b(apprenticeship|vocational|trade school|technical school)\b/i, 12],
  [/\b(high school|secondary school|upper secondary|leaving certificate|a-levels)\b/i, 11],
  [/\b(left school at 1[4-6]|lower secondary|middle school)\b/i, 9],
  [/\b(primary school|elementary school|no (?:formal )?(?:schooling|education)|left school at (?:[89]|1[0-3]))\b/i, 6],
];

/**
 * How hard what is told of each person reads, in years of school (R. Flesch and J. P. Kincaid, 1975), beside the years
 * that they went there. Only English is measured: of no other language that people here speak is there a measure of the
 * same scale.
 */
export function readingRows(people: readonly Member[]): readonly ReadingRow[] {
  return people.map((person) => {
    const { id, name } = person;
    const text = tellingTexts(person)
      .map((told) => told.text.replace(/([^.!?…])$/, "$1."))
      .join(" ");
    const education = valuesAt(person, "education").join(" ");
    const years = schooling.find(([says]) => says.test(education))?.[1];
    const known = years === undefined ? {} : { years };
    const found = gradeOf(text);
    return { id, name, ...known, ...(typeof found === "number" ? { grade: found } : { reason: found }) };
  });
}

/** Who is told in words that take far more school than they have. */
export function readingFindings(rows: readonly ReadingRow[]): readonly PopulationFinding[] {
  return rows.flatMap(({ id, name, grade, years }) => {
    if (grade === undefined || years === undefined || years > 11 || grade < years + 5) return [];
    const message = `reads like ${Math.round(grade)} years of school, and the person had about ${years}`;
    return [
      { rule: "reading-level" as const, severity: "hint" as const, person: { id, name }, path: "education", message },
    ];
  });
}

/** The Flesch–Kincaid grade of a text in English, or why there is none. */
export function gradeOf(text: string): number | string {
  const words = text.match(/[a-z]+(?:'[a-z]+)?/gi) ?? [];
  if (words.length < fewestWords) return `fewer than ${fewestWords} words`;
  if (detectLanguage(text) !== "en") return "not measured in this language";
  const sentences = Math.max(1, (text.match(/[.!?…]+(?=\s|$)/g) ?? []).length);
  const syllables = sum(words.map(syllablesOf));
  return 0.39 * (words.length / sentences) + 11.8 * (syllables / words.length) - 15.59;
}

/** The usual count by groups of vowels, without a silent e at the end. */
function syllablesOf(word: string): number {
  const bare = word.toLowerCase().replace(/(?:[^laeiouy]es|[^laeiouy]ed|[^laeiouy]e)$/, (end) => end[0] ?? "");
  return Math.max(1, (bare.match(/[aeiouy]+/g) ?? []).length);
}
