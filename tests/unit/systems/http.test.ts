import { afterAll, describe, expect, it } from "vitest";
import type { System, SystemMeans } from "../../../src/kernel/contracts/systems/system.ts";
import { openConnection } from "../../../src/model/adapters/connection.ts";
import { chatSystem } from "../../../src/systems/http/chat.ts";
import { at, searchSystem } from "../../../src/systems/http/search.ts";
import { type Loopback, loopback } from "../../support/loopback.ts";

const secret = "sk-test-9f8e7d6c5b4a";
const connection = await openConnection({});
afterAll(() => connection.close());

const means = (over: Partial<SystemMeans> = {}): SystemMeans => ({
  fetch: connection.fetch,
  variable: (name) => (name === "BOT_KEY" ? secret : undefined),
  signal: new AbortController().signal,
  ...over,
});

const hostOf = ({ url }: Loopback): string => new URL(url).host;

async function said(system: System, content: string, over?: Partial<SystemMeans>) {
  const session = await system.open(means(over));
  return session.do({ type: "SAY_TO_SYSTEM", args: { content } });
}

const completion = (content: string): string => JSON.stringify({ choices: [{ message: { content } }] });

describe("a chat over HTTP", () => {
  it("is told all that was said, with its key, and says what it answers", async () => {
    const asked: { path: string | undefined; key: string | undefined; body: unknown }[] = [];
    await using server = await loopback((body, response, _inFlight, request) => {
      asked.push({ path: request.url, key: request.headers.authorization, body: JSON.parse(body) });
      response.end(completion(`Answer ${asked.length}`));
    });
    const bot = chatSystem({
      name: "bot",
      url: `${server.url}/v1/`,
      model: "m",
      allow: [hostOf(server)],
      key: "BOT_KEY",
    });
    const session = await bot.open(means());
    expect(await session.do({ type: "SAY_TO_SYSTEM", args: { content: "Hello" } })).toEqual({ text: "Answer 1" });
    expect(await session.do({ type: "SAY_TO_SYSTEM", args: { content: "Again" } })).toEqual({ text: "Answer 2" });
    const messages = [
      { role: "user", content: "Hello" },
      { role: "assistant", content: "Answer 1" },
      { role: "user", content: "Again" },
    ];
    expect(asked.at(-1)).toEqual({
      ...{ path: "/v1/chat/completions", key: `Bearer ${secret}` },
      body: { model: "m", messages, stream: false },
    });
  });

  it("is harmless and bounded, and does not give its key away", async () => {
    const words = `\u001b[31mred\u001b[0m ${secret} \u202eevil ${"x".repeat(9_000)}`;
    await using server = await loopback((_body, response) => response.end(completion(words)));
    const bot = chatSystem({ name: "bot", url: server.url, allow: [hostOf(server)], key: "BOT_KEY" });
    const { text } = await said(bot, "Hello");
    expect(text).toMatch(/^red … evil x+ … \(\d+ more characters are left out\)$/);
    expect(text.length).toBeLessThan(6_100);
  });

  it.each([
    ["an error", 500, '{"error":"out of order"}', "STATUS_500", /500.*out of order/],
    ["a page", 502, "<html>Bad gateway</html>", "STATUS_502", /error \(502\)\.$/],
    ["no chat", 200, '{"hello":1}', "SHAPE", /no chat/],
    ["nothing", 200, completion("  "), "EMPTY", /nothing/],
  ])("is shown to answer with %s", async (_what, status, body, failed, text) => {
    await using server = await loopback((_asked, response) => response.writeHead(status).end(body));
    const bot = chatSystem({ name: "bot", url: server.url, allow: [hostOf(server)] });
    expect(await said(bot, "Hello")).toEqual({ failed, text: expect.stringMatching(text) });
  });

  it("does not follow to a host that is not allowed, and nothing is sent there", async () => {
    await using elsewhere = await loopback((_body, response) => response.end(completion("caught")));
    await using server = await loopback((_body, response) =>
      response.writeHead(307, { location: `${elsewhere.url}/chat/completions` }).end(),
    );
    const bot = chatSystem({ name: "bot", url: server.url, allow: [hostOf(server)], key: "BOT_KEY" });
    await expect(said(bot, "Hello")).rejects.toMatchObject({
      code: "SYSTEM_REFUSED",
      data: { system: "bot", place: hostOf(elsewhere), allowed: [hostOf(server)] },
    });
    expect(elsewhere.requests).toBe(0);
  });

  it("follows to a host that is allowed, and leaves its key behind", async () => {
    let key: string | undefined = "none yet";
    await using elsewhere = await loopback((_body, response, _inFlight, request) => {
      key = request.headers.authorization;
      response.end(completion("there"));
    });
    await using server = await loopback((_body, response) =>
      response.writeHead(307, { location: `${elsewhere.url}/chat/completions` }).end(),
    );
    const allow = [hostOf(server), hostOf(elsewhere)];
    const bot = chatSystem({ name: "bot", url: server.url, allow, key: "BOT_KEY" });
    expect(await said(bot, "Hello")).toEqual({ text: "there" });
    expect(key).toBeUndefined();
  });

  it("is an error where nobody is there, and is shown to be silent where it was there before", async () => {
    const server = await loopback((_body, response) => response.end(completion("Hi")));
    const bot = chatSystem({ name: "bot", url: server.url, allow: [hostOf(server)] });
    const session = await bot.open(means());
    await session.do({ type: "SAY_TO_SYSTEM", args: { content: "Hello" } });
    await server[Symbol.asyncDispose]();
    expect(await session.do({ type: "SAY_TO_SYSTEM", args: { content: "Hello?" } })).toMatchObject({
      failed: "UNREACHABLE",
    });
    await expect(said(bot, "Hello")).rejects.toMatchObject({ code: "SYSTEM_FAILED" });
  });

  it("ends with the run that it is asked in", async () => {
    await using server = await loopback(() => undefined); // never answers
    const bot = chatSystem({ name: "bot", url: server.url, allow: [hostOf(server)] });
    const stop = new AbortController();
    const asking = said(bot, "Hello", { signal: stop.signal });
    stop.abort(new Error("stopped"));
    await expect(asking).rejects.toThrow("stopped");
  });

  it.each([
    ["no list of hosts", { allow: [] }, "OPTION_INVALID"],
    ["another host", { allow: ["shop.example"] }, "SYSTEM_REFUSED"],
    ["another port", { allow: ["127.0.0.1:2"] }, "SYSTEM_REFUSED"],
    ["a key in the place of its variable's name", { allow: ["127.0.0.1:1"], key: secret }, "OPTION_INVALID"],
  ])("is refused with %s, which is not repeated", (_what, options, code) => {
    let thrown: unknown;
    try {
      chatSystem({ name: "bot", url: "http://127.0.0.1:1/v1", ...options });
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({ code });
    expect(JSON.stringify(thrown) + String(thrown)).not.toContain(secret);
  });

  it("needs its key", async () => {
    const bot = chatSystem({ name: "bot", url: "http://127.0.0.1:1/v1", allow: ["127.0.0.1:1"], key: "OTHER_KEY" });
    await expect(said(bot, "Hello")).rejects.toMatchObject({ code: "KEY_MISSING", data: { variable: "OTHER_KEY" } });
  });

  it("can be any function", async () => {
    const parrot = chatSystem({
      name: "parrot",
      opening: "Hello!",
      reply: async (all) => `${all.length}: ${all.at(-1)?.content}`,
    });
    const session = await parrot.open(means());
    expect(session.first.text).toBe("Hello!");
    expect(await session.do({ type: "SAY_TO_SYSTEM", args: { content: "Hi" } })).toEqual({ text: "2: Hi" });
  });
});

describe("a search over HTTP", () => {
  const find = async (system: System, query: string) =>
    (await system.open(means())).do({ type: "SEARCH_FOR", args: { query } });

  it("gets the query in its address, and shows what it found", async () => {
    let path: string | undefined;
    await using server = await loopback((_body, response, _inFlight, request) => {
      path = request.url;
      const hits = [
        { title: "K2", link: "http://shop.example/k2?token=abcdef123", about: "A kettle" },
        { title: "K1" },
        { other: 1 },
        { title: "K0" },
      ];
      response.end(JSON.stringify({ pages: [{ hits }] }));
    });
    const search = searchSystem({
      ...{ name: "search", url: `${server.url}/find?q={query}`, allow: [hostOf(server)], limit: 3 },
      ...{ results: "pages[0].hits", fields: { address: "link", snippet: "about" } },
    });
    expect(await find(search, "kettle & screws")).toEqual({
      text: "1. K2 — http://shop.example/k2?token=%E2%80%A6 — A kettle\n2. K1\n3. (a result without words)\n(1 more)",
    });
    expect(path).toBe("/find?q=kettle%20%26%20screws");
  });

  it.each([
    ['{"hits":{}}', { failed: "SHAPE", text: expect.stringContaining("no list") }],
    ["no JSON", { failed: "SHAPE", text: expect.stringContaining("no list") }],
    ['{"hits":[]}', { text: "Nothing was found." }],
  ])("shows what it makes of %s", async (body, shown) => {
    await using server = await loopback((_asked, response) => response.end(body));
    const search = searchSystem({
      name: "s",
      url: `${server.url}/?q={query}`,
      results: "hits",
      allow: [hostOf(server)],
    });
    expect(await find(search, "x")).toEqual(shown);
  });

  it("wants a place for the query, and looks at nothing that it inherits", () => {
    expect(() => searchSystem({ name: "s", url: "http://127.0.0.1:1/", allow: ["127.0.0.1:1"] })).toThrow(
      expect.objectContaining({ code: "OPTION_INVALID" }),
    );
    expect(at({ a: [{ b: 1 }] }, "$.a[0].b")).toBe(1);
    expect(at({}, "constructor.name")).toBeUndefined();
  });
});
