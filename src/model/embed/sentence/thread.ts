import { Worker } from "node:worker_threads";
import { aborted } from "../../flow/time.ts";
import { closed, failed, unavailable } from "./errors.ts";
import { type Asked, sentenceEmbedderId, type Told } from "./protocol.ts";

/** Texts for the thread at a time: few, so that a stop is heard soon and small requests pass between large ones. */
const batchSize = 8;

/** Texts of one call, and how far they have come. */
interface Job {
  readonly texts: readonly string[];
  readonly vectors: Float32Array[];
  next: number;
  done: number;
  finish(error?: unknown): void;
}

/** The thread with the encoder, started at the first text; calls take turns, so that a small one need not wait for a large one. */
export class SentenceThread {
  readonly #jobs = new Set<Job>();
  #worker: Worker | undefined;
  #inFlight: { readonly batch: number; readonly places: readonly { job: Job; at: number }[] } | undefined;
  #batches = 0;
  #closed = false;

  ask(texts: readonly string[], signal?: AbortSignal): Promise<Float32Array[]> {
    return new Promise((resolve, reject) => {
      if (this.#closed) return reject(closed());
      if (signal?.aborted) return reject(aborted(signal));
      if (texts.length === 0) return resolve([]);
      const stop = () => job.finish(aborted(signal));
      const job: Job = {
        texts,
        vectors: new Array<Float32Array>(texts.length),
        next: 0,
        done: 0,
        finish: (error) => {
          this.#jobs.delete(job);
          signal?.removeEventListener("abort", stop);
          if (this.#jobs.size === 0) this.#worker?.unref();
          if (error === undefined) resolve(job.vectors);
          else reject(error);
        },
      };
      signal?.addEventListener("abort", stop, { once: true });
      this.#jobs.add(job);
      this.#worker?.ref();
      this.#send();
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const job of this.#jobs) job.finish(closed());
    await this.#worker?.terminate();
  }

  /** One text of each waiting call in turn, until the batch is full. */
  #send(): void {
    if (this.#inFlight !== undefined || this.#jobs.size === 0) return;
    const places: { job: Job; at: number }[] = [];
    for (let found = -1; found !== places.length && places.length < batchSize; ) {
      found = places.length;
      for (const job of this.#jobs) {
        if (job.next < job.texts.length && places.length < batchSize) places.push({ job, at: job.next++ });
      }
    }
    const batch = ++this.#batches;
    this.#inFlight = { batch, places };
    this.#worker ??= this.#start();
    const texts = places.map(({ job, at }) => job.texts[at] ?? "");
    this.#worker.postMessage({ batch, texts } satisfies Asked);
  }

  #start(): Worker {
    // The same code runs from sources (Node strips the types) and from the built package.
    const extension = import.meta.url.endsWith(".ts") ? "ts" : "js";
    const worker = new Worker(new URL(`./worker.${extension}`, import.meta.url), {
      name: sentenceEmbedderId,
      execArgv: [],
    });
    const lost = (why: unknown) => {
      if (this.#worker !== worker) return;
      this.#worker = undefined;
      this.#inFlight = undefined;
      for (const job of this.#jobs) job.finish(unavailable(why));
    };
    worker.on("message", (told: Told) => this.#receive(told));
    worker.on("error", lost);
    worker.on("exit", (code) => lost(new Error(`Its thread ended with code ${code}.`)));
    return worker;
  }

  #receive(told: Told): void {
    const inFlight = this.#inFlight;
    if (inFlight?.batch !== told.batch) return;
    this.#inFlight = undefined;
    for (const [which, { job, at }] of inFlight.places.entries()) {
      if (!this.#jobs.has(job)) continue;
      const vector = "vectors" in told ? told.vectors[which] : undefined;
      if ("failure" in told) job.finish(failed(told.failure));
      else if (vector === undefined) job.finish(unavailable(new Error("It left out a vector.")));
      else {
        job.vectors[at] = vector;
        if (++job.done === job.texts.length) job.finish();
      }
    }
    this.#send();
  }
}
