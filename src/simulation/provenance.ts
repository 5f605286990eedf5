import type { Store } from "../kernel/contracts/store.ts";
import type { RunId } from "../kernel/values/ids.ts";
import { packageVersion } from "../population/package-version.ts";
import { lineageOf } from "../store/lineage/lineage.ts";
import { knownRun } from "../store/story.ts";
import type { RunProvenance } from "../table/provenance.ts";

/**
 * Where what a stored run gives comes from: what tables and documents say of themselves. Throws RUN_UNKNOWN.
 */
export async function readProvenance(store: Store, run: RunId): Promise<RunProvenance> {
  const record = await knownRun(store, run);
  const { id, name, seed, model, createdAt, heuristic } = record;
  const asked = new Set<string>();
  for (const { run: each } of await lineageOf(store, record)) {
    for await (const attempt of store.listAttempts(each)) asked.add(attempt.model);
  }
  asked.delete(model);
  return {
    simulated: true,
    run: id,
    ...{ name, seed, models: [model, ...[...asked].sort()], date: createdAt },
    ...(heuristic && { heuristic }),
    version: await packageVersion(),
  };
}
