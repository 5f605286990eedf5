import type { Context, Subject } from "../../kernel/contracts/context.ts";
import type { TranscriptEntry } from "../../kernel/contracts/events.ts";
import type { Message } from "../../kernel/contracts/model.ts";
import type { StoryBeat } from "../../kernel/contracts/told/story.ts";
import { checkKeys, type KeysOf } from "../../kernel/text/known-keys.ts";
import { TinyTroupeError } from "../../kernel/values/errors.ts";
import { type Narration, narrate } from "./narrate.ts";
import { storyMarkdown } from "./story-markdown.ts";
import { framingMessage, wishMessage } from "./story-prompt.ts";

export type { StoryBeat } from "../../kernel/contracts/told/story.ts";

/** Of whom a story is told: a world, a person, or anything else with a transcript. */
export interface StorySubject extends Subject {
  /** Who is there; the subject itself unless told. */
  readonly people?: readonly { readonly name: string }[];
  /** Has everybody perceive that something happens. */
  narrate?(event: string): unknown;
}

/** What a story is for, and what is read for it. */
export interface StoryOptions {
  /** Default: to be as realistic as possible. */
  readonly purpose?: string;
  /** What holds beside what happened. */
  readonly context?: string;
  /** Who belongs to it beside those who are there or were heard of, by full name. */
  readonly people?: readonly string[];
  /** Of what happened before the story began, read the last so many entries alone. Default: all. */
  readonly last?: number;
}

/** What is to be told next. */
export interface TellOptions {
  /** Most words of all texts together. Default 100. */
  readonly words?: number;
  /** What has to be in it; it goes before all other rules. */
  readonly requirements?: string;
  /** Something unexpected happens. */
  readonly plotTwist?: boolean;
  /** Everybody in the world perceives the beats as things that happen. Default: nobody learns of them. */
  readonly broadcast?: boolean;
  readonly signal?: AbortSignal;
}

const known: KeysOf<StoryOptions> = { purpose: true, context: true, people: true, last: true };
const knownOfTelling: KeysOf<TellOptions> = {
  ...{ words: true, requirements: true, plotTwist: true, broadcast: true, signal: true },
};

/**
 * A story that a model tells of a world or a person, in beats that say who is in them and on what they rest. It keeps
 * what it told and goes on from there; each thing that happened is read once. Nothing in the world changes unless a
 * beat is broadcast. Recorded as `story-told`.
 * @example
 * const story = new TinyStory(room, { purpose: "To warn of what may go wrong." });
 * await story.startStory({ words: 80, requirements: "It is the evening before the launch." });
 * await story.continueStory({ plotTwist: true });
 */
export class TinyStory {
  readonly #subject: StorySubject;
  readonly #options: StoryOptions;
  readonly #context: Context;
  readonly #beats: StoryBeat[] = [];
  /** What was read so far, and what of the transcript need not be read. */
  #entries: readonly TranscriptEntry[] = [];
  readonly #known = new Set<string>();
  /** Of whom the narrator was told. */
  readonly #people = new Set<string>();
  #messages: readonly Message[];
  #telling: Promise<unknown> = Promise.resolve();

  /** Throws OPTION_INVALID for a number of entries that is none. */
  constructor(subject: StorySubject, options: StoryOptions = {}) {
    checkKeys(options, known, "the options of a story");
    checkCount("last", options.last ?? 1);
    this.#subject = subject;
    this.#options = options;
    this.#context = subject.context.forkNext("story");
    const { purpose = "to be as realistic as possible", context } = options;
    this.#messages = [framingMessage({ subject: subject.name, purpose, ...(context !== undefined && { context }) })];
  }

  /** All that was told, oldest first. */
  get beats(): readonly StoryBeat[] {
    return this.#beats;
  }

  /**
   * Begins the story, in one call to the model; a second, where the first answer names people or entries that do not
   * exist or is too long. What is too long even then ends with a sentence, and a warning says so; what names what does
   * not exist is refused: MODEL_INVALID. Throws OPTION_INVALID for a story that has begun, and the model's errors. Of
   * what failed nothing stays.
   */
  startStory(options: TellOptions = {}): Promise<readonly StoryBeat[]> {
    return this.#inTurn(() => {
      if (this.#beats.length > 0) throw hasBegun(this.#subject.name);
      return this.#tell(options, true);
    });
  }

  /** Goes on from what was told and what has happened since. Errors as `startStory`. */
  continueStory(options: TellOptions = {}): Promise<readonly StoryBeat[]> {
    return this.#inTurn(() => this.#tell(options, false));
  }

  /** Everybody in the world perceives this beat as something that happens. OPTION_INVALID where there is no world. */
  broadcast({ text }: Pick<StoryBeat, "text">): this {
    const subject = this.#subject;
    if (subject.narrate === undefined) throw noWorld(subject.name);
    const before = new Set(subject.transcript().map(({ id }) => id));
    subject.narrate(text);
    // The story knows its own words: they are not read again as something that happened.
    for (const { id } of subject.transcript()) if (!before.has(id)) this.#known.add(id);
    return this;
  }

  /** The whole story as a text, marked as simulated. */
  toMarkdown(): string {
    return storyMarkdown(this.#subject.name, this.#beats);
  }

  /** Tellings wait for each other, in the order of the calls. */
  #inTurn<T>(tell: () => Promise<T>): Promise<T> {
    const told = this.#telling.then(tell);
    this.#telling = told.catch(() => undefined); // whoever asked for it hears of the failure
    return told;
  }

  async #tell(options: TellOptions, begins: boolean): Promise<readonly StoryBeat[]> {
    checkKeys(options, knownOfTelling, "how a story is told");
    const { words = 100, broadcast = false, signal } = options;
    checkCount("words", words);
    if (broadcast && this.#subject.narrate === undefined) throw noWorld(this.#subject.name);
    const fresh = this.#subject.transcript().filter(({ id }) => !this.#known.has(id));
    const omitted = this.#beats.length > 0 ? 0 : Math.max(0, fresh.length - (this.#options.last ?? fresh.length));
    const entries = [...this.#entries, ...fresh.slice(omitted)];
    const people = this.#peopleIn(entries);
    const newcomers = people.filter((name) => !this.#people.has(name));
    const stretch = { entries: fresh.slice(omitted), first: this.#entries.length + 1, omitted };
    const messages = [...this.#messages, wishMessage(stretch, { ...options, words, begins, newcomers })];
    const narration = await narrate(this.#context, { messages, entries, people, words, ...(signal && { signal }) });
    for (const name of newcomers) this.#people.add(name);
    for (const { id } of fresh) this.#known.add(id);
    this.#entries = entries;
    this.#messages = [...messages, narration.message];
    const told = this.#keep(narration);
    if (broadcast) for (const beat of told) this.broadcast(beat);
    return told;
  }

  #keep({ beats, warnings, heuristic }: Narration): readonly StoryBeat[] {
    const event = this.#context.journal.record({
      type: "story-told",
      subject: this.#subject.name,
      beats,
      ...(warnings.length > 0 && { warnings }),
      ...(heuristic && { heuristic }),
    });
    const told = beats.map((beat, place) => ({ id: `${event.id}.${place}`, ...beat }));
    this.#beats.push(...told);
    return told;
  }

  /** Everybody who may be in it: those who are there, who were heard or spoken to, and who were named. */
  #peopleIn(entries: readonly TranscriptEntry[]): readonly string[] {
    const { people = [this.#subject], name } = this.#subject;
    const heard = entries.flatMap(({ from, to }) => [...(from === undefined ? [] : [from]), ...to]);
    const there = people.map((person) => person.name);
    return [...new Set([...there, ...heard, ...(this.#options.people ?? [])])].filter(
      (one) => one !== name || there.includes(one),
    );
  }
}

function checkCount(option: string, value: number): void {
  if (Number.isSafeInteger(value) && value > 0) return;
  throw new TinyTroupeError(
    "OPTION_INVALID",
    `'${value}' is no number of ${option === "last" ? "entries" : "words"}.`,
    {
      data: { option, value },
      hint: "Give a whole number from 1.",
    },
  );
}

function hasBegun(name: string): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError("OPTION_INVALID", `The story of ${name} has begun.`, {
    data: { option: "startStory", value: name },
    hint: "Go on with continueStory, or begin another: new TinyStory(…).",
  });
}

function noWorld(name: string): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError("OPTION_INVALID", `A story of ${name} alone is broadcast to nobody.`, {
    data: { option: "broadcast", value: name },
    hint: "Tell the story of a world, or give its words to people yourself: person.think(beat.text).",
  });
}
