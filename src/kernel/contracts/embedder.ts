import type { Usage } from "./model.ts";

/** Texts to vectors of one length, each of norm 1. */
export interface Embedder {
  /** As in `provider/model`; vectors of different embedders are never compared. */
  readonly id: string;
  /** Floats in a vector; 0 before the first ones where the embedder is opened late. */
  readonly dimensions: number;
  /** Its texts are near when they share words, whatever they mean; where absent, when they mean the same. */
  readonly compares?: "words";
  /** It takes next to nothing: what it made is made again rather than kept. */
  readonly instant?: true;
  /** Somebody counts what it is asked: a run keeps it within limits and budget, as it does models. */
  readonly billed?: true;
  /** So many texts go into one request; any number where absent. */
  readonly batch?: number;
  embed(texts: readonly string[], options?: EmbedOptions): Promise<Float32Array[]>;
  close?(): Promise<void>;
}

/** How an embedder is asked. */
export interface EmbedOptions {
  readonly signal?: AbortSignal;
  /** Told what a request used, by those who know it. */
  onUsage?(usage: Usage): void;
}

/** The vectors of a run: each text is embedded once for all runs of its store, but for what takes next to nothing. */
export interface Vectors {
  /**
   * One vector a text, all of one length, each of norm 1. Undefined from the embedder's first failure on, of which
   * those who watch are told once: what is compared then is compared by its words. Throws `ABORTED` once the run stops.
   */
  of(texts: readonly string[]): Promise<readonly Float32Array[] | undefined>;
  /**
   * The same for whatever rests on them: batches side by side, an error is thrown and what had come is kept, and who asks
   * again is answered from there. Throws OPTION_INVALID for a blank text, `ABORTED`, and what models throw.
   */
  embed(texts: readonly string[], options?: EmbeddingOptions): Promise<Embedding>;
}

/** How vectors are waited for. */
export interface EmbeddingOptions {
  /** Told after each batch, in texts. */
  readonly onProgress?: (done: number, all: number) => void;
}

/** The vectors of texts, and what it means that two are near. */
export interface Embedding {
  /** One a text, in the order of the texts, all of one length, each of norm 1. */
  readonly vectors: readonly Float32Array[];
  /** Whose they are, as in `provider/model`. */
  readonly embedder: string;
  /** `words`: offline, by rules; texts are near when they share words, whatever they mean. */
  readonly compares: "meaning" | "words";
}
