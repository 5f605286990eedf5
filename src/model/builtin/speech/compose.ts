import { noise } from "../character/noise.ts";
import { stanceOf } from "../character/stance.ts";
import type { Phrases } from "./phrases.ts";
import { optionsIn, wantedBy } from "./question.ts";
import type { Scene } from "./scene.ts";
import { firstName } from "./scene.ts";

type Part = string | undefined;

/** What the person says now, in full, or undefined when there is nothing new to say. */
export function speech(scene: Scene): string | undefined {
  const { conversation, character, voice } = scene;
  const main = mainParts(scene).filter((part) => part !== undefined);
  const reason = voice.say(voice.phrases.because);
  const reaction = reactionTo(scene);
  if (main.length === 0 && (reason === undefined || conversation.last?.outside === false)) return undefined;
  const wanted = sentencesWanted(scene);
  const sentences = [reaction, ...main.slice(0, Math.max(1, wanted - 1)), reason].filter((part) => part !== undefined);
  if (sentences.length < wanted)
    sentences.push(...[voice.say(voice.phrases.because)].filter((part) => part !== undefined));
  const asked = mayAsk(scene) ? voice.say(voice.phrases.ask) : undefined;
  if (asked !== undefined) sentences.push(asked);
  const phrase = character.catchphrases.find((words) => !conversation.said.includes(words));
  if (phrase !== undefined && scene.dice.next() < 0.35)
    sentences.push(`${phrase[0]?.toUpperCase()}${phrase.slice(1).replace(/[.,]$/, "")}.`);
  return inManner(sentences, scene);
}

/** Agreement or disagreement with what one of the others said. */
function reactionTo({ conversation, character, voice }: Scene): Part {
  const { last } = conversation;
  if (last === undefined || last.outside || conversation.answered) return undefined;
  return voice.say(stanceOf(character, last.text) >= 0 ? voice.phrases.agree : voice.phrases.disagree);
}

function mainParts(scene: Scene): Part[] {
  const { conversation, voice, character } = scene;
  const { phrases } = voice;
  const asked = conversation.last ?? conversation.prompt;
  const own = asked === undefined || !isForMe(scene) ? "nothing" : wantedBy(asked.text);
  const general = conversation.prompt === undefined ? "nothing" : wantedBy(conversation.prompt.text);
  const wanted = own === "nothing" || (own === "opinion" && asked?.outside === false) ? general : own;
  const text = `${asked?.text ?? ""} ${conversation.prompt?.text ?? ""}`;
  const opinion = stanceOf(character, text) >= 0 ? phrases.praise : phrases.doubt;
  switch (wanted) {
    case "ideas":
      return proposals(scene);
    case "choice":
      return [chosenOption(scene, text)];
    case "self":
      return [voice.say(phrases.self), voice.say(phrases.self), voice.say(phrases.self)];
    case "why":
      return [voice.say(phrases.because), voice.say(opinion)];
    case "yes-or-no":
      return [voice.say(stanceOf(character, text) >= 0 ? phrases.yes : phrases.no), voice.say(opinion)];
    case "greeting":
      return [voice.say(phrases.greet), voice.say(phrases.self)];
    case "opinion":
      return [voice.say(opinion)];
    case "nothing":
      return [voice.say(conversation.lines.length === 0 ? phrases.self : opinion)];
    default:
      return wanted satisfies never;
  }
}

/** What comes from outside is for everybody; what one of the others says is for those whom it names. */
function isForMe({ conversation, character }: Scene): boolean {
  const { last } = conversation;
  if (last === undefined || last.outside) return true;
  return character.name !== "" && last.text.includes(firstName(character.name));
}

function proposals({ voice, character, dice, conversation }: Scene): Part[] {
  if (conversation.turns > 1 && dice.next() < 0.4) return [voice.say(voice.phrases.praise)];
  const two = character.temper.extraversion > 0.3 || character.temper.openness > 0.5;
  return [voice.say(voice.phrases.propose), two ? voice.say(voice.phrases.propose) : undefined];
}

function chosenOption({ voice, character, dice }: Scene, text: string): Part {
  const option = favourite(
    optionsIn(text),
    (one) => stanceOf(character, described(one, text)) + noise(`${character.key}/${one}/${text}`) + dice.next() * 0.3,
  );
  return voice.say(voice.phrases.choose.map((phrase) => phrase.replaceAll("{option}", option ?? "{option}")));
}

/** What a text says of an option that it lists by a letter. */
function described(option: string, text: string): string {
  if (option.length > 6) return option;
  return (
    text
      .split("\n")
      .find((line) => new RegExp(`^\\s*\\(?${option.replace(/[^\p{L}\p{N} ]/gu, "")}[.):]`, "u").test(line)) ?? option
  );
}

/** The option with the highest score. */
export function favourite<T>(options: readonly T[], scoreOf: (option: T) => number): T | undefined {
  let [best, most]: [T | undefined, number] = [undefined, Number.NEGATIVE_INFINITY];
  for (const option of options) {
    const score = scoreOf(option);
    if (score > most) [best, most] = [option, score];
  }
  return best;
}

/** Extraverted people say more, and so do people whose style says so. */
function sentencesWanted({ character, brief, dice }: Scene): number {
  const { style, temper } = character;
  const curt = /short|brief|terse|laconic|few words|concise|curt|blunt|간결|짧/i.test(style) ? 1 : 0;
  const long = /long|verbose|elaborate|detailed|talkative|rambl|verbos|길게/i.test(style) ? 1 : 0;
  const wanted = 2 + Math.round(temper.extraversion * 1.3 + dice.next() - 0.5) - curt + long;
  return Math.max(1, Math.round(Math.min(5, wanted) * brief));
}

function mayAsk({ conversation, others, dice, brief }: Scene): boolean {
  return brief === 1 && others.length > 1 && conversation.turns < 2 && dice.next() < 0.22;
}

function inManner(sentences: readonly string[], { character, voice, dice }: Scene): string {
  const lively = /enthusias|energetic|excit|cheerful|lively|exuberant/i.test(
    `${character.style} ${character.traits.join(" ")}`,
  );
  const said = sentences.map((sentence, index) =>
    lively && index === 0 && dice.next() < 0.7 ? sentence.replace(/\.$/, "!") : sentence,
  );
  return said.join(voice.language === "ja" ? "" : " ");
}

/** A thought before words, or instead of them. */
export function thought(scene: Scene, quiet: boolean): string | undefined {
  const { voice } = scene;
  const pools: readonly (keyof Phrases & ("think" | "quiet"))[] = quiet ? ["quiet", "think"] : ["think"];
  for (const pool of pools) {
    const found = voice.say(voice.phrases[pool]);
    if (found !== undefined) return found;
  }
  return undefined;
}
