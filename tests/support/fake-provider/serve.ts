import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout } from "node:timers/promises";
import type { Answer, Cut, Dialect, FakeRequest, Order } from "./dialect.ts";
import { anthropicDialect } from "./dialects/anthropic.ts";
import { googleDialect } from "./dialects/google.ts";
import { ollamaDialect } from "./dialects/ollama.ts";
import { chatDialect } from "./dialects/openai-chat.ts";
import { responsesDialect } from "./dialects/openai-responses.ts";
import { fill } from "./fill.ts";

/** Who says what happens to requests for answers and embeddings. */
export interface Master {
  /** What to do with a request; an answer that fits the schema when nothing is returned. */
  order(request: FakeRequest, arrivedAt: number): Order | undefined;
  /** The request is over: it was answered whole, or somebody broke off. */
  over(request: FakeRequest, whole: boolean): void;
}

export interface Serving extends AsyncDisposable {
  readonly url: string;
  /** How many connections were opened. */
  readonly sockets: number;
}

const dialects: readonly Dialect[] = [chatDialect, responsesDialect, anthropicDialect, googleDialect, ollamaDialect];

/** One server on loopback that speaks like each of the providers, and does as its master says. */
export async function serve(master: Master): Promise<Serving> {
  let sockets = 0;
  const server = createServer(async (incoming, response) => {
    const arrivedAt = performance.now();
    const asked = await read(incoming).catch(() => undefined);
    // Whoever asked is gone, or said something that is no JSON.
    if (asked === undefined) return void response.writeHead(400).end('{"error":{"message":"no JSON"}}');
    const dialect = dialects.find((each) => each.speaks(asked.path));
    if (dialect === undefined) return void response.writeHead(404).end('{"error":{"message":"no such path"}}');
    const side = dialect.side?.(asked);
    if (side !== undefined) return void json(response, side);
    const request = { ...asked, schema: dialect.schemaOf(asked), streams: dialect.streams(asked) };
    response.on("close", () => master.over(request, response.writableFinished));
    const order = master.order(request, arrivedAt) ?? {};
    const forMs = (order.afterMs ?? 0) - (performance.now() - arrivedAt);
    if (forMs > 0) await setTimeout(forMs);
    await order.until;
    await obey(response, dialect, { request, order });
  });
  server.on("connection", () => {
    sockets += 1;
  });
  // Whoever ends a kept-alive connection, it must not be this side while a request is on its way.
  server.keepAliveTimeout = 65_000;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get sockets() {
      return sockets;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function read(incoming: IncomingMessage): Promise<FakeRequest> {
  incoming.setEncoding("utf8");
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
  readonly order: Order;
}

async function obey(response: ServerResponse, dialect: Dialect, { request, order }: Exchange): Promise<void> {
  if (response.destroyed || "hang" in order) return;
  if ("reset" in order) return void response.socket?.destroy();
  if ("status" in order) {
    const { status, headers = {}, body = { error: { message: `error ${status}` } } } = order;
    response.writeHead(status, { "content-type": "application/json", ...headers });
    return void response.end(typeof body === "string" ? body : JSON.stringify(body));
  }
  const answer: Answer = {
    text: order.text ?? JSON.stringify(fill(request.schema ?? {})),
    finish: "stop",
    usage: { input: 100, cached: 40, output: 20, reasoning: 5 },
    ...order,
  };
  if (request.streams !== true && order.cut === undefined) return void json(response, dialect.whole(answer, request));
  const type = request.streams === true ? dialect.streamType : "application/json";
  const whole = () => JSON.stringify(dialect.whole(answer, request)).match(/[\s\S]{1,64}/g) ?? [];
  const chunks = request.streams === true ? [...dialect.chunks(answer, request)] : whole();
  response.writeHead(200, { "content-type": type });
  const half = chunks.slice(0, Math.ceil(chunks.length / 2));
  if (order.cut === "with an error" && request.streams === true) half.push(dialect.breakdown);
  await send(response, order.cut === undefined ? chunks : half, order);
}

/** Piece by piece, or all at once, and then the end, if it has one. */
async function send(
  response: ServerResponse,
  sent: readonly string[],
  { cut, eachMs = 0 }: { readonly cut?: Cut; readonly eachMs?: number },
): Promise<void> {
  if (eachMs === 0) response.write(sent.join(""));
  else {
    for (const chunk of sent) {
      if (response.destroyed) return;
      response.write(chunk);
      await setTimeout(eachMs);
    }
  }
  if (cut === "reset") setImmediate(() => response.socket?.destroy());
  else if (cut !== "silently") response.end();
}

function json(response: ServerResponse, body: unknown): void {
  response.writeHead(200, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
}
