import type { Digest } from "../values/hash.ts";
import type { RunId } from "../values/ids.ts";
import type { CallRecord, ChainLink } from "./journal.ts";

/**
 * Where runs are kept. Drivers: memory, SQLite, later PostgreSQL; one contract suite holds them all.
 * Every promise of a write resolves when the write is durable.
 */
export interface Store {
  /** A file's path or a URL without secrets. */
  readonly location: string;
  putRun(run: RunRecord): Promise<void>;
  getRun(id: RunId): Promise<RunRecord | undefined>;
  listRuns(query?: RunQuery): Promise<readonly RunRecord[]>;
  removeRun(id: RunId): Promise<void>;
  /** Appends rows; `sequence` is given by the store and grows. */
  appendEvents(run: RunId, rows: readonly NewEventRow[]): Promise<void>;
  /** Rows in the order of their sequence, the superseded ones too. */
  readEvents(run: RunId, query?: EventQuery): AsyncIterable<EventRow>;
  putCall(run: RunId, call: CallRecord, links: readonly ChainLink[], texts: ReadonlyMap<Digest, string>): Promise<void>;
  findCall(run: RunId, scope: string, key: Digest, occurrence: number): Promise<CallRecord | undefined>;
  callAt(run: RunId, scope: string, ordinal: number): Promise<CallRecord | undefined>;
  listCalls(run: RunId): AsyncIterable<CallRecord>;
  chain(head: Digest): Promise<readonly ChainLink[]>;
  text(digest: Digest): Promise<string | undefined>;
  close(): Promise<void>;
}

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
  readonly details?: Readonly<Record<string, unknown>>;
}

export interface RunQuery {
  readonly name?: string;
  readonly status?: RunRecord["status"];
  readonly limit?: number;
  readonly offset?: number;
}

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

export interface EventRow extends NewEventRow {
  readonly sequence: number;
}

export interface EventQuery {
  readonly scope?: string;
  readonly afterSequence?: number;
  readonly types?: readonly string[];
  readonly limit?: number;
}
