import { TinyTroupeError } from "../../kernel/values/errors.ts";

/** Wall-clock time as an argument, so that waiting can be tested without waiting. */
export interface Timer {
  /** Milliseconds since some fixed moment; never goes back. */
  now(): number;
  /** Resolves after that many milliseconds; rejects with `ABORTED` as soon as the signal says so. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** How long one call is waited for in all, when nobody says otherwise. */
export const usualPatienceMs = 600_000;

/** The longest that a timer of JavaScript counts, 24 days; a longer one would ring at once. */
const longestMs = 2 ** 31 - 1;

/** Milliseconds that a timer can count: of less than none it would complain. */
export function countable(milliseconds: number): number {
  return Math.min(Math.max(0, milliseconds), longestMs);
}

/** The machine's own time. */
export const systemTimer: Timer = {
  now: () => performance.now(),
  sleep: (milliseconds, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(aborted(signal));
      const stop = () => {
        clearTimeout(timeout);
        reject(aborted(signal));
      };
      const timeout = setTimeout(() => {
        signal?.removeEventListener("abort", stop);
        resolve();
      }, countable(milliseconds));
      signal?.addEventListener("abort", stop, { once: true });
    }),
};

/** The error of a call that was stopped; a reason that is one of our errors speaks for itself. */
export function aborted(signal?: AbortSignal): TinyTroupeError {
  const reason: unknown = signal?.reason;
  if (reason instanceof TinyTroupeError) return reason;
  const words = reason instanceof Error ? reason.message : typeof reason === "string" ? reason : undefined;
  return new TinyTroupeError("ABORTED", "The call was stopped before it was answered.", {
    data: words === undefined ? {} : { reason: words },
    hint: "Calls that were finished are kept: open the run again to go on from there.",
    cause: reason,
  });
}

/** The error of an attempt whose time was over. */
export function modelTimeout(model: string, afterMs: number): TinyTroupeError<"MODEL_TIMEOUT"> {
  return new TinyTroupeError("MODEL_TIMEOUT", `${model} did not answer within ${afterMs / 1000} s.`, {
    data: { model, afterMs },
    hint: "Try again, allow more time with the deadline option, or use a faster model.",
  });
}

/** A signal of its own that also follows others; `end` lets go of them. */
export interface LinkedSignal {
  readonly signal: AbortSignal;
  abort(reason: unknown): void;
  end(): void;
}

/** Unlike `AbortSignal.any`, leaves nothing behind on a signal that lives as long as the run. */
export function linkedSignal(...parents: readonly (AbortSignal | undefined)[]): LinkedSignal {
  const controller = new AbortController();
  const followed = parents.filter((parent) => parent !== undefined);
  const follow = (event: Event) => controller.abort((event.target as AbortSignal).reason);
  for (const parent of followed) {
    if (parent.aborted) controller.abort(parent.reason);
    else parent.addEventListener("abort", follow, { once: true });
  }
  return {
    signal: controller.signal,
    abort: (reason) => controller.abort(reason),
    end: () => {
      for (const parent of followed) parent.removeEventListener("abort", follow);
    },
  };
}
