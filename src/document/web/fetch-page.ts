import type { Outside } from "../../kernel/contracts/context.ts";
import { type ReadOptions, readLimits, type SourceDocument } from "../document.ts";
import { documentOf } from "../read/document-of.ts";
import { asRefusal, refusal } from "../refusal.ts";
import { type Exchange, type Received, withExchange } from "./exchange.ts";
import { UnusableProxy } from "./proxy.ts";
import { RefusedAddress } from "./public-address.ts";
import { obeyRobots, type Robots } from "./robots.ts";

/** How pages are fetched. */
export interface PageOptions extends ReadOptions {
  /** Addresses, or ranges as `10.0.0.0/8`, that are read though they are not public: an intranet, a test. */
  readonly allowAddresses?: readonly string[];
}

const mostRedirects = 5;
const accepted = "text/html, application/xhtml+xml, text/markdown, text/plain, application/pdf;q=0.8, */*;q=0.1";
const readable =
  /^(?:text\/.+|application\/(?:xhtml\+xml|pdf|json|xml|octet-stream|vnd\.openxmlformats-officedocument\.wordprocessingml\.document))$/;

/** The address of a page as it is kept: without the place in the page. Throws DOCUMENT_UNREADABLE for none. */
export function pageAddress(address: string | URL, base?: URL): URL {
  const url = URL.parse(String(address), base?.href);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw refusal(String(address), "address", { words: "it is no http or https address" });
  }
  if (url.username !== "" || url.password !== "") {
    throw refusal(`${url.origin}${url.pathname}`, "address", { words: "it holds a name or a password" });
  }
  url.hash = "";
  return url;
}

/**
 * Fetches one page as a document: obeys robots.txt, follows at most five redirections, each checked anew, and connects
 * to public addresses alone. Throws DOCUMENT_UNREADABLE, with the reason of each refusal, and the signal's reason.
 */
export async function fetchPage(
  address: URL,
  { robots, variable, ...options }: PageOptions & { readonly robots: Robots; readonly variable: Outside["variable"] },
): Promise<SourceDocument> {
  const limits = readLimits(options.limits);
  const late = AbortSignal.timeout(limits.seconds * 1_000);
  const signal = options.signal === undefined ? late : AbortSignal.any([options.signal, late]);
  const location = address.href;
  const { allowAddresses = [] } = options;
  try {
    const source = await withExchange({ allowAddresses, variable, signal }, async (exchange) => {
      const { answer, type } = await arrived(address, { exchange, robots });
      const { mediaType, charset } = type;
      const bytes = await answer.body(limits.bytes);
      return { location, bytes, ...(mediaType && { mediaType }), ...(charset && { charset }) };
    });
    return await documentOf(source, options);
  } catch (cause) {
    options.signal?.throwIfAborted();
    if (late.aborted) throw refusal(location, "time", { words: `it takes longer than ${limits.seconds} s`, cause });
    if (cause instanceof RefusedAddress) throw refusal(location, "address", { words: cause.message, cause });
    if (cause instanceof UnusableProxy) throw refusal(location, "proxy", { words: cause.message, cause });
    throw asRefusal(location, cause, "network");
  }
}

interface Arrived {
  readonly answer: Received;
  readonly type: ContentType;
}

async function arrived(address: URL, means: { exchange: Exchange; robots: Robots }): Promise<Arrived> {
  let url = address;
  for (let moves = 0; moves <= mostRedirects; moves++) {
    await obeyRobots(url, means);
    const answer = await means.exchange(url, accepted);
    const next = answer.headers["location"];
    if (answer.status >= 300 && answer.status < 400 && next !== undefined) {
      answer.discard();
      url = pageAddress(next, url);
      continue;
    }
    return checked(address, answer);
  }
  throw refusal(address.href, "redirects", { words: `it leads on more than ${mostRedirects} times` });
}

function checked({ href }: URL, answer: Received): Arrived {
  const type = contentType(answer.headers["content-type"]);
  const wrong =
    answer.status !== 200
      ? refusal(href, "status", { words: `the server answers ${answer.status}` })
      : type.mediaType !== undefined && !readable.test(type.mediaType)
        ? refusal(href, "kind", { words: `it is ${type.mediaType}` })
        : undefined;
  if (wrong === undefined) return { answer, type };
  answer.discard();
  throw wrong;
}

interface ContentType {
  readonly mediaType?: string | undefined;
  readonly charset?: string | undefined;
}

function contentType(header = ""): ContentType {
  const mediaType = header.split(";")[0]?.trim().toLowerCase() || undefined;
  return { mediaType, charset: /;\s*charset\s*=\s*"?([\w-]+)/i.exec(header)?.[1] };
}
