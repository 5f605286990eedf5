import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { type Connection, openConnection } from "../../../../src/model/adapters/connection.ts";

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
