import type { Layer } from "../../kernel/contracts/model.ts";
import { TinyTroupeError } from "../../kernel/values/errors.ts";
import { around } from "../../model/flow/wrap.ts";

/** Two ways to end a run: `stop` begins nothing new and lets the calls in flight return; `abort` cuts them off too. */
export interface Signals {
  readonly stopping: AbortSignal;
  readonly aborting: AbortSignal;
  stop(reason?: string): void;
  abort(reason?: string): void;
}

/** Signals of one run; an outer signal counts as `stop`. */
export function createSignals(outer?: AbortSignal): Signals {
  const soft = new AbortController();
  const hard = new AbortController();
  const stop = (reason = "The run was stopped."): void => soft.abort(reason);
  if (outer?.aborted) stop();
  else outer?.addEventListener("abort", () => stop(), { once: true, signal: soft.signal });
  return {
    stopping: soft.signal,
    aborting: hard.signal,
    stop,
    abort: (reason = "The run was stopped at once.") => {
      soft.abort(reason);
      hard.abort(reason);
    },
  };
}

/** Lets no call begin once the run is stopping; those in flight go on. */
export function withGate(stopping: AbortSignal): Layer {
  return (model) =>
    around(model, async (_call, ask) => {
      if (!stopping.aborted) return ask();
      throw new TinyTroupeError("ABORTED", "The run was stopped before this call began.", {
        data: { reason: String(stopping.reason) },
        hint: "Nothing is lost: start the same study again and it goes on from here.",
      });
    });
}
