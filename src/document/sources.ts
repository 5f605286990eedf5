import { type ErrorRecord, errorRecord } from "../kernel/values/errors.ts";
import type { ReadOptions, SourceDocument } from "./document.ts";
import { readDocumentFile } from "./files/file.ts";
import { type Reading, readFolder } from "./files/folder.ts";
import type { PageReading, Pages } from "./web/pages.ts";

/** Where documents are. Paths are relative to the working folder, as all of Node's. */
export interface DocumentSources {
  /** Each with all that is in it. */
  readonly folders?: readonly string[];
  readonly files?: readonly string[];
  /** Addresses of web pages. */
  readonly pages?: readonly string[];
}

/** Reads all folders and files, in their order; what cannot be read is told beside what can. */
export async function readFiles({ folders = [], files = [] }: DocumentSources, options: ReadOptions): Promise<Reading> {
  const readings: (() => Promise<Reading>)[] = [
    ...folders.map((folder) => () => readFolder(folder, options)),
    ...files.map((path) => async () => ({ documents: [await readDocumentFile({ path }, options)], refused: [] })),
  ];
  return gathered(readings, options.signal);
}

/** Reads web pages as the run reads them, in their order. */
export function readPages(
  addresses: readonly string[],
  { pages, ...how }: { readonly pages: Pages } & Omit<PageReading, "failures">,
): Promise<Reading> {
  const one = (address: string) => async () => ({
    documents: [await pages.read(address, { ...how, failures: "served" })],
    refused: [],
  });
  return gathered(addresses.map(one), how.signal);
}

async function gathered(
  readings: readonly (() => Promise<Reading>)[],
  signal: AbortSignal | undefined,
): Promise<Reading> {
  const documents = new Map<string, SourceDocument>();
  const refused: ErrorRecord[] = [];
  for (const read of readings) {
    try {
      const found = await read();
      // A file that is in a folder, too, is one document.
      for (const document of found.documents) documents.set(document.location, document);
      refused.push(...found.refused);
    } catch (error) {
      signal?.throwIfAborted();
      refused.push(errorRecord(error));
    }
  }
  return { documents: [...documents.values()], refused };
}
