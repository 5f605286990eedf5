import type { Scene } from "../../speech/scene.ts";
import type { Appointment, Given } from "./appointments.ts";

/** How people write to each other, and nothing by chance alone. */
export const ofLetters: ReadonlySet<string> = new Set([
  "SEND_MAIL",
  "WRITE_IN_CHANNEL",
  "JOIN_CHANNEL",
  "LEAVE_CHANNEL",
]);

const mail = /<conversation[^>]* from="([^"]*)"[^>]*>E-mail to [^;\n]*; subject: ([^\n]*)/gu;
const message = /<conversation[^>]* from="([^"]*)"[^>]*>In (#[^:\s]+): ([^<]*)/gu;
const own = /Channels, and how many read them: you are in (.*?)(?:; not in|\.$)/mu;
/** Nobody answers an answer to an answer. */
const worn = /^(?:Re: ){2}/u;

/**
 * What somebody writes in this turn: an answer to the last e-mail or to the channel in which they are mentioned, else a
 * message of their own to a channel or to one of the others.
 */
export function letterWork(scene: Scene, { fresh, words }: Given): readonly Appointment[] {
  const { dice, others, conversation, character } = scene;
  if (words === undefined) return [];
  const [, from = "", subject = ""] = [...fresh.matchAll(mail)].at(-1) ?? [];
  if (from !== "" && !worn.test(subject)) {
    const target = { target: from, subject: `Re: ${subject}`, content: words };
    return dice.next() < 0.8 ? [{ type: "SEND_MAIL", args: target }] : [];
  }
  const first = (character.name.split(" ")[0] ?? "").toLowerCase();
  const isMeant = ([, , , text = ""]: RegExpExecArray): boolean =>
    first !== "" && text.toLowerCase().includes(`@${first}`);
  const [, , asked] = [...fresh.matchAll(message)].findLast(isMeant) ?? [];
  if (asked !== undefined) return [{ type: "WRITE_IN_CHANNEL", args: { target: asked, content: words } }];
  if (from !== "" || conversation.last?.outside === false) return [];
  const channels = [...(own.exec(fresh)?.[1] ?? "").matchAll(/#[^\s(]+/gu)].map(([name]) => name);
  if (channels.length > 0 && dice.next() < 0.45) {
    const called = others.length > 0 && dice.next() < 0.5 ? `@${dice.pick(others)} ` : "";
    return [{ type: "WRITE_IN_CHANNEL", args: { target: dice.pick(channels), content: `${called}${words}` } }];
  }
  if (others.length === 0) return [];
  const about = conversation.topics[0] ?? "A question";
  return [{ type: "SEND_MAIL", args: { target: dice.pick(others), subject: about, content: words } }];
}
