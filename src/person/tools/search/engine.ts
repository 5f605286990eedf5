import type { Outside } from "../../../kernel/contracts/context.ts";

/** Something that was found. */
export interface SearchResult {
  readonly title: string;
  /** Where it is: a page's address, a document's path. */
  readonly address: string;
  /** What it says about what was looked for. */
  readonly snippet: string;
}

/** What an engine works with beside the query. */
export interface SearchMeans extends Outside {
  /** So many results at most. */
  readonly limit: number;
  /** Aborted when the run stops or the time is over. */
  readonly signal: AbortSignal;
}

/**
 * Finds something on the web, or elsewhere, best first. It throws where it cannot; the person is told.
 * @example
 * const engine = async (query, { limit, signal, fetch }) => {
 *   const answer = await fetch(`https://search.example.org/?q=${encodeURIComponent(query)}`, { signal });
 *   return (await answer.json()).slice(0, limit);
 * };
 */
export type SearchEngine = (query: string, means: SearchMeans) => Promise<readonly SearchResult[]>;
