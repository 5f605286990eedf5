import type { Action, JournalEvent, LiveEvent } from "../../index.ts";
import type { Screen } from "../terminal/screen.ts";
import { createSpeech, type Speech } from "../terminal/speech.ts";
import { harmless } from "../terminal/text.ts";
import { actionLines, body, isShown, type Look, note, speaker, wordsWidth } from "./lines.ts";

type Speaking = Extract<LiveEvent, { type: "speaking" }>;
type Turn = Extract<JournalEvent, { type: "turn" }>;

/**
 * Where people are shown as they speak. One at a time has the stage, word by word; what others do meanwhile waits until
 * that one is done, so that no two voices mix. In a world's step the order is that of the world, whoever is quicker: a
 * turn waits for those before it who are at work. A committed turn is what counts: what was shown before it is
 * completed, or taken back where something else came of it.
 */
export interface Stage {
  speak(event: Speaking): void;
  /** What this person streamed so far does not stand. */
  restart(person: string): void;
  turn(event: Turn): void;
  /** Prints lines about what came of a person's turn, once that is shown. */
  follow(person: string, lines: readonly string[]): void;
  /** The person's turn came to nothing. */
  drop(person: string): void;
  /** A call of this person begins: what streams from now on belongs to a new answer. */
  begins(scope: string): void;
  /** These act in a step that begins, in this order. */
  enter(cast: readonly string[]): void;
  /** The world has taken up the turn of this person: all before it are over. */
  takeUp(person: string): void;
  /** The step of these people is over. */
  leave(cast: readonly string[]): void;
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

/** A line of a passage that may still be taken off the screen without a trace. */
interface Held {
  readonly passage: Passage;
  readonly line: string;
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
  /** Who may still be shown in the steps that are under way, in their order; by then with a turn that waits. */
  readonly #cast = new Map<string, Turn | undefined>();
  /** Who of them is known to be at work: others may have nothing to answer. */
  readonly #atWork = new Set<string>();
  /** What came of turns that wait to be shown. */
  readonly #followed = new Map<string, readonly string[]>();
  #waiting: (readonly string[])[] = [];
  #live: string | undefined;
  #current: { readonly passage: Passage; readonly speech: Speech } | undefined;
  #held: Held[] = [];
  /** The passages of the live one that stand in the scrollback, in full or in part. */
  readonly #printed = new Set<Passage>();

  constructor(screen: Screen, look: Look) {
    this.#screen = screen;
    this.#look = look;
  }

  begins(scope: string): void {
    const place = scope.split("/");
    for (const person of this.#settled) if (place.includes(`person:${person}`)) this.#settled.delete(person);
    for (const person of this.#cast.keys()) if (place.includes(`person:${person}`)) this.#atWork.add(person);
  }

  speak(event: Speaking): void {
    if (this.#settled.has(event.person)) return;
    const passages = this.#voices.get(event.person) ?? [];
    this.#voices.set(event.person, passages);
    const passage = passages.find(({ index }) => index === event.index) ?? passageOf(event);
    if (passages.includes(passage)) passage.text += event.text;
    else passages.push(passage);
    if (this.#live === undefined) this.#next();
    else if (this.#live === event.person) this.#show(passage, event.text);
  }

  restart(person: string): void {
    if (!this.#settled.has(person)) this.#takeBack(person);
  }

  drop(person: string): void {
    this.#cast.delete(person);
    this.#takeBack(person);
    if (this.#live === undefined) this.#next();
  }

  #takeBack(person: string): void {
    this.#voices.delete(person);
    if (this.#live !== person) return;
    if (this.#finish().length > 0) this.#screen.print(...note("(taken back)", this.#look));
    this.#leaveStage();
  }

  enter(cast: readonly string[]): void {
    for (const person of cast) {
      this.#cast.set(person, undefined);
      this.#atWork.delete(person);
    }
  }

  takeUp(person: string): void {
    const turn = this.#cast.get(person);
    this.#cast.delete(person);
    if (turn) this.say([...this.#blocks(turn, turn.actions), ...(this.#followed.get(person) ?? [])]);
    this.#followed.delete(person);
  }

  follow(person: string, lines: readonly string[]): void {
    if (this.#cast.get(person) === undefined) this.say(lines);
    else this.#followed.set(person, [...(this.#followed.get(person) ?? []), ...lines]);
  }

  leave(cast: readonly string[]): void {
    for (const person of cast) this.takeUp(person);
  }

  turn(event: Turn): void {
    const { person, actions } = event;
    this.#voices.delete(person);
    this.#settled.add(person);
    if (this.#live !== person) {
      if (this.#cast.has(person)) this.#cast.set(person, event);
      else this.say(this.#blocks(event, actions));
      if (this.#live === undefined) this.#next();
      return;
    }
    this.#cast.delete(person);
    const rest = remaining(actions, this.#finish());
    if (rest === undefined) this.#screen.print(...note("(taken back)", this.#look));
    this.#screen.print(...this.#blocks(event, rest ?? actions));
    this.#leaveStage();
  }

  say(lines: readonly string[]): void {
    if (this.#live === undefined) this.#screen.print(...lines);
    else this.#waiting.push(lines);
  }

  open(): string[] {
    return [...this.#held, ...this.#unfinished()].map(({ line }) => line);
  }

  end(): void {
    this.#voices.clear();
    if (this.#live !== undefined) this.drop(this.#live);
    this.leave([...this.#cast.keys()]);
  }

  #blocks({ name, stop, actions: all }: Turn, actions: readonly Action[]): string[] {
    const silent = stop === "repetition" && all.every(({ type }) => type === "DONE");
    if (silent) return note(`(${name} says nothing but what was said before)`, this.#look);
    return actions.flatMap((action) => actionLines(name, action, this.#look));
  }

  /** The next one who streams gets the stage, with all that was said so far; who has a turn before that is shown. */
  #next(): void {
    for (const [person, turn] of this.#cast) {
      if (turn) this.takeUp(person);
      else if (this.#perform(person)) return;
      else if (this.#atWork.has(person) || this.#voices.size === 0) break;
    }
    for (const person of this.#voices.keys()) if (!this.#cast.has(person) && this.#perform(person)) return;
  }

  /** Gives the stage to a person who has said something that is shown. */
  #perform(person: string): boolean {
    const shown = this.#voices.get(person)?.filter(({ type }) => isShown(type, this.#look)) ?? [];
    if (shown.length === 0) return false;
    this.#live = person;
    for (const passage of shown) this.#show(passage, passage.text);
    return true;
  }

  #show(passage: Passage, text: string): void {
    if (!isShown(passage.type, this.#look)) return;
    if (this.#current?.passage === passage) this.#hold(passage, this.#current.speech.add(text));
    else {
      this.#held.push(...this.#unfinished(), { passage, line: headOf(passage, this.#look) });
      const speech = createSpeech(wordsWidth(this.#look));
      this.#current = { passage, speech };
      this.#hold(passage, speech.add(passage.text));
    }
    // Few enough to be reached and redrawn even when a narrower terminal wraps each of them.
    const most = Math.max(2, Math.min(8, Math.floor(this.#screen.height / 3))) - this.#unfinished().length;
    for (const { passage: scrolling, line } of this.#held.splice(0, Math.max(0, this.#held.length - most))) {
      this.#printed.add(scrolling);
      this.#screen.print(line);
    }
  }

  #hold(passage: Passage, lines: readonly string[]): void {
    for (const line of lines) this.#held.push({ passage, line: body(line, passage.type, this.#look) });
  }

  /** The lines of the passage under way that may still change. */
  #unfinished(): Held[] {
    if (this.#current === undefined) return [];
    const { passage, speech } = this.#current;
    return speech.open().map((line) => ({ passage, line: body(line, passage.type, this.#look) }));
  }

  /** Prints the rest of what has begun to scroll, and lets the other held lines go; returns what stands printed. */
  #finish(): readonly Passage[] {
    const begun = [...this.#held, ...this.#unfinished()].filter(({ passage }) => this.#printed.has(passage));
    this.#screen.print(...begun.map(({ line }) => line));
    this.#held = [];
    this.#current = undefined;
    return [...this.#printed];
  }

  #leaveStage(): void {
    this.#live = undefined;
    this.#printed.clear();
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const lines of waiting) this.#screen.print(...lines);
    this.#next();
  }
}

const headOf = ({ name, type, target }: Passage, look: Look): string =>
  speaker(name, { type, ...(target && { target }) }, look);

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
