import type { Message, ModelRequest } from "../../../kernel/contracts/model.ts";
import type { LanguageCode } from "../../../kernel/language/tongues.ts";
import type { Random } from "../../../kernel/values/random.ts";
import type { Character } from "../character/character.ts";
import type { Conversation } from "../character/conversation.ts";
import { readConversation } from "../character/conversation.ts";
import { noise } from "../character/noise.ts";
import { stanceOf } from "../character/stance.ts";
import type { Reader } from "../reading.ts";
import type { Texts } from "../texts.ts";
import { phrasesIn } from "./languages.ts";
import { slotsFor } from "./slots.ts";
import { Voice } from "./voice/voice.ts";

/** One call, read: who plays, what was said, and the voice to answer with. */
export interface Scene {
  readonly character: Character;
  readonly conversation: Conversation;
  readonly voice: Voice;
  /** How the person stands to what is talked about, from -1 to 1. */
  readonly leaning: number;
  readonly dice: Random;
  readonly texts: Texts;
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
  const { texts } = reader;
  const language = languageFor(character, conversation, texts);
  const slots = slotsFor(character, conversation, { language, others, texts });
  const place = placeOf(character, others);
  const { said } = conversation;
  const phrases = phrasesIn[language];
  const voice = new Voice({ language, phrases, slots, dice, said, place, traceOf: texts.trace });
  const last = messages.at(-1);
  const now = last === undefined ? "" : reader.text(last);
  return new ReadScene({ character, conversation, voice, dice, texts, others, now, brief }, () =>
    sideIn(messages, reader),
  );
}

/**
 * A scene whose leaning is worked out when somebody asks for it. A class, since V8 defines the getter of an object literal
 * anew for each scene.
 */
class ReadScene implements Scene {
  readonly character: Character;
  readonly conversation: Conversation;
  readonly voice: Voice;
  readonly dice: Random;
  readonly texts: Texts;
  readonly others: readonly string[];
  readonly now: string;
  readonly brief: number;
  readonly #sideOf: () => 1 | -1 | undefined;
  #leaning: number | undefined;

  constructor(scene: Omit<Scene, "leaning">, sideOf: () => 1 | -1 | undefined) {
    this.character = scene.character;
    this.conversation = scene.conversation;
    this.voice = scene.voice;
    this.dice = scene.dice;
    this.texts = scene.texts;
    this.others = scene.others;
    this.now = scene.now;
    this.brief = scene.brief;
    this.#sideOf = sideOf;
  }

  get leaning(): number {
    this.#leaning ??= this.#leans();
    return this.#leaning;
  }

  #leans(): number {
    const held = stanceOf(this, this.conversation.matter, this.conversation.topics[0]);
    const side = this.#sideOf();
    return side === undefined ? held : side * Math.max(leastOfSide, Math.abs(held));
  }
}

/** As firm as this somebody speaks for a side that they were given. */
const leastOfSide = 0.4;

/** The side for which somebody was told to speak: 1 for, -1 against; undefined where they speak for themselves. */
function sideIn(messages: readonly Message[], reader: Reader): 1 | -1 | undefined {
  const told = messages.findLast((message) => reader.side(message) !== undefined);
  return told === undefined ? undefined : reader.side(told) === "for" ? 1 : -1;
}

/**
 * Listed languages bind: the one that is asked in if it is among them, else the first. Who lists none answers in the
 * language of the question, and in that of the nationality where the question has none.
 */
function languageFor({ languages, languagesBind }: Character, conversation: Conversation, texts: Texts): LanguageCode {
  const asked = texts.language(conversation.last?.text ?? "") ?? texts.language(conversation.prompt?.text ?? "");
  if (languagesBind) return asked !== undefined && languages.includes(asked) ? asked : (languages[0] ?? "en");
  return asked ?? languages[0] ?? "en";
}

/** Where somebody stands in the order of names of those who are there; alone, where their own name puts them. */
function placeOf(character: Character, others: readonly string[]): { rank: number; of: number } {
  if (others.length === 0) return { rank: Math.floor(noise(character.name) * alone), of: alone };
  const names = [character.name, ...others].toSorted();
  return { rank: names.indexOf(character.name), of: names.length };
}

const alone = 4;
