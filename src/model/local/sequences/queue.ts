import { aborted } from "../calling/abort.ts";
import type { LlamaSequence } from "../runtime.ts";

/** A place in the context: whose conversation it holds, and when it was used last. */
export interface Slot {
  readonly sequence: LlamaSequence;
  scope?: string;
  /** How many of its first tokens may serve another prompt that begins alike. */
  reusable: number;
  busy: boolean;
  usedAt: number;
}

/** Callers who wait for a slot, first come first served. */
export interface Queue {
  wait(scope: string, signal?: AbortSignal): Promise<Slot>;
  release(slot: Slot): void;
  /** Resolves when no slot is in use. */
  quiet(): Promise<void>;
}

export function createQueue(slots: readonly Slot[]): Queue {
  const waiting: { scope: string; take(slot: Slot): void }[] = [];
  const listeners: (() => void)[] = [];
  let clock = 0;

  function pump(): void {
    for (let slot = free(); slot !== undefined; slot = free()) {
      slot.busy = true;
      waiting.shift()?.take(slot);
    }
    if (slots.every((slot) => !slot.busy)) for (const listener of listeners.splice(0)) listener();
  }

  const free = (): Slot | undefined => (waiting[0] === undefined ? undefined : pick(slots, waiting[0].scope));

  return {
    wait: (scope, signal) =>
      new Promise((resolve, reject) => {
        const take = (slot: Slot): void => {
          signal?.removeEventListener("abort", leave);
          resolve(slot);
        };
        const place = { scope, take };
        const leave = (): void => {
          waiting.splice(waiting.indexOf(place), 1);
          reject(aborted(signal));
        };
        signal?.addEventListener("abort", leave, { once: true });
        waiting.push(place);
        pump();
      }),
    release(slot) {
      slot.busy = false;
      slot.usedAt = ++clock;
      pump();
    },
    quiet: () =>
      new Promise((resolve) => {
        listeners.push(resolve);
        pump();
      }),
  };
}

/** The free slot of the same scope, else an unused one, else the one whose last use is longest ago. */
function pick(slots: readonly Slot[], scope: string): Slot | undefined {
  const free = slots.filter((slot) => !slot.busy).sort((a, b) => a.usedAt - b.usedAt);
  return free.find((slot) => slot.scope === scope) ?? free[0];
}
