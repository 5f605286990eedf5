import { aborted } from "../calling/abort.ts";
import type { LlamaContext, LlamaSequence, Token } from "../runtime.ts";
import { createQueue, type Queue, type Slot } from "./queue.ts";
import type { States } from "./states.ts";

/** A sequence in one caller's hands. Its first `reused` tokens are evaluated already; the rest is to be done. */
export interface Lease {
  readonly sequence: LlamaSequence;
  readonly reused: number;
  release(): void;
}

export interface Pool {
  /** Waits, first come first served, for a sequence that holds as much of the prompt as can be had. */
  acquire(wanted: Wanted): Promise<Lease>;
  /** Resolves when no sequence is in use: a call that was given up goes on for a moment. */
  quiet(): Promise<void>;
}

interface Wanted {
  readonly tokens: readonly Token[];
  readonly scope: string;
  readonly signal?: AbortSignal | undefined;
}

interface House {
  readonly slots: readonly Slot[];
  readonly states: States;
  readonly queue: Queue;
  readonly block: number;
}

// Copying a state takes as long as evaluating some fifty tokens of a small model.
const worthCopying = 64;

/**
 * The sequences of a context, lent one caller at a time; `scope` draws a conversation back to its own.
 * Prefixes are reused in whole blocks.
 */
export function createPool(context: LlamaContext, states: States, block: number): Pool {
  const slots: Slot[] = Array.from({ length: context.totalSequences }, () => ({
    sequence: context.getSequence(),
    reusable: 0,
    busy: false,
    usedAt: 0,
  }));
  const queue = createQueue(slots);
  return {
    async acquire(wanted) {
      if (wanted.signal?.aborted) throw aborted(wanted.signal);
      const slot = await queue.wait(wanted.scope, wanted.signal);
      try {
        const reused = await prepare(slot, wanted, { slots, states, queue, block });
        const release = (): void => {
          const evaluated = slot.sequence.nextTokenIndex;
          slot.reusable = block === 1 ? evaluated : Math.min(evaluated, wholeBlocks(wanted.tokens.length, block));
          queue.release(slot);
        };
        return { sequence: slot.sequence, reused, release };
      } catch (error) {
        queue.release(slot);
        throw error;
      }
    },
    quiet: () => queue.quiet(),
  };
}

/** How many tokens of a prompt are evaluated in whole blocks: all but the last 1 to `block`. */
export const wholeBlocks = (tokens: number, block: number): number => Math.floor((tokens - 1) / block) * block;

/** Makes the sequence hold the longest known prefix of the prompt, and nothing after it. */
async function prepare(slot: Slot, { tokens, scope }: Wanted, house: House): Promise<number> {
  const { states, block } = house;
  // The last token is always evaluated anew: its outcome is what the answer starts from.
  const most = wholeBlocks(tokens.length, block);
  const usable = (length: number): number => Math.floor(Math.min(length, most) / block) * block;
  const common = (one: Slot): number => {
    const { firstDifferentIndex } = one.sequence.compareContextTokens([...tokens]);
    return usable(Math.min(firstDifferentIndex, one.reusable));
  };
  const own = common(slot);
  // Somebody else's conversation is kept: it comes back from the file in a hundredth of the time.
  if (slot.scope !== scope && slot.reusable - own >= worthCopying) await states.save(slot.sequence, slot.reusable);
  slot.scope = scope;
  await saveLonger(house, common, Math.max(own, usable(states.best(tokens)?.length ?? 0)));
  const saved = states.best(tokens);
  const worthIt = saved !== undefined && usable(saved.length) >= own + worthCopying;
  const copied = worthIt && (await states.load(saved.saved, slot.sequence));
  const keep = copied ? usable(saved.length) : own;
  slot.reusable = keep;
  await slot.sequence.adaptStateToTokens(tokens.slice(0, keep), false);
  return slot.sequence.nextTokenIndex;
}

/** What another idle sequence has in common with the prompt, and no saved state has, is saved to be copied. */
async function saveLonger(
  { slots, states, queue }: House,
  common: (slot: Slot) => number,
  known: number,
): Promise<void> {
  const idle = slots.filter((slot) => !slot.busy && common(slot) >= known + worthCopying);
  const best = idle.sort((a, b) => common(b) - common(a))[0];
  if (best === undefined) return;
  best.busy = true;
  try {
    await states.save(best.sequence, best.reusable);
  } finally {
    queue.release(best);
  }
}
