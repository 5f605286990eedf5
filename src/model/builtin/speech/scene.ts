import type { ModelRequest } from "../../../kernel/contracts/model.ts";
import { sentences } from "../../../kernel/language/stems.ts";
import type { LanguageCode } from "../../../kernel/language/tongues.ts";
import { detectLanguage } from "../../../kernel/language/tongues.ts";
import type { Random } from "../../../kernel/values/random.ts";
import type { Character } from "../character/character.ts";
import type { Conversation } from "../character/conversation.ts";
import { readConversation } from "../character/conversation.ts";
import { keyPhrases } from "../character/key-phrases.ts";
import { inFirstPerson } from "../character/persona-data.ts";
import type { Reader } from "../reading.ts";
import { proposalIn, proposalSentences } from "./cues.ts";
import { phrasesIn } from "./languages.ts";
import type { Slots } from "./voice.ts";
import { Voice } from "./voice.ts";

/** One call, read: who plays, what was said, and the voice to answer with. */
export interface Scene {
  readonly character: Character;
  readonly conversation: Conversation;
  readonly voice: Voice;
  readonly dice: Random;
  /** Who can be talked to. */
  readonly others: readonly string[];
  /** What holds only now, as the last message tells it. */
  readonly now: string;
  /** How long answers may be: 1 is usual. */
  readonly brief: number;
}

export interface Staging {
  readonly request: Pick<ModelRequest<unknown>, "messages" | "rehearsal">;
  readonly character: Character;
  readonly reader: Reader;
  readonly dice: Random;
  readonly brief: number;
}

export function readScene({ request, character, reader, dice, brief }: Staging): Scene {
  const { messages, rehearsal } = request;
  const conversation = readConversation({ rehearsal, messages, reader, name: character.name });
  const others = (rehearsal?.others ?? []).filter((name) => name !== character.name);
  const language = languageFor(character, conversation);
  const slots = slotsFor(character, conversation, { language, others });
  const voice = new Voice({ language, phrases: phrasesIn[language], slots, dice, said: conversation.said });
  const last = messages.at(-1);
  const now = last === undefined ? "" : reader.text(last);
  return { character, conversation, voice, dice, others, now, brief };
}

/**
 * Listed languages bind: the one that is asked in if it is among them, else the first. Who lists none answers in the
 * language of the question, and in that of the nationality where the question has none.
 */
function languageFor({ languages, languagesBind }: Character, { prompt, last }: Conversation): LanguageCode {
  const asked = detectLanguage(last?.text ?? "") ?? detectLanguage(prompt?.text ?? "");
  if (languagesBind) return asked !== undefined && languages.includes(asked) ? asked : (languages[0] ?? "en");
  return asked ?? languages[0] ?? "en";
}

interface Manner {
  readonly language: LanguageCode;
  readonly others: readonly string[];
}

function slotsFor(character: Character, { topics, last, prompt }: Conversation, { language, others }: Manner): Slots {
  const quote = (word: string): string => (language === "en" ? `“${word}”` : word);
  const from = last === undefined || last.from === "" ? [] : [firstName(last.from)];
  const names = [character.name, ...others].flatMap((name) => name.split(" ")).filter(Boolean);
  const words = (last === undefined || last === prompt ? [] : subjectsOf(last.text)).filter(
    (words) => !names.some((name) => words.includes(name)),
  );
  const fresh = words.filter((word) => !topics.slice(0, 2).includes(word));
  const small = (items: readonly string[]): string[] => items.map(inFirstPerson).filter(Boolean).map(clipped);
  return {
    topic: topics.slice(0, 2),
    word: (fresh.length > 0 ? fresh : words.length > 0 ? words : topics.slice(0, 2)).map(quote),
    from,
    other: others.filter((name) => name !== last?.from).map(firstName),
    name: character.name === "" ? [] : [character.name],
    job: character.job === "" ? [] : [jobInShort(character.job)],
    interest: small(character.interests).map(nounOf),
    like: small(character.likes).map(nounOf),
    dislike: small(character.dislikes).map(nounOf),
    belief: small(character.beliefs),
    goal: small(character.goals),
    habit: small(character.habits),
    fact: small(character.facts),
    trait: small(character.traits).map(asStatement),
  };
}

/** What the last speaker proposed or said, in key phrases. */
function subjectsOf(text: string): string[] {
  const proposed = proposalSentences(text).map((sentence) => proposalIn(sentence)?.idea ?? "");
  const [longest = text] = sentences(text).toSorted((one, other) => other.length - one.length);
  const found = keyPhrases(proposed.length > 0 ? proposed.join(". ") : longest, 3);
  return found.length > 0 ? found : keyPhrases(text, 2);
}

/** The name by which people in a room call each other; family names first where that is the custom. */
export function firstName(name: string): string {
  const whole = /[\p{sc=Han}\p{sc=Hangul}\p{sc=Hiragana}]|^(?:the|a|an|dr|mr|mrs|ms|prof)\b/iu.test(name);
  return whole ? name : (name.split(/\s+/)[0] ?? name);
}

const longest = 90;

/** The first part of a long statement, cut where it can be cut. */
function clipped(text: string): string {
  if (text.length <= longest) return text;
  const part = /^.{20,90}(?=[,;:–—(]| - )/u.exec(text)?.[0] ?? text.slice(0, longest).replace(/\s+\S*$/u, "");
  return part.trim();
}

/** What something is, without what is added about it. */
const nounOf = (text: string): string => {
  const noun = /^.{8,}?(?=[,;:–—(]| - | which | who )/u.exec(text)?.[0] ?? text;
  return noun.trim().replace(/ (?:and|or|but)$/u, "");
};

function jobInShort(job: string): string {
  const first = job.split(/[,;(]/)[0]?.trim() ?? job;
  return first.length <= 36 ? first : (first.split(/ (?:of|at|in|for|and) /)[0] ?? first);
}

/** "curious" becomes "I am curious"; sentences stay. */
function asStatement(trait: string): string {
  return /^[a-z][\w-]*(?:,? (?:and )?[\w-]+){0,3}$/.test(trait) && !/^I\b/i.test(trait) ? `I am ${trait}` : trait;
}
