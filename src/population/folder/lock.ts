import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Ownership } from "../../kernel/contracts/store.ts";
import { fileReason } from "../../kernel/text/reasons.ts";
import { TinyTroupeError } from "../../kernel/values/errors.ts";
import { takeRunLock } from "../../store/sqlite/run-lock.ts";

/**
 * Makes the folder where needed and takes it: nobody else writes there until it is released or its holder has died.
 * Throws STORE_LOCKED and FILE_UNWRITABLE.
 */
export async function lockFolder(folder: string): Promise<Ownership> {
  const { DatabaseSync } = await import("node:sqlite");
  let lock: Ownership | undefined;
  try {
    await mkdir(folder, { recursive: true });
    lock = takeRunLock(join(folder, ".population.lock"), DatabaseSync);
  } catch (cause) {
    throw new TinyTroupeError("FILE_UNWRITABLE", `Cannot write into ${folder}: ${fileReason(cause)}.`, {
      data: { file: folder },
      hint: "Choose a folder where you may write.",
      cause,
    });
  }
  if (lock !== undefined) return lock;
  throw new TinyTroupeError("STORE_LOCKED", `Another program is making people in ${folder}.`, {
    data: { location: folder },
    hint: "Wait until it has ended, or name another folder.",
  });
}
