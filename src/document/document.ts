import type { Digest } from "../kernel/values/hash.ts";

/** In which of the formats that are read a document was written. */
export type DocumentFormat = "text" | "markdown" | "html" | "pdf" | "docx";

/** A document as text. Headings are Markdown's, whatever it was written in; nothing in it steers a terminal. */
export interface SourceDocument {
  /** Where it was read: a path as it was given, with slashes; a page's address; or what the reader called it. */
  readonly location: string;
  /** What it says that it is called. */
  readonly title?: string;
  readonly format: DocumentFormat;
  /** Of `text`: the same document has the same digest wherever it stands. */
  readonly digest: Digest;
  readonly text: string;
  /** Where each page begins in `text`, where the format has pages. */
  readonly pages?: readonly number[];
}

/** How much is read at most; what is larger is refused, never cut. */
export interface ReadLimits {
  /** Of one file or page as it is kept or sent; 20 MiB unless told. */
  readonly bytes: number;
  /** Of what a packed document holds once it is unpacked; 100 MiB unless told. */
  readonly unpackedBytes: number;
  /** Of a document's text; 2 million unless told. */
  readonly characters: number;
  /** Of a PDF; 2,000 unless told. */
  readonly pages: number;
  /** For the parsing of one document, or the fetching of one page; 30 unless told. */
  readonly seconds: number;
  /** Memory that the parser of one document may take, in MiB; 512 unless told. */
  readonly memory: number;
  /** Of one folder, its folders included; 1,000 unless told. */
  readonly files: number;
  /** Folders within folders; 16 unless told. */
  readonly depth: number;
}

/** How something is read. */
export interface ReadOptions {
  readonly limits?: Partial<ReadLimits>;
  /** The encoding of what does not say it and is not UTF-8, as `latin1`: labels of the Encoding standard. */
  readonly charset?: string;
  readonly signal?: AbortSignal;
}

/** What is to be read, and what is known of it. */
export interface Source {
  readonly location: string;
  readonly bytes: Uint8Array;
  /** What whoever sent it says that it is, as in `text/html`. */
  readonly mediaType?: string;
  readonly charset?: string;
}

const mebibyte = 1024 * 1024;

/** The limits with their defaults. */
export function readLimits(told: Partial<ReadLimits> = {}): ReadLimits {
  return {
    bytes: 20 * mebibyte,
    unpackedBytes: 100 * mebibyte,
    characters: 2_000_000,
    pages: 2_000,
    seconds: 30,
    memory: 512,
    files: 1_000,
    depth: 16,
    ...told,
  };
}
