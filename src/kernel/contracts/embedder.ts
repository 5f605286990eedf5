/** Texts to vectors of one length, each of norm 1. */
export interface Embedder {
  /** As in `provider/model`; vectors of different embedders are never compared. */
  readonly id: string;
  /** Floats in a vector; 0 before the first ones where the embedder is opened late. */
  readonly dimensions: number;
  embed(texts: readonly string[], options?: { readonly signal?: AbortSignal }): Promise<Float32Array[]>;
  close?(): Promise<void>;
}
