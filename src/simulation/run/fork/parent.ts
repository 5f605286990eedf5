import type { RunRecord, Store } from "../../../kernel/contracts/store.ts";
import { TinyTroupeError } from "../../../kernel/values/errors.ts";
import { knownRun } from "../../../store/story.ts";
import type { SimulationOptions } from "../../options.ts";

/**
 * The run that a fork comes from: by its id, the name of its study, or the beginning of an id that says which. Throws
 * `RUN_UNKNOWN`.
 */
export async function parentOfFork(store: Store, options: SimulationOptions): Promise<RunRecord | undefined> {
  const { fork, seed, model } = options;
  if (fork === undefined) return undefined;
  if (fork.of !== undefined && (await store.getRun(fork.of)) !== undefined) return knownRun(store, fork.of);
  const name = fork.of ?? fork.study ?? options.name;
  const runs = await store.listRuns({ name, order: "updated" });
  const asked = typeof model === "object" && "generate" in model ? model.id : model;
  const fits = (run: RunRecord): boolean =>
    (seed === undefined || run.seed === String(seed)) && (typeof asked !== "string" || run.model === asked);
  const found = runs.find(fits) ?? runs[0];
  if (found !== undefined) return found;
  const [begins, ...others] = fork.of === undefined ? [] : await store.listRuns({ idStart: fork.of, limit: 2 });
  if (begins !== undefined && others.length === 0) return begins;
  throw new TinyTroupeError("RUN_UNKNOWN", `There is no run of '${name}' in ${store.location} to fork.`, {
    data: { run: name },
    hint: "Play the study first; a fork goes on from what was played.",
  });
}
