import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { deflateSync, gzipSync } from "node:zlib";
import type { Dispatcher } from "undici";
import { afterEach, describe, expect, it } from "vitest";
import { type Connection, openConnection } from "../../../../src/model/adapters/connection.ts";
import { dispatchFetch } from "../../../../src/model/adapters/dispatch-fetch.ts";

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function served(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const server = createServer(answer).listen(0, "127.0.0.1");
  await once(server, "listening");
  const connection: Connection = await openConnection({});
  closing.push(async () => {
    server.closeAllConnections();
    server.close();
  }, connection.close);
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/chat?x=1`, server, ...connection };
}

const post = (signal?: AbortSignal): RequestInit => ({
  method: "POST",
  headers: { "content-type": "application/json", "x-key": "k" },
  body: '{"a":"é"}',
  ...(signal && { signal }),
});

async function textOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request.setEncoding("utf8")) text += chunk;
  return text;
}

describe("fetch over the dispatcher", () => {
  it("sends method, path, headers and body, and brings status, headers and body back", async () => {
    const { fetch, url } = await served(async (request, response) => {
      const { method, url: path, headers } = request;
      const asked = { method, path, key: headers["x-key"], encoding: headers["accept-encoding"] };
      response.writeHead(429, "Too Much", { "retry-after": "2", "set-cookie": ["a=1", "b=2"] });
      response.end(JSON.stringify({ ...asked, body: await textOf(request) }));
    });
    const response = await fetch(url, post());
    expect([response.ok, response.status, response.statusText]).toEqual([false, 429, "Too Much"]);
    expect(response.headers.get("retry-after")).toBe("2");
    expect(response.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
    expect(await response.json()).toEqual({
      ...{ method: "POST", path: "/v1/chat?x=1", key: "k", encoding: "identity", body: '{"a":"é"}' },
    });
  });

  it("gives the pieces of a stream as they come", async () => {
    let more = (): void => undefined;
    const { fetch, url } = await served((_request, response) => {
      response.write("one");
      more = () => response.end("two");
    });
    const reader = (await fetch(url, post())).body?.pipeThrough(new TextDecoderStream()).getReader();
    expect(await reader?.read()).toEqual({ done: false, value: "one" });
    more();
    expect(await reader?.read()).toEqual({ done: false, value: "two" });
    expect((await reader?.read())?.done).toBe(true);
  });

  it("follows a server that sends the same request elsewhere", async () => {
    const { fetch, url } = await served(async (request, response) => {
      if (request.url?.startsWith("/v1")) return void response.writeHead(307, { location: "/there" }).end();
      response.end(`${request.method} ${request.url} ${await textOf(request)}`);
    });
    expect(await (await fetch(url, post())).text()).toBe('POST /there {"a":"é"}');
  });

  it.each([307, 302])("sends nothing to another origin (%s)", async (status) => {
    const asked: (string | undefined)[] = [];
    const other = await served((request, response) => void response.end(asked.push(request.url) && "there"));
    const { fetch, url } = await served((_request, response) => {
      response.writeHead(status, { location: other.url }).end("moved");
    });
    const response = await fetch(url, post());
    expect([response.status, response.headers.get("location"), await response.text()]).toEqual([
      status,
      other.url,
      "moved",
    ]);
    expect(asked).toEqual([]);
  });

  it("gives up on a server that sends it round in circles", async () => {
    let requests = 0;
    const { fetch, url } = await served((_request, response) => {
      requests++;
      response.writeHead(308, { location: "/v1/again" }).end();
    });
    expect([(await fetch(url, post())).status, requests]).toEqual([308, 6]);
  });

  it.each([
    ["gzip", gzipSync],
    ["deflate", deflateSync],
  ] as const)("reads %s, which it did not ask for, from a fault too", async (encoding, encode) => {
    const { fetch, url } = await served((_request, response) => {
      response.writeHead(503, { "content-encoding": encoding }).end(encode('{"a":"é"}'));
    });
    const response = await fetch(url, post());
    expect([response.status, await response.json()]).toEqual([503, { a: "é" }]);
  });

  it("stops reading a small body that holds an endless text", async () => {
    const bomb = gzipSync(Buffer.alloc(80 * 2 ** 20));
    const { fetch, url } = await served((_request, response) => {
      response.writeHead(200, { "content-encoding": "gzip" }).end(bomb);
    });
    await expect((await fetch(url, post())).arrayBuffer()).rejects.toMatchObject({ message: "terminated" });
  });

  it("lets the server wait while nobody reads, and goes on when somebody does", async () => {
    const handlers: Required<Dispatcher.DispatchHandler>[] = [];
    const dispatcher = { dispatch: (_request: unknown, handler: (typeof handlers)[number]) => handlers.push(handler) };
    const waiting = dispatchFetch(dispatcher as unknown as Dispatcher)("http://127.0.0.1/", post());
    const [handler] = handlers;
    const controller = {
      ...{ paused: false, aborted: false, reason: null, abort: () => undefined },
      pause() {
        this.paused = true;
      },
      resume() {
        this.paused = false;
      },
    };
    handler?.onRequestStart(controller, undefined);
    handler?.onResponseStart(controller, 200, {});
    const reader = (await waiting).body?.getReader();
    let sent = 0;
    for (; !controller.paused && sent < 100; sent++) handler?.onResponseData(controller, Buffer.alloc(64 * 1024));
    expect(sent).toBe(4);
    await reader?.read();
    expect(controller.paused).toBe(false);
    await reader?.cancel();
  });

  it("brings a body of many megabytes", async () => {
    const { fetch, url } = await served((_request, response) => void response.end(Buffer.alloc(8 * 2 ** 20, "x")));
    expect(await (await fetch(url, post())).text()).toHaveLength(8 * 2 ** 20);
  });

  it("has no body where there can be none", async () => {
    const { fetch, url } = await served((_request, response) => void response.writeHead(204).end());
    expect((await fetch(url, post())).body).toBeNull();
  });

  it("ends at once with the caller's reason, before the answer and within it, and the server sees it", async () => {
    const reason = new Error("enough");
    const { fetch, url, server } = await served((_request, response) => void response.write("one"));
    const gone = (): Promise<unknown> => once(server, "request").then(([request]) => once(request.socket, "close"));
    const [first, late] = [new AbortController(), new AbortController()];
    const [closed, waiting] = [gone(), fetch(url, post(first.signal))];
    first.abort(reason);
    await expect(waiting).rejects.toBe(reason);
    await expect(fetch(url, post(first.signal))).rejects.toBe(reason);
    const within = await fetch(url, post(late.signal));
    late.abort(reason);
    await expect(within.text()).rejects.toBe(reason);
    await closed;
  });

  it("lets go of the signal when the answer is whole", async () => {
    const { fetch, url } = await served((_request, response) => void response.end("one"));
    const listened = new Set<unknown>();
    const { signal } = new AbortController();
    const [add, remove] = [signal.addEventListener.bind(signal), signal.removeEventListener.bind(signal)];
    signal.addEventListener = (type: string, listener: never, options: never) => {
      listened.add(listener);
      add(type, listener, options);
    };
    signal.removeEventListener = (type: string, listener: never) => {
      listened.delete(listener);
      remove(type, listener);
    };
    const response = await fetch(url, post(signal));
    expect(await response.text()).toBe("one");
    expect(listened.size).toBe(0);
  });

  it("says like fetch what went wrong: not reached, or cut in the middle", async () => {
    const { fetch, url, server } = await served((request, response) => {
      response.writeHead(200, { "content-length": "10" });
      response.write("half", () => request.socket.resetAndDestroy());
    });
    const cut = (await fetch(url, post())).text();
    await expect(cut).rejects.toMatchObject({ name: "TypeError", message: "terminated" });
    server.close();
    await once(server, "close");
    await expect(fetch(url, post())).rejects.toMatchObject({
      message: "fetch failed",
      cause: { code: "ECONNREFUSED" },
    });
  });
});
