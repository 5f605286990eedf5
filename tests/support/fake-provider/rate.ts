import type { Order } from "./dialect.ts";
import { tooMuch } from "./faults.ts";
import type { Limits } from "./plan.ts";

/** What a provider lets through: a bucket each for requests and for tokens, and a number of requests at once. */
export interface Rate {
  /** The 429 for a request that is too much; nothing for one that was let in. */
  refuse(request: { readonly tokens: number; readonly inFlight: number }, now: number): Order | undefined;
}

export function createRate(limits: Limits, start: number): Rate {
  const requests = createBucket(limits.requestsPerMinute, start);
  const tokens = createBucket(limits.tokensPerMinute, start);
  const form = limits.retryAfter ?? "seconds";
  return {
    refuse(request, now) {
      if (request.inFlight > (limits.concurrency ?? Number.POSITIVE_INFINITY)) return tooMuch("absent", 0);
      const waitMs = Math.max(requests.waitFor(1, now), tokens.waitFor(request.tokens, now));
      if (waitMs > 0) return tooMuch(form, waitMs);
      requests.take(1);
      tokens.take(request.tokens);
      return undefined;
    },
  };
}

/** A bucket that fills at a steady rate; one take may be larger than it, when it is full. */
function createBucket(perMinute: number | undefined, start: number) {
  const perMs = (perMinute ?? Number.POSITIVE_INFINITY) / 60_000;
  const size = Math.max(1, perMs * 1000);
  let [held, at] = [size, start];
  return {
    /** Milliseconds until so much can be taken. */
    waitFor(amount: number, now: number): number {
      if (perMinute === undefined) return 0;
      held = Math.min(size, held + (now - at) * perMs);
      at = now;
      return Math.max(0, (Math.min(amount, size) - held) / perMs);
    },
    take(amount: number): void {
      held -= amount;
    },
  };
}
