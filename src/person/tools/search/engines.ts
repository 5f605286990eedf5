import { z } from "zod";
import type { SearchEngine, SearchMeans, SearchResult } from "./engine.ts";

/** Where a service is, and its key. */
export interface ServiceOptions {
  /** Default: from the environment. */
  readonly key?: string;
  /** Default: the service's own. */
  readonly url?: string;
}

/**
 * The Brave Search API. Its key stands in BRAVE_API_KEY unless given.
 * @example
 * const search = webSearch({ engine: braveSearch() });
 */
export function braveSearch({ key, url = "https://api.search.brave.com" }: ServiceOptions = {}): SearchEngine {
  const answer = z.object({ web: z.object({ results: z.array(z.unknown()) }).optional() });
  return async (query, means) => {
    const token = key ?? means.variable("BRAVE_API_KEY");
    if (token === undefined) throw new Error("Brave Search needs a key in BRAVE_API_KEY.");
    const place = withQuery(new URL("/res/v1/web/search", url), { q: query, count: String(means.limit) });
    const found = await asked(place, { headers: { "x-subscription-token": token } }, means);
    return resultsOf(answer.parse(found).web?.results ?? [], "description");
  };
}

/**
 * The Tavily search API. Its key stands in TAVILY_API_KEY unless given.
 * @example
 * const search = webSearch({ engine: tavilySearch() });
 */
export function tavilySearch({ key, url = "https://api.tavily.com" }: ServiceOptions = {}): SearchEngine {
  return async (query, means) => {
    const token = key ?? means.variable("TAVILY_API_KEY");
    if (token === undefined) throw new Error("Tavily needs a key in TAVILY_API_KEY.");
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    const body = JSON.stringify({ query, max_results: means.limit });
    const found = await asked(new URL("/search", url), { method: "POST", headers, body }, means);
    return resultsOf(Results.parse(found).results, "content");
  };
}

/**
 * A SearXNG server of one's own, whose `search.formats` have `json`. Its address stands in SEARXNG_URL unless given; it
 * needs no key.
 * @example
 * const search = webSearch({ engine: searxngSearch({ url: "http://localhost:8080" }) });
 */
export function searxngSearch({ url }: Pick<ServiceOptions, "url"> = {}): SearchEngine {
  return async (query, means) => {
    const base = url ?? means.variable("SEARXNG_URL");
    if (base === undefined) throw new Error("SearXNG needs its address in SEARXNG_URL.");
    const place = withQuery(new URL("search", base.replace(/\/*$/, "/")), { q: query, format: "json" });
    return resultsOf(Results.parse(await asked(place, {}, means)).results, "content");
  };
}

const Results = z.object({ results: z.array(z.unknown()) });

function withQuery(url: URL, query: Readonly<Record<string, string>>): URL {
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url;
}

/** What a service answers. Its errors name it and its status, and nothing of what was sent. */
async function asked(url: URL, request: RequestInit, { fetch, signal }: SearchMeans): Promise<unknown> {
  const headers = { accept: "application/json", ...(request.headers as Record<string, string> | undefined) };
  const answer = await fetch(url, { ...request, headers, signal });
  if (answer.ok) return answer.json();
  await answer.body?.cancel();
  throw new Error(`${url.host} answers ${answer.status}.`);
}

const Result = z.object({
  ...{ title: z.string(), url: z.string() },
  ...{ content: z.string().nullish(), description: z.string().nullish() },
});

/** One result as services write it; what is none is left out. */
function resultsOf(found: readonly unknown[], snippet: "content" | "description"): readonly SearchResult[] {
  return found.flatMap((one) => {
    const { data } = Result.safeParse(one);
    if (data === undefined) return [];
    return [{ title: plain(data.title), address: data.url, snippet: plain(data[snippet] ?? "") }];
  });
}

const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', "#x27": "'", "#39": "'" };

/** Services mark the words that were looked for, as HTML. */
function plain(text: string): string {
  return text
    .replace(/<\/?(?:strong|b|em)>/g, "")
    .replace(/&(amp|lt|gt|quot|#x27|#39);/g, (whole, name: string) => entities[name] ?? whole);
}
