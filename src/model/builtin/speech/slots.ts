import { sentences, shared, stems } from "../../../kernel/language/stems.ts";
import type { LanguageCode } from "../../../kernel/language/tongues.ts";
import type { Character } from "../character/character.ts";
import type { Conversation } from "../character/conversation.ts";
import { asSaid, inFirstPerson } from "../character/persona-data.ts";
import { keyPhrases } from "../character/topics/key-phrases.ts";
import type { Texts } from "../texts.ts";
import { phrasesIn } from "./languages.ts";
import { proposalIn, proposalSentences } from "./listening/cues.ts";
import { recognised } from "./listening/templates.ts";
import { goingOn } from "./voice/sentence.ts";
import type { Slots } from "./voice/voice.ts";

interface Manner {
  readonly language: LanguageCode;
  readonly others: readonly string[];
  readonly texts: Texts;
}

/** What this person can put into phrases, in this language and talk. */
export function slotsFor(character: Character, conversation: Conversation, manner: Manner): Slots {
  const { language, texts } = manner;
  const own = ownSlots(character, language);
  const heard = heardSlots(character, conversation, manner);
  const known = new Map<string, readonly string[]>();
  const ownWords = (slot: string, wording: Wording): readonly string[] => {
    const about = texts.stems(conversation.matter);
    return character.wordings.of(`${language} ${slot}`, about, () => near(wording(), about));
  };
  return (slot) => {
    const before = known.get(slot);
    if (before !== undefined) return before;
    const wording = own[slot as keyof typeof own];
    const words = wording === undefined ? (heard[slot as keyof typeof heard]?.() ?? []) : ownWords(slot, wording);
    known.set(slot, words);
    return words;
  };
}

type Wording = () => readonly string[];

/** What depends on the talk. */
function heardSlots(character: Character, conversation: Conversation, { language, others }: Manner) {
  const from = (): string => conversation.answering?.from ?? "";
  return {
    topic: () => conversation.topics.slice(0, 2),
    thing: () => conversation.topics.slice(0, 2).filter((topic) => !/[^s]s$/.test(topic)),
    word: () => {
      const words = wordsHeard(conversation, [character.name, ...others], language);
      return language === "en" ? words.map((word) => `“${word}”`) : words;
    },
    from: () => (from() === "" ? [] : [withinSentence(firstName(from()))]),
    other: () => others.filter((name) => name !== conversation.answering?.from).map(firstName),
    name: () => (character.name === "" ? [] : [character.name]),
    job: () => (character.job === "" ? [] : [jobInShort(language === "en" ? asSaid(character.job) : character.job)]),
  } satisfies Record<string, Wording>;
}

/** What the persona says, in the person's own words. */
function ownSlots(character: Character, language: LanguageCode) {
  const things = (items: readonly string[]) => items.map((item) => nounOf(item, language)).filter(Boolean);
  const statements = (items: readonly string[]) =>
    items.map((item) => clipped(afterColon(inFirstPerson(item), language))).filter(Boolean);
  return {
    interest: () => things(character.interests),
    like: () => things(character.likes),
    dislike: () => things(character.dislikes),
    belief: () => statements(character.beliefs),
    goal: () => character.goals.map((goal) => clipped(goalOf(goal, language))).filter(Boolean),
    habit: () => statements(character.habits),
    fact: () => statements(character.facts),
    trait: () => statements(character.traits).map(asStatement),
  } satisfies Record<string, Wording>;
}

/** What has to do with the matter comes up more often than the rest. */
function near(items: readonly string[], about: ReadonlySet<string>): readonly string[] {
  const close = items.filter((item) => shared(about, stems(item)) > 0);
  return [...items, ...close, ...close, ...close];
}

/** What somebody else just brought up: what they propose, or what they say in words of their own. */
function wordsHeard(
  { topics, answering: last, prompt }: Conversation,
  people: readonly string[],
  language: LanguageCode,
): string[] {
  if (last === undefined || last === prompt) return [];
  const names = people.flatMap((name) => name.split(" ")).filter(Boolean);
  const words = subjectsOf(last.text, language).filter((words) => !names.some((name) => words.includes(name)));
  const fresh = words.filter((word) => !topics.slice(0, 2).includes(word));
  return (fresh.length > 0 ? fresh : words).slice(0, 1);
}

function subjectsOf(text: string, language: LanguageCode): string[] {
  const proposed = proposalSentences(text).map((sentence) => proposalIn(sentence)?.idea ?? "");
  const idea = proposed[0]?.toLowerCase();
  // What an idea is stands at its beginning.
  if (idea !== undefined) return keyPhrases(idea, 4).toSorted((one, other) => idea.indexOf(one) - idea.indexOf(other));
  const own = sentences(text).filter((sentence) => recognised(sentence, phrasesIn[language]) === undefined);
  const [longest] = own.toSorted((one, other) => other.length - one.length);
  return longest === undefined ? [] : keyPhrases(longest, 2);
}

/** “The chair” is small within a sentence. */
const withinSentence = (name: string): string => name.replace(/^(?:The|A|An)(?= )/, (article) => article.toLowerCase());

/** The name by which people in a room call each other; family names first where that is the custom. */
export function firstName(name: string): string {
  const whole =
    /[\p{sc=Han}\p{sc=Hangul}\p{sc=Hiragana}]|^(?:the|a|an|dr|mr|mrs|ms|prof|der|die|das|el|la|le|l'|un|une|o|frau|herr)\b/iu;
  return whole.test(name) ? name : (name.split(/\s+/)[0] ?? name);
}

/** Romance languages go on small after a colon. */
const afterColon = (statement: string, language: LanguageCode): string =>
  ["es", "fr", "pt"].includes(language) ? (goingOn(statement) ?? statement) : statement;

const longest = 100;

/** A statement, or its first part where it can be cut without losing its sense; "" when it is too long to be said. */
function clipped(text: string): string {
  if (text.length <= longest) return text;
  const [part] = /^.{20,100}(?=[;:–—(]| - |, (?:and|but|because|so|which|who|since|though|for) )/u.exec(text) ?? [""];
  return isWhole(part) ? part.trim() : "";
}

/** What something is, without what is added about it. */
function nounOf(text: string, language: LanguageCode): string {
  const whole = inFirstPerson(text);
  const plain = language === "en" ? asSaid(whole) : whole;
  const noun = /^.{8,}?(?=[,;:–—(]| - )/u.exec(plain)?.[0] ?? plain;
  const told = isWhole(noun) ? noun : plain;
  return told.length > longest ? "" : told.trim().replace(/ (?:and|or|but)$/u, "");
}

/** Quotation marks and brackets that were opened are closed. */
const isWhole = (text: string): boolean =>
  [/["“”„]/gu, /(?<!\p{L})['‘]|['’](?!\p{L})/gu, /[«»]/gu, /[()]/gu].every(
    (marks) => (text.match(marks)?.length ?? 0) % 2 === 0,
  );

/** "Buy a flat" becomes "to buy a flat": after a colon both will do, small as the phrase is. */
const goalOf = (goal: string, language: LanguageCode): string => {
  const own = inFirstPerson(goal);
  return language === "en" ? asSaid(own) : own;
};

function jobInShort(job: string): string {
  const first = job.split(/[,;(]/)[0]?.trim() ?? job;
  return first.length <= 44 ? first : (first.split(/ (?:at|in|for|and) /)[0] ?? first);
}

/** "curious" becomes "I am curious"; sentences stay. */
function asStatement(trait: string): string {
  const words = trait.charAt(0).toLowerCase() + trait.slice(1);
  return /^[a-z][\w-]*(?:,? (?:and )?[\w-]+){0,3}$/.test(words) && !/^I\b/.test(trait) ? `I am ${words}` : trait;
}
