import { createHash } from "node:crypto";

/** A SHA-256, in hexadecimal. */
export type Digest = string;

/** SHA-256 of a text (as UTF-8) or of bytes. */
export function digest(content: string | Uint8Array): Digest {
  return createHash("sha256").update(content).digest("hex");
}

/**
 * JSON with the keys of every object sorted, so that equal values give equal text.
 * @example
 * canonicalJson({ b: 1, a: [undefined, 2] }); // => '{"a":[null,2],"b":1}'
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => (isPlainObject(inner) ? sorted(inner) : inner)) ?? "null";
}

/** Digest of any JSON value, whatever the order of its keys. */
export function digestJson(value: unknown): Digest {
  return digest(canonicalJson(value));
}

/** The first 32 bits of a digest as an unsigned integer: a seed made from text. */
export function hash32(text: string): number {
  return createHash("sha256").update(text).digest().readUInt32BE(0);
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function sorted(value: Record<string, unknown>): Record<string, unknown> {
  const result: Record<string, unknown> = Object.create(null);
  for (const key of Object.keys(value).sort()) result[key] = value[key];
  return result;
}
