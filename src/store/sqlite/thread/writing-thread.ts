import { Worker } from "node:worker_threads";
import type { Write } from "../../sql/writes.ts";
import type { Asked, Opening, Told } from "./protocol.ts";

/** SQLite's code for what should not happen. */
const internal = 2;

/**
 * A thread with a handle of its own that writes to the file, so that a program plays on while rows are put in order and
 * the disk is waited for. It takes one transaction at a time, keeps no process alive, and is never started again.
 */
export class WritingThread {
  readonly #worker: Worker;
  readonly #ended: Promise<void>;
  #isOpen = false;
  #transaction: PromiseWithResolvers<void> | undefined;

  constructor(opening: Opening) {
    // The same code runs from sources (Node strips the types) and from the built package.
    const extension = import.meta.url.endsWith(".ts") ? "ts" : "js";
    const worker = new Worker(new URL(`./writing-worker.${extension}`, import.meta.url), {
      ...{ name: "store", workerData: opening, execArgv: [] },
      // What it is handed it needs for a moment: room for more would only be filled with what is done with.
      resourceLimits: { maxYoungGenerationSizeMb: 8 },
    });
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#worker = worker;
    this.#ended = promise;
    worker.unref();
    worker.on("message", (told: Told) => this.#hear(told));
    worker.on("error", (error) => this.#fail(error));
    worker.on("exit", () => {
      this.#isOpen = false;
      this.#fail(new Error("its thread ended"));
      resolve();
    });
  }

  /** It can be given writes; false before it has opened the file, and where it cannot. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Resolves when all of it is durable; rejects with SQLite's error, and then none of it is. */
  async commit(writes: readonly Write[]): Promise<void> {
    const transaction = Promise.withResolvers<void>();
    this.#transaction = transaction;
    this.#worker.ref();
    this.#worker.postMessage({ writes } satisfies Asked);
    try {
      await transaction.promise;
    } finally {
      this.#transaction = undefined;
      this.#worker.unref();
    }
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
    this.#transaction?.reject(Object.assign(error, { errcode: internal }));
  }
}
