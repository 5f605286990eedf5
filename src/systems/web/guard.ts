import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Gate } from "../gate.ts";

/** A proxy on loopback through which a browser reaches what is allowed, and nothing else. */
export interface Guard {
  readonly address: string;
  close(): Promise<void>;
}

/**
 * Opens a proxy that lets requests to allowed hosts through. All of a browser goes through it, redirections, frames,
 * pictures and sockets too, so that no way leads past the list.
 */
export async function openGuard(gate: Gate): Promise<Guard> {
  const sockets = new Set<Duplex>();
  const held = <S extends Duplex>(socket: S): S => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket)).on("error", () => socket.destroy());
    return socket;
  };
  const server = createServer((asked, answer) => pass(asked, answer, gate));
  server.on("connection", held);
  server.on("connect", (asked: IncomingMessage, socket: Duplex, head: Buffer) => {
    const place = `https://${asked.url ?? ""}`;
    const plain = `http://${asked.url ?? ""}`;
    const url = URL.parse(place);
    if (url === null || !(gate.allows(place) || gate.allows(plain))) return refuse(socket);
    const port = Number(/:(\d+)$/.exec(asked.url ?? "")?.[1] ?? 443);
    const there: Socket = held(connect(port, url.hostname.replace(/^\[|\]$/g, "")));
    there.once("connect", () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      there.write(head);
      there.pipe(socket).pipe(there);
    });
    there.once("close", () => socket.destroy());
    socket.once("close", () => there.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** What a browser is told of a place that it may not go to. */
const outsideStatus = 451;

function refuse(socket: Duplex): void {
  socket.end(`HTTP/1.1 ${outsideStatus} Outside of the test\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
}

function pass(asked: IncomingMessage, answer: ServerResponse, gate: Gate): void {
  const url = URL.parse(asked.url ?? "");
  // What is encrypted comes as a CONNECT; plain requests are for plain addresses alone.
  if (url === null || url.protocol !== "http:" || !gate.allows(url)) {
    const text = "This address is outside of the test.";
    answer.writeHead(outsideStatus, { "content-type": "text/plain", "content-length": text.length }).end(text);
    return;
  }
  const { "proxy-connection": _hop, ...headers } = asked.headers;
  const failed = (): void => void (answer.headersSent ? answer.destroy() : answer.writeHead(502).end());
  // What comes from there is a stranger's: a status that is none and a reply that is cut off are failures of theirs.
  const there = request(url, { method: asked.method, headers }, (reply) => {
    try {
      answer.writeHead(reply.statusCode ?? 502, reply.headers);
    } catch {
      reply.destroy();
      return failed();
    }
    pipeline(reply, answer).catch(failed);
  });
  there.on("error", failed);
  answer.on("close", () => there.destroy());
  asked.pipe(there);
}
