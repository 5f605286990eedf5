import type { AttemptRecord, CallRecord, ChainLink } from "../../kernel/contracts/journal.ts";
import type { EventRow, RunRecord } from "../../kernel/contracts/store.ts";

/** The tables, in columns that SQLite and PostgreSQL both have: text, integers and bytes. */
export interface Tables {
  readonly runs: RunRow;
  readonly events: EventColumns;
  readonly calls: CallRow;
  /** What was asked of models and paid for, one row an attempt. */
  readonly attempts: AttemptRow;
  /** Messages in their chains, by the digest of all up to each. */
  readonly links: ChainLink;
  /** Bodies of messages, schemas and pictures, by digest. */
  readonly texts: { readonly digest: string; readonly text: string };
  /** Which texts a run's events refer to. */
  readonly event_texts: { readonly run: string; readonly digest: string };
  /** Vectors, by the digest of what they are of. */
  readonly vectors: VectorRow;
  /** Which vectors a run needs. */
  readonly run_vectors: { readonly run: string; readonly digest: string };
}

export interface VectorRow {
  readonly digest: string;
  /** 32-bit floats, the lowest byte first. */
  readonly vector: Uint8Array;
}

export interface RunRow {
  readonly id: string;
  readonly name: string;
  readonly seed: string;
  readonly model: string;
  readonly status: string;
  readonly created_at: string;
  readonly updated_at: string;
  readonly takes: number;
  readonly heuristic: number;
  readonly details: string | null;
  readonly parent: string | null;
  readonly parent_at: string | null;
  readonly parent_up_to: number | null;
}

export interface EventColumns extends EventRow {
  readonly run: string;
}

export interface CallRow {
  readonly run: string;
  readonly sequence: number;
  readonly scope: string;
  readonly ordinal: number;
  readonly key: string;
  readonly occurrence: number;
  readonly model: string;
  readonly purpose: string;
  readonly head: string;
  readonly schema: string;
  readonly parameters: string;
  readonly value: string;
  readonly error: string | null;
  readonly usage: string;
  readonly heuristic: number;
  readonly at: string;
  readonly duration_ms: number;
  readonly step: string | null;
  readonly label: string | null;
}

export interface AttemptRow {
  readonly run: string;
  readonly sequence: number;
  readonly scope: string;
  readonly purpose: string;
  readonly step: string | null;
  readonly label: string | null;
  readonly model: string;
  readonly usage: string | null;
  readonly at_most: string | null;
  readonly failure: string | null;
  readonly at: string;
}

export function rowOfVector(digest: string, { buffer, byteOffset, byteLength }: Float32Array): VectorRow {
  return { digest, vector: new Uint8Array(buffer, byteOffset, byteLength) };
}

export function vectorOfRow({ vector }: Pick<VectorRow, "vector">): Float32Array {
  // A copy, since the bytes may begin where no float can.
  return new Float32Array(vector.slice().buffer);
}

export function rowOfRun(run: RunRecord): RunRow {
  const { createdAt, updatedAt, heuristic, details, parent, ...rest } = run;
  return {
    ...rest,
    created_at: createdAt,
    updated_at: updatedAt,
    heuristic: heuristic ? 1 : 0,
    details: details === undefined ? null : JSON.stringify(details),
    parent: parent?.run ?? null,
    parent_at: parent?.at ?? null,
    parent_up_to: parent?.upTo ?? null,
  };
}

export function runOfRow(row: RunRow): RunRecord {
  const { created_at, updated_at, heuristic, details, parent, parent_at, parent_up_to, ...rest } = row;
  return {
    ...rest,
    status: rest.status as RunRecord["status"],
    createdAt: created_at,
    updatedAt: updated_at,
    ...(heuristic === 1 && { heuristic: true }),
    ...(parent !== null && {
      parent: { run: parent, ...(parent_at !== null && { at: parent_at }), upTo: Number(parent_up_to) },
    }),
    ...(details !== null && { details: JSON.parse(details) }),
  };
}

export function rowOfCall(run: string, call: CallRecord): Omit<CallRow, "sequence"> {
  const { value, error, usage, heuristic, durationMs, step = null, label = null, ...rest } = call;
  return {
    ...rest,
    run,
    value: JSON.stringify(value),
    error: error === undefined ? null : JSON.stringify(error),
    usage: JSON.stringify(usage),
    heuristic: heuristic ? 1 : 0,
    duration_ms: durationMs,
    step,
    label,
  };
}

export function callOfRow(row: CallRow): CallRecord {
  const { run: _run, sequence: _sequence, value, error, usage, heuristic, duration_ms, step, label, ...rest } = row;
  return {
    ...rest,
    purpose: rest.purpose as CallRecord["purpose"],
    ...(step !== null && { step }),
    ...(label !== null && { label }),
    value: JSON.parse(value),
    ...(error !== null && { error: JSON.parse(error) }),
    usage: JSON.parse(usage),
    ...(heuristic === 1 && { heuristic: true }),
    durationMs: duration_ms,
  };
}

export function rowOfAttempt(run: string, attempt: AttemptRecord): Omit<AttemptRow, "sequence"> {
  const { usage, atMost, step = null, label = null, failure = null, ...rest } = attempt;
  return { ...rest, run, step, label, failure, usage: textOrNull(usage), at_most: textOrNull(atMost) };
}

export function attemptOfRow(row: Omit<AttemptRow, "run" | "sequence">): AttemptRecord {
  const { scope, purpose, step, label, model, usage, at_most, failure, at } = row;
  return {
    scope,
    purpose: purpose as AttemptRecord["purpose"],
    ...(step !== null && { step }),
    ...(label !== null && { label }),
    model,
    ...(usage !== null && { usage: JSON.parse(usage) }),
    ...(at_most !== null && { atMost: JSON.parse(at_most) }),
    ...(failure !== null && { failure: failure as NonNullable<AttemptRecord["failure"]> }),
    at,
  };
}

const textOrNull = (value: unknown): string | null => (value === undefined ? null : JSON.stringify(value));
