import { randomUUID } from "node:crypto";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { NodeStreamableHTTPServerTransport } from "@modelcontextprotocol/node";
import { shop } from "./shop.ts";

export interface HttpShop extends AsyncDisposable {
  readonly url: string;
  readonly headers: readonly IncomingHttpHeaders[];
}

/** The shop over streamable HTTP on loopback. */
export async function httpShop(trace: string, ways: readonly string[] = []): Promise<HttpShop> {
  const headers: IncomingHttpHeaders[] = [];
  const sessions = new Map<string, NodeStreamableHTTPServerTransport>();
  const opened = async (): Promise<NodeStreamableHTTPServerTransport> => {
    const transport = new NodeStreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      onsessioninitialized: (id) => void sessions.set(id, transport),
    });
    await shop(trace, ways).connect(transport);
    return transport;
  };
  const server = createServer(async (request, response) => {
    headers.push(request.headers);
    const known = sessions.get(String(request.headers["mcp-session-id"]));
    await (known ?? (await opened())).handleRequest(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`,
    headers,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
