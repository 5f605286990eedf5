import { stanceOf } from "../character/stance.ts";
import type { Author } from "../fill/author.ts";
import { absent } from "../fill/author.ts";
import type { Scene } from "../speech/scene.ts";

/** What is on the person's mind; goals stay longer than attention does, and what did not change is left out. */
export function stateDraft(scene: Scene, _author: Author): Readonly<Record<string, unknown>> {
  const { voice, dice, conversation } = scene;
  const { phrases } = voice;
  const first = conversation.turns === 0;
  const changed = (chance: number, make: () => unknown): unknown =>
    first || dice.next() < chance ? (make() ?? absent) : absent;
  return {
    goals: changed(0.3, () => voice.say(phrases.goals)),
    context: changed(0.3, () => situation(scene)),
    attention: changed(0.8, () => voice.part(phrases.attention)),
    emotions: changed(0.6, () => voice.say(feelingsOf(scene))),
  };
}

function situation({ conversation, others }: Scene): readonly string[] {
  const topic = conversation.topics[0];
  return [...(topic === undefined ? [] : [topic]), ...(others.length > 0 ? [others.slice(0, 5).join(", ")] : [])];
}

/** The pool of feelings that fits how the person stands to what was said last. */
export function feelingsOf(scene: Scene): readonly string[] {
  const { conversation, character, voice } = scene;
  const stance = stanceOf(scene, conversation.last?.text ?? conversation.topics.join(" "));
  const shaken = stance - character.temper.neuroticism * 0.2;
  const { glad, uneasy, calm } = voice.phrases;
  return shaken > 0.2 ? glad : shaken < -0.2 ? uneasy : calm;
}
