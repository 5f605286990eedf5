import type { Readable } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import type { Dispatcher } from "undici";
import type { Outside } from "../../kernel/contracts/context.ts";
import { refusal, within } from "../refusal.ts";
import { publicConnector } from "./proxy.ts";
import { publicGate } from "./public-address.ts";

/** What a server sent, its body unread. */
export interface Received {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The whole body, unpacked; refused when it has more than so many bytes. Or nothing of it. */
  body(most: number): Promise<Uint8Array>;
  discard(): void;
}

/** One request for one address; nothing is followed. */
export type Exchange = (url: URL, accept: string) => Promise<Received>;

export interface ExchangeOptions {
  readonly allowAddresses: readonly string[];
  readonly variable: Outside["variable"];
  readonly signal: AbortSignal;
}

/** Who asks, as it stands in requests and is looked for in robots.txt. */
export const agentName = "tinytroupe";

const unpackers: Readonly<Record<string, () => NodeJS.ReadWriteStream & Readable>> = {
  gzip: createGunzip,
  "x-gzip": createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/** Runs with sockets of its own, which connect to public addresses alone and are closed at the end. */
export async function withExchange<T>(
  { allowAddresses, variable, signal }: ExchangeOptions,
  use: (exchange: Exchange) => Promise<T>,
): Promise<T> {
  const [undici, gate] = await Promise.all([import("undici"), publicGate(allowAddresses)]);
  const connect = publicConnector({ undici, gate, variable, signal });
  const agent = new undici.Agent({ connect, headersTimeout: 0, bodyTimeout: 0 });
  try {
    return await use(async (url, accept) => {
      gate.check(url.hostname);
      const headers = { accept, "accept-encoding": "identity", "user-agent": agentName };
      const path = `${url.pathname}${url.search}`;
      return received(url, await agent.request({ origin: url.origin, path, method: "GET", headers, signal }));
    });
  } finally {
    await agent.destroy();
  }
}

function received(url: URL, { statusCode, headers, body }: Dispatcher.ResponseData): Received {
  const one = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
  );
  const discard = (): void => {
    body.on("error", () => undefined);
    body.destroy();
  };
  return {
    status: statusCode,
    headers: one,
    discard,
    body: async (most) => {
      const packing = one["content-encoding"]?.trim().toLowerCase() ?? "identity";
      const unpacker = unpackers[packing]?.();
      if (unpacker === undefined && packing !== "identity" && packing !== "") {
        discard();
        throw refusal(url.href, "encoding", { words: `nobody here can unpack "${packing}"` });
      }
      try {
        within(url.href, { amount: Number(one["content-length"] ?? 0), limit: most, what: "bytes" });
        return await limited(unpacker === undefined ? body : piped(body, unpacker), { most, location: url.href });
      } finally {
        discard();
      }
    },
  };
}

function piped(body: Readable, unpacker: NodeJS.ReadWriteStream & Readable): Readable {
  body.on("error", (error) => unpacker.destroy(error));
  body.pipe(unpacker);
  return unpacker;
}

async function limited(
  stream: Readable,
  { most, location }: { readonly most: number; readonly location: string },
): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of stream as AsyncIterable<Uint8Array>) {
    length += piece.length;
    within(location, { amount: length, limit: most, what: "bytes" });
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}
