import { z } from "zod";
import type { Context } from "../../../kernel/contracts/context.ts";
import type { ActionKind } from "../../../kernel/contracts/faculty.ts";
import type { Outcome } from "../../../kernel/contracts/person.ts";
import { withoutControls } from "../../../kernel/text/controls.ts";
import { defineAction } from "../../actions/define-action.ts";
import { atLeast } from "../../invalid-option.ts";
import { turnAborted, unlessAborted } from "../../turn/turn-queue.ts";
import type { TinyTool } from "../tiny-tool.ts";
import type { SearchEngine, SearchResult } from "./engine.ts";
import { FoundPages, type PageReaderOptions, pageReader } from "./page-reader.ts";

/** With what people search the web. */
export interface WebSearchOptions {
  readonly engine: SearchEngine;
  /** Results of one search; 5 unless told. */
  readonly limit?: number;
  /** How long the engine may take; 20 unless told. */
  readonly seconds?: number;
  /** Lets people read the pages that they found, by their addresses; `{}` takes the usual limits. */
  readonly pages?: PageReaderOptions;
  /** Who may use it, by name. Default: whoever has it. */
  readonly owner?: string;
}

/** In characters: of a title or an address, and of what a result says. */
const longest = { line: 300, snippet: 600 };

/**
 * Lets people search the web: SEARCH_WEB brings titles, addresses and snippets within the turn; with `pages` they read a
 * page that they found by READ_PAGE. What an engine answered stands in the journal: a run that is opened again asks none. An engine that
 * fails is told to the person, and the turn goes on. Throws OPTION_INVALID.
 * @example
 * const search = webSearch({ engine: offlineSearch({ folders: ["market-research"] }) });
 * const lisa = await simulation.person("lisa", { faculties: [toolUse([search])] });
 */
export function webSearch(options: WebSearchOptions): TinyTool {
  const { engine, owner, pages } = options;
  const limit = atLeast(1, "limit", options.limit ?? 5);
  const seconds = atLeast(1, "seconds", options.seconds ?? 20);
  const foundPages = new FoundPages();
  const search = defineAction({
    type: "SEARCH_WEB",
    kind: "query",
    asksOutside: true,
    description: "search the web for `query`",
    args: z.object({ query: z.string().min(1).describe("what you look for, in a few words") }),
    run: ({ query }, _who, context) => found(query, context, { engine, limit, seconds }),
    answered: (outcome, who, context) => foundPages.add(outcome, who, context),
  });
  const actions: readonly ActionKind[] = [search, ...(pages === undefined ? [] : [pageReader(pages, foundPages)])];
  return { name: "web search", actions, ...(owner !== undefined && { owner }) };
}

async function found(
  query: string,
  { signal, outside }: Context,
  { engine, limit, seconds }: { readonly engine: SearchEngine; readonly limit: number; readonly seconds: number },
): Promise<Outcome> {
  const late = AbortSignal.timeout(seconds * 1_000);
  const either = AbortSignal.any([signal, late]);
  try {
    const means = { limit, signal: either, fetch: outside.fetch, variable: outside.variable };
    const results = (await unlessAborted(engine(query, means), either)).slice(0, limit);
    return { text: resultsText(query, results), sources: results.map(({ address }) => address) };
  } catch (error) {
    if (signal.aborted) throw turnAborted(signal.reason);
    if (late.aborted) return { text: `The search took longer than ${seconds} s.`, failed: { code: "TIMEOUT" } };
    return { text: `The search did not work: ${wordsOf(error)}`, failed: { code: "SEARCH_FAILED" } };
  }
}

function wordsOf(error: unknown): string {
  if (error instanceof z.ZodError) return "the engine's answer cannot be read";
  if (error instanceof SyntaxError) return "the engine's answer is no JSON";
  if (error instanceof TypeError && error.cause !== undefined) return "the engine cannot be reached";
  return cut(error instanceof Error ? error.message : String(error), longest.line);
}

function resultsText(query: string, results: readonly SearchResult[]): string {
  if (results.length === 0) return `Nothing was found for "${query}".`;
  return results
    .map(({ title, address, snippet }, at) => {
      const head = `${at + 1}. ${cut(title, longest.line)}\n   ${cut(address, longest.line)}`;
      return snippet.trim() === "" ? head : `${head}\n   > ${cut(snippet, longest.snippet)}`;
    })
    .join("\n");
}

/** On one line, so that no result can speak for another. */
function cut(text: string, most: number): string {
  const line = withoutControls(text).replace(/\s+/g, " ").trim();
  return line.length <= most ? line : `${line.slice(0, most - 1).toWellFormed()}…`;
}
