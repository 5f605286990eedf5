/** Who waits for a run to come to its places. */
export type Arrival = (place: string) => void | Promise<void>;

/** The places of a run, at which it waits for those who have something to do there. */
export interface Gates {
  readonly arriveAt: (place: string) => Promise<void>;
  /** The place at which it arrived last. */
  here(): string | undefined;
  /** The returned function ends it. */
  onArrival(listener: Arrival): () => void;
}

/**
 * Listeners are waited for one after the other, those who came last first: whoever began to watch before a study was
 * played sees what it does in its places. What one throws ends the run there.
 */
export function createGates(): Gates {
  const listeners = new Set<Arrival>();
  let last: string | undefined;
  return {
    here: () => last,
    arriveAt: async (place) => {
      last = place;
      for (const listener of [...listeners].reverse()) await listener(place);
    },
    onArrival: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
