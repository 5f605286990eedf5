import type { Message } from "../../../../kernel/contracts/model.ts";
import { sentences } from "../../../../kernel/language/stems.ts";
import { wordCount } from "../../../../kernel/language/terms.ts";
import { detectLanguage } from "../../../../kernel/language/tongues.ts";
import type { Random } from "../../../../kernel/values/random.ts";
import { transcriptLines } from "../../character/conversation.ts";
import { keyPhrases } from "../../character/topics/key-phrases.ts";
import { freshIn, type Reader } from "../../reading.ts";

/** Somebody's words, in the numbered line in which they stand. */
interface Said {
  readonly from: string;
  readonly sentence: string;
  readonly line: number;
}

export interface StoryTask {
  readonly messages: readonly Message[];
  /** Who may be in it. */
  readonly people: readonly string[];
  readonly reader: Reader;
  readonly dice: Random;
}

const mostBeats = 3;
const ways = ["says", "puts it plainly", "does not look up", "takes a moment", "speaks first"];
const twist = "Then the lights go out, and for a moment nobody knows who is still in the room.";
const open = "Nothing is decided yet.";

/** A narrator who cannot read: what people said last, in their own words, one after the other, within the words given. */
export function storyDraft(task: StoryTask) {
  const { messages, people, reader, dice } = task;
  const asked = freshIn(messages, reader);
  const words = Number(/At most (\d+) words\.\s*$/u.exec(asked)?.[1] ?? 100);
  const said = saidIn(asked, people);
  const language = said.length === 0 ? "en" : detectLanguage(said.map(({ sentence }) => sentence).join(" "));
  const frame = language === "en";
  const close = frame ? [asked.includes("a plot twist") ? twist : open] : [];
  let left = words - close.reduce((sum, text) => sum + wordCount(text), 0);
  const beats = said.slice(-mostBeats).flatMap((one) => {
    const text = frame ? `${one.from} ${dice.pick(ways)}: “${one.sentence}”` : `${one.from}: “${one.sentence}”`;
    left -= wordCount(text);
    return left < 0 ? [] : [{ heading: headingOf(one), text, people: [one.from], from: [one.line] }];
  });
  const last = beats.at(-1);
  if (last !== undefined) return { beats: [...beats.slice(0, -1), { ...last, text: [last.text, ...close].join(" ") }] };
  const two = people.slice(0, 2);
  const waits = two.length === 2 ? "wait" : "waits";
  const waiting = [`${two.join(" and ") || "Nobody"} ${waits}, and it is quiet.`, ...close].join(" ");
  const text = wordCount(waiting) <= words ? waiting : "…";
  return { beats: [{ heading: "Before anything happens", text, people: two, from: [] }] };
}

/** The longest sentence of each line, of those who may be in it. */
function saidIn(text: string, people: readonly string[]): readonly Said[] {
  return transcriptLines(text).flatMap(({ from, text: line, id }): Said[] => {
    const sentence = sentences(line).toSorted((one, other) => other.length - one.length)[0];
    return sentence === undefined || id === undefined || !people.includes(from)
      ? []
      : [{ from, sentence, line: Number(id) }];
  });
}

function headingOf({ from, sentence }: Said): string {
  const [about] = keyPhrases(sentence, 1);
  return about === undefined ? from : `${from}: ${about}`;
}
