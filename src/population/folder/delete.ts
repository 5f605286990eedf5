import { rm } from "node:fs/promises";
import { join } from "node:path";
import { fileReason } from "../../kernel/text/reasons.ts";
import { TinyTroupeError } from "../../kernel/values/errors.ts";
import { lockFolder } from "./lock.ts";
import { readManifest, writeManifest } from "./manifest.ts";

/** What is gone, and what is not looked at. */
export interface DeletedPerson {
  readonly id: string;
  /** The file that was removed, from the folder; absent where there was none. */
  readonly file?: string;
  /** Where something of them may still stand. */
  readonly remains: readonly string[];
}

const remains = [
  "Runs in which they took part keep their persona and what they said: see `tinytroupe runs delete`.",
  "The run that made the population keeps the model's answer about them.",
  "Copies, exports and versions of the folder that were kept elsewhere.",
];

/**
 * Deletes somebody of a population: the file of the persona, then all that the manifest says of them but the id, so that
 * they are not made again. Killed between the two, it is done by deleting them once more. Which runs mention them is not
 * looked up: `remains` says where to look. Throws STORE_LOCKED while people are made there, TARGET_UNKNOWN for an id that
 * the population does not have, FILE_UNREADABLE, POPULATION_INVALID and FILE_UNWRITABLE.
 * @example
 * await deletePerson("populations/porto", "0002");
 */
export async function deletePerson(folder: string, id: string): Promise<DeletedPerson> {
  await readManifest(folder); // a folder that is none is not made
  const lock = await lockFolder(folder);
  try {
    const manifest = await readManifest(folder);
    const deleted = manifest.deleted ?? [];
    if (deleted.some((one) => one.id === id)) return { id, remains };
    const entry = manifest.people.find((one) => one.id === id);
    if (entry === undefined) throw unknown(folder, id);
    await removeFile(join(folder, entry.file));
    const people = manifest.people
      .filter((one) => one.id !== id)
      .map(({ household, ...one }) => (household ? { ...one, household: without(id, household) } : one));
    await writeManifest(folder, { ...manifest, people, deleted: [...deleted, { id, deleted: true }] });
    return { id, file: entry.file, remains };
  } finally {
    await lock.release();
  }
}

interface Household {
  readonly id: string;
  readonly partner?: string | undefined;
}

const without = (id: string, { partner, ...home }: Household): { id: string; partner?: string } => ({
  ...home,
  ...(partner !== undefined && partner !== id && { partner }),
});

async function removeFile(file: string): Promise<void> {
  await rm(file, { force: true }).catch((cause: unknown) => {
    throw new TinyTroupeError("FILE_UNWRITABLE", `Cannot delete ${file}: ${fileReason(cause)}.`, {
      data: { file },
      hint: "See who may write in the folder, and delete them again.",
      cause,
    });
  });
}

function unknown(folder: string, id: string): TinyTroupeError<"TARGET_UNKNOWN"> {
  return new TinyTroupeError("TARGET_UNKNOWN", `Nobody in the population ${folder} has the id '${id}'.`, {
    data: { target: id, known: [] },
    hint: "Ids are in the first column of: tinytroupe population export <folder>",
  });
}
