import { digest } from "../../kernel/values/hash.ts";
import { type ReadLimits, type ReadOptions, readLimits, type Source, type SourceDocument } from "../document.ts";
import { within } from "../refusal.ts";
import { declaredIn, decoded, tidied } from "./decode.ts";
import { formatOf } from "./format.ts";
import { type Extracted, readHtml } from "./html.ts";
import { readInThread } from "./thread/read-in-thread.ts";

/**
 * The document that these bytes are. Throws DOCUMENT_UNREADABLE for what is none of the formats, damaged, not in the
 * encoding that it says, or beyond a limit; nothing is cut.
 */
export async function documentOf(source: Source, options: ReadOptions = {}): Promise<SourceDocument> {
  const limits = readLimits(options.limits);
  const { location, bytes } = source;
  within(location, { amount: bytes.length, limit: limits.bytes, what: "bytes" });
  const format = formatOf(source);
  const known = options.charset === undefined ? source : { charset: options.charset, ...source };
  const extracted =
    format === "pdf" || format === "docx"
      ? await readInThread({ format, location, bytes, limits }, options.signal)
      : await readPlain({ source: known, format, limits });
  const text = tidied(extracted.text);
  const title = extracted.title === undefined ? "" : tidied(extracted.title).replace(/\s+/g, " ").trim();
  return {
    location,
    ...(title === "" ? {} : { title }),
    format,
    digest: digest(text),
    text,
    ...(extracted.pages === undefined ? {} : { pages: extracted.pages }),
  };
}

interface Plain {
  readonly source: Source;
  readonly format: SourceDocument["format"];
  readonly limits: ReadLimits;
}

async function readPlain({ source, format, limits }: Plain): Promise<Extracted> {
  const { location, bytes, charset } = source;
  if (format === "html") {
    const declared = charset ?? declaredIn(bytes);
    return readHtml(location, decoded(declared === undefined ? source : { ...source, charset: declared }), limits);
  }
  const text = decoded(source);
  within(location, { amount: text.length, limit: limits.characters, what: "characters of text" });
  const title = format === "markdown" ? /^#\s+(.+)$/m.exec(text)?.[1] : undefined;
  return title === undefined ? { text } : { title, text };
}
