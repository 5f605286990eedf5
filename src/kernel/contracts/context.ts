import type { Clock } from "../values/clock.ts";
import type { ApprovalQuestion } from "../values/errors.ts";
import type { RunId } from "../values/ids.ts";
import type { Random } from "../values/random.ts";
import type { Embedder, Vectors } from "./embedder.ts";
import type { Listener, TranscriptEntry } from "./events.ts";
import type { Journal } from "./journal.ts";
import type { Model } from "./model.ts";
import type { Revisions } from "./told/revisions.ts";

/** Everything that lives gets one; nothing is global. */
export interface Context {
  readonly run: RunId;
  /** The place in the run: `person:lisa`, `world:room`. */
  readonly scope: string;
  readonly random: Random;
  readonly clock: Clock;
  readonly models: Models;
  readonly vectors: Vectors;
  readonly shelf: Shelf;
  readonly dormitory: Dormitory;
  readonly journal: Journal;
  /** Aborted when the run stops: nothing new begins. */
  readonly signal: AbortSignal;
  /** Aborted when the run is cut off, too: until then what is on its way may come home. */
  readonly cutOff: AbortSignal;
  /**
   * Asks whoever runs the simulation whether an effect may happen. Where nobody has answered, the run stops, to go on
   * when it is opened again with an answer: throws APPROVAL_NEEDED.
   */
  approve(question: ApprovalQuestion): Promise<boolean>;
  /** Effects are simulated, whatever their policy says: all, or those on the real world that were not done before. */
  readonly simulating: boolean | "real world";
  /**
   * The run has come to a place of its own: `room/3`, before the third step of a world, or a checkpoint. Waits until those
   * who watch for it let it go on.
   */
  readonly arriveAt: (place: string) => Promise<void>;
  readonly revisions: Revisions;
  readonly outside: Outside;
  /** Shows a live event to those who watch the run. */
  readonly watch: Listener;
  /** Somebody is watching words as they are produced: calls stream only then. */
  readonly streaming: boolean;
  /** A part with its own dice and its own place in the journal. */
  fork(name: string): Context;
  /** A fork for one of many of a kind, numbered from 1 in the order of the calls: `story:1`, `story:2`. */
  forkNext(kind: string): Context;
  /**
   * A fork for a question, by its digest: `extract:3fa9c1e2d4b6`, and `extract:3fa9c1e2d4b6:2` where the same is asked
   * again. What else is asked, before or meanwhile, does not move it, so that what was paid for is found again.
   */
  forkAsking(kind: string, question: unknown): Context;
}

/** The models of a run. */
export interface Models {
  readonly actor: Model;
  readonly judge: Model;
  readonly embedder: Embedder;
  /**
   * One that the run was opened with by name, as in `models: { cheap: "openai/gpt-5-nano" }`; `actor` and `judge` name
   * themselves. MODEL_UNKNOWN for any other.
   */
  named(name: string): Model;
}

/** The world outside of the run. */
export interface Outside {
  /** A variable of the environment, as the project settles it: where the keys of services are. Never to be kept or shown. */
  variable(name: string): string | undefined;
  /** Goes through the proxy that the environment names, as models do, and ends with the run; redirections stay within their origin. */
  readonly fetch: typeof globalThis.fetch;
}

/**
 * Room in memory, bounded over the whole run, for what can be read again from the journal: what was used longest ago
 * gives way.
 */
export interface Shelf {
  /** A place of one's own, empty at first. */
  place<T>(): Place<T>;
}

/** Holds one thing as long as there is room for it. */
export interface Place<T> {
  /** What was put there last, unless it had to give way. */
  take(): T | undefined;
  put(value: T, bytes: number): void;
}

/**
 * Room in memory, bounded over the whole run, for what people hold between their turns: what was used longest ago is put
 * aside in the store, and taken up again, just as it was, when it is used.
 */
export interface Dormitory {
  bed(sleeper: Sleeper): Bed;
}

/** Holds something that can be put aside as data. */
export interface Sleeper {
  /**
   * Lets go of all of it, and gives it as plain data, in which the same object may stand in several places; undefined
   * where nothing has changed since it was last taken up.
   */
  putAside(): unknown;
  takeUp(kept: unknown): void;
}

/** One's place among those who may have to put something aside. */
export interface Bed {
  /** Takes up what was put aside, and counts as a use. */
  wake(): void;
  /** Brings about so many bytes that nobody has used yet: where others have taken the room, they are put aside at once. */
  brings(bytes: number): void;
  /** What is held takes about so many bytes from now on. */
  holds(bytes: number): void;
  /** What is held is put aside no more. */
  stays(): void;
  /** Nothing is put aside before the job has ended. */
  during<T>(job: () => Promise<T>): Promise<T>;
}

/** A stored run that is read about, and what it is among several: an arm with a seed. */
export interface Source {
  readonly run: RunId;
  readonly arm?: string;
  readonly seed?: string;
}

/** What can be asked for results: a person or a world. */
export interface Subject {
  /** What tells them from others of their name in the same run: `lisa`, `lisa/interview`, `focus-group`. Default: the name. */
  readonly id?: string;
  readonly name: string;
  /** Of which stored run, where it is not the one that asks. */
  readonly source?: Source;
  readonly context: Context;
  /** What happened, once each, in order. */
  transcript(): readonly TranscriptEntry[];
}
