import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getCACertificates, setDefaultCACertificates, type TLSSocket } from "node:tls";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PageOptions } from "../../../src/document/web/fetch-page.ts";
import { createPages } from "../../../src/document/web/pages.ts";
import { proxyFor } from "../../../src/document/web/proxy.ts";
import { connectProxy } from "../../support/connect-proxy.ts";
import { testContext } from "../../support/context.ts";
import { loopback } from "../../support/loopback.ts";

type Variables = Readonly<Record<string, string>>;

const local: PageOptions = { allowAddresses: ["127.0.0.1", "::1"] };
const read = (address: string, variables: Variables, options = local) =>
  createPages(options).read(address, {
    ...{ calls: testContext().journal.calls, failures: "forgotten" },
    variable: (name) => ({ no_proxy: "none", ...variables })[name],
  });
const refused = (reason: string, words: string) =>
  expect.objectContaining({
    code: "DOCUMENT_UNREADABLE",
    data: expect.objectContaining({ reason }),
    message: expect.stringContaining(words),
  });

/** A certificate for localhost, of this run alone. */
let tls: { readonly key: string; readonly cert: string };
const usual = getCACertificates("default");
beforeAll(() => {
  const folder = mkdtempSync(join(tmpdir(), "tls-"));
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const made = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"];
  const named = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"];
  execFileSync("openssl", [...made, ...named, "-keyout", key, "-out", cert], { stdio: "ignore" });
  tls = { key: readFileSync(key, "utf8"), cert: readFileSync(cert, "utf8") };
  rmSync(folder, { recursive: true });
});
afterAll(() => setDefaultCACertificates(usual));

/** A site behind TLS, and under which names it was asked. */
async function securedSite() {
  const names: (string | false | null)[] = [];
  const server = createServer(tls, (request, response) => {
    names.push((request.socket as TLSSocket & { servername: string | false | null }).servername);
    response.writeHead(200, { "content-type": "text/plain" }).end("secured");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    ...{ names, port: (server.address() as AddressInfo).port },
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

describe("a page behind a proxy", () => {
  it("is read through a tunnel to the address that was checked, TLS held to the name", async () => {
    await using site = await securedSite();
    await using proxy = await connectProxy();
    const address = `https://localhost:${site.port}/page`;
    await expect(read(address, { https_proxy: proxy.url })).rejects.toEqual(refused("network", "certificate"));
    setDefaultCACertificates([...usual, tls.cert]);
    expect((await read(address, { https_proxy: proxy.url })).text).toBe("secured");
    expect(new Set(site.names)).toEqual(new Set(["localhost"]));
    for (const target of proxy.targets) expect(target).toMatch(/^(127\.0\.0\.1|\[::1\]):\d+$/);
    // The certificate names nobody else.
    const other = read(`https://127.0.0.1:${site.port}/page`, { https_proxy: proxy.url });
    await expect(other).rejects.toEqual(refused("network", "altnames"));
  });

  it("is tunnelled without TLS, too, with the credentials of the proxy, which nobody else sees", async () => {
    const seen: unknown[] = [];
    await using site = await loopback((_body, response, _inFlight, { headers }) => {
      seen.push(headers);
      response.writeHead(200, { "content-type": "text/plain" }).end("plain");
    });
    await using proxy = await connectProxy(/^$/);
    const named = proxy.url.replace("://", "://ann:secret%2147@");
    expect((await read(site.url, { HTTP_PROXY: named })).text).toBe("plain");
    expect(proxy.authorization).toBe(`Basic ${Buffer.from("ann:secret!47").toString("base64")}`);
    expect(JSON.stringify(seen)).not.toContain("proxy-authorization");
    expect(proxy.targets[0]).toBe(new URL(site.url).host);
  });

  it("is refused before the proxy hears of it where its address is not public", async () => {
    await using proxy = await connectProxy();
    const both = { http_proxy: proxy.url, https_proxy: proxy.url };
    for (const address of ["http://localhost:1/", "https://localhost:1/", "https://169.254.169.254/", "http://[::1]/"])
      await expect(read(address, both, {}), address).rejects.toEqual(refused("address", "no public address"));
    expect(proxy.targets).toEqual([]);
  });

  it("is refused with the reason where no way is safe", async () => {
    await using site = await loopback((_body, response) => response.end("never"));
    await using proxy = await connectProxy(/./);
    const closed = proxy.url.replace("://", "://ann:secret47@");
    const refusal = await read(site.url, { http_proxy: closed }).catch((error: Error) => error);
    expect(refusal).toEqual(refused("proxy", `does not lead to ${new URL(site.url).host} (status 403)`));
    expect(JSON.stringify(refusal) + String(refusal)).not.toContain("secret47");
    await expect(read(site.url, { http_proxy: "socks5://127.0.0.1:1" })).rejects.toEqual(refused("proxy", "another"));
    const unknown = read("http://no-such-host.invalid/", { http_proxy: proxy.url });
    await expect(unknown).rejects.toEqual(refused("proxy", "cannot be looked up from here"));
    expect(site.requests).toBe(0);
  });

  it("does without the proxy where the environment excepts it", async () => {
    await using site = await loopback((_body, response) => {
      response.writeHead(200, { "content-type": "text/plain" }).end("direct");
    });
    await using proxy = await connectProxy();
    expect((await read(site.url, { http_proxy: proxy.url, no_proxy: "127.0.0.1" })).text).toBe("direct");
    expect(proxy.targets).toEqual([]);
  });
});

it.each([
  ["https:", "example.org", "", { HTTPS_PROXY: "a", HTTP_PROXY: "b" }, "a"],
  ["https:", "example.org", "", { HTTP_PROXY: "b" }, "b"],
  ["http:", "example.org", "", { HTTPS_PROXY: "a" }, undefined],
  ["http:", "localhost", "", { HTTP_PROXY: "b" }, undefined],
  ["http:", "example.org", "", { HTTP_PROXY: "b", NO_PROXY: "other.org, example.org" }, undefined],
  ["http:", "www.example.org", "", { HTTP_PROXY: "b", NO_PROXY: ".Example.org" }, undefined],
  ["http:", "www.example.org", "", { HTTP_PROXY: "b", NO_PROXY: "*.example.org" }, undefined],
  ["http:", "myexample.org", "", { HTTP_PROXY: "b", NO_PROXY: "example.org" }, "b"],
  ["https:", "example.org", "", { HTTPS_PROXY: "a", NO_PROXY: "example.org:8443" }, "a"],
  ["https:", "example.org", "8443", { HTTPS_PROXY: "a", NO_PROXY: "example.org:8443" }, undefined],
  ["https:", "[::1]", "", { HTTPS_PROXY: "a", NO_PROXY: "::1" }, undefined],
  ["https:", "example.org", "", { HTTPS_PROXY: "a", NO_PROXY: "*" }, undefined],
])("%s//%s:%s with %j goes through %s", (protocol, hostname, port, variables: Variables, proxy) => {
  expect(proxyFor({ protocol, hostname, port }, (name) => variables[name])).toBe(proxy);
});
