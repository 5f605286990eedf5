import { Worker } from "node:worker_threads";
import type { DocumentReason, ErrorRecord } from "../../../kernel/values/errors.ts";
import type { ReadLimits } from "../../document.ts";
import { refusal, revived } from "../../refusal.ts";
import type { Extracted } from "../html.ts";

/** What a thread is to read. */
export interface Task {
  readonly format: "pdf" | "docx";
  readonly location: string;
  readonly bytes: Uint8Array;
  readonly limits: ReadLimits;
}

/** What came of it. */
export type Answer = { readonly extracted: Extracted } | { readonly refused: ErrorRecord };

const mebibyte = 1024 * 1024;
/** A parser that takes 200 MB a second, as inflating does, is noticed 10 MB too late. */
const lookEveryMs = 50;

/**
 * Parses a document in a thread of its own, and ends that thread when it takes longer or more memory than it may: the
 * heap by a limit of Node's, buffers outside of the heap by looking. Throws DOCUMENT_UNREADABLE, and the signal's reason.
 */
export function readInThread(task: Task, signal?: AbortSignal): Promise<Extracted> {
  const { location, limits } = task;
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    // The same code runs from sources (Node strips the types) and from the built package.
    const extension = import.meta.url.endsWith(".ts") ? "ts" : "js";
    const worker = new Worker(new URL(`./document-worker.${extension}`, import.meta.url), {
      workerData: task,
      execArgv: [],
      // What the library prints about a damaged document is nothing for the terminal of a study.
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: limits.memory },
    });
    const finish = (end: () => void) => {
      clearTimeout(deadline);
      clearInterval(watch);
      signal?.removeEventListener("abort", stop);
      void worker.terminate();
      end();
    };
    const refuse = (reason: DocumentReason, words: string) =>
      finish(() => reject(refusal(location, reason, { words })));
    const stop = () => finish(() => reject(signal?.reason));
    const deadline = setTimeout(
      () => refuse("time", `reading it takes longer than ${limits.seconds} s`),
      limits.seconds * 1_000,
    );
    const tooMuch = `reading it takes more than ${limits.memory} MiB of memory`;
    const watch = setInterval(() => {
      worker.getHeapStatistics().then(
        ({ external_memory }) => external_memory > limits.memory * mebibyte && refuse("memory", tooMuch),
        // It has not begun, or has ended.
        () => undefined,
      );
    }, lookEveryMs);
    signal?.addEventListener("abort", stop, { once: true });
    worker.on("message", (answer: Answer) =>
      finish(() => ("extracted" in answer ? resolve(answer.extracted) : reject(revived(answer.refused)))),
    );
    worker.on("error", (cause: NodeJS.ErrnoException) =>
      cause.code === "ERR_WORKER_OUT_OF_MEMORY" ? refuse("memory", tooMuch) : refuse("damaged", cause.message),
    );
    worker.on("exit", () => refuse("damaged", "its reader ended without a word"));
  });
}
