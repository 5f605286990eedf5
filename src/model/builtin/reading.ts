import type { Message } from "../../kernel/contracts/model.ts";
import { digest } from "../../kernel/values/hash.ts";
import { createTexts, type Texts } from "./texts.ts";

/** What this model knows of one message; messages are immutable, so it is worked out once each. */
interface ReadMessage {
  readonly text: string;
  readonly digest: string;
  readonly tokens: number;
  /** Once somebody asked for it. */
  side?: Side | "neither";
}

/** The side for which somebody was told to speak. */
export type Side = "for" | "against";

/** Reads messages, each once however often it is sent. */
export interface Reader {
  readonly texts: Texts;
  text(message: Message): string;
  /** The side for which a message tells the person to speak. */
  side(message: Message): Side | undefined;
  /** A digest of all that the messages say, in order. */
  digest(messages: readonly Message[]): string;
  /** An estimate of the tokens that a provider would count. */
  tokens(messages: readonly Message[]): number;
}

/** What came since the person last answered. */
export function freshIn(messages: readonly Message[], reader: Pick<Reader, "text">): string {
  const last = messages.findLastIndex((message) => message.role === "assistant");
  return messages
    .slice(last + 1)
    .map(reader.text)
    .join("\n");
}

/** All that the person wrote before. */
export const writtenIn = (messages: readonly Message[], reader: Pick<Reader, "text">): string =>
  messages
    .filter(({ role }) => role === "assistant")
    .map(reader.text)
    .join("\n");

/** What a picture costs, roughly, with the providers that count pixels. */
const tokensOfPicture = 800;
const speaksFor = /\bI (?:speak|argue|stand) (for|against) (?:the motion )?“/gu;

/** Most texts tell nobody for which side to speak: to see that takes less than to look for it. */
function sideIn(text: string): Side | undefined {
  if (!["I speak ", "I argue ", "I stand "].some((words) => text.includes(words))) return undefined;
  return [...text.matchAll(speaksFor)].at(-1)?.[1] as Side | undefined;
}

/** Role, separators. */
const tokensOfFrame = 4;

export function createReader(): Reader {
  const known = new WeakMap<Message, ReadMessage>();
  const read = (message: Message): ReadMessage => {
    const before = known.get(message);
    if (before !== undefined) return before;
    const text = textIn(message);
    const pictures =
      typeof message.content === "string" ? 0 : message.content.filter((part) => part.type === "image").length;
    const tokens = tokensIn(text) + pictures * tokensOfPicture + tokensOfFrame;
    const now: ReadMessage = { text, digest: digest(`${message.role}\n${text}`), tokens };
    known.set(message, now);
    return now;
  };
  return {
    texts: createTexts(),
    text: (message) => read(message).text,
    side: (message) => {
      const known = read(message);
      known.side ??= sideIn(known.text) ?? "neither";
      return known.side === "neither" ? undefined : known.side;
    },
    digest: (messages) => digest(messages.map((message) => read(message).digest).join("")),
    tokens: (messages) => messages.reduce((sum, message) => sum + read(message).tokens, 0),
  };
}

function textIn({ content }: Message): string {
  if (typeof content === "string") return content;
  return content.map((part) => (part.type === "text" ? part.text : `[picture ${part.digest}]`)).join("\n");
}

/** No character elsewhere is of these scripts: found in a fraction of the time. */
const mayBeDense = /[\u1100-\u11ff\u2e80-\uffff]/;

/**
 * An estimate of the tokens of a text: four characters each where words are written with an alphabet, one each where
 * a character is a word or a syllable.
 * @example
 * tokensIn("Good morning"); // => 3
 */
export function tokensIn(text: string): number {
  const dense = mayBeDense.test(text)
    ? (text.match(/[\p{sc=Han}\p{sc=Hangul}\p{sc=Hiragana}\p{sc=Katakana}]/gu)?.length ?? 0)
    : 0;
  return Math.ceil((text.length - dense) / 4 + dense);
}
