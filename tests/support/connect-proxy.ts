import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";

export interface ConnectProxy extends AsyncDisposable {
  readonly url: string;
  /** Where it was asked to connect to, in order. */
  readonly targets: readonly string[];
  /** What the last that came said of itself. */
  readonly authorization: string | undefined;
}

/** A real proxy on loopback that makes tunnels alone; to what `refuse` names it answers 403. */
export async function connectProxy(refuse: RegExp = /^$/): Promise<ConnectProxy> {
  const targets: string[] = [];
  let authorization: string | undefined;
  const server = createServer((request, response) => {
    targets.push(`${request.method} ${request.url}`);
    response.writeHead(405).end();
  });
  server.on("connect", (request, client, head) => {
    const target = request.url ?? "";
    targets.push(target);
    authorization = request.headers["proxy-authorization"];
    client.on("error", () => undefined);
    if (refuse.test(target)) {
      client.end("HTTP/1.1 403 Forbidden\r\n\r\n");
      return;
    }
    const { hostname, port } = new URL(`http://${target}`);
    const upstream = connect(Number(port || 80), hostname.replace(/^\[|\]$/g, ""), () => {
      client.write("HTTP/1.1 200 Connection established\r\n\r\n");
      upstream.write(head);
      upstream.pipe(client).pipe(upstream);
    });
    upstream.on("error", () => client.end("HTTP/1.1 502 Bad Gateway\r\n\r\n"));
    client.on("close", () => upstream.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    targets,
    get authorization() {
      return authorization;
    },
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
