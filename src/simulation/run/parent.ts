import type { RunRecord, Store } from "../../kernel/contracts/store.ts";
import { TinyTroupeError } from "../../kernel/values/errors.ts";
import { canonicalJson } from "../../kernel/values/hash.ts";
import { knownRun } from "../../store/story.ts";
import type { ForkOptions, SimulationOptions } from "../options.ts";

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

/**
 * NAME_TAKEN where an earlier run of this name is another fork: it parts elsewhere, or is described otherwise. One that
 * failed gives way, since what it had answered is kept in any case.
 */
export function refuseOther({ at, described, replace }: ForkOptions, known: RunRecord | undefined): void {
  const before = known?.details?.["fork"];
  const isOther =
    known?.parent?.at !== at ||
    (described !== undefined && before !== undefined && canonicalJson(described) !== canonicalJson(before));
  if (known?.parent === undefined || known.status === "failed" || replace || !isOther) return;
  const parts = known.parent.at === undefined ? "" : `, which parts at ${known.parent.at}`;
  throw new TinyTroupeError("NAME_TAKEN", `Another fork is called '${known.name}' already: ${known.id}${parts}.`, {
    data: { name: known.name },
    hint: "Give this one another name, or say that it takes the other's place: --replace, in a program `replace: true`.",
  });
}
