import type { Message, Rehearsal } from "../../../kernel/contracts/model.ts";
import { sentences } from "../../../kernel/language/stems.ts";
import type { Reader } from "../reading.ts";
import { phrasesIn } from "../speech/languages.ts";
import { recognised } from "../speech/listening/templates.ts";
import type { Texts } from "../texts.ts";
import { strong } from "./topics/key-phrases.ts";

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
  /** The last line of somebody else that says something: not that of a chair who only gives the floor. */
  readonly answering: Line | undefined;
  /** The last line from outside that is about something or asks, or the last question of another. */
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
  return new ReadConversation(hearing);
}

/** What it is about is looked for when somebody asks: whoever makes notes of pages reads no topics in them. */
class ReadConversation implements Conversation {
  readonly lines: readonly Line[];
  readonly last: Line | undefined;
  readonly #hearing: Hearing;
  #anonymous: ((text: string) => string) | undefined;
  readonly #named = new Map<string, readonly string[]>();
  #prompt: Line | undefined;
  #about: Pick<Conversation, "topics" | "matter"> | undefined;
  #said: string | undefined;

  constructor(hearing: Hearing) {
    this.#hearing = hearing;
    this.lines = linesOf(hearing);
    this.last = this.lines.findLast((line) => !line.own);
  }

  get answered(): boolean {
    return this.lines.length > 0 && this.lines.at(-1)?.own === true;
  }

  get answering(): Line | undefined {
    return this.lines.findLast((line) => !line.own && this.#says(line)) ?? this.last;
  }

  get prompt(): Line | undefined {
    this.#prompt ??=
      this.lines.findLast((line) => line.outside && this.#says(line)) ??
      this.lines.findLast(({ outside }) => outside) ??
      this.last;
    return this.#prompt;
  }

  get turns(): number {
    const { lines, prompt } = this;
    const from = prompt === undefined ? 0 : lines.lastIndexOf(prompt) + 1;
    return lines.reduce((sum, line, at) => sum + Number(at >= from && line.own), 0);
  }

  get topics(): readonly string[] {
    return this.#matter().topics;
  }

  get matter(): string {
    return this.#matter().matter;
  }

  get said(): string {
    this.#said ??= saidBefore(this.lines, this.#hearing);
    return this.#said;
  }

  #matter(): Pick<Conversation, "topics" | "matter"> {
    this.#about ??= topicsOf(this.lines, {
      prompt: this.prompt,
      given: () => lastUserText(this.#hearing),
      anonymous: (text) => this.#nameless(text),
      named: (text) => this.#namedIn(text),
      texts: this.#hearing.reader.texts,
    });
    return this.#about;
  }

  #says({ outside, text }: Line): boolean {
    return !outside || /[?？؟]/.test(text) || this.#namedIn(text).length > 0;
  }

  /** Within one call each text is read once, however long it is. */
  #namedIn(text: string): readonly string[] {
    const found = this.#named.get(text) ?? sureTopics(this.#nameless(text), this.#hearing.reader.texts);
    this.#named.set(text, found);
    return found;
  }

  #nameless(text: string): string {
    const { name, rehearsal } = this.#hearing;
    this.#anonymous ??= withoutNames([name, ...(rehearsal?.others ?? []), ...this.lines.map(({ from }) => from)]);
    return this.#anonymous(text);
  }
}

/** How near to the first a topic must be to stand for it. */
const nearlyAsTelling = 0.75;

interface Matter {
  readonly prompt: Line | undefined;
  /** What the messages say where nothing was said by anybody. */
  readonly given: () => string;
  readonly anonymous: (text: string) => string;
  /** What a text names for sure. */
  readonly named: (text: string) => readonly string[];
  readonly texts: Texts;
}

const promptsRead = 30;
const mostTopics = 6;

/**
 * What the last prompt names for sure, else an earlier one, else what people themselves brought up first; where nothing
 * was said, whatever words there are. Who takes part is no topic.
 */
function topicsOf(
  lines: readonly Line[],
  { prompt, given, anonymous, named, texts }: Matter,
): Pick<Conversation, "topics" | "matter"> {
  const asked = lines.filter((line) => line.outside).toReversed();
  const told = [
    ...(prompt?.outside ? [prompt] : []),
    ...asked.slice(0, promptsRead),
    ...lines.filter((line) => !line.outside),
  ];
  for (const { from, text } of prompt === undefined ? [{ from: "", text: given() }] : told) {
    const isVoice = from === "" || isRole(from);
    const topics = named(isVoice ? text : inOwnWords(text, texts));
    if (topics.length > 0) return { topics, matter: text };
  }
  const about = prompt?.outside ? prompt.text : prompt === undefined ? given() : "";
  const phrases = texts.phrases(anonymous(about)).slice(0, mostTopics);
  return { topics: phrases.map(({ words }) => words), matter: about };
}

/** What a text names for sure, the most telling first. */
function sureTopics(text: string, texts: Texts): string[] {
  const sure = texts.phrases(text).filter((phrase) => phrase.weight >= strong);
  const least = (sure[0]?.weight ?? 0) * nearlyAsTelling;
  return sure.flatMap(({ words, weight }) => (weight >= least ? [words] : [])).slice(0, mostTopics);
}

/** What of a text is none of the phrases that everybody here uses, or proposes something. */
function inOwnWords(text: string, texts: Texts): string {
  const phrases = phrasesIn[texts.language(text) ?? "en"];
  const own = sentences(text).filter((sentence) => {
    const kind = recognised(sentence, phrases)?.kind;
    return kind === undefined || kind === "propose";
  });
  return own.join("\n");
}

/** Takes names out of texts: the words of a person's, and what a role is called as a whole. */
function withoutNames(names: readonly string[]): (text: string) => string {
  const each = [...new Set(names)];
  const words = each.flatMap((name) => (isRole(name) ? [name] : name.split(/\s+/u))).filter((word) => word.length > 1);
  const known = [...new Set(words)].map((word) => word.replace(/[^\p{L}\p{N}\s]/gu, "."));
  if (known.length === 0) return (text) => text;
  const parted = known.map((word) => ({ word, parts: word.split(".") }));
  return (text) => {
    // Most texts name nobody here, and the others few: a pattern of all names takes far longer to make than to read them.
    const here = parted.filter(({ parts }) => parts.every((part) => text.includes(part))).map(({ word }) => word);
    if (here.length === 0) return text;
    return text.replace(new RegExp(`(?<!\\p{L})(?:${here.join("|")})(?:['’]s)?(?![a-zà-ÿ])`, "gu"), ";");
  };
}

/** “The chair” is called so for what they do here. */
const isRole = (name: string): boolean => /^(?:the|der|die|das|le|la|les|el)\s/iu.test(name);

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
    const isNew = !others.includes(from);
    const stranger = isNew && (others.length === 0 || isRole(from) || /[?？؟]/.test(line.text));
    return { ...line, from, own, outside: !own && (from === "" || stranger || onlyAsks(line.text)) };
  });
}

/** What asks nothing and has a word, such as a long page, need not be parted into sentences. */
function onlyAsks(text: string): boolean {
  if (!/[?？؟]/.test(text) && /[^\s.!。！]{2}/.test(text)) return false;
  return sentences(text).every((sentence) => /[?？؟]$/.test(sentence));
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
