import type { Message } from "../../../../kernel/contracts/model.ts";
import { stanceOf } from "../../character/stance.ts";
import { keyPhrases } from "../../character/topics/key-phrases.ts";
import type { Reader } from "../../reading.ts";
import { feelingIn } from "../../speech/listening/cues.ts";
import type { Scene } from "../../speech/scene.ts";

/** How far what was said can move somebody who leans neither way. */
const pull = 0.5;
const undecided = 0.1;

interface Statement {
  readonly number: number;
  readonly feeling: number;
}

/**
 * A vote by what the person holds on the question and by how what was said sounds; undefined where the messages hold no
 * ballot.
 */
export function ballotDraft(scene: Scene, messages: readonly Message[], reader: Reader): object | undefined {
  const text = reader.text(messages.at(-1) ?? { role: "user", content: "" });
  const [, question] = /^The question: (.+)$/mu.exec(text) ?? [];
  const [, listed] = /^You can choose: (.+)$/mu.exec(text) ?? [];
  const [first, second, ...rest] = listed?.split(" | ") ?? [];
  if (question === undefined || first === undefined || second === undefined) return undefined;
  const { dice, voice } = scene;
  const statements = statementsIn(text);
  const heard = statements.reduce((sum, { feeling }) => sum + feeling, 0) / Math.max(1, statements.length);
  const held = stanceOf(scene, question);
  const lean = held + heard * pull * (1 - Math.abs(held)) + (dice.next() - 0.5) * 0.05;
  const choice = lean > undecided ? first : lean < -undecided ? second : (rest.at(-1) ?? first);
  const mover = statements.toSorted((one, other) => (other.feeling - one.feeling) * Math.sign(lean))[0];
  const isMoved = Math.sign(lean) !== Math.sign(held) || dice.next() < 0.4;
  const { praise, doubt, mixed } = voice.phrases;
  const view = choice === first ? praise : choice === second ? doubt : mixed;
  return {
    because: voice.say(aboutIt(view, question)) ?? question,
    choice,
    by: isMoved ? (mover?.number ?? null) : null,
  };
}

/** Phrases about what is voted on, whatever was spoken of last. */
function aboutIt(phrases: readonly string[], question: string): readonly string[] {
  const [topic] = keyPhrases(question, 1);
  if (topic === undefined) return phrases;
  const fitting = /[^s]s$/.test(topic) ? phrases.filter((phrase) => !phrase.includes("{thing}")) : phrases;
  return fitting.map((phrase) => phrase.replaceAll(/\{(?:topic|thing)\}/gu, topic));
}

function statementsIn(text: string): readonly Statement[] {
  return [...text.matchAll(/^(\d+)\. [^:\n]{1,80}: (.+)$/gmu)].map(([, number, words = ""]) => ({
    number: Number(number),
    feeling: feelingIn(words),
  }));
}
