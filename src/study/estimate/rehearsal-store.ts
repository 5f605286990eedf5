import type { Store } from "../../kernel/contracts/store.ts";
import { createMemoryStore } from "../../store/memory.ts";

/**
 * A throw-away store. Calls that the real store has are found there, so that a study that was begun goes on from where
 * it is; nothing is ever written to it.
 */
export function createRehearsalStore(real: Store | undefined): Store {
  const own = createMemoryStore();
  if (real === undefined) return own;
  return {
    ...own,
    // A run that was played before has calls to serve, and is opened as one that has.
    getRun: async (id) => (await own.getRun(id)) ?? real.getRun(id),
    findCall: async (run, asked) => (await own.findCall(run, asked)) ?? real.findCall(run, asked),
    callAt: async (run, scope, ordinal) => (await own.callAt(run, scope, ordinal)) ?? real.callAt(run, scope, ordinal),
    chain: async (head) => {
      const known = await own.chain(head);
      return known.length > 0 ? known : real.chain(head);
    },
    text: async (digest) => (await own.text(digest)) ?? real.text(digest),
  };
}
