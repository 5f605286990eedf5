import { isRecord } from "../plain-data.ts";
import { lineOf } from "../plain-text.ts";
import type { Persona } from "../schema.ts";
import type { Found } from "./finding.ts";
import type { Leaf } from "./leaves.ts";

/** What nobody is before a certain age, or no longer after one; the wording decides, so the patterns stay narrow. */
const agesOf: readonly { readonly says: RegExp; readonly from: number; readonly to?: number }[] = [
  { says: /\b(retired|retiree|pensioner)\b/i, from: 40 },
  { says: /\b(ph\.?d|doctorate|physician|surgeon|judge|professor)\b/i, from: 23 },
  { says: /\b(vice[- ]president|chief executive|ceo|director)\b/i, from: 21 },
  { says: /\b(manager|engineer|architect|lawyer|nurse|teacher|accountant)\b/i, from: 18 },
  { says: /\b(high[- ]school|secondary[- ]school) (student|pupil)\b/i, from: 10, to: 21 },
  { says: /\b(toddler|kindergartner)\b/i, from: 1, to: 6 },
];

/** Work, degrees and years that do not go with the age. */
export function ageContradictions(persona: Persona, leaves: readonly Leaf[]): readonly Found[] {
  const { age, occupation } = persona;
  if (age === undefined) return [];
  const title = lineOf(isRecord(occupation) ? occupation["title"] : occupation);
  const finding = (path: string, message: string): Found => ({ rule: "age-contradiction", path, message });
  const work = agesOf
    .filter(({ says, from, to = 200 }) => says.test(title) && (age < from || age > to))
    .map(() => finding("occupation", `'${title}' does not go with the age of ${age}`));
  const schooling = age < 21 && /\b(ph\.?d|doctorate|master'?s)\b/i.test(lineOf(persona.education));
  const school = schooling ? [finding("education", `the degree does not go with the age of ${age}`)] : [];
  return [
    ...work,
    ...school,
    ...leaves.flatMap((leaf) => datedOtherwise(leaf, age).map((why) => finding(leaf.path, why))),
  ];
}

/** Years of age and of experience in a text that the person cannot have yet. */
function datedOtherwise({ value }: Leaf, age: number): string[] {
  if (typeof value !== "string") return [];
  const stated = /\byou(?:'re| are) (?:a |an )?(\d{1,3})[- ]years?[- ]old\b/i.exec(value)?.[1];
  const lived =
    /\b(?:when|since) you were (\d{1,3})\b|\bat (?:the age of )?(\d{1,3}),? you (?:were|left|had|took|lost|married)\b/i.exec(
      value,
    );
  const worked =
    /\byou(?: have| are|'ve|'re)? (?:work|drive|driv|teach|run|cook|practi[cs])\w*[^.]{0,40}? for (\d{1,2}) years\b/i.exec(
      value,
    )?.[1];
  const past = lived?.[1] ?? lived?.[2];
  return [
    ...(stated !== undefined && Number(stated) !== age ? [`says ${stated} years old, but the age is ${age}`] : []),
    ...(past !== undefined && Number(past) > age
      ? [`speaks of the age of ${past} as past, but the age is ${age}`]
      : []),
    ...(worked !== undefined && Number(worked) > age - 12
      ? [`${worked} years of it do not fit into an age of ${age}`]
      : []),
  ];
}
