import { noise } from "../character/noise.ts";
import { stanceOf } from "../character/stance.ts";
import type { Author, Spot } from "../fill/author.ts";
import { favourite, speech, thought } from "../speech/compose.ts";
import type { Scene } from "../speech/scene.ts";
import { plainWords } from "./plain-words.ts";
import { feelingsOf } from "./state.ts";

/** The persona as author: fills each place with what this person would say, feel or choose there. */
export function authorFor(scene: Scene): Author {
  return {
    text: (spot, most) => textFor(scene, spot, most),
    share: (spot) => shareFor(scene, spot),
    number: (spot) => numberFor(scene, spot),
    choose: (spot, options) => chosen(scene, spot, options),
    count: (spot) => (spot.depth === 0 || spot.meaning === "idea" ? 2 : 1) + scene.dice.integer(3),
  };
}

const asked = ({ conversation }: Scene): string => conversation.prompt?.text ?? conversation.topics.join(" ");

/** One place's question, so that two scales in one answer need not agree. */
const about = (scene: Scene, spot: Spot): string =>
  `${asked(scene)} ${spot.description || spot.name.replace(/_/g, " ")}`;

/** Mostly fixed for this person and question, partly how they stand to it, a little the moment; all of it spread out. */
function shareFor(scene: Scene, spot: Spot): number {
  const text = about(scene, spot);
  const fixed = noise(`${scene.character.key}/${text}`);
  const stance = (stanceOf(scene, text) + 1) / 2;
  const mixed = 0.45 * fixed + 0.35 * stance + 0.2 * scene.dice.next();
  return Math.max(0, Math.min(1, (mixed - 0.5) * 1.7 + 0.5));
}

const ordered: readonly (readonly [low: RegExp, high: RegExp])[] = [
  [
    /strongly disagree|very (?:un|dis)|not at all|never|none|lowest|very (?:bad|poor|low)|terrible/i,
    /strongly agree|^very (?:likely|satisfied|much|good|high)|extremely|always|excellent|highest/i,
  ],
  [/^(?:false|no|low|disagree|poor|negative|reject|against)$/i, /^(?:true|yes|high|agree|good|positive|accept|for)$/i],
];

/** The ends of a scale, where options are the points of one. */
export function scaleOf(options: readonly string[]): readonly [low: RegExp, high: RegExp] | undefined {
  const [first = "", last = ""] = [options[0], options.at(-1)];
  return ordered.find(([low, high]) => (low.test(first) && high.test(last)) || (low.test(last) && high.test(first)));
}

function chosen(scene: Scene, spot: Spot, options: readonly string[]): number {
  const [first = ""] = options;
  const scale = scaleOf(options);
  if (scale !== undefined) {
    const place = Math.min(options.length - 1, Math.floor(shareFor(scene, spot) * options.length));
    return scale[0].test(first) ? place : options.length - 1 - place;
  }
  const scores = preferences(scene, about(scene, spot), options);
  const tempted = scores.map((score) => score - Math.log(-Math.log(Math.max(1e-9, scene.dice.next()))) * 0.5);
  return favourite([...options.keys()], (index) => tempted[index] ?? 0) ?? 0;
}

/** How much this person likes each option: what it says, and what only this person knows. */
export function preferences(
  scene: Pick<Scene, "character" | "texts">,
  question: string,
  options: readonly string[],
): number[] {
  return options.map(
    (option) => stanceOf(scene, option) * 2.5 + (noise(`${scene.character.key}/${question}/${option}`) - 0.5) * 1.2,
  );
}

function numberFor(scene: Scene, spot: Spot): number | undefined {
  const share = shareFor(scene, spot);
  switch (spot.meaning) {
    case "age":
      return scene.character.age ?? 18 + Math.round(share * 60);
    case "price":
      return Math.round(4 + share ** 2 * 96) + (share > 0.3 ? -0.01 : 0);
    case "year":
      return 1960 + Math.round(share * 65);
    case "duration":
      return 5 * (1 + Math.round(share * 11));
    default:
      return undefined;
  }
}

function textFor(scene: Scene, spot: Spot, most: number): string {
  const brief = most < 60 ? scene.voice.word("topic") : undefined;
  return spoken(scene, spot, most) ?? brief ?? plainWords(scene, spot);
}

function spoken(scene: Scene, { meaning }: Spot, most: number): string | undefined {
  const { voice } = scene;
  const { phrases } = voice;
  if (most < 40) return undefined;
  switch (meaning) {
    case "idea":
      return voice.part(phrases.ideas);
    case "benefit":
      return voice.part(phrases.benefits);
    case "reason":
      return voice.say(phrases.because);
    case "problem":
      return voice.say(phrases.doubt);
    case "opinion":
      return voice.say(stanceOf(scene, asked(scene)) >= 0 ? phrases.praise : phrases.doubt);
    case "speech":
    case "summary":
    case "description":
      return speech(scene) ?? voice.say(phrases.because);
    case "thought":
      return thought(scene, false);
    case "question":
      return voice.say(phrases.ask);
    case "emotion":
      return voice.say(feelingsOf(scene));
    case "goal":
      return voice.say(phrases.goals);
    case "other":
      return voice.say(phrases.because) ?? thought(scene, false);
    default:
      return undefined;
  }
}
