import type { Layer } from "../../kernel/contracts/model.ts";
import { isTinyTroupeError, TinyTroupeError } from "../../kernel/values/errors.ts";
import { aborted, linkedSignal } from "./time.ts";
import { around } from "./wrap.ts";

/**
 * The two halves of a clean stop: nothing new begins, and what is on its way to the model comes home. `waits` stands
 * outside of all waiting (for a place, for money, between attempts) and ends it; `flight` stands inside of it, lets no
 * further attempt begin, and keeps the stop away from those that have.
 */
export interface Stop {
  readonly waits: Layer;
  readonly flight: Layer;
}

export function createStop(stopping: AbortSignal): Stop {
  /** What may cut off a call in flight, by the signal under which it waited. */
  const own = new WeakMap<AbortSignal, AbortSignal>();
  return {
    waits: (model) =>
      around(model, async (call, ask) => {
        if (stopping.aborted) throw stopped(stopping);
        const waiting = linkedSignal(stopping, call.signal);
        own.set(waiting.signal, call.signal ?? new AbortController().signal);
        try {
          return await ask(waiting.signal);
        } catch (error) {
          // The fault would have been tried again, had the run gone on: it is no outcome of the call.
          const onTheWay = isTinyTroupeError(error, "MODEL_UNAVAILABLE", "MODEL_TIMEOUT");
          throw stopping.aborted && onTheWay ? stopped(stopping, error) : error;
        } finally {
          waiting.end();
        }
      }),
    flight: (model) =>
      around(model, async (call, ask) => {
        if (stopping.aborted) throw stopped(stopping);
        return ask(call.signal && own.get(call.signal));
      }),
  };
}

/** The same for a model that answers at once: it is never waited for, so that whether it begins is all there is to stop. */
export function withGate(stopping: AbortSignal | undefined, aborting: AbortSignal | undefined): Layer {
  return (model) =>
    around(model, async (_call, ask) => {
      if (aborting?.aborted) throw aborted(aborting);
      if (stopping?.aborted) throw stopped(stopping);
      return ask();
    });
}

/** The error of a call that did not begin; a reason that is one of our errors, such as a spent budget, speaks for itself. */
function stopped({ reason }: AbortSignal, cause: unknown = reason): TinyTroupeError {
  if (reason instanceof TinyTroupeError) return reason;
  return new TinyTroupeError("ABORTED", "The run was stopped before this call was answered.", {
    data: { reason: reason instanceof Error ? reason.message : String(reason) },
    hint: "Nothing is lost: start the same study again and it goes on from here.",
    cause,
  });
}
