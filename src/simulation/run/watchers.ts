import type { Listener } from "../../kernel/contracts/events.ts";

/** Those who watch a run: each event goes to all of them, in the order in which they came. */
export interface Watchers {
  readonly watch: Listener;
  /** The returned function ends it. */
  subscribe(listener: Listener): () => void;
}

/**
 * A watcher's fault is thrown as an uncaught error of the program: it never reaches the middle of a turn, and it is
 * not swallowed. That a scope takes another way than before is told once, whether its events or its calls show it first.
 */
export function createWatchers(first?: Listener): Watchers {
  const listeners = new Set<Listener>(first ? [first] : []);
  const diverged = new Set<string>();
  return {
    watch: (event) => {
      if (event.type === "diverged") {
        if (diverged.has(event.scope)) return;
        diverged.add(event.scope);
      }
      for (const listener of listeners) {
        try {
          listener(event);
        } catch (fault) {
          queueMicrotask(() => {
            throw fault;
          });
        }
      }
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
