import { stems } from "../../../kernel/language/stems.ts";
import type { LanguageCode } from "../../../kernel/language/tongues.ts";
import { languageAtHome, languageNamed } from "../../../kernel/language/tongues.ts";
import { digest } from "../../../kernel/values/hash.ts";
import { catchphrasesIn } from "./catchphrases.ts";
import { listOf, lookIn, textOf } from "./persona-data.ts";

export const bigFive = ["openness", "conscientiousness", "extraversion", "agreeableness", "neuroticism"] as const;
export type BigFive = (typeof bigFive)[number];

/** A person's own words, as they go with what is talked about, and what they hold of it. */
export class Wordings {
  #about: ReadonlySet<string> | undefined;
  readonly #known = new Map<string, readonly string[]>();
  #held: number | undefined;

  /** Worked out once as long as it is about the same. */
  of(name: string, about: ReadonlySet<string>, work: () => readonly string[]): readonly string[] {
    this.#turnTo(about);
    const known = this.#known.get(name) ?? work();
    this.#known.set(name, known);
    return known;
  }

  /** The same for a number; of anything else than what is talked about it is worked out each time. */
  held(about: ReadonlySet<string>, work: () => number): number {
    if (this.#about !== about) return work();
    this.#held ??= work();
    return this.#held;
  }

  #turnTo(about: ReadonlySet<string>): void {
    if (this.#about === about) return;
    this.#about = about;
    this.#known.clear();
    this.#held = undefined;
  }
}

/** How somebody speaks, by their style and traits. */
interface Manner {
  /** So many sentences more than others, or fewer. */
  readonly length: number;
  readonly lively: boolean;
}

/** A persona as this model reads it: everything is there, though it may be empty. */
export interface Character {
  readonly name: string;
  readonly age: number | undefined;
  readonly nationality: string;
  readonly residence: string;
  readonly job: string;
  readonly organization: string;
  readonly style: string;
  /** Phrases in quotation marks in the style: what the person keeps saying. */
  readonly catchphrases: readonly string[];
  readonly traits: readonly string[];
  readonly interests: readonly string[];
  readonly likes: readonly string[];
  readonly dislikes: readonly string[];
  readonly beliefs: readonly string[];
  readonly goals: readonly string[];
  readonly skills: readonly string[];
  readonly habits: readonly string[];
  readonly facts: readonly string[];
  /** From -1 (low) to 1 (high). */
  readonly temper: Readonly<Record<BigFive, number>>;
  readonly sceptical: boolean;
  readonly manner: Manner;
  readonly languages: readonly LanguageCode[];
  /** The persona lists the languages, so that no other is spoken. */
  readonly languagesBind: boolean;
  /** Where the persona has a stem: all that the person reads is held against it. */
  readonly cares: Cares;
  /** The same for equal personas. */
  readonly key: string;
  readonly wordings: Wordings;
}

/** Reads a persona however loosely it is written: any key may be missing, a text or an object. */
export function readCharacter(persona: unknown): Character {
  const nationality = textOf(lookIn(persona, "nationality"));
  const residence = textOf(lookIn(persona, "residence") ?? lookIn(persona, "country_of_residence"));
  const lists = listsOf(persona);
  const work = lookIn(persona, "occupation") ?? lookIn(persona, "job");
  const job = textOf(lookIn(work, "title") ?? (typeof work === "string" ? work : "")).replace(/[.。]+$/u, "");
  const style = textOf(lookIn(persona, "style"));
  const name = textOf(lookIn(persona, "name")).trim();
  return {
    name,
    age: ageOf(lookIn(persona, "age")),
    nationality,
    residence,
    job,
    organization: textOf(lookIn(work, "organization")),
    style,
    catchphrases: catchphrasesIn(style),
    ...lists,
    temper: temperOf(persona, `${lists.traits.join(" ")} ${style}`),
    sceptical: /scept|skept|critical|doubt|cynic|suspicious|distrust|contrar|argumentative|stubborn|비판|회의/iu.test(
      `${lists.traits.join(" ")} ${style}`,
    ),
    manner: mannerOf(style, lists.traits),
    ...tonguesOf(persona, { name, home: `${nationality} ${residence}` }),
    cares: caresOf(lists, `${job} ${textOf(lookIn(work, "description"))}`),
    key: digest(JSON.stringify(persona) ?? ""),
    wordings: new Wordings(),
  };
}

function mannerOf(style: string, traits: readonly string[]): Manner {
  const curt = /short|brief|terse|laconic|few words|concise|curt|blunt|간결|짧|短|knapp|bref|breve|مختصر/i.test(style);
  const long = /long|verbose|elaborate|detailed|talkative|rambl|verbos|길게|ausführlich|bavard/i.test(style);
  const lively = /enthusias|energetic|excit|cheerful|lively|exuberant/i.test(`${style} ${traits.join(" ")}`);
  return { length: Number(long) - Number(curt), lively };
}

/** A list of the persona, or the how-manieth of the beliefs. */
type Place = "likes" | "dislikes" | "interests" | "job" | number;

/** Where a persona has which stem, as one text with a line for each: a tenth of what a map of lists takes. */
export class Cares {
  readonly #lines: string;

  constructor(places: ReadonlyMap<string, readonly Place[]>) {
    this.#lines = `${[...places].map(([stem, where]) => `\n${stem} ${where.join(" ")}`).join("")}\n`;
  }

  of(stem: string): readonly Place[] {
    const start = this.#lines.indexOf(`\n${stem} `);
    if (start < 0) return [];
    const places = this.#lines.slice(start + stem.length + 2, this.#lines.indexOf("\n", start + 1)).split(" ");
    return places.map((place) => (/^\d/.test(place) ? Number(place) : (place as Place)));
  }
}

function caresOf({ likes, dislikes, interests, beliefs }: ReturnType<typeof listsOf>, job: string): Cares {
  const cares = new Map<string, Place[]>();
  const add = (text: string, place: Place): void => {
    for (const stem of stems(text)) {
      const places = cares.get(stem);
      if (places === undefined) cares.set(stem, [place]);
      else places.push(place);
    }
  };
  for (const [place, texts] of Object.entries({ likes, dislikes, interests, job: [job] }))
    add(texts.join(" "), place as Place);
  beliefs.forEach(add);
  return new Cares(cares);
}

function listsOf(persona: unknown) {
  const [preferences, personality, behaviors] = ["preferences", "personality", "behaviors"].map((key) =>
    lookIn(persona, key),
  );
  return {
    traits: listOf(
      lookIn(personality, "traits") ??
        lookIn(persona, "traits") ??
        (typeof personality === "string" ? personality : []),
    ),
    interests: listOf(lookIn(preferences, "interests") ?? lookIn(persona, "interests")),
    likes: listOf(lookIn(preferences, "likes") ?? lookIn(persona, "likes")),
    dislikes: listOf(lookIn(preferences, "dislikes") ?? lookIn(persona, "dislikes")),
    beliefs: listOf(lookIn(persona, "beliefs")),
    goals: listOf(lookIn(persona, "long_term_goals") ?? lookIn(persona, "goals")),
    skills: listOf(lookIn(persona, "skills")),
    habits: listOf(behaviors ?? lookIn(persona, "habits")),
    facts: listOf(lookIn(persona, "other_facts") ?? lookIn(persona, "facts")),
  };
}

function ageOf(value: unknown): number | undefined {
  const age = Number(/\d+/.exec(textOf(value))?.[0] ?? Number.NaN);
  return age > 0 && age < 130 ? age : undefined;
}

const hints: Readonly<Record<BigFive, readonly [high: RegExp, low: RegExp]>> = {
  openness: [
    /curious|creativ|open-minded|imaginat|adventur|inventive/i,
    /tradition|conventional|set in (?:his|her|their|your|my) ways|routine/i,
  ],
  conscientiousness: [
    /organi[sz]ed|careful|disciplin|meticul|precise|punctual/i,
    /careless|messy|disorgani|impulsive|lazy/i,
  ],
  extraversion: [
    /outgoing|talkative|sociable|extrovert|lively|energetic|enthusias/i,
    /introvert|shy|quiet|reserved|withdrawn|taciturn|laconic/i,
  ],
  agreeableness: [
    /kind|friendly|helpful|warm|empath|generous|cooperative/i,
    /rude|blunt|stubborn|argumentative|competitive|grumpy|hostile|disagreeable/i,
  ],
  neuroticism: [/anxious|nervous|worr|moody|sensitive|irritable/i, /calm|relaxed|stable|resilient|composed/i],
};

function temperOf(persona: unknown, telling: string): Record<BigFive, number> {
  const declared = lookIn(lookIn(persona, "personality"), "big_five") ?? lookIn(persona, "big_five");
  const temper = {} as Record<BigFive, number>;
  for (const trait of bigFive) {
    const [high, low] = hints[trait];
    const told = (high.test(telling) ? 0.6 : 0) - (low.test(telling) ? 0.6 : 0);
    temper[trait] = degreeOf(lookIn(declared, trait)) ?? told;
  }
  return temper;
}

/** A degree in words ("Very high. Talks to strangers."), or a number from 0 to 1 or to 100. */
function degreeOf(value: unknown): number | undefined {
  if (typeof value === "number") return Math.max(-1, Math.min(1, (value > 1 ? value / 100 : value) * 2 - 1));
  const text = textOf(value).toLowerCase().slice(0, 60);
  if (text === "") return undefined;
  const strong = /very|extreme|sehr|très|muy|muito|매우|とても|جدا/.test(text) ? 1 : 0.75;
  if (/\blow|gering|baj[oa]|baix[oa]|faible|낮|低|منخفض/.test(text)) return -strong;
  return /\bhigh|hoch|alt[oa]|élev|높|高|مرتفع/.test(text) ? strong : 0;
}

/** The languages spoken, best first: those listed, else that of the name's script or of the nationality, then English. */
function tonguesOf(persona: unknown, { name, home }: { name: string; home: string }) {
  const listed = listOf(lookIn(persona, "languages") ?? lookIn(persona, "language"));
  const known = listed.flatMap((language) => languageNamed(language) ?? []);
  if (listed.length > 0)
    return { languages: known.length > 0 ? known : (["en"] as LanguageCode[]), languagesBind: true };
  const native = languageAtHome(home);
  const script = /\p{sc=Hangul}/u.test(name)
    ? "ko"
    : /[\p{sc=Hiragana}\p{sc=Katakana}]/u.test(name)
      ? "ja"
      : /\p{sc=Arabic}/u.test(name)
        ? "ar"
        : undefined;
  if (script !== undefined) return { languages: [script] as LanguageCode[], languagesBind: true };
  return { languages: native === undefined ? [] : [native], languagesBind: false };
}
