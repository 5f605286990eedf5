import { mkdir, rm, writeFile } from "node:fs/promises";
import { basename, dirname, extname, join } from "node:path";
import type { Store } from "../../kernel/contracts/store.ts";
import { TinyTroupeError } from "../../kernel/values/errors.ts";
import type { Environment } from "../environment.ts";

/** Where a project keeps its runs: `.tinytroupe/troupe.db` in the working folder. */
export function projectStore(environment: Environment): string {
  return join(environment.folder, ".tinytroupe", "troupe.db");
}

/**
 * Where what a run leaves for people lies, beside its journal: `runs/<run>` for the usual `troupe.db`, and a folder named
 * after the journal for any other, since the same study is the same run in both. PATH_OUTSIDE for a run of a journal from elsewhere whose id leads out of it.
 * @example
 * resultsFolder("kept/pilot.db", "kettles-6d39de"); // => "kept/pilot-runs/kettles-6d39de"
 */
export function resultsFolder(location: string, run: string): string {
  const name = basename(location, extname(location));
  const folder = join(dirname(location), name === "troupe" ? "runs" : `${name}-runs`);
  if (!/[/\\]|^\.*$/.test(run)) return join(folder, run);
  throw new TinyTroupeError(
    "PATH_OUTSIDE",
    `The run '${run}' is called as no run can be: its results would be elsewhere.`,
    {
      data: { path: run, folder },
      hint: "The journal was not written by tinytroupe: use it only if you know where it comes from.",
    },
  );
}

/** Opens a SQLite file; the project's own folder is kept out of version control. */
export async function ownStore(path: string, isProjects: boolean): Promise<Store> {
  const [{ openSqliteStore }, { storeFailure }] = await Promise.all([
    import("../../store/sqlite/open.ts"),
    import("../../store/sqlite/failures.ts"),
  ]);
  if (isProjects) {
    await keepOut(dirname(path)).catch((error: unknown) => {
      throw storeFailure(error, path);
    });
  }
  return openSqliteStore(path);
}

async function keepOut(folder: string): Promise<void> {
  const file = join(folder, ".gitignore");
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(file, "*\n", { flag: "wx" });
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return;
    await rm(file, { force: true }).catch(() => undefined); // a full disk leaves an empty one, which keeps nothing out
    throw error;
  }
}
