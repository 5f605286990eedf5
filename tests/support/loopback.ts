import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A real HTTP server on loopback that says how many requests it has had, and the most at once. */
export interface Loopback extends AsyncDisposable {
  readonly url: string;
  readonly requests: number;
  readonly most: number;
}

export type Handler = (body: string, response: ServerResponse, inFlight: number, request: IncomingMessage) => void;

export async function loopback(handle: Handler): Promise<Loopback> {
  let [requests, inFlight, most] = [0, 0, 0];
  const server = createServer(async (request, response) => {
    requests++;
    inFlight++;
    most = Math.max(most, inFlight);
    response.on("close", () => inFlight--);
    let body = "";
    for await (const chunk of request) body += chunk;
    handle(body, response, inFlight, request);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get requests() {
      return requests;
    },
    get most() {
      return most;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
