import type { ErrorRecord } from "../values/errors.ts";
import type { Digest } from "../values/hash.ts";
import type { RunId } from "../values/ids.ts";
import type { EffectBegun, EffectDone, EventBody, EventType, JournalEvent } from "./events.ts";
import type { Purpose, Usage } from "./model.ts";

/**
 * The place of one scope in a run's journal. Each scope has one writer and its own count,
 * so that an event's id does not depend on who else was faster.
 */
export interface Journal {
  readonly run: RunId;
  readonly scope: string;
  /**
   * Appends an event to this scope, in memory at once and durable soon after (see `settle`), and shows it to those
   * who watch. When the run is opened again and the stored event in this place is the same, nothing is written.
   * Throws `STORE_FAILED` or `STORE_LOCKED` once a write of this run has failed, and `CLOSED` after the run's end.
   */
  record<B extends EventBody>(body: B): JournalEvent<B>;
  /** Waits until all that was recorded so far in the whole run is durable. */
  settle(): Promise<void>;
  /** What this scope recorded since the run was opened, read back from the store, oldest first; of these types alone, where given. */
  told(types?: readonly EventType[]): AsyncIterable<JournalEvent>;
  /** A scope below this one: `person:lisa` from the root, `world:room/story` from `world:room`. */
  fork(name: string): Journal;
  /** The finished model calls of the run. */
  readonly calls: CallLog;
  readonly vectors: VectorLog;
  /** What earlier openings of the run did. */
  readonly effects: EffectLog;
}

/** Vectors that outlive the process, by a digest of what they are of. */
export interface VectorLog {
  find(digests: readonly Digest[]): Promise<ReadonlyMap<Digest, Float32Array>>;
  /** Durable no later than any call that is appended after it; nobody waits for it. */
  keep(vectors: ReadonlyMap<Digest, Float32Array>): void;
}

/** The effects of earlier openings of a run, in whichever of its stories they were: what is done stays done. */
export interface EffectLog {
  /** By its id; undefined for one that no earlier opening came to. */
  find(effect: string): Promise<EarlierEffect | undefined>;
}

/** How far an effect came: begun alone means that nobody knows. What was only simulated does not count. */
export interface EarlierEffect {
  readonly begun?: EffectBegun;
  readonly done?: EffectDone;
}

/** Finished model calls, found again by what was asked. */
export interface CallLog {
  /** The n-th finished call (from 0) of this scope with this key; of several, the latest. */
  find(scope: string, key: Digest, occurrence: number): Promise<CallRecord | undefined>;
  /** The call that stood in this place when the run was last played, whatever its key. */
  at(scope: string, ordinal: number): Promise<CallRecord | undefined>;
  /**
   * Durable when resolved; an answer by rules, which costs nothing to have again, soon after, and no later than what is
   * recorded after it. Message bodies and schemas are stored once each, by digest.
   */
  append(call: CallRecord, bodies: CallBodies): Promise<void>;
  /** Keeps an attempt, durable no later than any call that is appended after it; nobody waits for it. */
  attempted(attempt: AttemptRecord): void;
  /** The chain of message digests of a stored call, oldest first, to show where a prompt changed. */
  chain(head: Digest): Promise<readonly ChainLink[]>;
  /** A stored message or schema. */
  text(digest: Digest): Promise<string | undefined>;
}

/** One call to a model as the journal keeps it; its answer serves the same question again. */
export interface CallRecord {
  readonly scope: string;
  /** The how-manieth call of its scope. */
  readonly ordinal: number;
  /** Digest over model, messages, schema and parameters. */
  readonly key: Digest;
  /** The how-manieth call with this key in its scope. */
  readonly occurrence: number;
  readonly model: string;
  readonly purpose: Purpose;
  /** The step of a world in which it was asked. */
  readonly step?: string;
  /** What the program called it. */
  readonly label?: string;
  /** Last link of the chain of messages. */
  readonly head: Digest;
  readonly schema: Digest;
  readonly parameters: string;
  /** The answer; `null` when it was none, and then `error` says why. */
  readonly value: unknown;
  /** An answer that was paid for and could not be used: refused, cut off, malformed. */
  readonly error?: ErrorRecord;
  readonly usage: Usage;
  readonly heuristic?: true;
  /** Wall-clock time of the answer, ISO 8601, and how long it took. */
  readonly at: string;
  readonly durationMs: number;
}

/**
 * One attempt to get an answer, failed or not, as it was made and paid for: what a run cost is the sum of its attempts.
 * It is kept when it ends, so that of those in flight when a process is killed nothing is known.
 * A call is answered after one or more of them, or never.
 */
export interface AttemptRecord {
  readonly scope: string;
  readonly purpose: Purpose;
  readonly step?: string;
  readonly label?: string;
  readonly model: string;
  /** Absent when nobody can know, as after a time-out, or of a server that counts nothing. */
  readonly usage?: Usage;
  /** The most that an attempt without `usage` can have used: a budget counts it in full. */
  readonly atMost?: Usage;
  /** Why it brought no answer. */
  readonly failure?: ErrorRecord["code"];
  /** Wall-clock time of its end, ISO 8601. */
  readonly at: string;
}

/** One message of a prompt: `link` is the digest over everything up to and with this message. */
export interface ChainLink {
  readonly link: Digest;
  readonly previous: Digest;
  readonly body: Digest;
}

/** What a call refers to by digest, as far as it is new to the run. */
export interface CallBodies {
  readonly links: readonly ChainLink[];
  /** Canonical JSON of each message or schema, by its digest. */
  readonly texts: ReadonlyMap<Digest, string>;
}
