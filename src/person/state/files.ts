import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileReason } from "../../kernel/text/reasons.ts";
import { TinyTroupeError } from "../../kernel/values/errors.ts";
import { readJsonFile, writeJsonFile } from "../../persona/files.ts";
import { isRecord } from "../../persona/plain-data.ts";
import type { SavedPerson } from "./document.ts";
import { parsePerson, type ReadPerson } from "./parse.ts";

/** In bytes; what is saved is held to it, too, so that it can be read again. */
const largestFile = 128 * 1024 * 1024;

/**
 * Reads a whole person from a file: one that `person.save` wrote, a persona, or an agent that the original library
 * saved (`*.agent.json`), with what they lived through. Faculties come back by name alone.
 * Throws FILE_UNREADABLE or PERSONA_INVALID, which says where in the file.
 */
export function loadPerson(file: string): Promise<ReadPerson> {
  return readJsonFile(file, largestFile, (value) => inFile(parsePerson(value, { file }), file));
}

/** Writes a whole person, all of the file or nothing, making the folder where needed. Throws FILE_UNWRITABLE. */
export async function savePerson(file: string, person: SavedPerson): Promise<void> {
  await writeJsonFile(file, person, largestFile);
}

/** The people of a folder, and what of them and of the other files should be known. */
export interface PeopleFound {
  readonly people: readonly SavedPerson[];
  readonly warnings: readonly string[];
}

/**
 * Reads everybody in a folder, in the order of the files' names, whatever the machine; folders within are not entered.
 * Files that end in `.json` and hold nobody are told. Throws as `loadPerson` for a person who is not valid.
 */
export async function loadPeopleIn(folder: string): Promise<PeopleFound> {
  const names = await readdir(folder).catch((cause: unknown) => {
    throw unreadable(folder, cause);
  });
  const people: SavedPerson[] = [];
  const warnings: string[] = [];
  for (const name of names.filter((one) => one.endsWith(".json")).sort()) {
    const file = join(folder, name);
    const read = await readJsonFile(file, largestFile, (value) =>
      isSomebody(value) ? inFile(parsePerson(value, { file }), file) : undefined,
    );
    if (read !== undefined) people.push(read.person);
    warnings.push(...(read?.warnings ?? [`${file}: this is nobody, and was passed over.`]));
  }
  return { people, warnings: people.length > 0 ? warnings : [...warnings, `${folder}: nobody is in this folder.`] };
}

/** Tells a person, valid or not, from other data. */
function isSomebody(value: unknown): boolean {
  return isRecord(value) && (value["type"] === "TinyPerson" || (value["type"] !== "Fragment" && "name" in value));
}

function inFile({ person, warnings }: ReadPerson, file: string): ReadPerson {
  return { person, warnings: warnings.map((warning) => `${file}: ${warning}`) };
}

function unreadable(folder: string, cause: unknown): TinyTroupeError<"FILE_UNREADABLE"> {
  return new TinyTroupeError("FILE_UNREADABLE", `Cannot read the folder ${folder}: ${fileReason(cause)}.`, {
    data: { file: folder },
    hint: "Check the path, from the folder where the program runs.",
    cause,
  });
}
