import { TinyTroupeError } from "../../kernel/values/errors.ts";
import { dispatchFetch, largestResponse } from "./dispatch-fetch.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

/** One pool of kept-alive sockets, and the `fetch` that uses it. */
export interface Connection {
  readonly fetch: typeof globalThis.fetch;
  /** Lets calls under way end, then gives the sockets back. */
  close(): Promise<void>;
}

/**
 * Opens a pool of sockets of its own for one model: measured faster than the global `fetch`, and closed with the
 * model. Goes through the proxy that HTTPS_PROXY or HTTP_PROXY names; OPTION_INVALID for one that is none. Time limits
 * are the caller's, by signal.
 */
export async function openConnection(environment: Environment): Promise<Connection> {
  const undici = await import("undici");
  const patience = {
    headersTimeout: 0,
    bodyTimeout: 0,
    keepAliveTimeout: 30_000,
    connect: { timeout: 15_000 },
    maxResponseSize: largestResponse,
  };
  const [httpProxy, httpsProxy] = [proxyOf(environment, "http_proxy"), proxyOf(environment, "https_proxy")];
  const agent =
    httpProxy === undefined && httpsProxy === undefined
      ? new undici.Agent(patience)
      : new undici.EnvHttpProxyAgent({
          ...patience,
          httpProxy: httpProxy ?? "",
          httpsProxy: httpsProxy ?? httpProxy ?? "",
          noProxy: environment[named(environment, "no_proxy") ?? ""] ?? "localhost,127.0.0.1,::1",
        });
  return { fetch: dispatchFetch(agent), close: () => agent.close() };
}

const named = (environment: Environment, variable: string): string | undefined =>
  [variable, variable.toUpperCase()].find((name) => environment[name]);

/** Without a scheme it is one of http. What is written there stays out of the error: it may have a password. */
function proxyOf(environment: Environment, variable: string): string | undefined {
  const name = named(environment, variable);
  if (name === undefined) return undefined;
  const written = environment[name] ?? "";
  const proxy = URL.parse(written.includes("://") ? written : `http://${written}`);
  if (proxy !== null && /^https?:$/.test(proxy.protocol)) return proxy.href;
  throw new TinyTroupeError("OPTION_INVALID", `${name} is no address of an http or https proxy.`, {
    data: { option: name },
    hint: "Write it as in http://proxy.example:3128, or take it out of the environment.",
  });
}

/** What a model says when it is asked after it was closed. */
export function closedError(model: string): TinyTroupeError<"CLOSED"> {
  return new TinyTroupeError("CLOSED", `${model} was closed.`, {
    data: { what: model },
    hint: "Ask before closing, or open it again.",
  });
}
