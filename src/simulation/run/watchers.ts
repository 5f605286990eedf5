import type { Listener } from "../../kernel/contracts/events.ts";

/** Those who watch a run: each event goes to all of them, in the order in which they came. */
export interface Watchers {
  readonly watch: Listener;
  /** The returned function ends it. */
  subscribe(listener: Listener): () => void;
}

export function createWatchers(first?: Listener): Watchers {
  const listeners = new Set<Listener>(first ? [first] : []);
  return {
    watch: (event) => {
      for (const listener of listeners) listener(event);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
