import { dirname } from "node:path";
import { resultsFolder, type TwinRun } from "../../../index.ts";
import { readProvenance, readStory, type Store } from "../../../stores.ts";
import { saveOutcome } from "../../outcome.ts";
import { plainResult } from "../../results.ts";
import type { Session } from "../../session.ts";
import type { Style } from "../../terminal/style.ts";
import { harmless } from "../../terminal/text.ts";
import { reusedBriefly } from "../money/amounts.ts";
import { inStore, storePath } from "../study.ts";

/** The files that runs left, by their runs. */
export type Files = ReadonlyMap<string, readonly string[]>;

/** Leaves what came of each arm as `tinytroupe run` leaves it. */
export async function saveArms(
  session: Session,
  ended: readonly TwinRun<unknown>[],
  flag: string | undefined,
): Promise<Files> {
  const path = await storePath(session, flag);
  const save = async (store: Store, { run, result }: TwinRun<unknown>) => {
    const provenance = await readProvenance(store, run);
    const { name, models, seed } = provenance;
    const title = `${name} · ${run} · ${models[0]} · seed ${seed}`;
    const [folder, events] = [resultsFolder(path, run), readStory(store, run)];
    return [run, await saveOutcome({ folder, title, events, result: plainResult(result), provenance })] as const;
  };
  const saved = await inStore(path, (store) => Promise.all(ended.map((one) => save(store, one))), { readOnly: true });
  return new Map(saved);
}

/** Which arm a run is, what it did not have to ask, and below it the folder of what it left. */
export function leftLines(
  { arm, seed, run, reused }: TwinRun<unknown>,
  { files, style }: { readonly files: Files; readonly style: Style },
): readonly string[] {
  const saved = reusedBriefly(reused.replayed);
  const [file] = files.get(run) ?? [];
  return [
    `  ${harmless(`${arm}, seed ${seed}`)}${saved === undefined ? "" : style.dim(` · ${saved}`)}`,
    ...(file === undefined ? [] : [`    ${harmless(dirname(file))}`]),
  ];
}
