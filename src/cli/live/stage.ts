import type { Action, JournalEvent, LiveEvent } from "../../index.ts";
import type { Screen } from "../terminal/screen.ts";
import { createSpeech, type Speech } from "../terminal/speech.ts";
import { harmless } from "../terminal/text.ts";
import { actionLines, body, isShown, type Look, note, speaker, wordsWidth } from "./lines.ts";

type Speaking = Extract<LiveEvent, { type: "speaking" }>;
type Turn = Extract<JournalEvent, { type: "turn" }>;

/**
 * Where people are shown as they speak. One at a time has the stage, word by word; what others do meanwhile waits until
 * that one is done, so that no two voices mix. A committed turn is what counts: what was shown before it is completed,
 * or taken back where something else came of it.
 */
export interface Stage {
  speak(event: Speaking): void;
  /** What this person streamed so far does not stand. */
  restart(person: string): void;
  turn(event: Turn): void;
  /** The person's turn came to nothing. */
  drop(person: string): void;
  /** A call of this person begins: what streams from now on belongs to a new answer. */
  begins(scope: string): void;
  /** Prints lines as soon as nobody is in the middle of a sentence. */
  say(lines: readonly string[]): void;
  /** The lines of the one who is speaking that may still change. */
  open(): string[];
  /** Prints all that waits. */
  end(): void;
}

/** One action as far as it was streamed. */
interface Passage {
  readonly index: number;
  readonly name: string;
  readonly type: string;
  readonly target?: string;
  text: string;
}

/** The passage that is on the screen now. */
interface Current {
  readonly person: string;
  readonly passage: Passage;
  readonly speech: Speech;
  headed: boolean;
}

export function createStage(screen: Screen, look: Look): Stage {
  return new LiveStage(screen, look);
}

class LiveStage implements Stage {
  readonly #screen: Screen;
  readonly #look: Look;
  /** What each one streamed in the turn that is under way, in the order in which they began. */
  readonly #voices = new Map<string, Passage[]>();
  /** Whose turn is committed: what still streams of it says nothing new. */
  readonly #settled = new Set<string>();
  #waiting: (readonly string[])[] = [];
  #live: string | undefined;
  #current: Current | undefined;
  /** The passages of the live one that stand in the scrollback, in full or in part. */
  #printed: Passage[] = [];

  constructor(screen: Screen, look: Look) {
    this.#screen = screen;
    this.#look = look;
  }

  begins(scope: string): void {
    const place = scope.split("/");
    for (const person of this.#settled) if (place.includes(`person:${person}`)) this.#settled.delete(person);
  }

  speak(event: Speaking): void {
    if (this.#settled.has(event.person)) return;
    const passages = this.#voices.get(event.person) ?? [];
    this.#voices.set(event.person, passages);
    const known = passages.find((passage) => passage.index === event.index);
    if (known) known.text += event.text;
    else passages.push(passageOf(event));
    if (this.#live === undefined) this.#next();
    else if (this.#live === event.person) this.#show(event, event.text);
  }

  restart(person: string): void {
    if (this.#settled.has(person)) return;
    this.drop(person);
  }

  drop(person: string): void {
    this.#voices.delete(person);
    if (this.#live !== person) return;
    // What still can be redrawn just goes away; only what scrolled past needs a word.
    const scrolledPast = this.#printed.length > 0;
    this.#finishPassage();
    if (scrolledPast) this.#screen.print(...note("(taken back)", this.#look));
    this.#leave();
  }

  turn(event: Turn): void {
    const { person, name } = event;
    this.#voices.delete(person);
    this.#settled.add(person);
    if (this.#live !== person) {
      this.say(this.#blocks(name, event.actions));
      return;
    }
    this.#finishPassage();
    const rest = remaining(event.actions, this.#printed);
    if (rest === undefined) this.#screen.print(...note("(taken back; instead:)", this.#look));
    this.#screen.print(...this.#blocks(name, rest ?? event.actions));
    this.#leave();
  }

  say(lines: readonly string[]): void {
    if (lines.length === 0) return;
    if (this.#live === undefined) this.#screen.print(...lines);
    else this.#waiting.push(lines);
  }

  open(): string[] {
    const current = this.#current;
    if (current === undefined) return [];
    const lines = current.speech.open().map((line) => body(line, current.passage.type, this.#look));
    return current.headed ? lines : [this.#head(current.passage), ...lines];
  }

  end(): void {
    this.#voices.clear();
    if (this.#live !== undefined) this.drop(this.#live);
  }

  #blocks(name: string, actions: readonly Action[]): string[] {
    return actions.flatMap((action) => actionLines(name, action, this.#look));
  }

  /** The next one who streams gets the stage, with all that was said so far. */
  #next(): void {
    for (const [person, passages] of this.#voices) {
      if (!passages.some((passage) => isShown(passage.type, this.#look))) continue;
      this.#live = person;
      for (const passage of passages) this.#show({ ...passage, person, action: passage.type }, passage.text);
      return;
    }
  }

  #show(event: Pick<Speaking, "person" | "action" | "index">, text: string): void {
    if (!isShown(event.action, this.#look)) return;
    if (this.#current?.passage.index === event.index) {
      this.#print(this.#current, this.#current.speech.add(text));
      return;
    }
    const passage = this.#voices.get(event.person)?.find(({ index }) => index === event.index);
    if (passage === undefined) return;
    if (this.#current) this.#print(this.#current, this.#current.speech.open());
    const speech = createSpeech(wordsWidth(this.#look), Math.max(2, Math.min(10, this.#screen.height - 6)));
    this.#current = { person: event.person, passage, speech, headed: false };
    this.#print(this.#current, speech.add(passage.text));
  }

  #print(current: Current, lines: readonly string[]): void {
    if (lines.length === 0) return;
    if (!current.headed) {
      this.#screen.print(this.#head(current.passage));
      this.#printed.push(current.passage);
      current.headed = true;
    }
    this.#screen.print(...lines.map((line) => body(line, current.passage.type, this.#look)));
  }

  /** Prints the rest of a passage that has begun to scroll; one that has not just goes away. */
  #finishPassage(): void {
    if (this.#current?.headed) this.#print(this.#current, this.#current.speech.open());
    this.#current = undefined;
  }

  #leave(): void {
    this.#live = undefined;
    this.#current = undefined;
    this.#printed = [];
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const lines of waiting) this.#screen.print(...lines);
    this.#next();
  }

  #head({ name, type, target }: Passage): string {
    return speaker(name, { type, ...(target && { target }) }, this.#look);
  }
}

function passageOf({ index, name, action, target, text }: Speaking): Passage {
  return { index, name, type: action, ...(target && { target }), text };
}

/** The actions that were not shown yet; undefined when something else was shown than what was done. */
function remaining(actions: readonly Action[], shown: readonly Passage[]): readonly Action[] | undefined {
  const left = [...actions];
  for (const passage of shown) {
    const index = left.findIndex(
      (action) => action.type === passage.type && harmless(action.content ?? "") === harmless(passage.text),
    );
    if (index === -1) return undefined;
    left.splice(index, 1);
  }
  return left;
}
