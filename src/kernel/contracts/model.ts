import type { z } from "zod";

/** What a call is for; the ledger adds up by it. */
export type Purpose =
  | "act"
  | "extract"
  | "generate"
  | "judge"
  | "intervene"
  | "meanwhile"
  | "consolidate"
  | "recall"
  | "elicit"
  | "bid"
  | "resolve"
  | "story"
  | "report"
  | "repair"
  | "embed"
  | "other";

/** Text, or a picture with the digest of its bytes. */
export type Part =
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "image"; readonly data: Uint8Array; readonly mediaType: string; readonly digest: string };

/** One message. Messages are immutable and reused from call to call: their digests are computed once each. */
export interface Message {
  readonly role: "system" | "user" | "assistant";
  readonly content: string | readonly Part[];
  /** The prompt up to here stays the same in later calls: a provider that caches at marks gets one. */
  readonly cacheUpToHere?: true;
}

/** Tokens of one call. `cachedInput` and `cacheWrite` are parts of `input`, `reasoning` is part of `output`. */
export interface Usage {
  readonly input: number;
  readonly output: number;
  readonly cachedInput?: number;
  /** Written to the provider's prompt cache in this call; some providers charge more for it. */
  readonly cacheWrite?: number;
  readonly reasoning?: number;
}

/** What a streaming call says on the way: more raw JSON text, or that it starts anew after a fault. */
export type Delta = { readonly type: "text"; readonly text: string } | { readonly type: "restart" };

/**
 * What a stand-in without language needs to rehearse a call. Language models never see it,
 * and it is no part of a call's key.
 */
export interface Rehearsal {
  /** The persona who is to act or answer. */
  readonly persona?: unknown;
  /** Who can be talked to, by name. */
  readonly others?: readonly string[];
  /** What was said so far, oldest first. */
  readonly heard?: readonly { readonly from: string; readonly text: string }[];
  /** Weights by option, by dotted path in the answer ("" is the whole answer). */
  readonly distribution?: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** One question to a model: what it reads, the shape of its answer, and who asks. */
export interface ModelRequest<T> {
  readonly messages: readonly Message[];
  /** The answer's shape. Keep the same object from call to call: what is derived from it is computed once. */
  readonly schema: z.ZodType<T>;
  readonly purpose: Purpose;
  /** Who asks: a path such as `person:lisa`. Calls are replayed, counted and seeded by it; those made at once differ in it. */
  readonly scope: string;
  /** The step of a world in which it is asked, as in `focus-group/3`; counted by, and no part of the call's key. */
  readonly step?: string;
  /** What the program calls it, as in `survey`; counted by beside the purpose, and no part of the call's key. */
  readonly label?: string;
  /** The n-th independent answer to the same question; 0 when absent. */
  readonly sample?: number;
  readonly seed?: number;
  readonly temperature?: number;
  readonly maxOutputTokens?: number;
  readonly signal?: AbortSignal;
  readonly rehearsal?: Rehearsal;
  onDelta?(delta: Delta): void;
}

/** An answer in the shape of the schema, what it cost, and where it came from. */
export interface ModelReply<T> {
  readonly value: T;
  readonly usage: Usage;
  /** Where the answer came from: asked now, served from the run's journal, or from a shared call. */
  readonly origin: "model" | "journal" | "cache";
  /** Set when rules, not a language model, made the answer. */
  readonly heuristic?: true;
}

/** What a model can bear, declared by the model itself. */
export interface ModelLimits {
  readonly contextTokens: number;
  /** It can be held to a JSON schema. */
  readonly structured: boolean;
  /** It can see pictures. */
  readonly images: boolean;
  /** `small`: it follows a short prompt with few fields better than a long one. */
  readonly following: "full" | "small";
}

/** A closed question whose options' probabilities are wanted. */
export interface ChoiceRequest {
  readonly messages: readonly Message[];
  readonly options: readonly string[];
  readonly scope: string;
  /** As of a `ModelRequest`. */
  readonly step?: string;
  /** As of a `ModelRequest`. */
  readonly label?: string;
  readonly signal?: AbortSignal;
  readonly rehearsal?: Rehearsal;
}

/** What the model would choose, and how likely each option is. */
export interface ChoiceReply {
  /** One probability an option, in the order asked; they add up to 1. */
  readonly probabilities: readonly number[];
  readonly usage: Usage;
  /** As of a `ModelReply`; `model` when absent. */
  readonly origin?: ModelReply<unknown>["origin"];
}

/** Anything that can fill a schema from messages. Implement this to bring your own model. */
export interface Model {
  /** As in `provider/model`; part of every call's key. */
  readonly id: string;
  readonly limits: ModelLimits;
  /** It answers in this very process and waits for nothing: no place, deadline or second attempt is worth its while. */
  readonly atOnce?: true;
  /** Answers in the schema or throws a typed error; never a stand-in value. */
  generate<T>(request: ModelRequest<T>): Promise<ModelReply<T>>;
  /** Probabilities of the options, where the model exposes them. */
  choose?(request: ChoiceRequest): Promise<ChoiceReply>;
  close?(): Promise<void>;
}

/** A model in, a model out: budget, limits, replay and the ledger are layers. */
export type Layer = (model: Model) => Model;
