import type { Bed, Dormitory } from "../../kernel/contracts/context.ts";
import type { PastParts } from "./past.ts";

/** For those who are few, or not for long: nothing of theirs is put aside, and nobody holds them for that. */
export const sleepless: Dormitory = {
  bed: (): Bed => ({
    ...{ wake: () => undefined, brings: () => undefined, holds: () => undefined, stays: () => undefined },
    during: (job) => job(),
  }),
};

/**
 * Takes over all that another person lived through, who keeps it and is not moved by it. What is never changed is the
 * same for both.
 */
export async function takeOver(fork: PastParts, original: PastParts): Promise<void> {
  const memory = await original.memory.partsNow();
  const { log, history, guard } = original;
  const lived = { log: log.parts, history: history.parts, memory };
  // Words that quote a source may be taken out of what one of the two perceived.
  const own = log.hasQuotes ? structuredClone(lived) : lived;
  fork.log.restore(own.log);
  fork.history.restore(own.history);
  fork.memory.join(original.memory, own.memory);
  if (guard !== undefined) fork.guard?.takeUp(guard.known);
}
