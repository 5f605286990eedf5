import type { Listener, SimulationEvent } from "../../../kernel/contracts/events.ts";

/** Those who watch a run: each event goes to all of them, in the order in which they came. */
export interface Watchers {
  readonly watch: Listener;
  /** The returned function ends it. */
  subscribe(listener: Listener): () => void;
}

/**
 * A watcher's fault is thrown as an uncaught error of the program: it never reaches the middle of a turn, and it is
 * not swallowed. That a scope takes another way than before is told once, whether its events or its calls show it first; so is
 * a warning that says so of itself.
 */
export function createWatchers(first?: Listener): Watchers {
  const listeners = new Set<Listener>(first ? [first] : []);
  const told = new Set<string>();
  return {
    watch: (event) => {
      const what = once(event);
      if (what !== undefined) {
        if (told.has(what)) return;
        told.add(what);
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

/** What is told once of an event; undefined where it is told each time. */
function once(event: SimulationEvent): string | undefined {
  if (event.type === "diverged") return `diverged ${event.scope}`;
  return event.type === "warning" && event.once ? `warning ${event.message}` : undefined;
}
