import type { Embedder, Embedding, EmbeddingOptions, Vectors } from "../../kernel/contracts/embedder.ts";
import type { VectorLog } from "../../kernel/contracts/journal.ts";
import { isFault, TinyTroupeError } from "../../kernel/values/errors.ts";
import { type Digest, digest } from "../../kernel/values/hash.ts";
import { aborted } from "../flow/time.ts";
import { ofNormOne } from "./unit.ts";

export interface EmbeddingParts {
  readonly embedder: Embedder;
  readonly log: VectorLog;
  readonly signal: AbortSignal;
}

/** Under what a text's vector is kept. */
export function vectorKey({ id }: Pick<Embedder, "id">, text: string): Digest {
  return digest(`${id}\n${text}`);
}

/** Vectors for what rests on them; see `Vectors.embed`. */
export function createEmbedding(parts: EmbeddingParts): Vectors["embed"] {
  const { embedder, signal } = parts;
  const { id, compares = "meaning", instant } = embedder;
  const kept = new KeptEmbedding(parts);
  return async (texts, options = {}) => {
    refuseBlank(texts);
    if (signal.aborted) throw aborted(signal);
    const vectors = instant ? await request(parts, texts) : await kept.of(texts, options);
    if (instant) options.onProgress?.(texts.length, texts.length);
    if (vectors.some(({ length }) => length !== vectors[0]?.length)) throw notVectors(id, "They differ in length.");
    return { vectors, embedder: id, compares } satisfies Embedding;
  };
}

/** Requests on their way for one who asks; limiters below may hold them back further. */
const requestsAtOnce = 8;
/** Texts in a request where the embedder does not say: as many as providers' adapters put into one. */
const usualBatch = 100;

class KeptEmbedding {
  readonly #parts: EmbeddingParts;
  /** What somebody asks for already is asked once, for all who want it. */
  readonly #onTheWay = new Map<Digest, PromiseWithResolvers<Float32Array>>();

  constructor(parts: EmbeddingParts) {
    this.#parts = parts;
  }

  async of(texts: readonly string[], { onProgress }: EmbeddingOptions): Promise<readonly Float32Array[]> {
    const { embedder, log, signal } = this.#parts;
    const keys = texts.map((text) => vectorKey(embedder, text));
    const known = await log.find([...new Set(keys)]);
    if (signal.aborted) throw aborted(signal);
    const own = new Map<Digest, string>();
    const wanted = keys.map((key, at) => {
      const there = known.get(key) ?? this.#onTheWay.get(key)?.promise;
      if (there !== undefined) return there;
      own.set(key, texts[at] ?? "");
      return this.#begin(key);
    });
    const left = { all: texts.length, done: texts.length - own.size };
    onProgress?.(left.done, left.all);
    const asking = this.#ask(own, (count) => {
      left.done += count;
      onProgress?.(left.done, left.all);
    });
    const [vectors] = await Promise.all([Promise.all(wanted), asking]);
    return vectors;
  }

  #begin(key: Digest): Promise<Float32Array> {
    const wanted = Promise.withResolvers<Float32Array>();
    wanted.promise.catch(() => undefined); // whoever asked is told by `of`
    this.#onTheWay.set(key, wanted);
    return wanted.promise;
  }

  /** Nothing is begun after a failure; what is on its way comes home, and is kept. */
  async #ask(texts: ReadonlyMap<Digest, string>, came: (count: number) => void): Promise<void> {
    const size = this.#parts.embedder.batch ?? usualBatch;
    const left = [...texts];
    const failures: unknown[] = [];
    const work = async (): Promise<void> => {
      while (left.length > 0 && failures.length === 0) {
        const batch = new Map(left.splice(0, size));
        await this.#keep(batch).then(
          () => came(batch.size),
          (error: unknown) => failures.push(error),
        );
      }
    };
    await Promise.all(Array.from({ length: requestsAtOnce }, work));
    for (const key of texts.keys()) {
      this.#onTheWay.get(key)?.reject(failures[0]);
      this.#onTheWay.delete(key);
    }
    if (failures.length > 0) throw failures[0];
  }

  async #keep(batch: ReadonlyMap<Digest, string>): Promise<void> {
    const vectors = await request(this.#parts, [...batch.values()]);
    const made = new Map([...batch.keys()].map((key, at) => [key, vectors[at] as Float32Array]));
    this.#parts.log.keep(made);
    for (const [key, vector] of made) this.#onTheWay.get(key)?.resolve(vector);
  }
}

async function request({ embedder, signal }: EmbeddingParts, texts: readonly string[]) {
  const vectors = await embedder.embed(texts, { signal }).catch((error: unknown) => {
    throw signal.aborted ? aborted(signal) : typed(error, embedder.id);
  });
  if (vectors.length !== texts.length)
    throw notVectors(embedder.id, `${vectors.length} came for ${texts.length} texts.`);
  if (!vectors.every((vector) => vector.length > 0 && vector.every(Number.isFinite)))
    throw notVectors(embedder.id, "They have something in them that is no number.");
  return vectors.map((vector) => ofNormOne(vector.slice()));
}

/** What an embedder of somebody else throws, as one of our errors; a fault in a program stays one. */
function typed(error: unknown, model: string): unknown {
  if (error instanceof TinyTroupeError || isFault(error)) return error;
  const why = error instanceof Error ? error.message : String(error);
  return new TinyTroupeError("MODEL_UNAVAILABLE", `${model} failed: ${why}`, {
    data: { model },
    hint: 'Try again: what had come is kept. Or take another embedder; "lexical" needs nothing, and compares words.',
    cause: error,
  });
}

function notVectors(model: string, issue: string): TinyTroupeError<"MODEL_INVALID"> {
  return new TinyTroupeError("MODEL_INVALID", `${model} gave no vectors that can be used. ${issue}`, {
    data: { model, text: "", issues: [issue] },
    hint: "Try again, or take another embedder.",
  });
}

/** Providers refuse a whole request for one blank text, and do not say which. */
function refuseBlank(texts: readonly string[]): void {
  const at = texts.findIndex((text) => text.trim() === "");
  if (at < 0) return;
  throw new TinyTroupeError("OPTION_INVALID", `Text ${at + 1} of ${texts.length} is blank: it has no vector.`, {
    data: { option: "texts", value: at },
    hint: "Leave blank texts out.",
  });
}
