import type { Embedder, Vectors } from "../../kernel/contracts/embedder.ts";
import type { Listener } from "../../kernel/contracts/events.ts";
import type { VectorLog } from "../../kernel/contracts/journal.ts";
import { errorRecord } from "../../kernel/values/errors.ts";
import type { Digest } from "../../kernel/values/hash.ts";
import { aborted } from "../flow/time.ts";
import { createEmbedding, vectorKey } from "./embedding.ts";

export interface VectorsOptions {
  /** Asked by one call at a time: those who want vectors meanwhile share the next. Its id is part of every digest. */
  readonly embedder: Embedder;
  readonly log: VectorLog;
  readonly watch: Listener;
  readonly signal: AbortSignal;
}

/** Texts in one call to the embedder, so that those who want few need not wait for many. */
const batchSize = 256;

/** A text on its way to the embedder, for all who want it. */
interface Wanted {
  readonly text: string;
  readonly vector: Promise<Float32Array | undefined>;
  settle(vector: Float32Array | undefined): void;
  fail(error: unknown): void;
}

/**
 * Vectors by what they are of: read where they are kept, embedded in batches where they are not, and then kept; of an
 * `instant` embedder made each time, which costs less than to keep them.
 */
export function createVectors(options: VectorsOptions): Vectors {
  const { embedder, signal } = options;
  const embed = createEmbedding(options);
  if (embedder.instant) return { of: (texts) => embedder.embed(texts, { signal }), embed };
  const kept = new KeptVectors(options);
  return { of: kept.of.bind(kept), embed };
}

class KeptVectors {
  readonly #options: VectorsOptions;
  readonly #wanted = new Map<Digest, Wanted>();
  #embedding = false;
  #failed = false;

  constructor(options: VectorsOptions) {
    this.#options = options;
  }

  async of(texts: readonly string[]): Promise<readonly Float32Array[] | undefined> {
    if (this.#failed) return undefined;
    const { embedder, log, signal } = this.#options;
    const keys = texts.map((text) => vectorKey(embedder, text));
    const known = await log.find([...new Set(keys)]);
    if (signal.aborted) throw aborted(signal);
    const vectors = await Promise.all(keys.map((key, at) => known.get(key) ?? this.#want(key, texts[at] ?? "")));
    const found = vectors.filter((vector) => vector !== undefined);
    return found.length === texts.length ? found : undefined;
  }

  #want(key: Digest, text: string): Promise<Float32Array | undefined> {
    const same = this.#wanted.get(key);
    if (same !== undefined) return same.vector;
    const { promise, resolve, reject } = Promise.withResolvers<Float32Array | undefined>();
    this.#wanted.set(key, { text, vector: promise, settle: resolve, fail: reject });
    if (!this.#embedding) void this.#embedAll();
    return promise;
  }

  async #embedAll(): Promise<void> {
    this.#embedding = true;
    await Promise.resolve(); // what is wanted in one go travels together
    while (this.#wanted.size > 0) {
      const batch = new Map([...this.#wanted].slice(0, batchSize));
      await this.#embed(batch).catch((error: unknown) => this.#giveUp(error, batch));
      for (const key of batch.keys()) this.#wanted.delete(key);
    }
    this.#embedding = false;
  }

  async #embed(batch: ReadonlyMap<Digest, Wanted>): Promise<void> {
    const { embedder, log, signal } = this.#options;
    const texts = [...batch.values()].map(({ text }) => text);
    const vectors = this.#failed ? [] : await embedder.embed(texts, { signal });
    const made = new Map([...batch.keys()].flatMap((key, at) => (vectors[at] ? [[key, vectors[at]]] : [])));
    if (!this.#failed && made.size < texts.length)
      throw new TypeError(`${made.size} vectors came for ${texts.length} texts.`);
    log.keep(made);
    for (const [key, { settle }] of batch) settle(made.get(key));
  }

  #giveUp(error: unknown, batch: ReadonlyMap<Digest, Wanted>): void {
    const { embedder, signal, watch } = this.#options;
    if (signal.aborted) {
      for (const { fail } of batch.values()) fail(aborted(signal));
      return;
    }
    this.#failed = true;
    const { message, hint = "" } = errorRecord(error);
    const told = `Memories are compared by their words alone from here on: ${embedder.id} failed. ${message} ${hint}`;
    watch({ type: "warning", message: told.trim() });
    for (const { settle } of batch.values()) settle(undefined);
  }
}
