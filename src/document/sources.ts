import { existsSync } from "node:fs";
import { withArticle } from "../kernel/text/known-keys.ts";
import { type ErrorRecord, errorRecord, TinyTroupeError } from "../kernel/values/errors.ts";
import type { ReadOptions, SourceDocument } from "./document.ts";
import { readDocumentFile, slashed } from "./files/file.ts";
import { type Reading, readFolder } from "./files/folder.ts";
import { refusal } from "./refusal.ts";
import type { PageReading, Pages } from "./web/pages.ts";

/** Where documents are. Paths are relative to the working folder, as all of Node's. */
export interface DocumentSources {
  /** Each with all that is in it. */
  readonly folders?: readonly string[];
  readonly files?: readonly string[];
  /** Addresses of web pages. */
  readonly pages?: readonly string[];
}

/**
 * Looks whether anything that is named can be there at all. Throws OPTION_INVALID for what is no list, DOCUMENT_UNREADABLE
 * where there is none of the folders and files, and no page is named.
 */
export function checkSources(sources: DocumentSources): void {
  const { folders = [], files = [], pages = [] } = sources;
  for (const [option, named] of Object.entries({ folders, files, pages })) {
    if (Array.isArray(named) && named.every((one) => typeof one === "string")) continue;
    throw new TinyTroupeError(
      "OPTION_INVALID",
      `The option ${option} is ${withArticle(named)}, and no list of texts.`,
      {
        data: { option },
        hint: `Give a list, as in ${option}: ["market-research"].`,
      },
    );
  }
  const [first, ...others] = [...folders, ...files];
  if (first === undefined || pages.length > 0 || [first, ...others].some((path) => existsSync(path))) return;
  throw refusal(slashed(first), "missing", { words: "it is not there" });
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
