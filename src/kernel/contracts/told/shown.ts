import type { Digest } from "../../values/hash.ts";

/** What was shown, by the digest of its content; the content itself is kept once a run, apart from the events. */
export interface Shown {
  readonly name: string;
  readonly kind: "image" | "document";
  /** From 1, counted by name: other content is another version. */
  readonly version: number;
  /** SHA-256 of a picture's bytes or of a document's text, in hexadecimal. */
  readonly digest: Digest;
  /** The digest of the version that it takes the place of. */
  readonly replaces?: Digest;
}
