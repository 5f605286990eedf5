import { z } from "zod";
import type { System, SystemView } from "../../kernel/contracts/systems/system.ts";
import { gateOf, invalidSystem } from "../gate.ts";
import { addressOf, wordsOf } from "../words.ts";
import { badStatus, exchangeWith, type HttpPlace, parsed } from "./exchange.ts";
import { checkCredentials } from "./headers.ts";

/** A search over HTTP. */
export interface SearchOptions extends HttpPlace {
  readonly name: string;
  /** The address of an answer, with `{query}` where the query goes: `https://shop.example/search?q={query}`. */
  readonly url: string;
  /** Where in the JSON the list of results is: `data.items`, `pages[0].hits`. Default: the answer is the list. */
  readonly results?: string;
  /** Where in a result these are; `title`, `url` and `snippet` unless told. */
  readonly fields?: { readonly title?: string; readonly address?: string; readonly snippet?: string };
  /** Results that people are shown; 10 unless told. */
  readonly limit?: number;
}

const move = {
  type: "SEARCH_FOR",
  description: "look for `query` with the search you are using; once a turn",
  args: z.object({ query: z.string().min(1).describe("what you would type into its field") }),
};

/**
 * A search that people use: a query goes in, results come out. Throws OPTION_INVALID, SYSTEM_REFUSED.
 * @example
 * const search = searchSystem({ name: "search", url: "http://localhost:9200/?q={query}", results: "hits", allow: ["localhost:9200"] });
 */
export function searchSystem(options: SearchOptions): System {
  const { name, url } = options;
  const gate = gateOf(name, options.allow);
  checkCredentials(options);
  if (!url.includes("{query}") || URL.parse(url) === null) throw invalidSystem("url", "an address with {query} in it");
  gate.check(url);
  return {
    ...{ name, about: "a search", place: url, moves: [move] },
    open: async (means) => {
      const exchange = exchangeWith(options, { ...means, system: name, gate });
      return {
        first: { text: "An empty field for what you look for." },
        do: async ({ args }) => {
          const query = String(args["query"]);
          const answer = await exchange(url.replaceAll("{query}", encodeURIComponent(query)));
          if ("shown" in answer) return answer.shown;
          return badStatus(answer) ?? foundIn(parsed(answer.body), options);
        },
        takeUp: () => undefined,
        close: async () => undefined,
      };
    },
  };
}

function foundIn(answer: unknown, { results = "", fields = {}, limit = 10 }: SearchOptions): SystemView {
  const list = at(answer, results);
  if (!Array.isArray(list)) {
    const where = results === "" ? "" : ` (at ${results})`;
    return { text: `It answers with something that is no list of results${where}.`, failed: "SHAPE" };
  }
  if (list.length === 0) return { text: "Nothing was found." };
  const { title = "title", address = "url", snippet = "snippet" } = fields;
  const told = (value: unknown): string =>
    typeof value === "string" || typeof value === "number" ? String(value) : "";
  const lines = list.slice(0, limit).map((one, place) => {
    const where = told(at(one, address));
    const parts = [told(at(one, title)), where === "" ? "" : addressOf(where), told(at(one, snippet))];
    return `${place + 1}. ${parts.filter((part) => part !== "").join(" — ") || told(one) || "(a result without words)"}`;
  });
  const more = list.length > limit ? `\n(${list.length - limit} more)` : "";
  return { text: `${wordsOf(lines.join("\n"))}${more}` };
}

/**
 * What stands at a path of names and places: `data.items[0].title`; the whole for an empty one.
 * @example
 * at({ data: { items: [{ title: "Kettle" }] } }, "data.items[0].title"); // => "Kettle"
 */
export function at(value: unknown, path: string): unknown {
  const steps = path.split(/[.[\]]+/).filter((step) => step !== "" && step !== "$");
  return steps.reduce<unknown>(
    (inner, step) =>
      typeof inner === "object" && inner !== null && Object.hasOwn(inner, step) ? Reflect.get(inner, step) : undefined,
    value,
  );
}
