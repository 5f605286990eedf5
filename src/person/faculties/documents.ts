import { z } from "zod";
import type { ReadOptions } from "../../document/document.ts";
import type { Reading } from "../../document/files/folder.ts";
import { Library } from "../../document/search/library.ts";
import { checkSources, type DocumentSources, readFiles, readPages } from "../../document/sources.ts";
import type { PageOptions } from "../../document/web/fetch-page.ts";
import { createPages, type Pages } from "../../document/web/pages.ts";
import type { Context } from "../../kernel/contracts/context.ts";
import type { ActionKind, Faculty } from "../../kernel/contracts/faculty.ts";
import type { CallLog } from "../../kernel/contracts/journal.ts";
import type { Outcome } from "../../kernel/contracts/person.ts";
import { checkKeys, type KeysOf } from "../../kernel/text/known-keys.ts";
import { TinyTroupeError } from "../../kernel/values/errors.ts";
import { consultation, listing, type Shelf, searchText } from "./document-answers.ts";

/** What people can look up, and how it is read. */
export interface DocumentsOptions extends DocumentSources, Omit<PageOptions, "signal"> {}

const known: KeysOf<DocumentsOptions> = {
  ...{ folders: true, files: true, pages: true, limits: true, charset: true, allowAddresses: true },
};

const mostPassages = 5;

/**
 * Lets people look things up in folders, files and web pages: LIST_DOCUMENTS, SEARCH_DOCUMENTS by relevance, CONSULT by
 * name; answers are of bounded length and come within the turn. What is there is read at the first question, pages once
 * a run; what cannot be read is told to those who watch, and the rest is used. Throws OPTION_INVALID where nothing is
 * named, DOCUMENT_UNREADABLE where nothing of it is there.
 * @example
 * const library = documents({ folders: ["market-research"], pages: ["https://example.org/"] });
 * const lisa = await simulation.person("lisa", { faculties: [library] });
 */
export function documents(options: DocumentsOptions): Faculty {
  checkKeys(options, known, "the options of documents");
  checkSources(options);
  const { folders = [], files = [], pages = [] } = options;
  if (folders.length + files.length + pages.length === 0) throw nothingNamed();
  const shelf = new DocumentShelf(options);
  return {
    name: "documents",
    actions: [
      query(
        "LIST_DOCUMENTS",
        { description: "see which documents there are to look things up in", args: z.object({}) },
        async (_args, context) => listing(await shelf.at(context)),
      ),
      query(
        "SEARCH_DOCUMENTS",
        { description: "look for what the documents say about something", args: searchArgs },
        async ({ query: asked }, context) => {
          const { library } = await shelf.at(context);
          const found = await library.search(asked, { most: mostPassages, vectors: context.vectors });
          const sources = [...new Set(found.map(({ document }) => document.location))];
          return { text: searchText(asked, found), sources };
        },
      ),
      query(
        "CONSULT",
        { description: "read a document by its name", args: consultArgs },
        async ({ name, portion = 1 }, context) => consultation(await shelf.at(context), { name, portion }),
      ),
    ],
  };
}

const searchArgs = z.object({ query: z.string().describe("what you want to know, in a few words") });
const consultArgs = z.object({
  name: z.string().describe("as LIST_DOCUMENTS and SEARCH_DOCUMENTS name it"),
  portion: z.number().int().min(1).optional().describe("of a long document, from 1"),
});

function query<S extends z.ZodObject>(
  type: string,
  { description, args }: { readonly description: string; readonly args: S },
  answer: (args: z.infer<S>, context: Context) => Promise<Outcome>,
): ActionKind {
  const run = (written: unknown, _who: unknown, context: Context): Promise<Outcome> =>
    answer(args.parse(written), context);
  return { type, description, args, kind: "query", run };
}

/** Reads files once, and pages once a run; all who have the faculty share what was read. */
class DocumentShelf {
  readonly #options: DocumentsOptions;
  readonly #pages: Pages;
  readonly #shelves = new WeakMap<CallLog, Promise<Shelf>>();
  #files: Promise<Reading> | undefined;

  constructor(options: DocumentsOptions) {
    this.#options = options;
    this.#pages = createPages(options);
  }

  /** What there is in a run. What failed as a whole (a stop, a fault) is tried again by whoever asks next. */
  at(context: Context): Promise<Shelf> {
    const { calls } = context.journal;
    const begun = this.#shelves.get(calls);
    if (begun !== undefined) return begun;
    const shelf = this.#fill(context);
    this.#shelves.set(calls, shelf);
    shelf.catch(() => this.#shelves.delete(calls));
    return shelf;
  }

  async #fill({ journal, outside, signal, watch }: Context): Promise<Shelf> {
    const { limits, charset, pages = [] } = this.#options;
    const options: ReadOptions = { ...(limits && { limits }), ...(charset && { charset }), signal };
    this.#files ??= readFiles(this.#options, options);
    const files = await this.#files.catch((error: unknown) => {
      this.#files = undefined;
      throw error;
    });
    const how = { calls: journal.calls, variable: outside.variable, signal };
    const web = await readPages(pages, { pages: this.#pages, ...how });
    const refused = [...files.refused, ...web.refused];
    for (const { message } of refused) watch({ type: "warning", message });
    return { library: new Library([...files.documents, ...web.documents]), refused };
  }
}

function nothingNamed(): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError("OPTION_INVALID", "No documents are named.", {
    data: { option: "folders" },
    hint: "Name what people can look up: documents({ folders: [...], files: [...], pages: [...] }).",
  });
}
