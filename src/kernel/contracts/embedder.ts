import type { Usage } from "./model.ts";

/** Texts to vectors of one length, each of norm 1. */
export interface Embedder {
  /** As in `provider/model`; vectors of different embedders are never compared. */
  readonly id: string;
  /** Floats in a vector; 0 before the first ones where the embedder is opened late. */
  readonly dimensions: number;
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
}
