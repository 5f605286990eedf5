import { sentences } from "../../../../kernel/language/stems.ts";
import { listOf } from "../../character/persona-data.ts";
import type { Origin } from "../../words/names.ts";
import { origins } from "../../words/names.ts";
import type { Trait } from "../../words/temper.ts";
import { traits } from "../../words/temper.ts";
import type { Work } from "../../words/work.ts";
import { jobs } from "../../words/work.ts";
import { isJob, jobIn } from "./trade.ts";

/** What can be told from a description of a person by rules; what it does not say is absent. */
export interface Description {
  readonly name?: string | undefined;
  readonly age?: number | undefined;
  readonly gender?: string | undefined;
  readonly origin?: Origin | undefined;
  readonly city?: string | undefined;
  readonly job?: string | undefined;
  readonly work?: Work | undefined;
  readonly organization?: string | undefined;
  readonly interests: readonly string[];
  readonly dislikes: readonly string[];
  readonly traits: readonly Trait[];
  /** The description's own sentences about the person. */
  readonly sentences: readonly string[];
}

/** Reads a description; what stands in <particularities> counts before the rest, and <taken> is not about the person. */
export function readDescription(text: string): Description {
  const plain = text.replace(/<taken>[\s\S]*?<\/taken>/g, "");
  const special = /<particularities>([\s\S]*?)<\/particularities>/.exec(plain)?.[1]?.trim() ?? "";
  const setting = /<setting>([\s\S]*?)<\/setting>/.exec(plain)?.[1]?.trim() ?? "";
  const all = special === "" && setting === "" ? plain.trim() : `${special}\n${setting}`;
  const first = <T>(find: (part: string) => T | undefined): T | undefined => find(special) ?? find(all);
  const job = first(jobIn);
  return {
    name: first(nameIn),
    age: first(ageIn),
    gender: first(genderIn),
    origin: first((part) => origins.find((origin) => origin.found.test(part))),
    city: first(cityIn),
    job,
    work: job === undefined ? undefined : jobs.find((work) => isJob(work.title, job)),
    organization: first(organizationIn),
    interests: tastesIn(all, loving),
    dislikes: tastesIn(all, hating),
    traits: traits.filter((trait) => trait.word.test(all)),
    sentences: sentences(special === "" ? all : special)
      .filter(isAbout)
      .slice(0, 3),
  };
}

const turned: readonly (readonly [RegExp, string])[] = [
  [/\bI am\b|\bI[’']m\b/g, "you are"],
  [/\bI was\b/g, "you were"],
  [/\bI[’']ve\b/g, "you have"],
  [/\bI\b/g, "you"],
  [/\bmy\b/gi, "your"],
  [/\bmyself\b/gi, "yourself"],
  [/\bme\b/g, "you"],
];

/** What somebody answered in an interview, as said of them: "I bake" is "You bake"; undefined where there is none. */
export function answersIn(text: string): string | undefined {
  const transcript = /<transcript>\n?([\s\S]*?)\n?<\/transcript>/.exec(text)?.[1];
  if (transcript === undefined) return undefined;
  const answers = transcript
    .split("\n")
    .filter((line) => !/^\s*(?:Q|Interviewer|Question)\b\s*:/i.test(line))
    .map((line) => line.replace(/^\s*(?:A|Answer)\s*:\s*/i, ""))
    .join("\n");
  return turned
    .reduce((said, [pattern, words]) => said.replace(pattern, words), answers)
    .replace(/(^|[.!?]\s+|\n)(you)\b/g, (_whole, before: string) => `${before}You`);
}

/** Orders to whoever writes are no facts of the person. */
const isAbout = (sentence: string): boolean =>
  sentence.length < 240 && !/^(?:invent|generate|create|make up|write|please|describe)\b/i.test(sentence);

function nameIn(text: string): string | undefined {
  return /(?:\b(?:named|called|name is|name:|naming (?:her|him|them))|이름은)\s*["“]?(\p{Lu}[\p{L}'’-]+(?: \p{Lu}[\p{L}'’-]+){0,3}|\p{sc=Hangul}{2,4})/u.exec(
    text,
  )?.[1];
}

function ageIn(text: string): number | undefined {
  const found =
    /\b(\d{1,3})[ -](?:years?|yrs?)[ -]old\b|\baged? (\d{1,3})\b|\b(\d{1,3}) years of age\b|(\d{1,3})\s*(?:살|세|歳)/iu
      .exec(text)
      ?.slice(1)
      .find(Boolean);
  const age = Number(found);
  if (age > 0 && age <= 110) return age;
  const decade = /\bin (?:his|her|their) (?:(early|mid|late)[ -])?(twen|thir|for|fif|six|seven|eigh)ties\b/i.exec(text);
  if (decade === null) return undefined;
  const tens = ["twen", "thir", "for", "fif", "six", "seven", "eigh"].indexOf((decade[2] as string).toLowerCase()) + 2;
  return tens * 10 + ({ early: 2, mid: 5, late: 8 }[(decade[1] ?? "mid").toLowerCase()] ?? 5);
}

function genderIn(text: string): string | undefined {
  if (/\b(?:woman|female|mother|wife|girl|she|her)\b|여성|女性/i.test(text)) return "female";
  if (/\b(?:man|male|father|husband|boy|he|his)\b|남성|男性/i.test(text)) return "male";
  return /\bnon-?binary\b/i.test(text) ? "non-binary" : undefined;
}

function cityIn(text: string): string | undefined {
  const known = origins.flatMap((origin) => origin.cities).find((city) => text.includes(city));
  return (
    known ??
    /\b(?:lives?|living|based|resident|residing|born|working) in (?:the city of )?(\p{Lu}[\p{L}-]+(?: \p{Lu}[\p{L}-]+)?)/u.exec(
      text,
    )?.[1]
  );
}

function organizationIn(text: string): string | undefined {
  const kinds =
    "bank|company|hospital|school|university|agency|firm|start-?up|startup|shop|store|factory|office|restaurant|farm|clinic|museum|studio|newspaper|ministry|brand|insurer|airline|hotel|library|bakery";
  return new RegExp(`\\b(?:an?|the|at|for) ((?:[\\p{L}-]+ ){0,4}(?:${kinds}))\\b`, "iu").exec(text)?.[1];
}

const loving =
  /\b(?:lov(?:e|es|ing)|lik(?:e|es|ing)|enjoy(?:s|ing)?|fond of|passionate about|interested in|fan of)\s+([^.;\n]{3,120})/gi;
const hating =
  /\b(?:hat(?:e|es|ing)|dislik(?:e|es|ing)|can(?:'|’)?t stand|cannot stand|despises?|tired of)\s+([^.;\n]{3,120})/gi;
/** Where one taste ends and the opposite, or another matter, begins. */
const turn =
  /,?\s+(?:but|and|who|which|while)\s+(?:hates?|hating|dislikes?|loves?|likes?|enjoys?|can(?:'|’)?t|cannot|despises?|works?|lives?|is|has)\b[\s\S]*$/i;

function tastesIn(text: string, pattern: RegExp): string[] {
  const found = [...text.matchAll(pattern)].flatMap((match) =>
    (match[1] as string)
      .replace(turn, (tail) =>
        pattern === loving && /^\W*(?:and|but) (?:loves?|likes?|enjoys?)/i.test(tail) ? tail : "",
      )
      .split(/,\s*(?:and\s+)?|\s+and\s+(?!\w+ing\b.*\band\b)/i),
  );
  const bare = found.map((item) =>
    item.replace(/^(?:(?:to|the idea of|loves?|likes?|enjoys?|hates?|dislikes?|but)\s+)+/i, "").trim(),
  );
  return listOf(bare.filter((item) => item.length > 2 && item.length < 60))
    .slice(0, 6)
    .map((item) => item[0]?.toUpperCase() + item.slice(1));
}
