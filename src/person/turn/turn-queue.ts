import { TinyTroupeError } from "../../kernel/values/errors.ts";

/** The error for a turn that was called off; a reason that is one of our errors speaks for itself. */
export function turnAborted(reason: unknown): TinyTroupeError {
  if (reason instanceof TinyTroupeError) return reason;
  const words = reason instanceof Error ? reason.message : reason === undefined ? undefined : String(reason);
  return new TinyTroupeError("ABORTED", `The turn was called off${words === undefined ? "" : `: ${words}`}.`, {
    data: words === undefined ? {} : { reason: words },
    hint: "Nothing of it was kept; what the person perceived is still new to them. Call act again to take the turn.",
    cause: reason,
  });
}

/** One thing at a time, in the order asked. Whoever waits can be called off without holding up the others. */
export class TurnQueue {
  #last: Promise<void> = Promise.resolve();

  /** Runs the job when all before it have ended, well or not. Throws ABORTED when the signal comes while it waits. */
  async run<T>(job: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    const before = this.#last;
    const { promise: ended, resolve: end } = Promise.withResolvers<void>();
    this.#last = before.then(() => ended);
    try {
      await unlessAborted(before, signal);
      return await job();
    } finally {
      end();
    }
  }
}

/** What comes of it, or ABORTED as soon as the signal says so: it then ends by itself, and nobody hears how. */
export async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  const { promise: called, reject } = Promise.withResolvers<never>();
  const callOff = (): void => reject(turnAborted(signal.reason));
  if (signal.aborted) callOff();
  signal.addEventListener("abort", callOff, { once: true });
  try {
    return await Promise.race([called, work]);
  } finally {
    signal.removeEventListener("abort", callOff);
  }
}
