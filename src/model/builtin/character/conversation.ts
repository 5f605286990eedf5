import type { Message, Rehearsal } from "../../../kernel/contracts/model.ts";
import { sentences } from "../../../kernel/language/stems.ts";
import type { Reader } from "../reading.ts";
import { keyPhrases, strong, weighedPhrases } from "./topics/key-phrases.ts";

export interface Line {
  /** "" when nobody in particular said it. */
  readonly from: string;
  readonly text: string;
  readonly own: boolean;
  /** It comes from the experimenter: from nobody, or from somebody who asks and is none of the others, or does nothing else. */
  readonly outside: boolean;
  /** The event, where the transcript names it: `world:room#3.0`. */
  readonly id?: string;
}

/** What was said so far, seen by one person. */
export interface Conversation {
  readonly lines: readonly Line[];
  /** The last line of somebody else. */
  readonly last: Line | undefined;
  /** The last line from outside, or the last question of another. */
  readonly prompt: Line | undefined;
  /** Nothing was said since this person spoke. */
  readonly answered: boolean;
  /** How often this person spoke since the last line from outside. */
  readonly turns: number;
  /** What it is about, the most telling first. */
  readonly topics: readonly string[];
  /** The words that name it. */
  readonly matter: string;
  /** What this person said and thought, and what the others said last: none of it should be said again. */
  readonly said: string;
}

export interface Hearing {
  readonly rehearsal: Rehearsal | undefined;
  readonly messages: readonly Message[];
  readonly reader: Reader;
  /** Who listens; "" when nobody in particular. */
  readonly name: string;
}

export function readConversation(hearing: Hearing): Conversation {
  const lines = linesOf(hearing);
  const last = lines.findLast((line) => !line.own);
  const prompt = lines.findLast((line) => line.outside) ?? last;
  const sincePrompt = prompt === undefined ? lines : lines.slice(lines.lastIndexOf(prompt) + 1);
  return {
    lines,
    last,
    prompt,
    answered: lines.length > 0 && lines.at(-1)?.own === true,
    turns: sincePrompt.filter((line) => line.own).length,
    ...topicsOf(lines, prompt?.text ?? lastUserText(hearing)),
    said: saidBefore(lines, hearing),
  };
}

/** How near to the first a topic must be to stand for it. */
const nearlyAsTelling = 0.75;

/** What the last prompt names for sure, else an earlier one, else whatever words there are. */
function topicsOf(lines: readonly Line[], about: string): Pick<Conversation, "topics" | "matter"> {
  const earlier = lines
    .filter((line) => line.outside)
    .toReversed()
    .slice(0, 6)
    .map((line) => line.text);
  for (const text of [about, ...earlier]) {
    const sure = weighedPhrases(text).filter((phrase) => phrase.weight >= strong);
    const least = (sure[0]?.weight ?? 0) * nearlyAsTelling;
    const topics = sure.filter(({ weight }) => weight >= least).slice(0, 6);
    if (topics.length > 0) return { topics: topics.map(({ words }) => words), matter: text };
  }
  const any = keyPhrases(about);
  return { topics: any.length > 0 ? any : keyPhrases(lines.map((line) => line.text).join("\n")), matter: about };
}

const remembered = 24;

function saidBefore(lines: readonly Line[], { messages, reader }: Hearing): string {
  const own = messages.filter((message) => message.role === "assistant").slice(-remembered);
  const others = lines.filter((line) => !line.own && !line.outside).slice(-remembered);
  const mine = lines.filter((line) => line.own);
  return [...own.map(reader.text), ...others.map((line) => line.text), ...mine.map((line) => line.text)].join("\n");
}

function linesOf(hearing: Hearing): Line[] {
  const { rehearsal, name } = hearing;
  const told = rehearsal?.heard ?? [];
  const others = rehearsal?.others ?? [];
  const heard: readonly Heard[] = told.length > 0 ? told : heardInMessages(hearing);
  const spoken = heard.filter((line) => line.text.trim() !== "" && !/^\{"/.test(line.text));
  return spoken.map((line) => {
    const from = /^\(?(?:someone|somebody|from outside)\)?$/.test(line.from) ? "" : line.from;
    const own = name !== "" && from === name;
    const stranger = !others.includes(from) && (others.length === 0 || /[?？؟]/.test(line.text));
    const asks = sentences(line.text).every((sentence) => /[?？؟]$/.test(sentence));
    return { ...line, from, own, outside: !own && (from === "" || stranger || asks) };
  });
}

interface Heard {
  readonly from: string;
  readonly text: string;
  readonly id?: string;
  readonly thought?: boolean;
}

const tagged = /<(conversation|social|visual|thought|goal|location|feedback)\b([^>]*)>([\s\S]*?)<\/\1>/g;

/** What the messages themselves say was said: tags, else a transcript's lines, else all of the last one. */
function heardInMessages(hearing: Hearing): Heard[] {
  const users = hearing.messages.filter((message) => message.role === "user").slice(-remembered);
  const texts = users.map(hearing.reader.text);
  const tags = texts.flatMap((text) =>
    [...text.matchAll(tagged)].map((match) => ({
      from: /from="([^"]*)"/.exec(match[2] ?? "")?.[1] ?? "",
      text: (match[3] ?? "").trim(),
    })),
  );
  if (tags.length > 0) return tags;
  const spoken = texts.flatMap(transcriptLines);
  if (spoken.length > 0) return spoken;
  const last = texts.findLast((text) => !text.includes("<now>"))?.trim();
  return last ? [{ from: "", text: last }] : [];
}

const line =
  /^\s*(?:\[([^\]\s]*#[^\]\s]*|\d+)\]\s*)?([\p{Lu}\p{Lo}][^\s:<>[\]]*(?: [^\s:<>[\]]+){0,3}?)(?: to [^:]{1,200})?( thinks)?: (\S.*)$/u;

/** The lines of a transcript in a text: `[world:room#3.0] Lisa to Oscar: Hello.`; a colon alone needs company. */
export function transcriptLines(text: string): Heard[] {
  const found = text.split("\n").flatMap((row): Heard[] => {
    const match = line.exec(row);
    const [, id, from, thinks, said] = match ?? [];
    if (from === undefined || said === undefined) return [];
    return [{ from, text: said, thought: thinks !== undefined, ...(id === undefined ? {} : { id }) }];
  });
  const named = found.filter((row) => row.id !== undefined);
  if (named.length > 0) return named;
  return found.length > 1 && new Set(found.map((row) => row.from)).size < found.length ? found : [];
}

function lastUserText({ messages, reader }: Hearing): string {
  const message = messages.findLast((one) => one.role === "user") ?? messages.at(-1);
  return message === undefined ? "" : reader.text(message);
}
