import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { setTimeout } from "node:timers/promises";
import { anthropicDialect } from "./anthropic.ts";
import type { Answer, Dialect, FakeRequest, Order } from "./dialect.ts";
import { fill } from "./fill.ts";
import { googleDialect } from "./google.ts";
import { ollamaDialect } from "./ollama.ts";
import { chatDialect } from "./openai-chat.ts";
import { responsesDialect } from "./openai-responses.ts";

export type { FakeRequest, Order } from "./dialect.ts";

/** What the server does with a request; an answer that fits the schema when it returns nothing. */
export type Director = (request: FakeRequest, count: number) => Order | undefined;

export interface FakeProvider extends AsyncDisposable {
  readonly url: string;
  /** Requests for answers and embeddings, oldest first. */
  readonly requests: FakeRequest[];
  /** How many connections were opened. */
  readonly sockets: number;
  /** The most requests at once. */
  readonly most: number;
  direct(director: Director): void;
}

const dialects: readonly Dialect[] = [chatDialect, responsesDialect, anthropicDialect, googleDialect, ollamaDialect];

/** One loopback server that speaks like each of the providers, tells what it was asked, and fails on order. */
export async function fakeProvider(first: Director = () => undefined): Promise<FakeProvider> {
  let director = first;
  let [inFlight, most] = [0, 0];
  const requests: FakeRequest[] = [];
  const sockets = new Set<Socket>();
  const server = createServer(async (incoming, response) => {
    const request = await read(incoming);
    const dialect = dialects.find((each) => each.speaks(request.path));
    if (dialect === undefined) return void response.writeHead(404).end('{"error":{"message":"no such path"}}');
    const side = dialect.side?.(request);
    if (side !== undefined) return void json(response, 200, side);
    const told = { ...request, schema: dialect.schemaOf(request) };
    requests.push(told);
    inFlight += 1;
    most = Math.max(most, inFlight);
    response.on("close", () => {
      inFlight -= 1;
    });
    const order = director(told, requests.length - 1);
    if (order?.afterMs !== undefined) await setTimeout(order.afterMs);
    await order?.until;
    await obey(response, dialect, { request, order });
  });
  server.on("connection", (socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    get sockets() {
      return sockets.size;
    },
    get most() {
      return most;
    },
    direct: (next) => {
      director = next;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function read(incoming: IncomingMessage): Promise<FakeRequest> {
  let text = "";
  for await (const chunk of incoming) text += chunk;
  return {
    path: incoming.url ?? "",
    headers: incoming.headers as Record<string, string>,
    body: text === "" ? {} : JSON.parse(text),
  };
}

interface Exchange {
  readonly request: FakeRequest;
  readonly order: Order | undefined;
}

async function obey(response: ServerResponse, dialect: Dialect, { request, order = {} }: Exchange): Promise<void> {
  if ("hang" in order) return;
  if ("reset" in order) return void response.socket?.destroy();
  if ("status" in order) {
    const { status, headers = {}, body = { error: { message: `error ${status}` } } } = order;
    response.writeHead(status, { "content-type": "application/json", ...headers });
    return void response.end(typeof body === "string" ? body : JSON.stringify(body));
  }
  const answer: Answer = {
    text: JSON.stringify(fill(dialect.schemaOf(request) ?? {})),
    finish: "stop",
    usage: { input: 100, cached: 40, output: 20, reasoning: 5 },
    ...order,
  };
  if (!dialect.streams(request)) return void json(response, 200, dialect.whole(answer, request));
  response.writeHead(200, { "content-type": dialect.streamType });
  const chunks = [...dialect.chunks(answer, request)];
  if (order.eachMs !== undefined) {
    for (const chunk of chunks.splice(0)) {
      response.write(chunk);
      await setTimeout(order.eachMs);
    }
  }
  if (order.cut === undefined) return void response.end(chunks.join(""));
  const half = chunks.slice(0, Math.ceil(chunks.length / 2)).join("");
  if (order.cut === "cleanly") return void response.end(half);
  response.write(half);
  setImmediate(() => response.socket?.destroy());
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
}
