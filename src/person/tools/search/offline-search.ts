import { Library } from "../../../document/search/library.ts";
import { type DocumentSources, readFiles } from "../../../document/sources.ts";
import type { Vectors } from "../../../kernel/contracts/embedder.ts";
import type { SearchEngine } from "./engine.ts";

/**
 * A search engine over folders and files, read at the first question: it compares words and needs no network. Where
 * nothing can be read the first time, the person is told, and it is tried again.
 * @example
 * const search = webSearch({ engine: offlineSearch({ folders: ["market-research"] }) });
 */
export function offlineSearch(sources: Pick<DocumentSources, "folders" | "files">): SearchEngine {
  let reading: Promise<Library> | undefined;
  return async (query, { limit, signal }) => {
    reading ??= read(sources, signal);
    const library = await reading.catch((error: unknown) => {
      reading = undefined;
      throw error;
    });
    const passages = await library.search(query, { most: limit, vectors: byWordsAlone });
    return passages.map(({ name, document, text }) => ({
      title: document.title ?? name,
      address: document.location,
      snippet: text,
    }));
  };
}

const byWordsAlone: Pick<Vectors, "of"> = { of: async () => undefined };

async function read(sources: DocumentSources, signal: AbortSignal): Promise<Library> {
  const { documents, refused } = await readFiles(sources, { signal });
  if (documents.length === 0 && refused[0] !== undefined) throw new Error(refused[0].message);
  return new Library(documents);
}
