import { aborted, systemTimer, type Timer } from "../time.ts";
import { AdaptiveConcurrency } from "./concurrency.ts";
import { Minute, type Taken } from "./minute.ts";

/** What a provider allows of one model. An absent rate is not limited by us: the provider's own answers tell. */
export interface Allowance {
  /** Requests in flight at most; fewer while the provider says that it is too much. Default 16. */
  readonly concurrency?: number;
  /** Requests begun in any 60 seconds. */
  readonly requestsPerMinute?: number;
  /** Tokens, of prompts and answers, of the requests begun in any 60 seconds. */
  readonly tokensPerMinute?: number;
}

/** Lets in as many requests as the provider bears, first come, first served. */
export interface Limiter {
  readonly allowance: Allowance;
  readonly inFlight: number;
  readonly waiting: number;
  /** How many may be in flight now: fewer after the provider said that it is too much, then more from round to round. */
  readonly allowed: number;
  /** Waits for a place. Rejects with `ABORTED` when the signal says so. */
  acquire(wanted?: PermitRequest): Promise<Permit>;
}

/** Who wants a place. */
export interface PermitRequest {
  /** What the request may come to, where tokens are limited. */
  readonly tokens?: number;
  readonly signal?: AbortSignal;
  /** Told when the wait is known to be longer than two seconds. */
  onWait?(forMs: number, reason: string): void;
}

/** A place among the requests in flight; it must be released once. */
export interface Permit {
  release(outcome: RequestOutcome): void;
}

/** How a request ended, as far as it tells of the provider's load. */
export interface RequestOutcome {
  readonly overloaded?: boolean;
  readonly failed?: boolean;
  /** How long nobody is let in. */
  readonly retryAfterMs?: number;
  /** What it came to; absent when nobody can know: then what was set aside stays taken. */
  readonly tokens?: number;
}

const longWaitMs = 2_000;
const usualConcurrency = 16;

/** A limiter of one model. `createLimiters` makes and checks them. */
export function createLimiter(allowance: Allowance, timer: Timer = systemTimer): Limiter {
  return new QueueLimiter(allowance, timer);
}

interface Waiter {
  readonly tokens: number;
  readonly wanted: PermitRequest;
  go(): void;
  toldUntil: number;
}

/** When time alone lets the next one in, and what it waits for. */
interface Opening {
  readonly at: number;
  readonly reason: string;
}

class QueueLimiter implements Limiter {
  readonly allowance: Allowance;
  readonly #timer: Timer;
  readonly #concurrency: AdaptiveConcurrency;
  readonly #requests: Minute;
  readonly #tokens: Minute;
  readonly #queue = new Set<Waiter>();
  #inFlight = 0;
  #sent = 0;
  #pausedUntil = Number.NEGATIVE_INFINITY;
  #alarm: (Opening & { readonly off: AbortController }) | undefined;

  constructor(allowance: Allowance, timer: Timer) {
    this.allowance = allowance;
    this.#timer = timer;
    this.#concurrency = new AdaptiveConcurrency(allowance.concurrency ?? usualConcurrency);
    this.#requests = new Minute(allowance.requestsPerMinute ?? Number.POSITIVE_INFINITY);
    this.#tokens = new Minute(allowance.tokensPerMinute ?? Number.POSITIVE_INFINITY);
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  get waiting(): number {
    return this.#queue.size;
  }

  get allowed(): number {
    return this.#concurrency.allowed;
  }

  acquire(wanted: PermitRequest = {}): Promise<Permit> {
    const { signal, tokens = 0 } = wanted;
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(aborted(signal));
      const stop = () => {
        this.#queue.delete(waiter);
        this.#admit();
        reject(aborted(signal));
      };
      const waiter: Waiter = {
        ...{ tokens, wanted, toldUntil: Number.NEGATIVE_INFINITY },
        go: () => {
          this.#queue.delete(waiter);
          signal?.removeEventListener("abort", stop);
          resolve(this.#permit(tokens));
        },
      };
      signal?.addEventListener("abort", stop, { once: true });
      this.#queue.add(waiter);
      this.#admit();
      if (this.#queue.has(waiter)) this.#tell(waiter);
    });
  }

  #permit(tokens: number): Permit {
    const now = this.#timer.now();
    const number = ++this.#sent;
    this.#inFlight++;
    this.#requests.take(now, 1);
    const taken = this.#tokens.take(now, tokens);
    return { release: (outcome) => this.#release(outcome, { number, taken }) };
  }

  #release(outcome: RequestOutcome, { number, taken }: { number: number; taken: Taken }): void {
    const { overloaded, failed, retryAfterMs = 0, tokens } = outcome;
    if (tokens !== undefined) taken.settle(tokens);
    if (overloaded) {
      this.#pausedUntil = Math.max(this.#pausedUntil, this.#timer.now() + retryAfterMs);
      this.#concurrency.refused({ number, sent: this.#sent, inFlight: this.#inFlight });
    } else if (!failed && this.#inFlight >= this.allowed) this.#concurrency.answered();
    this.#inFlight--;
    this.#admit();
  }

  #admit(): void {
    const now = this.#timer.now();
    for (const waiter of this.#queue) {
      if (this.#inFlight >= this.allowed) break;
      const opening = this.#opening(now, waiter.tokens);
      if (opening.at > now) {
        this.#sleepUntil(opening);
        break;
      }
      waiter.go();
    }
    if (this.#queue.size > 0) return;
    // Taken back when nobody waits any more, so that it keeps no process alive.
    this.#alarm?.off.abort();
    this.#alarm = undefined;
  }

  #opening(now: number, tokens: number): Opening {
    const requests = this.#requests.opensAt(now, 1);
    const room = this.#tokens.opensAt(now, tokens);
    const at = Math.max(this.#pausedUntil, requests, room);
    if (at === this.#pausedUntil) return { at, reason: "The provider asked for a pause." };
    const [limit, what] = at === requests ? [this.#requests.limit, "requests"] : [this.#tokens.limit, "tokens"];
    return { at, reason: `The limit is ${limit.toLocaleString("en")} ${what} a minute.` };
  }

  /** One alarm for the whole queue; one that rings earlier looks again. */
  #sleepUntil(opening: Opening): void {
    if (this.#alarm !== undefined && this.#alarm.at <= opening.at) return;
    this.#alarm?.off.abort();
    const alarm = { ...opening, off: new AbortController() };
    this.#alarm = alarm;
    const wake = () => {
      if (this.#alarm !== alarm) return;
      this.#alarm = undefined;
      this.#admit();
    };
    this.#timer.sleep(opening.at - this.#timer.now(), alarm.off.signal).then(wake, wake);
    for (const waiter of this.#queue) this.#tell(waiter);
  }

  #tell(waiter: Waiter): void {
    const { at, reason } = this.#alarm ?? { at: Number.NEGATIVE_INFINITY, reason: "" };
    const forMs = at - this.#timer.now();
    if (forMs <= longWaitMs || at <= waiter.toldUntil) return;
    waiter.toldUntil = at;
    waiter.wanted.onWait?.(Math.ceil(forMs), reason);
  }
}
