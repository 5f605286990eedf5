import { stanceOf } from "../../character/stance.ts";
import { ground, view } from "../../speech/compose.ts";
import type { Scene } from "../../speech/scene.ts";
import type { Appointment, Given } from "./appointments.ts";

/** What people do in a social feed, and nothing by chance alone. */
export const ofFeeds: ReadonlySet<string> = new Set(["POST", "COMMENT", "LIKE", "REPOST"]);

const post = /^\[([^\]\s]+)\] .+?: "(.*)"(?: \([^)]*\))?$/;
const passedOn = /^\[([^\]\s]+)\] (?:.+? reposts: )?.+?: "(.*)"(?: \([^)]*\))?$/;

/** The posts on a page, by their lines. */
function postsOn(page: string): { readonly target: string; readonly text: string }[] {
  return page.split(/[\n\r\u2028\u2029]/).flatMap((line) => {
    if (!line.startsWith("[")) return [];
    const [, target = "", text = ""] = (line.includes(" reposts: ") ? passedOn : post).exec(line) ?? [];
    return target === "" ? [] : [{ target, text }];
  });
}

/** How somebody stands to a post: by whether it holds what they hold, else by what it is about. */
function towards(scene: Scene, text: string): number {
  const theirs = scene.texts.leaning(text, scene.voice.language);
  return theirs === undefined ? stanceOf(scene, text) : theirs * scene.leaning;
}

/**
 * What somebody does in a social feed in this turn: likes what suits them, says below one post at the most what they hold,
 * seldom passes one on, and writes one of their own, at first more readily than later.
 */
export function feedWork(scene: Scene, { fresh, words }: Given): readonly Appointment[] {
  const { character, conversation, dice, voice } = scene;
  const shown = postsOn(fresh).map(({ target, text }) => {
    return { target, lean: towards(scene, text), roll: dice.next() };
  });
  const liked = shown.filter(({ lean, roll }) => roll < 0.2 + 0.5 * lean).slice(0, 2);
  const keenest = shown.toSorted((one, other) => Math.abs(other.lean) - Math.abs(one.lean))[0];
  const { extraversion, openness } = character.temper;
  const pools = [view(scene), ground(scene), voice.phrases.because];
  const comments = keenest !== undefined && dice.next() < 0.3 + 0.15 * extraversion;
  const comment = comments ? pools.map((pool) => voice.say(pool)).find((said) => said !== undefined) : undefined;
  const passed = dice.next() < 0.4 + 0.15 * openness ? liked[0] : undefined;
  const eager = conversation.said.includes('"POST"') ? 0.2 : 0.7;
  const writes = words !== undefined && dice.next() < eager + 0.15 * extraversion;
  return [
    ...liked.map(({ target }) => ({ type: "LIKE", args: { target } })),
    ...(passed === undefined ? [] : [{ type: "REPOST", args: { target: passed.target } }]),
    ...(keenest === undefined || comment === undefined
      ? []
      : [{ type: "COMMENT", args: { target: keenest.target, content: comment } }]),
    ...(writes ? [{ type: "POST", args: { content: words } }] : []),
  ];
}
