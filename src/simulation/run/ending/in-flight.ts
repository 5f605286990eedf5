import type { Layer } from "../../../kernel/contracts/model.ts";
import { around } from "../../../model/flow/wrap.ts";

/** The calls of a run that have begun and not ended yet. */
export interface InFlight {
  /** Goes outside of all that a call passes through, so that what counts as home is also kept. */
  readonly layer: Layer;
  /** Resolves when what is under way now has ended, those that wait for their turn too: they were asked before the end. */
  begun(): Promise<void>;
  /** Resolves when no call is under way. */
  home(): Promise<void>;
}

/** Knows what is under way, so that a run does not end while answers that are paid for are still on their way. */
export function createInFlight(): InFlight {
  const calls = new Set<Promise<unknown>>();
  return {
    layer: (model) =>
      around(model, (_call, ask) => {
        const answer = ask();
        const ended: Promise<unknown> = answer
          .catch(() => undefined) // whoever asked hears of the failure
          .then(() => calls.delete(ended));
        calls.add(ended);
        return answer;
      }),
    begun: async () => void (await Promise.all(calls)),
    home: async () => {
      while (calls.size > 0) await Promise.all(calls);
    },
  };
}
