import { hash } from "node:crypto";

/** A SHA-256, in hexadecimal. */
export type Digest = string;

/** SHA-256 of a text (as UTF-8) or of bytes. */
export function digest(content: string | Uint8Array): Digest {
  return hash("sha256", content, "hex");
}

/**
 * JSON with the keys of every object sorted, so that equal values give equal text.
 * @example
 * canonicalJson({ b: 1, a: [undefined, 2] }); // => '{"a":[null,2],"b":1}'
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(inOrder(value, "")) ?? "null";
}

/** Digest of any JSON value, whatever the order of its keys. */
export function digestJson(value: unknown): Digest {
  return digest(canonicalJson(value));
}

/** The first 32 bits of a digest as an unsigned integer: a seed made from text. */
export function hash32(text: string): number {
  return Number.parseInt(digest(text).slice(0, 8), 16);
}

/** A copy in whose objects the keys are sorted; a replacer that did the same would be called for each value by its name. */
function inOrder(given: unknown, key: string): unknown {
  if (typeof given !== "object" || given === null) return given;
  const value = "toJSON" in given && typeof given.toJSON === "function" ? given.toJSON(key) : given;
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item, at) => inOrder(item, String(at)));
  // An ordinary object: one without a prototype takes several times as long to be filled and read.
  const result: Record<string, unknown> = {};
  for (const name of Object.keys(value).sort()) {
    const inner = inOrder((value as Record<string, unknown>)[name], name);
    if (name === "__proto__") Object.defineProperty(result, name, { value: inner, enumerable: true });
    else result[name] = inner;
  }
  return result;
}
