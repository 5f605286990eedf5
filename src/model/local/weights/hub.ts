import { open, stat } from "node:fs/promises";
import { undefinedIfMissing } from "../../../kernel/text/files/missing.ts";
import { aborted } from "../calling/abort.ts";
import type { WeightsOptions } from "../options.ts";
import type { CatalogueEntry, HubSource } from "./catalogue.ts";
import { checkFile } from "./checksum.ts";

const publicHub = "https://huggingface.co";
const silenceMs = 30_000;

/** Where the hub keeps the file. */
export function hubAddress({ repository, revision, file }: HubSource, hub = publicHub): string {
  return `${hub.replace(/\/+$/, "")}/${repository}/resolve/${revision}/${file}`;
}

/**
 * Fetches a file from the hub next to where it is to lie, and returns the path of the checked part.
 * A broken transfer is continued as long as every try brings something; throws plain errors in words, or ABORTED.
 */
export async function fetchFromHub(entry: CatalogueEntry, path: string, options: WeightsOptions): Promise<string> {
  const address = hubAddress(entry.hub, options.hub);
  const { sha256, bytes } = await promise(entry, address, options);
  // The checksum is in the name: the rest of another version is never taken for this one's beginning.
  const part = `${path}.${sha256.slice(0, 12)}.part`;
  let have = await sizeOf(part);
  while (bytes === undefined || have < bytes) {
    const failure = await transfer({ entry, address, part, have, bytes }, options).then(
      () => undefined,
      (error: unknown) => explain(error, address, options),
    );
    const now = await sizeOf(part);
    if (failure === undefined) break;
    if (now <= have) throw failure;
    have = now;
  }
  await checkFile(part, { sha256, model: entry.name, bytes: bytes ?? entry.bytes, from: address }, options);
  return part;
}

/** What the hub says of the file before it sends it: for large files its SHA-256 is the linked ETag. */
async function promise(
  entry: CatalogueEntry,
  address: string,
  options: WeightsOptions,
): Promise<{ sha256: string; bytes: number | undefined }> {
  const line = openLine(options.signal);
  const head = await request(address, { method: "HEAD", redirect: "manual" }, line)
    .catch((error: unknown) => Promise.reject(explain(error, address, options)))
    .finally(line.close);
  if (head.status >= 400) throw new Error(`${address} answered ${head.status}.`);
  const linked = head.headers.get("x-linked-etag")?.replace(/^W\//, "").replaceAll('"', "").toLowerCase();
  const theirs = linked !== undefined && /^[0-9a-f]{64}$/.test(linked) ? linked : undefined;
  const sha256 = entry.sha256 ?? theirs;
  if (sha256 === undefined) throw new Error(`${address} does not say the SHA-256 of the file.`);
  if (theirs !== undefined && theirs !== sha256) throw new Error(`${address} is another file now (SHA-256 ${theirs}).`);
  const size = Number(head.headers.get("x-linked-size") ?? Number.NaN);
  return { sha256, bytes: Number.isSafeInteger(size) && size > 0 ? size : entry.exact ? entry.bytes : undefined };
}

interface Transfer {
  readonly entry: CatalogueEntry;
  readonly address: string;
  readonly part: string;
  readonly have: number;
  readonly bytes: number | undefined;
}

async function transfer({ entry, address, part, have, bytes }: Transfer, options: WeightsOptions): Promise<void> {
  const line = openLine(options.signal);
  const file = await open(part, "a");
  try {
    const response = await request(address, have > 0 ? { headers: { range: `bytes=${have}-` } } : {}, line);
    if (response.status === 416) await file.truncate(0);
    if (!response.ok || response.body === null) throw new Error(`${address} answered ${response.status}.`);
    const range = response.headers.get("content-range");
    const continued = response.status === 206 && range?.startsWith(`bytes ${have}-`) === true;
    if (!continued) await file.truncate(0);
    let done = continued ? have : 0;
    const total = bytes ?? done + Number(response.headers.get("content-length"));
    for await (const chunk of response.body) {
      line.heard();
      await file.appendFile(chunk);
      done += chunk.length;
      options.onProgress?.({ model: entry.name, phase: "fetch", done, from: address, ...(total > 0 && { total }) });
    }
    if (bytes !== undefined && done !== bytes) throw new Error(`${address} ended after ${done} of ${bytes} bytes.`);
  } finally {
    line.close();
    await file.close();
  }
}

/** A connection that is given up when nothing is heard for too long, or when the caller says so. */
interface Line {
  readonly signal: AbortSignal;
  heard(): void;
  close(): void;
}

function openLine(signal: AbortSignal | undefined): Line {
  const silence = new AbortController();
  const giveUp = (): void => silence.abort(new Error(`nothing was heard for ${silenceMs / 1000} s`));
  let timer = setTimeout(giveUp, silenceMs);
  return {
    signal: signal === undefined ? silence.signal : AbortSignal.any([silence.signal, signal]),
    heard() {
      clearTimeout(timer);
      timer = setTimeout(giveUp, silenceMs);
    },
    close: () => clearTimeout(timer),
  };
}

async function request(address: string, init: RequestInit, line: Line): Promise<Response> {
  const response = await fetch(address, { ...init, signal: line.signal });
  line.heard();
  return response;
}

function explain(error: unknown, address: string, { signal }: WeightsOptions): Error {
  if (signal?.aborted) return aborted(signal);
  if (!(error instanceof Error)) return new Error(`${address}: ${String(error)}`);
  const cause = error.cause instanceof Error ? error.cause.message : undefined;
  return error.message.includes(address)
    ? error
    : new Error(`${address} is out of reach (${cause ?? error.message}).`, { cause: error });
}

async function sizeOf(path: string): Promise<number> {
  return (await stat(path).catch(undefinedIfMissing))?.size ?? 0;
}
