import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PageOptions } from "../../../src/document/web/fetch-page.ts";
import { createPages } from "../../../src/document/web/pages.ts";
import { publicGate } from "../../../src/document/web/public-address.ts";
import { testContext } from "../../support/context.ts";
import { type Loopback, loopback } from "../../support/loopback.ts";

interface Answer {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer;
  /** Keeps the connection open and says nothing more. */
  readonly hangs?: true;
}

/** A site of these pages; what it has not is 404. `seen` are the paths asked for. */
async function site(pages: Record<string, Answer | string>): Promise<Loopback & { readonly seen: string[] }> {
  const seen: string[] = [];
  const server = await loopback((_body, response, _inFlight, { url = "" }) => {
    seen.push(url);
    const page = pages[url] ?? { status: 404, body: "none" };
    const answer = typeof page === "string" ? { body: page } : page;
    response.writeHead(answer.status ?? 200, { "content-type": "text/html; charset=utf-8", ...answer.headers });
    if (answer.hangs) response.write(answer.body ?? "");
    else response.end(answer.body);
  });
  return Object.assign(server, { seen });
}

const local: PageOptions = { allowAddresses: ["127.0.0.1"] };
/** No proxy. */
const unset = (): undefined => undefined;
const read = (address: string, options: PageOptions = local) =>
  createPages(options).read(address, { calls: testContext().journal.calls, failures: "forgotten", variable: unset });
const refused = (reason: string, words = "") =>
  expect.objectContaining({
    code: "DOCUMENT_UNREADABLE",
    data: expect.objectContaining({ reason }),
    message: expect.stringContaining(words),
  });

describe("a page", () => {
  it("is a document: fetched, decoded, read", async () => {
    await using server = await site({
      "/a?b=1": "<title>A</title><h1>Käse</h1>",
      "/latin": { headers: { "content-type": "text/plain; charset=latin1" }, body: Buffer.from("Käse", "latin1") },
      "/packed": { headers: { "content-encoding": "gzip" }, body: gzipSync("<p>packed") },
    });
    expect(await read(`${server.url}/a?b=1#place`)).toMatchObject({
      location: `${server.url}/a?b=1`,
      title: "A",
      format: "html",
      text: "# Käse",
    });
    expect((await read(`${server.url}/latin`)).text).toBe("Käse");
    expect((await read(`${server.url}/packed`)).text).toBe("packed");
  });

  it("is followed to where it moved, which is looked at anew each time", async () => {
    await using server = await site({
      "/old": { status: 302, headers: { location: "/new" } },
      "/new": "<p>here",
      "/round": { status: 301, headers: { location: "/round" } },
      "/file": { status: 301, headers: { location: "file:///etc/passwd" } },
      "/inside": { status: 307, headers: { location: "http://127.0.0.2:1/" } },
      "/mapped": { status: 307, headers: { location: "http://[::ffff:127.0.0.2]:1/" } },
      "/secret": { status: 307, headers: { location: "http://user:word@127.0.0.1/" } },
    });
    expect(await read(`${server.url}/old`)).toMatchObject({ location: `${server.url}/old`, text: "here" });
    await expect(read(`${server.url}/round`)).rejects.toEqual(refused("redirects"));
    for (const path of ["/file", "/inside", "/mapped", "/secret"])
      await expect(read(server.url + path), path).rejects.toEqual(refused("address"));
  });

  it.each<[string, Answer, PageOptions["limits"], string]>([
    ["a failure", { status: 500 }, {}, "status"],
    ["nothing there", { status: 404 }, {}, "status"],
    ["a redirection to nowhere", { status: 302 }, {}, "status"],
    ["a picture", { headers: { "content-type": "image/png" } }, {}, "kind"],
    ["more than it may be, as it says", { body: "x".repeat(2_000) }, { bytes: 1_000 }, "size"],
    [
      "more than it may be, unpacked",
      { headers: { "content-encoding": "gzip" }, body: gzipSync("x".repeat(2_000)) },
      { bytes: 1_000 },
      "size",
    ],
    ["more than it may be, without end", { hangs: true, body: "x".repeat(2_000) }, { bytes: 1_000 }, "size"],
    ["an unknown packing", { headers: { "content-encoding": "secret" }, body: "x" }, {}, "encoding"],
    ["damaged packing", { headers: { "content-encoding": "gzip" }, body: "x" }, {}, "network"],
    ["another encoding than it says", { body: Buffer.from("Käse", "latin1") }, {}, "encoding"],
    ["an answer that never ends", { hangs: true, body: "x" }, { seconds: 0.3 }, "time"],
  ])("is refused where it is %s", async (_what, answer, limits, reason) => {
    await using server = await site({ "/page": answer });
    await expect(read(`${server.url}/page`, { ...local, limits: { ...limits } })).rejects.toEqual(refused(reason));
  });

  it("is refused where nobody answers, and given up when its reader stops", async () => {
    const server = await site({ "/page": { hangs: true } });
    const stop = new AbortController();
    const reading = read(`${server.url}/page`, { ...local, signal: stop.signal });
    stop.abort(new Error("enough"));
    await expect(reading).rejects.toThrow("enough");
    await server[Symbol.asyncDispose]();
    await expect(read(`${server.url}/page`)).rejects.toEqual(refused("network"));
  });

  it.each(["ftp://example.org/", "file:///etc/passwd", "javascript:1", "nowhere", "http://name:word@example.org/"])(
    "has an address that can be read: %s has none",
    async (address) => {
      await expect(read(address)).rejects.toEqual(refused("address"));
    },
  );
});

describe("addresses that are not public", () => {
  it.each([
    "127.0.0.1",
    "127.9.9.9",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "224.0.0.1",
    "255.255.255.255",
    "198.18.0.1",
    "192.0.2.1",
    "::1",
    "::",
    "fe80::1",
    "fc00::1",
    "fd00:ec2::254",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:a9fe:a9fe",
    "::127.0.0.1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "2001:db8::1",
    "not an address",
  ])("%s", async (address) => expect((await publicGate()).isPublic(address)).toBe(false));

  it.each(["93.184.216.34", "1.1.1.1", "2606:4700::1111", "::ffff:1.1.1.1"])("%s is", async (address) =>
    expect((await publicGate()).isPublic(address)).toBe(true),
  );

  it("count as public where they are allowed, one by one or in ranges", async () => {
    const inside = await publicGate(["10.0.0.0/8"]);
    expect(["10.1.2.3", "::ffff:10.1.2.3", "192.168.0.1"].map(inside.isPublic)).toEqual([true, true, false]);
    expect((await publicGate(["127.0.0.1"])).isPublic("127.0.0.2")).toBe(false);
    expect((await publicGate(["127.0.0.0/8", "nonsense"])).isPublic("::1")).toBe(false);
    await fc.assert(fc.asyncProperty(fc.ipV4(), async (address) => (await publicGate([address])).isPublic(address)));
  });

  it.each([
    "http://127.0.0.1:1/",
    "http://2130706433/",
    "http://0x7f.1/",
    "http://[::1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://localhost/",
    "http://169.254.169.254/latest",
  ])("are refused before anything is sent: %s", async (address) => {
    await expect(read(address, {})).rejects.toEqual(refused("address", "no public address"));
  });

  it("are found after the name is looked up, in what is connected to: a second look-up is never made", async () => {
    await using server = await site({ "/page": "<p>inside" });
    const address = `${server.url.replace("127.0.0.1", "localhost")}/page`;
    await expect(read(address, {})).rejects.toEqual(refused("address", "localhost leads to"));
    expect(server.seen).toEqual([]);
    const gate = await publicGate(["127.0.0.1", "::1"]);
    const found = await new Promise((resolve) => gate.lookup("localhost", {}, (...answer) => resolve(answer)));
    expect(found).toEqual([null, expect.stringMatching(/^(127\.0\.0\.1|::1)$/), expect.any(Number)]);
  });
});

describe("robots.txt", () => {
  const page = "<p>page";

  it.each<[string, Answer | string, boolean]>([
    ["allows what it does not name", "User-agent: *\nDisallow: /other", true],
    ["keeps everybody out", "User-agent: *\nDisallow: /", false],
    ["keeps us out by name", "User-agent: someone\nAllow: /\n\nUser-agent: TinyTroupe\nDisallow: /page", false],
    ["lets us in by name", "User-agent: *\nDisallow: /\n\nUser-agent: tinytroupe\nDisallow:", true],
    ["goes by the longest match", "User-agent: *\nDisallow: /pa\nAllow: /page", true],
    ["knows wildcards", "User-agent: *\nDisallow: /*ge$", false],
    ["allows all where there is none", { status: 404 }, true],
    ["allows all where it may not be read", { status: 403 }, true],
    ["allows nothing while it fails", { status: 503 }, false],
    ["is followed where it moved", { status: 301, headers: { location: "/rules" } }, false],
    ["counts as none where it moves without end", { status: 301, headers: { location: "/robots.txt" } }, true],
  ])("%s", async (_what, robots, allowed) => {
    await using server = await site({ "/robots.txt": robots, "/rules": "User-agent: *\nDisallow: /", "/page": page });
    const reading = read(`${server.url}/page`);
    if (allowed) expect((await reading).text).toBe("page");
    else {
      await expect(reading).rejects.toEqual(refused("robots"));
      expect(server.seen).not.toContain("/page");
    }
  });

  it("holds for where a page leads to, and is asked for once", async () => {
    await using other = await site({ "/robots.txt": "User-agent: *\nDisallow: /", "/page": page });
    await using server = await site({
      "/a": { status: 302, headers: { location: `${other.url}/page` } },
      "/b": page,
      "/c": page,
    });
    const pages = createPages(local);
    const how = { calls: testContext().journal.calls, failures: "forgotten", variable: unset } as const;
    await expect(pages.read(`${server.url}/a`, how)).rejects.toEqual(refused("robots"));
    expect(other.seen).toEqual(["/robots.txt"]);
    await pages.read(`${server.url}/b`, how);
    await pages.read(`${server.url}/c`, how);
    expect(server.seen).toEqual(["/robots.txt", "/a", "/b", "/c"]);
  });
});

describe("a run", () => {
  it("reads a page once, however many ask at once, and again from its journal", async () => {
    await using server = await site({ "/page": "<p>page" });
    const { calls } = testContext().journal;
    const how = { calls, failures: "forgotten", variable: unset } as const;
    const pages = createPages(local);
    const [one, other] = await Promise.all([
      pages.read(`${server.url}/page`, how),
      pages.read(`${server.url}/page#b`, how),
    ]);
    expect(one).toEqual(other);
    await server[Symbol.asyncDispose]();
    expect(await createPages(local).read(`${server.url}/page`, how)).toEqual(one);
    expect(server.seen).toEqual(["/robots.txt", "/page"]);
  });

  it("serves a failure again where it became a part of the story, and else asks anew", async () => {
    const answer: { status: number; body: string } = { status: 500, body: "<p>page" };
    await using server = await site({ "/page": answer });
    const { calls } = testContext().journal;
    const address = `${server.url}/page`;
    await expect(createPages(local).read(address, { calls, failures: "served", variable: unset })).rejects.toEqual(
      refused("status"),
    );
    answer.status = 200;
    await expect(createPages(local).read(address, { calls, failures: "served", variable: unset })).rejects.toEqual(
      refused("status", "answers 500"),
    );
    expect((await createPages(local).read(address, { calls, failures: "forgotten", variable: unset })).text).toBe(
      "page",
    );
    expect((await createPages(local).read(address, { calls, failures: "served", variable: unset })).text).toBe("page");
  });
});
