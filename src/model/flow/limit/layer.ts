import type { Listener } from "../../../kernel/contracts/events.ts";
import type { Layer, Usage } from "../../../kernel/contracts/model.ts";
import { isTinyTroupeError } from "../../../kernel/values/errors.ts";
import { failedUsage, isCounted, mostUsage } from "../money/billed.ts";
import { createEstimator, type Estimator } from "../money/estimate.ts";
import { usualPatienceMs } from "../time.ts";
import { around } from "../wrap.ts";
import type { Limiter, RequestOutcome } from "./limiter.ts";

export interface LimitOptions {
  /** Guesses what a call may come to, where tokens are limited. */
  readonly estimator?: Estimator;
  readonly watch?: Listener;
  /** Milliseconds that a call waits at most: a pause that is longer holds nobody up, since nobody would keep it. */
  readonly patienceMs?: number;
}

/** Holds every request back until the limiter has a place for it, and tells those who watch of waits over two seconds. */
export function withLimit(limiter: Limiter, options: LimitOptions = {}): Layer {
  const { estimator = createEstimator(), watch, patienceMs = usualPatienceMs } = options;
  const countsTokens = limiter.allowance.tokensPerMinute !== undefined;
  return (model) =>
    around(model, async (call, ask) => {
      const { scope, signal } = call;
      const most = countsTokens && mostUsage(call, estimator, model.limits);
      const permit = await limiter.acquire({
        ...(most && { tokens: sum(most) }),
        ...(signal && { signal }),
        onWait: (forMs, reason) => watch?.({ type: "call-waiting", scope, model: call.model, forMs, reason }),
      });
      try {
        const answer = await ask();
        if (most && answer.usage.input > 0) estimator.observe(call, answer.usage);
        permit.release(isCounted(answer) ? { tokens: sum(answer.usage) } : {});
        return answer;
      } catch (error) {
        permit.release(outcomeOf(error, patienceMs));
        throw error;
      }
    });
}

/** 429 and Anthropic's 529 mean too much; so does a 503 that says when to come back. */
function outcomeOf(error: unknown, patienceMs: number): RequestOutcome {
  const usage = failedUsage(error);
  const failed = { failed: true, ...(usage && { tokens: sum(usage) }) };
  if (!isTinyTroupeError(error, "MODEL_UNAVAILABLE")) return failed;
  const { status, retryAfterMs } = error.data;
  const overloaded = status === 429 || status === 529 || (status === 503 && retryAfterMs !== undefined);
  const pauses = retryAfterMs !== undefined && retryAfterMs <= patienceMs;
  return { ...failed, overloaded, ...(pauses && { retryAfterMs }) };
}

const sum = ({ input, output }: Usage): number => input + output;
