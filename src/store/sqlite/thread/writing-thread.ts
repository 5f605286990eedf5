import { Worker } from "node:worker_threads";
import type { Write } from "../../sql/writes.ts";
import type { Asked, Opening, Told } from "./protocol.ts";

/** SQLite's code for what should not happen. */
const internal = 2;

/** So many writes go over at once: one alone costs as much as the message it travels in. */
const writesAtOnce = 16;

/**
 * A thread with a handle of its own that writes to the file, so that a program plays on while rows are put in order and
 * the disk is waited for. It takes one transaction at a time, keeps no process alive, and is never started again. What it
 * is to write it is handed at once: what waits here for its transaction grows old, and costs more to be cleared away.
 */
export class WritingThread {
  readonly #worker: Worker;
  #leaving: Write[] = [];
  readonly #ended: Promise<void>;
  #isOpen = false;
  #transaction: PromiseWithResolvers<void> | undefined;

  constructor(opening: Opening) {
    // The same code runs from sources (Node strips the types) and from the built package.
    const extension = import.meta.url.endsWith(".ts") ? "ts" : "js";
    const worker = new Worker(new URL(`./writing-worker.${extension}`, import.meta.url), {
      ...{ name: "store", workerData: opening, execArgv: [] },
      // What it is handed it needs until it is written: with room for some transactions little of it is copied.
      resourceLimits: { maxYoungGenerationSizeMb: 32 },
    });
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#worker = worker;
    this.#ended = promise;
    worker.unref();
    worker.on("message", (told: Told) => this.#hear(told));
    worker.on("error", (error) => this.#fail(error));
    worker.on("exit", () => {
      this.#isOpen = false;
      this.#fail(ended());
      resolve();
    });
  }

  /** It can be given writes; false before it has opened the file, and where it cannot. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Hands over what is to be written when it is asked for. */
  hand(write: Write): void {
    this.#leaving.push(write);
    if (this.#leaving.length >= writesAtOnce) this.#send();
  }

  #send(): void {
    if (this.#leaving.length === 0) return;
    this.#worker.postMessage({ writes: this.#leaving } satisfies Asked);
    this.#leaving = [];
  }

  /**
   * Resolves when some writes and the next so many of those handed over are durable; rejects with SQLite's error, and
   * then none of them is: they can be asked for again, or given up.
   */
  async commit(first: readonly Write[], handed: number): Promise<void> {
    const transaction = Promise.withResolvers<void>();
    this.#transaction = transaction;
    this.#send();
    this.#worker.ref();
    this.#worker.postMessage({ commit: handed, first } satisfies Asked);
    try {
      await transaction.promise;
    } finally {
      this.#transaction = undefined;
      this.#worker.unref();
    }
  }

  giveUp(handed: number): void {
    this.#worker.postMessage({ giveUp: handed } satisfies Asked);
  }

  /** Lets go of the file, once what is under way is done. */
  async close(): Promise<void> {
    if (!this.#isOpen) await this.#worker.terminate();
    else {
      this.#worker.ref();
      this.#worker.postMessage({ close: true } satisfies Asked);
    }
    await this.#ended;
  }

  #hear(told: Told): void {
    if ("open" in told) this.#isOpen = true;
    else if ("done" in told) this.#transaction?.resolve();
    else this.#transaction?.reject(Object.assign(new Error(told.failure.message), told.failure));
  }

  #fail(error: Error): void {
    this.#transaction?.reject(failed(error));
  }
}

/** Why what was handed to a thread that is no more is lost. */
export const ended = (): Error => failed(new Error("its thread ended"));

/** What should not happen, as SQLite tells it. */
function failed(error: Error): Error {
  return Object.assign(error, { errcode: internal });
}
