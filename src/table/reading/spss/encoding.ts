import type { Cursor } from "./cursor.ts";
import type { Records } from "./records.ts";

/** Bytes as text. */
export type Encoded = (bytes: Uint8Array) => string;

/** Pages of characters that have a number of their own, by the names that the web has for them. */
const pages: Readonly<Record<number, string>> = {
  ...{ 874: "windows-874", 932: "shift_jis", 936: "gbk", 949: "euc-kr", 950: "big5", 54936: "gb18030" },
  ...{ 65000: "utf-7", 65001: "utf-8", 20866: "koi8-r", 21866: "koi8-u" },
};

const extension = { numbers: 3, encoding: 20 } as const;

/**
 * How the texts of a file are read: by the encoding that it names, else by its page of characters; where it says neither, as
 * UTF-8 if all texts of its dictionary are such, and otherwise by Windows' western page.
 */
export function decoderOf(records: Records, cursor: Cursor): Encoded {
  const named = records.extensions.get(extension.encoding);
  const name = named === undefined ? pageOf(records, cursor) : String.fromCharCode(...named.subarray(0, 64)).trim();
  const label = name ?? (isUnicode(records) ? "utf-8" : "windows-1252");
  const decoder = opened(label);
  // Texts of a fixed width can end within a sign: what is left of it is shown as one that cannot be read.
  return (bytes) => decoder.decode(bytes);
}

function opened(label: string): InstanceType<typeof TextDecoder> {
  try {
    return new TextDecoder(label);
  } catch {
    throw new Error(`its texts are in '${label}', which cannot be read: save it in Unicode`);
  }
}

function pageOf({ extensions }: Records, cursor: Cursor): string | undefined {
  const numbers = extensions.get(extension.numbers);
  if (numbers === undefined) return undefined;
  const part = cursor.over(numbers);
  part.take(28);
  const page = part.int();
  if (page === 1) return "EBCDIC";
  if (page >= 1250 && page <= 1258) return `windows-${page}`;
  if (page > 28590 && page < 28606) return `iso-8859-${page - 28590}`;
  // Two and three say no more than ASCII, whatever lies beyond it.
  return page === 2 || page === 3 ? undefined : (pages[page] ?? `page ${page}`);
}

function isUnicode({ variables, labels }: Records): boolean {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const texts = [
    ...variables.flatMap(({ name, label }) => (label === undefined ? [name] : [name, label])),
    ...labels.flatMap((record) => record.labels.map(([, label]) => label)),
  ];
  try {
    for (const text of texts) decoder.decode(text);
    return true;
  } catch {
    return false;
  }
}
