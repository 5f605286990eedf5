import type { Fault, RetryAfter } from "./faults.ts";

/** What a fake provider of its own process does; plain data, so that it can travel as JSON. */
export interface Plan {
  /** Of all dice. What they show for a request depends on its words and on how often they came, never on who was first. */
  readonly seed: number | string;
  /** From the request to the first byte: `ms` to `ms + spread`. */
  readonly latency: { readonly ms: number; readonly spread?: number };
  /** Pieces of a streamed answer, and the milliseconds between them; all at once when absent. */
  readonly streaming: { readonly chunks: number; readonly eachMs?: number };
  /** The share of the requests that meets each fault; together at most 1. */
  readonly faults: Partial<Readonly<Record<Fault, number>>>;
  /** What the forms of Retry-After say. */
  readonly retryAfterMs: number;
  readonly cast: Cast;
  readonly limits: Limits;
  /** Where to write the log too, a line a request. */
  readonly logFile?: string;
}

/**
 * How it answers: `marks` puts a mark of the question into every text; `ring` gives a person's turn sixty and twenty
 * words by turns, to the next of so many people ("Agent 007" to "Agent 008"), or to nobody in particular.
 */
export type Cast = { readonly play: "marks" } | { readonly play: "ring"; readonly people?: number };

/** Beyond these it answers 429. */
export interface Limits {
  readonly concurrency?: number;
  /** A bucket that holds a second's worth, at least one. */
  readonly requestsPerMinute?: number;
  /** Of the prompts; a bucket that holds a second's worth, at least one prompt. */
  readonly tokensPerMinute?: number;
  /** How the wait is told; in seconds when absent. */
  readonly retryAfter?: RetryAfter;
}

export const usualPlan: Plan = {
  seed: 1,
  latency: { ms: 0 },
  streaming: { chunks: 10 },
  faults: {},
  retryAfterMs: 0,
  cast: { play: "marks" },
  limits: {},
};

/** One request as the log has it. Times are in milliseconds since the plan was set. */
export interface LogEntry {
  readonly number: number;
  readonly at: number;
  /** When the last byte was sent or somebody broke off; absent as long as it is under way. */
  endedAt?: number;
  /** It went out to its end. */
  whole?: boolean;
  readonly path: string;
  readonly streamed: boolean;
  /** Who is to answer, where the prompt says so. */
  readonly person?: string;
  /** Of the prompt: what stands in the answer as its mark. */
  readonly key: string;
  /** The how manieth request with this prompt, from 1. */
  readonly attempt: number;
  readonly done: "answered" | "limited" | Fault;
  /** How long it was to wait, from the request to the first byte. */
  readonly afterMs: number;
  /** Tokens of the prompt, and of these how many the cache held. */
  readonly input: number;
  readonly cached: number;
  /** Tokens of the answer; 0 when there was none. */
  readonly output: number;
}

export interface Stats {
  /** Requests for answers and embeddings. */
  readonly calls: number;
  /** How many of them met what. */
  readonly done: Partial<Readonly<Record<LogEntry["done"], number>>>;
  readonly inFlight: number;
  readonly mostInFlight: number;
  readonly tokens: { readonly input: number; readonly cached: number; readonly output: number };
  /** Of the server's process, since the plan was set. */
  readonly cpuMs: number;
  /** Connections since the server was started. */
  readonly sockets: number;
}
