import { sentences } from "../../../kernel/language/stems.ts";
import { noise } from "../character/noise.ts";
import { stanceOf, undecided } from "../character/stance.ts";
import { lifeOf } from "./life.ts";
import { proposalSentences } from "./listening/cues.ts";
import type { Wanted } from "./listening/question.ts";
import { isProbe, optionsIn } from "./listening/question.ts";
import { leaningIn } from "./listening/templates.ts";
import type { Phrases } from "./phrases.ts";
import type { Scene } from "./scene.ts";
import { firstName } from "./slots.ts";
import { catchphraseOf, withCatchphrase } from "./voice/catchphrase.ts";

type Part = string | undefined;

/** What the person says now, in full, or undefined when there is nothing new to say. */
export function speech(scene: Scene): string | undefined {
  const { conversation, voice } = scene;
  const wanted = sentencesWanted(scene);
  const main = mainParts(scene).filter((part) => part !== undefined);
  // A life is told, and neither weighed nor reasoned for.
  if (wantedNow(scene) === "life") return inManner(main.slice(0, Math.max(2, wanted)), scene);
  const reason = reasonOf(scene);
  const reaction = reactionTo(scene);
  if (main.length === 0 && (reason === undefined || conversation.last?.outside === false)) return undefined;
  // Who is short of words reacts, once they have answered the question.
  const answer = reaction !== undefined && conversation.turns > 0 && wanted === 1 ? [] : main;
  const room = Math.max(1, wanted - 1);
  const reasons = wanted > 1 || answer.length + (reaction === undefined ? 0 : 1) === 0 ? [reason] : [];
  const parts = [reaction, ...answer.slice(0, room), ...reasons].filter((part) => part !== undefined);
  if (parts.length < wanted) parts.push(...[voice.say(voice.phrases.because)].filter((part) => part !== undefined));
  const asked = mayAsk(scene) ? voice.say(voice.phrases.ask) : undefined;
  if (asked !== undefined) parts.push(asked);
  return inManner(parts, scene);
}

/** A reason, mostly one that only this person could give. */
function reasonOf({ voice, dice }: Scene): Part {
  const { because } = voice.phrases;
  const own = dice.next() < 0.8 ? voice.say(because.filter((phrase) => phrase.includes("{"))) : undefined;
  return own ?? voice.say(because);
}

/** Agreement or disagreement with what one of the others proposed, holds, or said in words of their own. */
function reactionTo(scene: Scene): Part {
  const { conversation, voice, leaning } = scene;
  const { answering: last } = conversation;
  if (last === undefined || last.outside || conversation.answered) return undefined;
  const { phrases } = voice;
  const theirs = leaningIn(last.text, phrases);
  const about = proposalSentences(last.text).join(" ");
  if (theirs !== undefined && about === "" && theirs * leaning !== 0)
    return voice.say(theirs * leaning > 0 ? phrases.concur : phrases.differ);
  const likes = stanceOf(scene, about === "" ? last.text : about) >= 0;
  if (voice.word("word") !== undefined) return voice.say(likes ? phrases.agree : phrases.disagree);
  return voice.say(likes ? phrases.concur : phrases.differ);
}

/** Praise, doubt, or neither, as the person stands to what is talked about. */
export const view = ({ leaning, voice: { phrases } }: Scene): readonly string[] =>
  Math.abs(leaning) < undecided ? phrases.mixed : leaning > 0 ? phrases.praise : phrases.doubt;

/** What speaks for it or against it, as the person stands to it. */
export const ground = ({ leaning, voice: { phrases } }: Scene): readonly string[] =>
  leaning > 0 ? phrases.merits : phrases.worries;

function mainParts(scene: Scene): Part[] {
  const { conversation, voice, leaning } = scene;
  const { phrases } = voice;
  const again = conversation.turns > 0;
  const opinion = (): Part[] =>
    again && scene.dice.next() < 0.75
      ? [voice.say(ground(scene)), voice.say(view(scene))]
      : [voice.say(view(scene)), voice.say(ground(scene))];
  const wanted = wantedNow(scene);
  switch (wanted) {
    case "ideas":
      return proposals(scene);
    case "choice":
      return [chosenOption(scene, `${conversation.last?.text ?? ""} ${conversation.prompt?.text ?? ""}`)];
    case "self":
      return [voice.say(phrases.self), voice.say(phrases.self), voice.say(phrases.self)];
    case "life":
      return lifeOf(scene);
    case "why":
      return [voice.say(phrases.because), ...opinion()];
    case "yes-or-no":
      return again ? opinion() : [voice.say(leaning >= 0 ? phrases.yes : phrases.no), ...opinion()];
    case "greeting":
      return [voice.say(phrases.greet), voice.say(phrases.self)];
    case "opinion":
      return opinion();
    case "nothing":
      return conversation.lines.length === 0 ? [voice.say(phrases.self)] : opinion();
    default:
      return wanted satisfies never;
  }
}

/** What the last line wants of this person, else what everybody was asked. */
function wantedNow(scene: Scene): Wanted {
  const { last, prompt } = scene.conversation;
  const { texts } = scene;
  const general = prompt === undefined ? "nothing" : texts.wanted(prompt.text);
  if (last === undefined || last === prompt || !isForMe(scene)) return general;
  // What everybody was asked comes before what one of them asks.
  if (!last.outside && scene.conversation.turns === 0 && general !== "nothing") return general;
  if (last.outside && isProbe(last.text)) return wantedBefore(scene);
  const asked = last.outside ? last.text : questionsIn(last.text);
  const own = asked === "" ? "nothing" : texts.wanted(asked);
  return own === "nothing" || (own === "opinion" && !last.outside) ? general : own;
}

/** What the question wanted whose answer is asked for more of; on a product that is an opinion, as ever. */
function wantedBefore({ conversation: { lines }, texts }: Scene): Wanted {
  const question = lines.findLast(({ outside, text }) => outside && !isProbe(text));
  return question === undefined || texts.wanted(question.text) !== "life" ? "opinion" : "life";
}

const questionsIn = (text: string): string =>
  sentences(text)
    .filter((sentence) => /[?？؟]["”»’]?$/u.test(sentence))
    .join(" ");

/** What comes from outside is for everybody; what one of the others says is for those whom it names. */
function isForMe({ conversation, character }: Scene): boolean {
  const { last } = conversation;
  if (last === undefined || last.outside) return true;
  return character.name !== "" && last.text.includes(firstName(character.name));
}

function proposals(scene: Scene): Part[] {
  const { voice, character, dice, conversation } = scene;
  if (conversation.turns > 1 && dice.next() < 0.4) return [voice.say(ground(scene))];
  const two = character.temper.extraversion > 0.3 || character.temper.openness > 0.5;
  return [voice.say(voice.phrases.propose), two ? voice.say(voice.phrases.propose) : undefined];
}

function chosenOption(scene: Scene, text: string): Part {
  const { voice, character, dice } = scene;
  const option = favourite(
    optionsIn(text),
    (one) => stanceOf(scene, described(one, text)) + noise(`${character.key}/${one}/${text}`) + dice.next() * 0.3,
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

/** Extraverted people say more, and so do people whose style says so; everybody is short at times, and long at others. */
function sentencesWanted({ character, conversation, others, brief, dice }: Scene): number {
  const { temper, manner } = character;
  const mood = dice.next();
  const now = mood < 0.25 ? -1 : mood > 0.8 ? 2 : 0;
  const wanted = 2 + Math.round(temper.extraversion * 1.3 + dice.next() - 0.5) + manner.length + now;
  // Who is asked alone has nobody else to fill the silence, and a first answer is more than a nod.
  const least = brief < 1 ? 1 : others.length === 0 ? 2 : conversation.turns === 0 ? 2 : 1;
  return Math.max(least, Math.round(Math.min(6, wanted) * brief));
}

function mayAsk({ conversation, others, dice, brief }: Scene): boolean {
  return brief === 1 && others.length > 1 && conversation.turns < 4 && dice.next() < 0.25;
}

function inManner(parts: readonly string[], { character, conversation, voice, dice }: Scene): string {
  const { lively } = character.manner;
  const said = parts.map((sentence, index) =>
    lively && index === 0 && dice.next() < 0.5 ? sentence.replace(/\.$/, "!") : sentence,
  );
  const phrase = catchphraseOf(character, voice.language, conversation.said);
  const marked = phrase !== undefined && dice.next() < 0.35 ? withCatchphrase(said, phrase, voice.language) : said;
  return marked.join(voice.language === "ja" ? "" : " ");
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
