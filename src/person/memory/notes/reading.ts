import type { SourceDocument } from "../../../document/document.ts";
import { readDocumentFile, slashed } from "../../../document/files/file.ts";
import { isFolder, type Reading, readFolder } from "../../../document/files/folder.ts";
import { documentOf } from "../../../document/read/document-of.ts";
import { partsOf } from "../../../document/search/parts.ts";
import { createPages, type PageReading } from "../../../document/web/pages.ts";
import type { MemoryNote } from "../../../kernel/contracts/memory/notes.ts";
import type { DocumentRead, ReadMemoryOptions, Remembered, TextToRead } from "../person-memory.ts";

/** A source as notes name it: an address without the place in the page, a path without detours. */
export function locationOf(source: string): string {
  return isAddress(source) ? (URL.parse(source)?.href.replace(/#.*$/, "") ?? source) : slashed(source);
}

function isAddress(source: string): boolean {
  return /^[a-z][a-z\d+.-]+:\/\//i.test(source);
}

/** Reads a file, a folder, a page or a text. Throws DOCUMENT_UNREADABLE, PATH_OUTSIDE. */
export async function readSource(
  source: string | TextToRead,
  options: ReadMemoryOptions & Pick<PageReading, "calls" | "variable">,
): Promise<Reading> {
  const only = (document: SourceDocument): Reading => ({ documents: [document], refused: [] });
  if (typeof source !== "string") {
    const { title, text } = source;
    const location = locationOf(source.location);
    const read = await documentOf({ location, bytes: Buffer.from(text), mediaType: "text/markdown" }, options);
    return only({ ...read, ...(title === undefined ? {} : { title }) });
  }
  if (isAddress(source)) {
    const { calls, variable, signal, ...how } = options;
    const reading = { calls, variable, failures: "forgotten", ...(signal && { signal }) } as const;
    return only(await createPages(how).read(source, reading));
  }
  return (await isFolder(source))
    ? readFolder(source, options)
    : only(await readDocumentFile({ path: source }, options));
}

/** Notes by the source that they were read in. */
interface NotesOfSources {
  from(location: string): readonly MemoryNote[];
  keep(notes: readonly Remembered[]): readonly MemoryNote[];
  purge(location: string): void;
}

/**
 * Keeps what documents say as notes, one a passage, each with where it was read. A document that says what it said
 * when it was last read adds nothing; one that changed takes the place of what it said before.
 */
export function rememberDocuments(
  notes: NotesOfSources,
  documents: readonly SourceDocument[],
  importance = 0.5,
): readonly DocumentRead[] {
  return documents.map((document) => {
    const { location, title } = document;
    const known = notes.from(location);
    const told = { location, ...(title === undefined ? {} : { title }) };
    if (known.length > 0 && known.every(({ from }) => from?.digest === document.digest)) {
      return { ...told, how: "same", notes: known.length };
    }
    if (known.length > 0) notes.purge(location);
    const kept = new Set(notes.keep(draftsOf(document, importance)).map(({ id }) => id));
    return { ...told, how: known.length > 0 ? "changed" : "new", notes: kept.size };
  });
}

/** Notes stand on one line in a prompt, and say by themselves what they are about. */
function draftsOf(document: SourceDocument, importance: number): readonly Remembered[] {
  const { location, title, digest } = document;
  const name = title ?? location.split("/").filter(Boolean).at(-1) ?? location;
  const about = (place = name): string =>
    place === name || place.startsWith(`${name} › `) ? place : `${name} › ${place}`;
  return partsOf(document).map(({ text, place }) => ({
    text: `${about(place)}: ${text.replace(/\s+/g, " ")}`,
    importance,
    from: {
      location,
      ...(title === undefined ? {} : { title }),
      digest,
      ...(place === undefined ? {} : { part: place }),
    },
  }));
}
