import type { CallToolResult, Client, Tool } from "@modelcontextprotocol/client";
import { loaded } from "../../../kernel/text/files/packages.ts";
import { boundedFetch } from "./bounded-fetch.ts";
import { type McpServer, unavailable } from "./server.ts";

/** In bytes: no answer of a tool is longer. */
const longestAnswer = 4 * 1024 * 1024;
/** In characters: so much of the last that a server's program complained of is told. */
const complaint = 500;

/** How long a call may take, and what cuts it off. */
export interface CallLimits {
  readonly seconds: number;
  readonly signal?: AbortSignal;
}

interface Open {
  readonly client: Client;
  /** The last that the server's program wrote to its error stream. */
  said(): string;
}

/** The way to a server: opened when it is needed, also after it broke off or was closed. */
export class McpConnection {
  readonly #server: McpServer;
  #opening: Promise<Open> | undefined;

  constructor(server: McpServer) {
    this.#server = server;
  }

  /** All tools that the server has. Throws TOOLS_UNAVAILABLE, PACKAGE_MISSING. */
  async list({ seconds }: CallLimits): Promise<readonly Tool[]> {
    const { client, said } = await this.#open(seconds);
    try {
      // Past the client's cache, so that it compiles no schema of the server's.
      const timeouts = { timeout: seconds * 1_000, maxTotalTimeout: seconds * 1_000 };
      return (await client.listTools(undefined, { ...timeouts, cacheMode: "bypass" })).tools;
    } catch (error) {
      await this.close().catch(() => undefined); // the first failure is the one to tell
      throw unavailable(this.#server, error, said());
    }
  }

  /** Throws TOOLS_UNAVAILABLE where nobody can be asked; what goes wrong with the call, as the SDK throws it. */
  async call(name: string, given: Record<string, unknown>, limits: CallLimits): Promise<CallToolResult> {
    const { client } = await this.#open(limits.seconds);
    const milliseconds = limits.seconds * 1_000;
    return client.callTool(
      { name, arguments: given },
      { timeout: milliseconds, maxTotalTimeout: milliseconds, ...(limits.signal && { signal: limits.signal }) },
    );
  }

  /** Ends the program or the connection; the next call opens it again. */
  async close(): Promise<void> {
    const opening = this.#opening;
    this.#opening = undefined;
    const open = await opening?.catch(() => undefined); // whoever opened it hears of the failure
    await open?.client.close();
  }

  #open(seconds: number): Promise<Open> {
    if (this.#opening !== undefined) return this.#opening;
    const opening = this.#connect(seconds, () => {
      if (this.#opening === opening) this.#opening = undefined;
    });
    this.#opening = opening;
    opening.catch(() => {
      if (this.#opening === opening) this.#opening = undefined;
    });
    return opening;
  }

  async #connect(seconds: number, gone: () => void): Promise<Open> {
    const wanted = { packages: "@modelcontextprotocol/client@2", whatFor: "Tools of MCP servers" };
    const sdk = await loaded(wanted, () => import("@modelcontextprotocol/client"));
    const { transport, said } = await transportTo(this.#server, sdk);
    const client = new sdk.Client({ name: "tinytroupe", version: "1" }, { capabilities: {} });
    client.onclose = gone;
    try {
      await client.connect(transport, { timeout: seconds * 1_000, maxTotalTimeout: seconds * 1_000 });
      return { client, said };
    } catch (error) {
      await client.close().catch(() => undefined); // the first failure is the one to tell
      throw unavailable(this.#server, error, said());
    }
  }
}

type Sdk = typeof import("@modelcontextprotocol/client");

async function transportTo(server: McpServer, { StreamableHTTPClientTransport }: Sdk) {
  if ("url" in server) {
    // What a closed connection still waits for is told of it at once.
    const overflow = (): void => void transport.close();
    const fetch = boundedFetch(globalThis.fetch, { most: longestAnswer, overflow });
    const options = { fetch, requestInit: { headers: { ...server.headers } } };
    const transport = new StreamableHTTPClientTransport(new URL(server.url), options);
    return { transport, said: () => "" };
  }
  const { StdioClientTransport } = await import("@modelcontextprotocol/client/stdio");
  const { args = [], ...program } = server;
  const started = { ...program, args: [...args], env: { ...program.env }, maxBufferSize: longestAnswer };
  const transport = new StdioClientTransport({ ...started, stderr: "pipe" });
  let said = "";
  transport.stderr?.on("data", (chunk: Uint8Array) => {
    said = (said + Buffer.from(chunk).toString()).slice(-complaint);
  });
  return { transport, said: () => said };
}
