import { withoutControls } from "../../kernel/text/controls.ts";
import type { Source } from "../document.ts";
import { refusal } from "../refusal.ts";

/**
 * Bytes as text: by their byte order mark, else by the encoding that was declared, else as UTF-8. Throws
 * DOCUMENT_UNREADABLE for bytes that are not what they are said to be: a guess would be wrong without a word.
 */
export function decoded({ location, bytes, charset }: Source): string {
  const label = markOf(bytes) ?? charset ?? "utf-8";
  const decoder = decoderFor(label);
  if (decoder === undefined) {
    throw refusal(location, "encoding", { words: `nobody here knows the encoding "${label}"` });
  }
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    const words =
      charset === undefined && label === "utf-8" ? "it says no encoding and is not UTF-8" : `it is not ${label}`;
    throw refusal(location, "encoding", { words, cause });
  }
}

/** Text as every reader leaves it: composed characters, plain line ends, nothing that steers a terminal. */
export function tidied(text: string): string {
  return withoutControls(text.replace(/\r\n?|[\u0085\u2028\u2029]/g, "\n")).normalize("NFC");
}

/** Tells whether bytes are no text in any encoding that is read: text has no zero bytes, but in UTF-16. */
export function isBinary(bytes: Uint8Array): boolean {
  const mark = markOf(bytes);
  return (mark === undefined || mark === "utf-8") && bytes.subarray(0, 65_536).includes(0);
}

/** The encoding that an HTML page declares in its first kilobyte, as browsers look for it. */
export function declaredIn(bytes: Uint8Array): string | undefined {
  const start = Buffer.from(bytes.subarray(0, 1_024)).toString("latin1");
  return /<meta\s[^>]*?charset\s*=\s*["']?\s*([\w-]+)/i.exec(start)?.[1];
}

function markOf(bytes: Uint8Array): string | undefined {
  const [first, second, third, fourth] = bytes;
  if (first === 0xff && second === 0xfe && third === 0 && fourth === 0) return "utf-32";
  if (first === 0xef && second === 0xbb && third === 0xbf) return "utf-8";
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  return undefined;
}

function decoderFor(label: string): Pick<InstanceType<typeof TextDecoder>, "decode"> | undefined {
  try {
    return new TextDecoder(label, { fatal: true });
  } catch {
    // No encoding of that name: whoever asked refuses the document with it.
    return undefined;
  }
}
