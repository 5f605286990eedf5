import { wordsOf } from "../../kernel/language/terms.ts";
import { canonicalJson } from "../../kernel/values/hash.ts";
import type { Level } from "../../statistics/agreement/kappa.ts";
import { isNotApplicable } from "../not-applicable.ts";
import type { Evidenced } from "../quotes.ts";

/** The fields of an answer, each as what it is compared by. */
export type Fields = ReadonlyMap<string, Level>;

/** Answers held against each other. */
export interface Compared {
  /** The place of the one that agrees best with the others. */
  readonly best: number;
  /** By field: the share of pairs that are the same; none of a single answer. */
  readonly shares: Readonly<Record<string, number>>;
}

/** The fields of an answer; of one that is no object, itself under the empty name. */
export function fieldsOf(answer: unknown): Fields {
  const value = isEvidenced(answer) ? answer.value : answer;
  const isFields = typeof value === "object" && value !== null && !Array.isArray(value) && !isNotApplicable(value);
  const fields = isFields ? Object.entries(value) : [["", value] as const];
  return new Map(fields.map(([name, inner]) => [name, levelOf(inner)]));
}

/** Holds answers against each other, field by field and pair by pair. */
export function compared(answers: readonly Fields[]): Compared {
  const names = [...new Set(answers.flatMap((answer) => [...answer.keys()]))];
  const alike = (one: Fields, other: Fields): number =>
    names.filter((name) => one.get(name) === other.get(name)).length;
  const scores = answers.map((one) => answers.reduce((sum, other) => sum + alike(one, other), 0));
  const pairs = answers.flatMap((one, place) => answers.slice(place + 1).map((other) => [one, other] as const));
  const shareOf = (name: string): number =>
    pairs.filter(([one, other]) => one.get(name) === other.get(name)).length / pairs.length;
  return {
    best: Math.max(0, scores.indexOf(Math.max(...scores))),
    shares: pairs.length === 0 ? {} : Object.fromEntries(names.map((name) => [name, shareOf(name)])),
  };
}

const isEvidenced = (answer: unknown): answer is Evidenced<unknown> =>
  typeof answer === "object" && answer !== null && "value" in answer && "evidence" in answer && "unfounded" in answer;

/** Numbers and truths are themselves; texts are the same but for case, spaces and punctuation. */
function levelOf(value: unknown): Level {
  if (typeof value === "number" || typeof value === "boolean") return value;
  // What is no text begins as none does.
  if (isNotApplicable(value)) return "= not applicable";
  return typeof value === "string" ? plain(value) : `= ${canonicalJson(plainly(value))}`;
}

function plainly(value: unknown): unknown {
  if (typeof value === "string") return plain(value);
  if (Array.isArray(value)) return value.map(plainly);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plainly(inner)]));
}

/** A text of which words are not all that it says (👍, C++, −5) is itself. */
function plain(text: string): string {
  const words = wordsOf(text).join(" ");
  return /[^\p{L}\p{M}\p{N}\p{P}\s]/u.test(text) || words === "" || /(?:^|\s)[-−]\p{N}/u.test(text)
    ? text.trim().toLowerCase()
    : words;
}
