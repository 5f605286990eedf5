import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Store } from "../../kernel/contracts/store.ts";
import { openSqliteStore } from "../../store/sqlite/open.ts";
import type { Environment } from "../environment.ts";

/** Where a project keeps its runs: `.tinytroupe/troupe.db` in the working folder. */
export function projectStore(environment: Environment): string {
  return join(environment.folder, ".tinytroupe", "troupe.db");
}

/** Opens a SQLite file; the project's own folder is kept out of version control. */
export async function ownStore(path: string, isProjects: boolean): Promise<Store> {
  if (isProjects) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(join(dirname(path), ".gitignore"), "*\n", { flag: "wx" }).catch(unlessThere);
  }
  return openSqliteStore(path);
}

function unlessThere(error: NodeJS.ErrnoException): void {
  if (error.code !== "EEXIST") throw error;
}
