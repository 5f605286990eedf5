import { aborted, type Timer } from "../../src/model/flow/time.ts";

/** Time that passes only when the test says so. */
export interface VirtualTimer extends Timer {
  /** How many sleep now. */
  readonly sleeping: number;
  /** Every sleep that was asked for, in milliseconds. */
  readonly asked: readonly number[];
  /** Lets time pass; whoever is due wakes in order, and what they do then happens before the next one wakes. */
  advance(milliseconds: number): Promise<void>;
}

interface Sleeper {
  readonly due: number;
  wake(): void;
}

export function virtualTimer(): VirtualTimer {
  const sleepers = new Set<Sleeper>();
  const asked: number[] = [];
  let now = 0;
  return {
    get sleeping() {
      return sleepers.size;
    },
    asked,
    now: () => now,
    sleep: (milliseconds, signal) => {
      asked.push(milliseconds);
      return new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(aborted(signal));
        const stop = () => {
          sleepers.delete(sleeper);
          reject(aborted(signal));
        };
        const sleeper = {
          due: now + milliseconds,
          wake: () => {
            sleepers.delete(sleeper);
            signal?.removeEventListener("abort", stop);
            resolve();
          },
        };
        signal?.addEventListener("abort", stop, { once: true });
        sleepers.add(sleeper);
      });
    },
    advance: async (milliseconds) => {
      const end = now + milliseconds;
      for (;;) {
        await quiet();
        let next: Sleeper | undefined;
        for (const each of sleepers) if (next === undefined || each.due < next.due) next = each;
        if (next === undefined || next.due > end) break;
        now = next.due;
        next.wake();
      }
      now = end;
      await quiet();
    },
  };
}

/** Waits until every promise that can go on without new input has done so. */
export const quiet = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
