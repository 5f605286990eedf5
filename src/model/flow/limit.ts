import type { Layer } from "../../kernel/contracts/model.ts";
import { isTinyTroupeError, TinyTroupeError } from "../../kernel/values/errors.ts";
import { aborted, systemTimer, type Timer } from "./time.ts";
import { around } from "./wrap.ts";

export interface LimitOptions {
  /** Most requests in flight at once. */
  readonly concurrency: number;
  readonly timer?: Timer;
}

/** Lets in as many requests at once as the provider bears. */
export interface Limiter {
  readonly inFlight: number;
  readonly waiting: number;
  /** How many may be in flight now: halved when the provider is overloaded, grown by one a round of successes. */
  readonly allowed: number;
  /** Waits for a place, first come, first served. Rejects with `ABORTED` when the signal says so. */
  enter(signal?: AbortSignal): Promise<Pass>;
}

/** A place among the requests in flight; it must be left once. */
export interface Pass {
  leave(parting: Parting): void;
}

/** How a request ended, as far as it tells of the provider's load. */
interface Parting {
  readonly overloaded?: boolean;
  readonly failed?: boolean;
  readonly retryAfterMs?: number;
}

/** A longer Retry-After is the business of the call that got it, not of everybody in the queue. */
const longestPauseMs = 60_000;

/**
 * A limiter: additive increase, multiplicative decrease (D.-M. Chiu and R. Jain, 1989). It starts at full
 * concurrency; requests that were in flight at a decrease do not cause another one.
 */
export function createLimiter(options: LimitOptions): Limiter {
  if (!(options.concurrency >= 1)) {
    throw new TinyTroupeError("OPTION_INVALID", `A concurrency of ${options.concurrency} lets no call through.`, {
      data: { option: "concurrency", value: options.concurrency },
      hint: "Give a whole number from 1 up.",
    });
  }
  return new AdaptiveLimiter(options);
}

class AdaptiveLimiter implements Limiter {
  readonly #timer: Timer;
  readonly #most: number;
  readonly #queue = new Set<() => void>();
  #allowed: number;
  #inFlight = 0;
  #admitted = 0;
  #decreasedAt = 0;
  #pausedUntil = Number.NEGATIVE_INFINITY;
  #pause: AbortController | undefined;

  constructor({ concurrency, timer = systemTimer }: LimitOptions) {
    this.#most = concurrency;
    this.#allowed = concurrency;
    this.#timer = timer;
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  get waiting(): number {
    return this.#queue.size;
  }

  get allowed(): number {
    return Math.floor(this.#allowed);
  }

  enter(signal?: AbortSignal): Promise<Pass> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(aborted(signal));
      const turn = () => {
        signal?.removeEventListener("abort", stop);
        resolve(this.#pass());
      };
      const stop = () => {
        this.#queue.delete(turn);
        this.#admit();
        reject(aborted(signal));
      };
      signal?.addEventListener("abort", stop, { once: true });
      this.#queue.add(turn);
      this.#admit();
    });
  }

  #pass(): Pass {
    const number = ++this.#admitted;
    this.#inFlight++;
    return {
      leave: (outcome) => {
        this.#inFlight--;
        this.#learn(outcome, number);
        this.#admit();
      },
    };
  }

  #learn({ overloaded = false, failed = false, retryAfterMs = 0 }: Parting, number: number): void {
    if (!overloaded) {
      if (!failed) this.#allowed = Math.min(this.#most, this.#allowed + 1 / this.#allowed);
      return;
    }
    this.#pausedUntil = Math.max(this.#pausedUntil, this.#timer.now() + Math.min(retryAfterMs, longestPauseMs));
    if (number <= this.#decreasedAt) return;
    this.#allowed = Math.max(1, this.#allowed / 2);
    this.#decreasedAt = this.#admitted;
  }

  #admit(): void {
    const paused = this.#timer.now() < this.#pausedUntil;
    for (const turn of this.#queue) {
      if (paused || this.#inFlight >= this.allowed) break;
      this.#queue.delete(turn);
      turn();
    }
    if (this.#queue.size === 0) this.#pause?.abort();
    else if (paused) this.#wakeAfterPause();
  }

  /** One alarm for the whole queue, taken back when nobody waits any more, so that it keeps no process alive. */
  #wakeAfterPause(): void {
    if (this.#pause !== undefined) return;
    this.#pause = new AbortController();
    const wake = () => {
      this.#pause = undefined;
      this.#admit();
    };
    this.#timer.sleep(this.#pausedUntil - this.#timer.now(), this.#pause.signal).then(wake, wake);
  }
}

/** Holds every request back until the limiter has a place for it. */
export function withLimit(limiter: Limiter): Layer {
  return (model) =>
    around(model, async (call, ask) => {
      const pass = await limiter.enter(call.signal);
      try {
        const answer = await ask();
        pass.leave({});
        return answer;
      } catch (error) {
        pass.leave(weigh(error));
        throw error;
      }
    });
}

/** 429 and Anthropic's 529 mean too much; so does a 503 that says when to come back. */
function weigh(error: unknown): Parting {
  if (!isTinyTroupeError(error, "MODEL_UNAVAILABLE")) return { failed: true };
  const { status, retryAfterMs } = error.data;
  const overloaded = status === 429 || status === 529 || (status === 503 && retryAfterMs !== undefined);
  return { failed: true, overloaded, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
}
