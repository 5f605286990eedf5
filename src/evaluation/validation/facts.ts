import { matters, tokens } from "../../kernel/language/stems.ts";
import { wordsOf } from "../../kernel/language/terms.ts";
import { lineOf } from "../../persona/plain-text.ts";
import type { Persona } from "../../persona/schema.ts";

/** Something that is true of somebody, and two ways to ask for it. Code compares: no model is told what is true. */
export interface FactProbe {
  /** `age`, `relationship` … */
  readonly name: string;
  /** The second is asked after the interview, to see whether both are answered alike. */
  readonly ask: readonly [string, string];
  /** What is true: a number, or texts of which an answer has to share a telling word with one. */
  readonly expects: number | readonly string[];
  /** Every text has to be met. */
  readonly all?: true;
}

/** An answer to a fact, or `null` for who does not know. */
export type FactAnswer = string | number | null;

/**
 * What a persona says in so many words that code can hold an answer against it.
 * @example
 * factsOf(parsePersona({ name: "Lisa", age: 34 })).map(({ name, expects }) => `${name}: ${expects}`); // => ["age: 34"]
 */
export function factsOf(persona: Persona): readonly FactProbe[] {
  const { age, nationality, residence, occupation, languages = [], relationships = [] } = persona;
  const title = typeof occupation === "string" ? occupation : lineOf(occupation?.title ?? "");
  const [friend] = relationships.filter(({ name, description }) => isTold(name) && isTold(description));
  const places = properNames(lineOf(residence ?? ""));
  return [
    ...(age === undefined
      ? []
      : [about("age", ["How old are you?", "What age would you write on a form today?"], age)]),
    ...(isTold(nationality)
      ? [
          about(
            "nationality",
            ["What is your nationality?", "Of what nationality do you say that you are?"],
            [lineOf(nationality)],
          ),
        ]
      : []),
    ...(places.length > 0
      ? [about("residence", ["Where do you live?", "Which place do you go home to after a journey?"], places)]
      : []),
    ...(matters(title).size > 0
      ? [about("occupation", ["What do you do for a living?", "What do you put down as your trade?"], [title])]
      : []),
    ...(languages.length > 0
      ? [
          {
            ...about(
              "languages",
              ["Which languages do you speak?", "In which languages can one talk with you?"],
              languages,
            ),
            all: true as const,
          },
        ]
      : []),
    ...(friend === undefined ? [] : [acquaintance(lineOf(friend.name), lineOf(friend.description))]),
  ];
}

const isTold = (value: unknown): boolean => lineOf(value ?? "") !== "";

const about = (name: string, ask: readonly [string, string], expects: FactProbe["expects"]): FactProbe => ({
  name,
  ask,
  expects,
});

function acquaintance(name: string, description: string): FactProbe {
  const ask = [`Who is ${name} to you?`, `Somebody asks you who ${name} is. What do you say?`] as const;
  return about("relationship", ask, [description]);
}

/** Names within a line: its words with a capital, but for the first; in scripts without capitals the whole line. */
function properNames(line: string): readonly string[] {
  if (!/\p{Lu}|\p{Ll}/u.test(line)) return line === "" ? [] : [line];
  const words = line.match(/[\p{L}\p{M}'’-]+/gu) ?? [];
  const named = words.filter((word, place) => /^\p{Lu}/u.test(word) && (place > 0 || words.length === 1));
  return named.filter((word) => word.length > 2);
}

/** Whether an answer says what is true. */
export function isRight({ expects, all }: FactProbe, answer: FactAnswer): boolean {
  if (answer === null) return false;
  if (typeof expects === "number") return numberIn(answer) === expects;
  const meets = (expected: string): boolean => shareWord(String(answer), expected);
  return all ? expects.every(meets) : expects.some(meets);
}

/** Whether two answers to one fact say the same: both are right, or both say the same otherwise. */
export function areAlike(fact: FactProbe, [one, other]: readonly [FactAnswer, FactAnswer]): boolean {
  if (one === null || other === null) return one === other;
  const [first, second] = [isRight(fact, one), isRight(fact, other)];
  if (first || second) return first && second;
  if (typeof fact.expects === "number") return numberIn(one) === numberIn(other);
  return shareWord(String(one), String(other));
}

function numberIn(answer: string | number): number | undefined {
  if (typeof answer === "number") return answer;
  const found = /\d+(?:\.\d+)?/.exec(answer)?.[0];
  return found === undefined ? undefined : Number(found);
}

/** Whether two texts share a word that tells something, in any of its forms; texts without such words, any word. */
function shareWord(one: string, other: string): boolean {
  const [mine, theirs] = [matters(one), matters(other)];
  if (mine.size > 0 && theirs.size > 0) return [...mine].some((stem) => theirs.has(stem));
  const words = new Set(wordsOf(one));
  return tokens(other).some((word) => words.has(word));
}
