import { once } from "node:events";
import { request } from "node:http";
import { type AddressInfo, createServer, type Server } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { gateOf } from "../../../src/systems/gate.ts";
import { type Guard, openGuard } from "../../../src/systems/web/guard.ts";
import { addressOf, wordsOf } from "../../../src/systems/words.ts";

describe("what may be touched", () => {
  it.each([
    ["https://shop.example/cart", ["shop.example:443"], true],
    ["http://localhost/", ["localhost:80"], true],
    ["wss://shop.example/", ["shop.example"], true],
    ["https://shop.example:8443/", ["shop.example:443"], false],
    ["http://shop.example/", ["shop.example:443"], false],
    ["https://a.shop.example/", ["*.shop.example"], true],
    ["https://shop.example.evil.example/", ["shop.example", "*.shop.example"], false],
    ["file:///etc/passwd", ["*."], false],
  ])("%s by %j: %s", (address, allow, expected) => {
    expect(gateOf("shop", allow).allows(address)).toBe(expected);
  });
});

describe("what is kept of a system", () => {
  it.each([
    ["https://user:pw@shop.example/?token=abcdef&page=2", /^https:\/\/shop\.example\/\?token=%E2%80%A6&page=2$/],
    ["https://shop.example/#access_token=abcdef&part=3", /#access_token=%E2%80%A6&part=3$/],
    ["https://shop.example/?jwt=abcdef&sid=1&design=4", /\?jwt=%E2%80%A6&sid=%E2%80%A6&design=4$/],
    ["https://shop.example/#chapter-2", /#chapter-2$/],
  ])("has no secret in the address %s", (address, kept) => {
    expect(addressOf(address)).toMatch(kept);
  });

  it("has no secret that a colour code parts", () => {
    expect(wordsOf("hun\u001b[0mter2abc, hunter2abc", ["hunter2abc"])).toBe("…, …");
  });
});

describe("a guard between a browser and a stranger's server", () => {
  let guard: Guard;
  let server: Server;
  let host: string;
  const answers = new Map<string, (socket: import("node:net").Socket) => void>([
    ["/odd", (socket) => socket.end("HTTP/1.1 099 Odd\r\n\r\n")],
    [
      "/cut",
      (socket) =>
        void socket.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nab", () =>
          setImmediate(() => socket.destroy()),
        ),
    ],
  ]);
  beforeAll(async () => {
    server = createServer((socket) => {
      socket.once("data", (head) => answers.get(String(head).split(" ")[1] ?? "")?.(socket));
      socket.on("error", () => undefined);
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    guard = await openGuard(gateOf("odd", [host]));
  });
  afterAll(async () => {
    await guard.close();
    server.close();
  });
  const asked = (address: string) => {
    const { hostname, port } = new URL(guard.address);
    const { promise, resolve } = Promise.withResolvers<number | "cut off">();
    const one = request({ hostname, port, path: address, headers: { host }, agent: false }, (reply) => {
      reply.resume().once("end", () => resolve(reply.statusCode ?? 0));
      reply.once("error", () => resolve("cut off"));
    });
    one.once("error", () => resolve("cut off")).end();
    return promise;
  };

  it("stands whatever it answers: no status, half an answer, another way in", async () => {
    expect(await asked(`http://${host}/odd`)).toBe(502);
    expect(await asked(`http://${host}/cut`)).toBe("cut off");
    expect(await asked(`https://${host}/odd`)).toBe(451);
    expect(await asked("http://elsewhere.example/")).toBe(451);
  });
});
