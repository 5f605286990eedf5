import type { Layer } from "../../kernel/contracts/model.ts";
import { TinyTroupeError } from "../../kernel/values/errors.ts";
import { linkedSignal, modelTimeout, systemTimer, type Timer } from "./time.ts";
import { around } from "./wrap.ts";

/**
 * Gives every attempt this many milliseconds, then stops it with `MODEL_TIMEOUT`. A stopped attempt is left at once,
 * even by a model that does not listen to its signal.
 */
export function withDeadline(afterMs: number, timer: Timer = systemTimer): Layer {
  // One for all attempts: making an error with its stack is dearer than all the rest here.
  const over = new TinyTroupeError("ABORTED", "The attempt is over.", { data: {}, hint: "Nobody waits for it." });
  return (model) =>
    around(model, async (call, ask) => {
      const attempt = linkedSignal(call.signal);
      const alarm = timer.sleep(afterMs, attempt.signal).then(() => {
        throw modelTimeout(call.model, afterMs);
      });
      const answer = ask(attempt.signal);
      // Whichever loses the race is answered for by the winner.
      answer.catch(() => undefined);
      alarm.catch(() => undefined);
      try {
        return await Promise.race([answer, alarm]);
      } finally {
        attempt.end();
        // Stops whichever is still going on: the attempt or the alarm.
        attempt.abort(over);
      }
    });
}
