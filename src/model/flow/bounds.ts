import type { Layer, ModelLimits } from "../../kernel/contracts/model.ts";
import { aborted, linkedSignal } from "./time.ts";
import { answering, around } from "./wrap.ts";

/** Room for a long turn and a reasoning model's thoughts; a quarter of the context of a model that has little. */
export function defaultOutputTokens(limits: ModelLimits): number {
  return Math.min(8192, Math.floor(limits.contextTokens / 4));
}

/** The one place where an answer gets its bound when the caller set none, so that every reservation is finite. */
export function withOutputBound(maxOutputTokens?: number): Layer {
  return (model) =>
    answering(model, (request) =>
      model.generate({
        ...request,
        maxOutputTokens: request.maxOutputTokens ?? maxOutputTokens ?? defaultOutputTokens(model.limits),
      }),
    );
}

/** Stops every call, waiting or in flight, when the run is stopped. */
export function withSignal(signal: AbortSignal): Layer {
  return (model) =>
    around(model, async (call, ask) => {
      if (signal.aborted) throw aborted(signal);
      const both = linkedSignal(signal, call.signal);
      try {
        return await ask(both.signal);
      } finally {
        both.end();
      }
    });
}
