import type { Digest } from "../values/hash.ts";
import type { RunId } from "../values/ids.ts";
import type { AttemptRecord, CallBodies, CallRecord, ChainLink } from "./journal.ts";

/**
 * Where runs are kept. Drivers: memory, SQLite, later PostgreSQL; one contract suite holds them all.
 * Every promise of a write resolves when the write is durable.
 */
export interface Store extends RunStore, EventStore, CallStore, AttemptStore, VectorStore {
  /** A file's path or a URL without secrets. */
  readonly location: string;
  /** Room outside of memory; where a store has none, all that people hold stays in memory. */
  aside?(): Aside;
  close(): Promise<void>;
}

/**
 * Bytes by number that are part of no run: nobody else sees them, and they are gone when the store is closed. It answers at
 * once, so that what stands in it can be used like what stands in memory.
 */
export interface Aside {
  put(place: number, bytes: Uint8Array): void;
  get(place: number): Uint8Array | undefined;
}

/** The list of runs, and whose each is. */
export interface RunStore {
  /**
   * Takes a run for oneself until it is released or its holder's process dies, however it dies.
   * Throws `RUN_BUSY` when another holds it.
   */
  own(run: RunId): Promise<Ownership>;
  putRun(run: RunRecord): Promise<void>;
  getRun(id: RunId): Promise<RunRecord | undefined>;
  listRuns(query?: RunQuery): Promise<readonly RunRecord[]>;
  /** How many runs there are; pages do not count. */
  countRuns(query?: Omit<RunQuery, "limit" | "offset" | "order">): Promise<number>;
  /** Which of these runs somebody holds right now; asking keeps nobody from taking one. */
  heldRuns(ids: readonly RunId[]): Promise<ReadonlySet<RunId>>;
  /**
   * Removes runs, and every text and vector that no other run needs. Throws `RUN_BUSY`, and removes none, while one of them is
   * being played, and `RUN_NEEDED` while a run that stays is a fork of one of them. A store may remove many in portions: whoever begins to play one meanwhile keeps it and those after it.
   */
  removeRun(...ids: readonly RunId[]): Promise<void>;
}

/** What runs told. */
export interface EventStore {
  /**
   * Appends rows, all or none; the store gives each its `sequence`, which grows by 1 within a run.
   * `texts` are what the rows refer to by digest (pictures, as base64); each is stored once.
   */
  appendEvents(run: RunId, rows: readonly NewEventRow[], texts?: ReadonlyMap<Digest, string>): Promise<void>;
  /** Rows in the order of their sequence, the superseded ones too. */
  readEvents(run: RunId, query?: EventQuery): AsyncIterable<EventRow>;
}

/** What models answered, and the texts that calls and events refer to by digest. */
export interface CallStore {
  putCall(run: RunId, call: CallRecord, bodies: CallBodies): Promise<void>;
  /** The latest with this key and occurrence. */
  findCall(run: RunId, asked: Pick<CallRecord, "scope" | "key" | "occurrence">): Promise<CallRecord | undefined>;
  /** The latest in this place. */
  callAt(run: RunId, scope: string, ordinal: number): Promise<CallRecord | undefined>;
  /** In the order in which they became durable. */
  listCalls(run: RunId): AsyncIterable<CallRecord>;
  /** Oldest first. */
  chain(head: Digest): Promise<readonly ChainLink[]>;
  text(digest: Digest): Promise<string | undefined>;
}

/** What was paid for. */
export interface AttemptStore {
  putAttempt(run: RunId, attempt: AttemptRecord): Promise<void>;
  /** In the order in which they became durable; those that came before a call are durable with it. */
  listAttempts(run: RunId): AsyncIterable<AttemptRecord>;
}

/** Vectors by a digest of what they are of: each is kept once, as long as a run stands that needs it. */
export interface VectorStore {
  /** What stands under a digest stays as it is. */
  putVectors(run: RunId, vectors: ReadonlyMap<Digest, Float32Array>): Promise<void>;
  /** Those that are known, whichever run brought them; from here on this run needs them, too. Without a run it only looks. */
  findVectors(run: RunId | undefined, digests: readonly Digest[]): Promise<ReadonlyMap<Digest, Float32Array>>;
}

/** The right to write to a run, until it is released. */
export interface Ownership {
  release(): Promise<void>;
}

/** A run as the store lists it. */
export interface RunRecord {
  readonly id: RunId;
  readonly name: string;
  readonly seed: string;
  readonly model: string;
  readonly status: "running" | "finished" | "stopped" | "failed";
  readonly createdAt: string;
  readonly updatedAt: string;
  /** How often it was opened. */
  readonly takes: number;
  /** What answered was no language model, at least in part. */
  readonly heuristic?: true;
  /** The run that this one is a fork of. */
  readonly parent?: Parent;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** Where a fork comes from. Nothing of it is copied: its story is its parent's up to where they part. */
export interface Parent {
  readonly run: RunId;
  /** The place at which the fork was meant to part from it: `room/3`, or the label of a checkpoint. */
  readonly at?: string;
  /** The last row of the parent when the fork was first opened: what it told later is no part of the fork. */
  readonly upTo: number;
}

/** Which runs to list; the newest come first. Beginnings and parts are compared as they are written. */
export interface RunQuery {
  readonly name?: string;
  readonly status?: RunRecord["status"];
  readonly nameStart?: string;
  readonly modelStart?: string;
  readonly idStart?: string;
  readonly idPart?: string;
  /** Forks of this run. */
  readonly parent?: RunId;
  /** Played at this moment or later, as `updatedAt` writes it. */
  readonly since?: string;
  /** Last played before this moment. */
  readonly before?: string;
  /** Newest by when they were created, or by when they were last played. Default: created. */
  readonly order?: "created" | "updated";
  readonly limit?: number;
  readonly offset?: number;
}

/** An event to be kept. */
export interface NewEventRow {
  readonly scope: string;
  readonly ordinal: number;
  /** The take of the run that wrote it. */
  readonly take: number;
  readonly type: string;
  readonly digest: Digest;
  /** The event as JSON. */
  readonly body: string;
}

/** An event as it is kept, with its place in the run. */
export interface EventRow extends NewEventRow {
  readonly sequence: number;
}

/** Which events to read; all of a run unless told. */
export interface EventQuery {
  readonly scope?: string;
  /** A scope with all that lie below it. */
  readonly within?: string;
  readonly afterSequence?: number;
  readonly types?: readonly string[];
  readonly limit?: number;
  /** `false` leaves every `body` empty, for those who only want the places. */
  readonly bodies?: false;
}
