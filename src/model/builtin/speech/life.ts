import type { Scene } from "./scene.ts";
import { finished } from "./voice/sentence.ts";

/** What of a persona answers a question on a life, by what the question is about; the last is for all others. */
const aspects: readonly (readonly [about: RegExp, slots: readonly string[]])[] = [
  [
    /\b(?:right and wrong|religio\w*|politic\w*|trust|believe|values|views|institutions|devices|goes on in the world)\b/i,
    ["belief", "trait"],
  ],
  [/\b(?:ten years|future|hope|dream|plans?|otherwise|regret)\b/i, ["goal", "belief"]],
  [
    /\b(?:day|week|morning|evening|yesterday|routine|free time|wants anything|health|month to month|get by)\b/i,
    ["habit", "fact"],
  ],
  [/\b(?:friends?|family|people|partner|turn to|get on|brought you up|understand you)\b/i, ["fact", "trait"]],
  [/(?:)/, ["fact", "habit", "belief"]],
];

/** What somebody says of their own life where they are asked for it: things that their persona says, in their words. */
export function lifeOf(scene: Scene): (string | undefined)[] {
  const asked = scene.conversation.last?.text ?? "";
  const [, slots] = aspects.find(([about]) => about.test(asked)) as (typeof aspects)[number];
  const [first = "fact", ...others] = [...slots, "fact", "habit", "belief", "trait"];
  const told = [first, ...others].map((slot) => () => ofSlot(scene, slot));
  const one = firstOf(told);
  const more = scene.dice.next() < 0.4 ? firstOf(told.slice(1)) : undefined;
  return [homeOf(scene, asked), one ?? scene.voice.say(scene.voice.phrases.self), more];
}

function firstOf(parts: readonly (() => string | undefined)[]): string | undefined {
  for (const part of parts) {
    const said = part();
    if (said !== undefined) return said;
  }
  return undefined;
}

/** A statement of the persona that was not said yet; of goals, in one of the phrases in which people say them. */
function ofSlot({ conversation, voice }: Scene, slot: string): string | undefined {
  if (slot === "goal") return voice.say(voice.phrases.self.filter((phrase) => phrase.includes("{goal}")));
  const words = voice.word(slot);
  if (words === undefined || conversation.said.toLowerCase().includes(words.toLowerCase())) return undefined;
  voice.remember(words);
  return finished(words, voice.language);
}

function homeOf({ character, voice }: Scene, asked: string): string | undefined {
  const isAsked = /\bwhere\b.{0,20}\b(?:live|come from)\b/i.test(asked);
  return isAsked && voice.language === "en" && character.residence !== ""
    ? `I live in ${character.residence}.`
    : undefined;
}
