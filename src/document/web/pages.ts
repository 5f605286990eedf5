import type { Outside } from "../../kernel/contracts/context.ts";
import type { CallLog, CallRecord } from "../../kernel/contracts/journal.ts";
import { errorRecord, isTinyTroupeError } from "../../kernel/values/errors.ts";
import { digestJson } from "../../kernel/values/hash.ts";
import type { SourceDocument } from "../document.ts";
import { revived } from "../refusal.ts";
import { fetchPage, type PageOptions, pageAddress } from "./fetch-page.ts";
import { keepCall } from "./kept-call.ts";
import type { Robots } from "./robots.ts";

/** For which run a page is read. */
export interface PageReading {
  readonly calls: CallLog;
  /** Whether a failure of an earlier reading holds: it became a part of the story, or only its caller met it. */
  readonly failures: "served" | "forgotten";
  /** The proxies that the environment names are used. */
  readonly variable: Outside["variable"];
  readonly signal?: AbortSignal;
}

/** Pages of a run. */
export interface Pages {
  /**
   * The page as the run read it first: fetched once, then served from the journal, so that a run that is opened again
   * reads what it read before. Throws DOCUMENT_UNREADABLE.
   */
  read(address: string | URL, how: PageReading): Promise<SourceDocument>;
}

/** By what two addresses are known to be of one page, whatever they are addresses of. */
export function pageKey(address: string): string {
  return URL.parse(address)?.href.replace(/#.*$/, "") ?? address;
}

/** Reads web pages for a run, each once. */
export function createPages(options: PageOptions): Pages {
  const robots: Robots = new Map();
  const underWay = new WeakMap<CallLog, Map<string, Promise<SourceDocument>>>();
  return {
    read: async (address, { calls, failures, variable, signal }) => {
      const url = pageAddress(address);
      const pages = underWay.get(calls) ?? new Map<string, Promise<SourceDocument>>();
      underWay.set(calls, pages);
      const begun = pages.get(url.href);
      if (begun !== undefined) return begun;
      const page = readOnce(url, {
        calls,
        failures,
        fetch: () => fetchPage(url, { ...options, ...(signal && { signal }), robots, variable }),
      });
      const ended = page.finally(() => pages.delete(url.href));
      pages.set(url.href, ended);
      return ended;
    },
  };
}

interface Once extends Pick<PageReading, "calls" | "failures"> {
  fetch(): Promise<SourceDocument>;
}

async function readOnce(url: URL, { calls, failures, fetch }: Once): Promise<SourceDocument> {
  const key = digestJson({ page: url.href });
  const place = { scope: `page:${key.slice(0, 16)}`, key, occurrence: 0, by: "web" };
  const known = await calls.find(place.scope, key, 0);
  if (known?.error !== undefined && failures === "served") throw revived(known.error);
  if (known !== undefined && known.error === undefined) return known.value as SourceDocument;
  const started = performance.now();
  const keep = (outcome: Pick<CallRecord, "value" | "error">): Promise<void> =>
    keepCall(calls, place, { ...outcome, durationMs: performance.now() - started });
  try {
    const fetched = await fetch();
    // Whoever was first has told the run what the page says.
    const meanwhile = await calls.find(place.scope, key, 0);
    if (meanwhile !== undefined && meanwhile.error === undefined) return meanwhile.value as SourceDocument;
    await keep({ value: fetched });
    return fetched;
  } catch (error) {
    if (isTinyTroupeError(error, "DOCUMENT_UNREADABLE")) await keep({ value: null, error: errorRecord(error) });
    throw error;
  }
}
