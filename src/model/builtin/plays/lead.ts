import type { Scene } from "../speech/scene.ts";
import { firstName } from "../speech/slots.ts";

/** What somebody who leads a talk says: the words of a guide as they stand. */
export interface Led {
  /** Nothing where they have nothing to add to the guide. */
  readonly words: string | undefined;
  readonly target: string;
}

const guideLine = /<thought[^>]*>[^<“]*in my own words[^<“]*“([^<]+)”<\/thought>/u;
const ownQuestion = /<thought[^>]*>[^<“]*in one question[^<“]*“[^<]*”(?: Nothing so far from ([^<]+?)\.)?<\/thought>/u;

const floorOpen = /^Who has (?:a|the next) question for (.+)\?$/u;

/** A question of somebody who may ask one in public, as the last words that they heard offer it. */
export function publicQuestion({ conversation, voice }: Scene): string | undefined {
  const [, speaker] = floorOpen.exec(conversation.last?.text ?? "") ?? [];
  if (speaker === undefined) return undefined;
  return voice.say(voice.phrases.ask.map((phrase) => phrase.replaceAll("{other}", firstName(speaker))));
}

/** The part of somebody who leads, as their thoughts tell it; undefined for everybody else. */
export function leading({ voice, dice, others }: Scene, fresh: string): Led | undefined {
  const [, line] = guideLine.exec(fresh) ?? [];
  if (line !== undefined) return { words: line, target: "" };
  const own = ownQuestion.exec(fresh);
  if (own === null) return undefined;
  const silent = (own[1] ?? "").split(", ").filter((name) => others.includes(name));
  if (others.length === 0 || dice.next() < 0.3) return { words: undefined, target: "" };
  const target = dice.pick(silent.length > 0 ? silent : others);
  const words = voice.say(voice.phrases.ask.map((phrase) => phrase.replaceAll("{other}", firstName(target))));
  return { words, target };
}
