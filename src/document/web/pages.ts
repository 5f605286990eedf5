import type { CallLog, CallRecord } from "../../kernel/contracts/journal.ts";
import { errorRecord, isTinyTroupeError } from "../../kernel/values/errors.ts";
import { digestJson } from "../../kernel/values/hash.ts";
import type { SourceDocument } from "../document.ts";
import { revived } from "../refusal.ts";
import { fetchPage, type PageOptions, pageAddress } from "./fetch-page.ts";
import type { Robots } from "./robots.ts";

/** Pages of a run. */
export interface Pages {
  /**
   * The page as the run read it first: fetched once, then served from the journal, so that a run that is opened again
   * reads what it read before. Throws DOCUMENT_UNREADABLE.
   * @param failures `served` where a failure became a part of the story; `forgotten` where its caller met it
   */
  read(
    address: string | URL,
    how: { readonly calls: CallLog; readonly failures: "served" | "forgotten" },
  ): Promise<SourceDocument>;
}

/** Reads web pages for a run, each once. */
export function createPages(options: PageOptions): Pages {
  const robots: Robots = new Map();
  const underWay = new WeakMap<CallLog, Map<string, Promise<SourceDocument>>>();
  return {
    read: (address, { calls, failures }) => {
      const url = pageAddress(address);
      const pages = underWay.get(calls) ?? new Map<string, Promise<SourceDocument>>();
      underWay.set(calls, pages);
      const begun = pages.get(url.href);
      if (begun !== undefined) return begun;
      const page = readOnce(url, { calls, failures, fetch: () => fetchPage(url, { ...options, robots }) });
      const ended = page.finally(() => pages.delete(url.href));
      pages.set(url.href, ended);
      return ended;
    },
  };
}

interface Once {
  readonly calls: CallLog;
  readonly failures: "served" | "forgotten";
  fetch(): Promise<SourceDocument>;
}

async function readOnce(url: URL, { calls, failures, fetch }: Once): Promise<SourceDocument> {
  const key = digestJson({ page: url.href });
  const place = { scope: `page:${key.slice(0, 16)}`, key, ordinal: 0, occurrence: 0 };
  const known = await calls.find(place.scope, key, 0);
  if (known?.error === undefined && known !== undefined) return known.value as SourceDocument;
  if (known?.error !== undefined && failures === "served") throw revived(known.error);
  const started = performance.now();
  const keep = (outcome: Pick<CallRecord, "value" | "error">): Promise<void> =>
    calls.append(
      {
        ...place,
        ...outcome,
        model: "web",
        purpose: "other",
        head: key,
        schema: key,
        parameters: "{}",
        usage: { input: 0, output: 0 },
        at: new Date().toISOString(),
        durationMs: Math.round(performance.now() - started),
      },
      { links: [], texts: new Map() },
    );
  try {
    const page = await fetch();
    await keep({ value: page });
    return page;
  } catch (error) {
    if (isTinyTroupeError(error, "DOCUMENT_UNREADABLE")) await keep({ value: null, error: errorRecord(error) });
    throw error;
  }
}
