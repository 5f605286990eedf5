import type { Socket } from "node:net";
import type * as Undici from "undici";
import type { Outside } from "../../kernel/contracts/context.ts";
import type { Gate } from "./public-address.ts";

/** A proxy that pages cannot be read through. */
export class UnusableProxy extends Error {}

type Connector = Undici.buildConnector.connector;
type Target = Undici.buildConnector.Options;

interface Means {
  readonly undici: Pick<typeof Undici, "buildConnector" | "Client">;
  readonly gate: Gate;
  /** As HTTPS_PROXY, HTTP_PROXY and NO_PROXY have it. */
  readonly variable: Outside["variable"];
  readonly signal: AbortSignal;
}

/**
 * Connects to public addresses alone, through the proxy where the environment names one. A proxy that looks names up
 * itself could lead anywhere: so names are looked up and checked here, the proxy is asked for the very address
 * (CONNECT, for http, too), and TLS holds whoever is there to the name.
 */
export function publicConnector(means: Means): Connector {
  const { undici, gate, variable } = means;
  const direct = undici.buildConnector({ lookup: gate.lookup });
  const secured = undici.buildConnector({});
  return (target, callback) => {
    const written = proxyFor(target, variable);
    if (written === undefined) return direct(target, callback);
    tunnel(written, target, means).then(
      (socket) =>
        target.protocol === "https:" ? secured({ ...target, httpSocket: socket }, callback) : callback(null, socket),
      (error: Error) => callback(error, null),
    );
  };
}

/** What the environment names for this address; undefined where it is reached without. */
export function proxyFor(
  { protocol, hostname, port }: Pick<Target, "protocol" | "hostname" | "port">,
  variable: Outside["variable"],
): string | undefined {
  const named = (name: string): string | undefined => variable(name) || variable(name.toUpperCase()) || undefined;
  const proxy = (protocol === "https:" ? named("https_proxy") : undefined) ?? named("http_proxy");
  const exceptions = named("no_proxy") ?? "localhost,127.0.0.1,::1";
  const isExcepted = exceptions
    .toLowerCase()
    .split(/[,\s]+/)
    .some((exception) => covers(exception, { hostname, port: portOf({ protocol, port }) }));
  return isExcepted ? undefined : proxy;
}

/** `example.org` and `.example.org` cover the site and those below it, `*` all, and `:8080` at the end one port. */
function covers(exception: string, { hostname, port }: { readonly hostname: string; readonly port: string }): boolean {
  const [, host = exception, only] = /^(.*[^:]):(\d+)$/.exec(exception) ?? [];
  const site = host.replace(/^\*?\./, "");
  if (site === "" || (only !== undefined && only !== port)) return false;
  const name = bare(hostname).toLowerCase();
  return site === "*" || name === bare(site) || name.endsWith(`.${site}`);
}

async function tunnel(written: string, target: Target, means: Means): Promise<Socket> {
  const proxy = URL.parse(written.includes("://") ? written : `http://${written}`);
  if (proxy === null || !/^https?:$/.test(proxy.protocol)) {
    throw new UnusableProxy("pages are read through http and https proxies alone, and the environment names another");
  }
  const { host, username, password } = proxy;
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  const authorization = `Basic ${Buffer.from(credentials).toString("base64")}`;
  const headers = username === "" ? {} : { "proxy-authorization": authorization };
  let refused = "";
  for (const { address, family } of await addressesOf(target, host, means)) {
    const path = `${family === 6 ? `[${address}]` : address}:${portOf(target)}`;
    const client = new means.undici.Client(proxy.origin, { headersTimeout: 0 });
    try {
      const { statusCode, socket } = await client.connect({ path, headers, signal: means.signal });
      if (statusCode === 200) return socket as Socket;
      socket.destroy();
      refused = `the proxy ${host} does not lead to ${path} (status ${statusCode})`;
    } finally {
      client.destroy(() => undefined);
    }
  }
  throw new UnusableProxy(refused);
}

async function addressesOf({ hostname }: Target, proxy: string, { gate }: Means) {
  try {
    return await gate.addresses(bare(hostname));
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    throw new UnusableProxy(
      `${hostname} cannot be looked up from here, so that nobody can check where the proxy ${proxy} would lead`,
      { cause: error },
    );
  }
}

const portOf = ({ protocol, port }: Pick<Target, "protocol" | "port">): string =>
  port || (protocol === "https:" ? "443" : "80");

const bare = (host: string): string => host.replace(/^\[|\]$/g, "");
