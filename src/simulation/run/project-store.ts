import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Store } from "../../kernel/contracts/store.ts";
import { storeFailure } from "../../store/sqlite/failures.ts";
import { openSqliteStore } from "../../store/sqlite/open.ts";
import type { Environment } from "../environment.ts";

/** Where a project keeps its runs: `.tinytroupe/troupe.db` in the working folder. */
export function projectStore(environment: Environment): string {
  return join(environment.folder, ".tinytroupe", "troupe.db");
}

/** Opens a SQLite file; the project's own folder is kept out of version control. */
export async function ownStore(path: string, isProjects: boolean): Promise<Store> {
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
