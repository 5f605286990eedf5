import type { CallRecord } from "../../kernel/contracts/journal.ts";
import type { RunRecord, Store } from "../../kernel/contracts/store.ts";
import { lineageOf } from "./lineage.ts";

/**
 * The calls that a stored run rests on, the eldest run's first: a fork's own stand in place of those that the runs which it
 * comes from made there.
 */
export async function storedCalls(store: Store, run: RunRecord): Promise<readonly CallRecord[]> {
  const nearest = (await lineageOf(store, run)).toReversed();
  const taken = new Set<string>();
  let found: readonly CallRecord[] = [];
  for (const { run: each } of nearest) {
    const own = await Array.fromAsync(store.listCalls(each));
    found = [...own.filter((call) => !taken.has(placeOf(call))), ...found];
    for (const call of own) taken.add(placeOf(call));
  }
  return found;
}

/** Where a call was made. */
export const placeOf = ({ scope, ordinal }: Pick<CallRecord, "scope" | "ordinal">): string =>
  JSON.stringify([scope, ordinal]);
