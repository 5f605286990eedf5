import type { Listener } from "../../kernel/contracts/events.ts";
import type { Layer } from "../../kernel/contracts/model.ts";
import { isTinyTroupeError, TinyTroupeError } from "../../kernel/values/errors.ts";
import type { Random } from "../../kernel/values/random.ts";
import { systemTimer, type Timer, usualPatienceMs } from "./time.ts";
import { around, type Call } from "./wrap.ts";

export interface RetryOptions {
  /** Dice for the jitter; only waiting depends on them, never a result. */
  readonly random: Random;
  /** Attempts in all, the first one included; 10 when absent. */
  readonly attempts?: number;
  /**
   * No further attempt is begun once back-off and attempts that ran out of time come to more than this; 10 minutes when
   * absent. What a call waits for its turn does not count: a long queue is no fault.
   */
  readonly totalMs?: number;
  /** Upper end of the first wait, doubled at each further one; 500 ms when absent. */
  readonly firstMs?: number;
  /** Upper end of any wait that the provider did not ask for; 30 s when absent. */
  readonly longestMs?: number;
  readonly timer?: Timer;
  readonly watch?: Listener;
}

/**
 * Repeats calls that failed on the way (`MODEL_UNAVAILABLE`, `MODEL_TIMEOUT`): exponential back-off with full jitter
 * (M. Brooker, "Exponential Backoff And Jitter", AWS 2015), never less than what the provider asked for.
 * Never waits before the first attempt nor after the last; the error of the last one says how many there were.
 */
export function withRetry(options: RetryOptions): Layer {
  const { attempts = 10, totalMs = usualPatienceMs, timer = systemTimer } = options;
  const random = options.random.fork("retry");
  return (model) =>
    around(model, async (call, ask) => {
      let spentMs = 0;
      for (let attempt = 1; ; attempt++) {
        try {
          return await ask();
        } catch (error) {
          if (!isTinyTroupeError(error, "MODEL_UNAVAILABLE", "MODEL_TIMEOUT") || call.signal?.aborted) throw error;
          const forMs = backOff(error, attempt, { ...options, random });
          spentMs += forMs + ("afterMs" in error.data ? error.data.afterMs : 0);
          if (attempt >= (isNobodyThere(error) ? Math.min(attempts, triesOfNobody) : attempts) || spentMs > totalMs)
            throw afterAll(error, attempt);
          tell(call, error, { forMs, options });
          await timer.sleep(forMs, call.signal);
          call.restart();
        }
      }
    });
}

type OnTheWay = TinyTroupeError<"MODEL_UNAVAILABLE" | "MODEL_TIMEOUT">;

/** A server that is being started is there in a second or two; one that was forgotten never is. */
const triesOfNobody = 3;

/** Nothing listens at an address of this very machine. */
function isNobodyThere({ cause }: OnTheWay): boolean {
  return cause instanceof Error && "refusedAt" in cause;
}

function backOff(error: OnTheWay, attempt: number, options: RetryOptions): number {
  const { random, firstMs = 500, longestMs = 30_000 } = options;
  const asked = "retryAfterMs" in error.data ? (error.data.retryAfterMs ?? 0) : 0;
  const jitter = random.next() * Math.min(longestMs, firstMs * 2 ** (attempt - 1));
  return Math.ceil(asked + jitter);
}

function tell(call: Call, error: OnTheWay, { forMs, options }: { forMs: number; options: RetryOptions }): void {
  options.watch?.({ type: "call-waiting", scope: call.scope, model: call.model, forMs, reason: error.message });
}

function afterAll(error: OnTheWay, attempts: number): TinyTroupeError {
  if (attempts === 1 || error.code === "MODEL_TIMEOUT") return error;
  return new TinyTroupeError("MODEL_UNAVAILABLE", `${error.message} Tried ${attempts} times.`, {
    data: { ...(error as TinyTroupeError<"MODEL_UNAVAILABLE">).data, attempts },
    hint: error.hint,
    cause: error,
    ...(error.usage === undefined ? {} : { usage: error.usage }),
  });
}
