import { open, stat } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Part } from "../../kernel/contracts/model.ts";
import { fileReason } from "../../kernel/text/reasons.ts";
import { TinyTroupeError } from "../../kernel/values/errors.ts";
import { digest } from "../../kernel/values/hash.ts";
import { pictureType } from "./picture-type.ts";
import { pictureFault } from "./wholeness.ts";

/** A picture in memory, ready for a model. */
export type Picture = Extract<Part, { type: "image" }>;

/** Where a picture comes from: a file's path, an http(s) or file URL, bytes, or a picture that is loaded already. */
export type PictureSource = string | URL | Uint8Array | Picture;

/** Larger pictures are refused by the common providers. In bytes. */
const largestPicture = 10 * 1024 * 1024;
const fetchDeadlineMs = 30_000;

/**
 * Loads a picture of at most 10 MiB: PNG, JPEG, GIF or WebP, told by its bytes.
 * Throws FILE_UNREADABLE when it cannot be read or fetched, OPTION_INVALID when it is no such picture or too large
 * (8,000 pixels on a side), or breaks off.
 */
export async function loadPicture(source: PictureSource): Promise<Picture> {
  if (isLoaded(source)) return loadedPicture(source);
  const url = webAddress(source);
  if (url === undefined) return sound(await readFile(source), String(source));
  return sound(await download(url), shown(url));
}

/** A picture that comes from elsewhere, where much can have happened to it: not one that breaks off or is too large. */
function sound(bytes: Uint8Array, name: string): Picture {
  const picture = pictureOf(bytes, name);
  const fault = pictureFault(picture.data, picture.mediaType);
  if (fault === undefined) return picture;
  throw invalid(name, fault, "Open it in an editor of pictures and save it anew, smaller if need be.");
}

/** A picture from bytes, without waiting. Throws OPTION_INVALID as `loadPicture`. */
export function loadedPicture(source: Uint8Array | Picture): Picture {
  return source instanceof Uint8Array ? pictureOf(source, `${source.length} bytes`) : source;
}

/** Tells whether nothing needs to be read or fetched. */
export function isLoaded(source: PictureSource): source is Uint8Array | Picture {
  return source instanceof Uint8Array || (typeof source === "object" && !(source instanceof URL));
}

function pictureOf(bytes: Uint8Array, name: string): Picture {
  if (bytes.length > largestPicture) throw tooLarge(name);
  const mediaType = pictureType(bytes);
  if (mediaType === undefined) {
    throw invalid(name, "is no picture that models take", "Give a PNG, JPEG, GIF or WebP picture.");
  }
  const data = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { type: "image", data, mediaType, digest: digest(data) };
}

function webAddress(source: string | URL): URL | undefined {
  const url = typeof source === "string" ? (/^https?:\/\//i.test(source) ? URL.parse(source) : undefined) : source;
  if (url === null) throw invalid(String(source), "is at no address", "Write it as in https://example.org/poster.png.");
  return url?.protocol === "http:" || url?.protocol === "https:" ? url : undefined;
}

/** The address without what may be secret in it: a password, a signed query. */
function shown(url: URL): string {
  return `${url.origin}${url.pathname}`;
}

async function readFile(source: string | URL): Promise<Uint8Array> {
  try {
    const path = source instanceof URL || source.startsWith("file:") ? fileURLToPath(source) : source;
    // Asked before it is opened: a pipe would keep us waiting, and a device has no end.
    const found = await stat(path);
    if (!found.isFile()) throw new Error("it is no file");
    if (found.size > largestPicture) throw tooLarge(String(source));
    await using file = await open(path);
    return await file.readFile();
  } catch (cause) {
    throw cause instanceof TinyTroupeError ? cause : unreadable(String(source), cause);
  }
}

async function download(url: URL): Promise<Uint8Array> {
  const { username, password } = url;
  const secret = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  const basic = `Basic ${Buffer.from(secret).toString("base64")}`;
  const headers: Record<string, string> = username === "" ? {} : { authorization: basic };
  try {
    const response = await fetch(shown(url) + url.search, { signal: AbortSignal.timeout(fetchDeadlineMs), headers });
    if (!response.ok) throw new Error(`the server answered ${response.status}`);
    return await limitedBody(response, shown(url));
  } catch (cause) {
    throw cause instanceof TinyTroupeError ? cause : unreadable(shown(url), cause);
  }
}

/** Reads no more than the limit, whatever the server says about the length. */
async function limitedBody(response: Response, name: string): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of response.body ?? []) {
    length += piece.length;
    if (length > largestPicture) throw tooLarge(name);
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

function tooLarge(name: string): TinyTroupeError<"OPTION_INVALID"> {
  return invalid(name, "is larger than 10 MiB", "Give a smaller picture: models scale it down anyway.");
}

function invalid(name: string, what: string, hint: string): TinyTroupeError<"OPTION_INVALID"> {
  const data = { option: "image", value: name };
  return new TinyTroupeError("OPTION_INVALID", `The picture (${name}) ${what}.`, { data, hint });
}

function unreadable(name: string, cause: unknown): TinyTroupeError<"FILE_UNREADABLE"> {
  const why = cause instanceof Error ? fileReason(cause) : String(cause);
  return new TinyTroupeError("FILE_UNREADABLE", `Cannot read the picture ${name}: ${why}.`, {
    data: { file: name },
    hint: "Check the path or address, and that it can be read from here.",
    cause,
  });
}
