import { open, readFile, rm } from "node:fs/promises";
import { undefinedIfMissing } from "../../../kernel/text/files/missing.ts";
import { TinyTroupeError } from "../../../kernel/values/errors.ts";

/** Keeps two processes from writing one file; a lock left by a process that is gone is taken over. */
export async function holdLock(path: string, model: string): Promise<() => Promise<void>> {
  for (const last of [false, true]) {
    const handle = await open(path, "wx").catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    });
    if (handle !== undefined) {
      await handle.writeFile(String(process.pid));
      await handle.close();
      return () => rm(path, { force: true });
    }
    if (last || (await isHeld(path))) break;
    await rm(path, { force: true });
  }
  throw new TinyTroupeError("MODEL_DOWNLOAD", `Another process is fetching ${model} right now.`, {
    data: { model: `local/${model}`, from: path },
    hint: `Wait until it is done; if there is none, delete ${path}.`,
  });
}

async function isHeld(path: string): Promise<boolean> {
  const holder = Number(await readFile(path, "utf8").catch(undefinedIfMissing));
  if (!Number.isInteger(holder) || holder <= 0) return false;
  try {
    process.kill(holder, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
