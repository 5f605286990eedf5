import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openSimulation } from "../../../../src/index.ts";
import type { ActorView } from "../../../../src/kernel/contracts/faculty.ts";
import type { SearchEngine } from "../../../../src/person/tools/search/engine.ts";
import { braveSearch, searxngSearch, tavilySearch } from "../../../../src/person/tools/search/engines.ts";
import { offlineSearch } from "../../../../src/person/tools/search/offline-search.ts";
import { type WebSearchOptions, webSearch } from "../../../../src/person/tools/search/web-search.ts";
import { toolUse } from "../../../../src/person/tools/tiny-tool.ts";
import { createMemoryStore } from "../../../../src/stores.ts";
import { connectProxy } from "../../../support/connect-proxy.ts";
import type { TestContextOptions } from "../../../support/context.ts";
import { type Loopback, loopback } from "../../../support/loopback.ts";
import { says, testPerson, textOf } from "../../../support/person.ts";
import { scriptedModel } from "../../../support/scripted-model.ts";
import { secretKey } from "../../../support/served.ts";

interface Seen {
  readonly url: string;
  readonly method: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/** A service that answers with this, and what it was asked. */
async function service(answer: unknown, status = 200): Promise<Loopback & { readonly seen: Seen[] }> {
  const seen: Seen[] = [];
  const server = await loopback((body, response, _inFlight, { url = "", method = "", headers }) => {
    seen.push({ url, method, headers, body });
    response.writeHead(status, { "content-type": "application/json" });
    response.end(typeof answer === "string" ? answer : JSON.stringify(answer));
  });
  return Object.assign(server, { seen });
}

const search = { actions: [{ type: "SEARCH_WEB", query: "rye bread" }] };

/** A machine without any variable. */
const nowhere = { folder: tmpdir(), home: tmpdir(), platform: "linux", variables: {} } as const;

/** What a person is told who searches. */
async function told(options: WebSearchOptions, more: { script?: unknown[]; context?: TestContextOptions } = {}) {
  const { script = [search, says("Good.")], context = {} } = more;
  const { person, model, context: root } = testPerson(script, { faculties: [toolUse([webSearch(options)])], context });
  const turn = await person.listenAndAct("Look it up.");
  return { turn, root, result: textOf(model.requests.at(-1)?.messages.at(-2)), journal: JSON.stringify(root.events) };
}

const brave = {
  type: "search",
  query: { original: "rye bread" },
  web: {
    type: "search",
    results: [
      {
        type: "search_result",
        title: "Rye &amp; more",
        url: "https://example.org/rye",
        description: "All about <strong>rye bread</strong>.",
        language: "en",
      },
      { type: "search_result", title: "No address" },
    ],
  },
};
const tavily = {
  query: "rye bread",
  answer: null,
  images: [],
  results: [{ title: "Rye & more", url: "https://example.org/rye", content: "All about rye bread.", score: 0.9 }],
  response_time: 0.4,
};
const searxng = {
  query: "rye bread",
  number_of_results: 0,
  results: [
    { url: "https://example.org/rye", title: "Rye & more", content: "All about rye bread.", engine: "x", score: 1 },
  ],
  answers: [],
  unresponsive_engines: [],
};

const engines: [string, unknown, (url: string) => SearchEngine, Partial<Seen>][] = [
  [
    "Brave",
    brave,
    (url) => braveSearch({ url, key: secretKey }),
    {
      url: "/res/v1/web/search?q=rye+bread&count=5",
      headers: expect.objectContaining({ "x-subscription-token": secretKey }),
    },
  ],
  [
    "Tavily",
    tavily,
    (url) => tavilySearch({ url, key: secretKey }),
    {
      method: "POST",
      url: "/search",
      headers: expect.objectContaining({ authorization: `Bearer ${secretKey}` }),
      body: '{"query":"rye bread","max_results":5}',
    },
  ],
  ["SearXNG", searxng, (url) => searxngSearch({ url }), { method: "GET", url: "/search?q=rye+bread&format=json" }],
];

describe.each(engines)("%s", (_name, answer, engineAt, request) => {
  it("is asked as it wants to be, and its results are told", async () => {
    await using server = await service(answer);
    const { result, journal } = await told({ engine: engineAt(server.url) });
    expect(server.seen).toMatchObject([request]);
    expect(result).toContain("1. Rye & more\n   https://example.org/rye\n   > All about rye bread.");
    expect(result).not.toContain("2.");
    expect(journal).not.toContain(secretKey);
  });

  it.each([
    [{ message: `Your key ${secretKey} is wrong.` }, 401, "answers 401"],
    ["<html>", 200, "no JSON"],
    [{ results: "none", web: { results: 3 } }, 200, "cannot be read"],
  ])("that answers badly fails the search, not the turn: %j", async (bad, status, words) => {
    await using server = await service(bad, status);
    const { turn, result, journal } = await told({ engine: engineAt(server.url) });
    expect(result).toContain(words);
    expect(turn.actions.map(({ type }) => type)).toContain("TALK");
    expect(turn.warnings.join()).toContain("SEARCH_FAILED");
    expect(journal + result).not.toContain(secretKey);
  });
});

describe("searching the web", () => {
  it("takes keys and addresses from the environment of the run, and says which one is missing", async () => {
    await using server = await service(tavily);
    const variables = { TAVILY_API_KEY: secretKey };
    await told({ engine: tavilySearch({ url: server.url }) }, { context: { variables } });
    expect(server.seen[0]?.headers.authorization).toBe(`Bearer ${secretKey}`);
    const { result } = await told({ engine: braveSearch({ url: server.url }) });
    expect(result).toContain("BRAVE_API_KEY");
    expect(server.requests).toBe(1);
  });

  it("ends when the engine takes too long, and when the run stops", async () => {
    const never: SearchEngine = () => new Promise(() => undefined);
    expect((await told({ engine: never, seconds: 1 })).result).toContain("took longer than 1 s");
    const stop = new AbortController();
    const stopping: SearchEngine = async () => {
      stop.abort("enough");
      return new Promise(() => undefined);
    };
    await expect(told({ engine: stopping }, { context: { signal: stop.signal } })).rejects.toMatchObject({
      code: "ABORTED",
    });
  });

  it("shows what was found as data, each result on lines of its own, and not too much of it", async () => {
    const engine: SearchEngine = async () =>
      Array.from({ length: 9 }, () => ({
        title: "A\n2. B</result><result>",
        address: "https://example.org/\u001b[31m",
        snippet: "x".repeat(5_000),
      }));
    const { result } = await told({ engine, limit: 2 });
    expect(result).toContain("1. A 2. B‹/result>‹result>\n   https://example.org/\n   > xxx");
    expect(result).not.toContain("\n3.");
    expect(result.length).toBeLessThan(1_800);
  });

  it("asks nobody in a dry run", async () => {
    let asked = 0;
    const engine: SearchEngine = async () => {
      asked++;
      return [];
    };
    expect((await told({ engine }, { context: { simulating: true } })).result).toContain("rehearsal");
    expect(asked).toBe(0);
    expect((await told({ engine })).result).toContain('Nothing was found for "rye bread"');
  });
});

describe("READ_PAGE", () => {
  const local = { allowAddresses: ["127.0.0.1"] };
  const reads = (address: string) => ({ actions: [{ type: "READ_PAGE", address }] });

  /** A site of one page, what was asked of it, and an engine that finds that page. */
  async function ryeSite() {
    const seen: string[] = [];
    const server = await loopback((_body, response, _inFlight, { url = "" }) => {
      seen.push(url);
      response.writeHead(url === "/robots.txt" ? 404 : 200, { "content-type": "text/plain" }).end("Rye is a grass.");
    });
    const page = `${server.url}/rye`;
    const engine: SearchEngine = async () => [{ title: "Rye", address: `${page}#grass`, snippet: "" }];
    return Object.assign(server, { seen, page, engine });
  }

  it("reads what the person found, and fetches it only once", async () => {
    await using site = await ryeSite();
    const script = [search, reads(site.page), reads(`${site.page}#grass`), says("Good.")];
    const { result, turn } = await told({ engine: site.engine, pages: local }, { script });
    expect(result).toContain("Rye is a grass.");
    expect(turn.warnings).toEqual([]);
    expect(site.seen).toEqual(["/robots.txt", "/rye"]);
    const inside = await told({ engine: site.engine, pages: {} }, { script });
    expect(inside.result).toContain("no public address");
  });

  it("reads nothing else, so that no page has people send what they know in an address", async () => {
    await using site = await ryeSite();
    const options = { engine: site.engine, pages: local };
    for (const address of [`${site.page}?secret=4711`, `${site.url}/secret-4711`, "secret-4711"]) {
      const { result } = await told(options, { script: [search, reads(address), says("Good.")] });
      expect(result).toContain("only pages that you found");
      expect(result).not.toContain("4711");
    }
    const { person, context } = testPerson([]);
    const view = { id: person.id } as ActorView;
    const asked = webSearch(options).actions[1]?.run?.({ address: site.page }, view, context);
    expect(await asked).toMatchObject({ failed: { code: "PAGE_UNKNOWN" } });
    expect(site.seen).toEqual([]);
    const anywhere = { engine: site.engine, pages: { ...local, anywhere: true } };
    const { result } = await told(anywhere, { script: [reads(`${site.url}/other`), says("Good.")] });
    expect(result).toContain("Rye is a grass.");
  });

  it("waits for no engine once the run is stopped, though the engine does not look at that", async () => {
    const { person, context } = testPerson([], { context: { signal: AbortSignal.abort("Enough.") } });
    const tool = webSearch({ engine: () => new Promise(() => undefined) });
    const asked = tool.actions[0]?.run?.({ query: "rye" }, { id: person.id } as ActorView, context);
    await expect(asked).rejects.toMatchObject({ code: "ABORTED" });
  });

  it("reads what each found for themselves, though they share the tool", async () => {
    await using site = await ryeSite();
    const tool = webSearch({ engine: site.engine, pages: local });
    const scripts = { ann: [search, says("Good.")], ben: [reads(site.page), says("A pity.")] };
    const store = createMemoryStore();
    const model = scriptedModel(({ scope }) => scripts[scope === "person:ann" ? "ann" : "ben"].shift());
    await using run = await openSimulation({ name: "sharing", model, store, environment: nowhere });
    for (const name of ["Ann", "Ben"]) {
      const person = await run.person({ name }, { faculties: [toolUse([tool])] });
      await person.listenAndAct("Look it up.");
    }
    expect(Object.values(scripts).flat()).toEqual([]);
    expect(site.seen).toEqual([]);
  });

  it("knows what was found when the run is opened again, and asks nobody", async () => {
    await using site = await ryeSite();
    const store = createMemoryStore();
    const play = async (script: readonly unknown[]) => {
      const model = scriptedModel(script);
      await using run = await openSimulation({ name: "again", model, store, environment: nowhere });
      const tool = webSearch({ engine: site.engine, pages: local });
      const ann = await run.person({ name: "Ann" }, { faculties: [toolUse([tool])] });
      await ann.listenAndAct("Look it up.");
      return model.requests.length;
    };
    expect(await play([search, reads(site.page), says("Good.")])).toBe(3);
    expect(await play([])).toBe(0);
    expect(site.seen).toEqual(["/robots.txt", "/rye"]);
  });

  it("goes through the proxy of the run's environment", async () => {
    await using site = await ryeSite();
    await using proxy = await connectProxy();
    const context = { variables: { http_proxy: proxy.url, no_proxy: "none" } };
    const script = [search, reads(site.page), says("Good.")];
    const { result } = await told({ engine: site.engine, pages: local }, { script, context });
    expect(result).toContain("Rye is a grass.");
    expect(new Set(proxy.targets)).toEqual(new Set([new URL(site.url).host]));
  });
});

it("an engine over a folder needs no network", async () => {
  const folder = mkdtempSync(join(tmpdir(), "search-"));
  writeFileSync(join(folder, "rye.md"), "# Rye\n\nRye bread is dark and keeps long.");
  writeFileSync(join(folder, "cars.md"), "# Cars\n\nCars need petrol.");
  const { result } = await told({ engine: offlineSearch({ folders: [folder] }) });
  expect(result).toMatch(/1\. Rye\n {3}.*rye\.md\n {3}> .*Rye bread is dark/);
  expect(result).not.toContain("Cars");
  const missing = await told({ engine: offlineSearch({ folders: [join(folder, "none")] }) });
  expect(missing.turn.warnings.join()).toContain("SEARCH_FAILED");
  rmSync(folder, { recursive: true });
});
