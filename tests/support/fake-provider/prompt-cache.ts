import type { FakeRequest } from "./dialect.ts";

/** In bytes; four of them are taken for a token, so that a block has 128 tokens. */
const blockSize = 512;
/** Nothing shorter is kept, in bytes. */
const leastPrefix = 4096;
/** How many parts before a mark are looked at for an earlier one. */
const lookBack = 20;

export interface CacheUse {
  /** All in tokens. */
  readonly input: number;
  readonly cached: number;
  readonly written: number;
}

/**
 * What a provider's prompt cache would have held: of prompts with the same cache key, the longest common beginning in
 * whole blocks; for those that cache at marks, the longest beginning that ended at a mark before.
 */
export function createPromptCache(): { use(request: FakeRequest): CacheUse } {
  const known = new Set<number>();
  return {
    use(request) {
      const parts = partsOf(request);
      const used = /\/messages(\?|$)/.test(request.path) ? marked(parts, known) : blocks(parts, known, request);
      return { input: tokens(used.length), cached: tokens(used.cached), written: tokens(used.written) };
    },
  };
}

interface PromptPart {
  readonly text: string;
  readonly mark: boolean;
}

const tokens = (bytes: number): number => Math.ceil(bytes / 4);

/** The schema first, as providers have it, then what is said, in its order. */
function partsOf({ body, schema }: FakeRequest): PromptPart[] {
  const said = [body.system, body.instructions, body.systemInstruction, body.messages ?? body.input ?? body.contents];
  return [...flat(schema && JSON.stringify(schema)), ...said.flatMap(flat)];
}

// biome-ignore lint/suspicious/noExplicitAny: whatever a provider wraps its messages in
function flat(said: any): PromptPart[] {
  if (said === undefined || said === null) return [];
  if (Array.isArray(said)) return said.flatMap(flat);
  if (typeof said === "string") return [{ text: said, mark: false }];
  const inner = said.content ?? said.parts;
  if (inner !== undefined) return flat(inner);
  return [{ text: String(said.text ?? JSON.stringify(said)), mark: said.cache_control !== undefined }];
}

interface Used {
  readonly length: number;
  readonly cached: number;
  readonly written: number;
}

function blocks(parts: readonly PromptPart[], known: Set<number>, { body }: FakeRequest): Used {
  const bytes = encoder.encode(parts.map((part) => part.text).join("\n"));
  let hash = mixed(0, encoder.encode(String(body.prompt_cache_key ?? "")));
  let [cached, missed] = [0, false];
  for (let start = 0; start + blockSize <= bytes.length; start += blockSize) {
    hash = mixed(hash, bytes.subarray(start, start + blockSize));
    missed ||= !known.has(hash);
    if (!missed) cached = start + blockSize;
    known.add(hash);
  }
  return { length: bytes.length, cached: cached < leastPrefix ? 0 : cached, written: 0 };
}

function marked(parts: readonly PromptPart[], known: Set<number>): Used {
  let [hash, length, cached, last] = [0, 0, 0, 0];
  const ends = parts.map((part, index) => {
    const bytes = encoder.encode(part.text);
    hash = mixed(hash, bytes);
    length += bytes.length;
    return { index, hash, length, mark: part.mark };
  });
  const marks = ends.filter((end) => end.mark && end.length >= leastPrefix);
  for (const mark of marks) {
    for (const end of ends.slice(Math.max(0, mark.index - lookBack), mark.index + 1)) {
      if (known.has(end.hash)) cached = Math.max(cached, end.length);
    }
    last = mark.length;
  }
  for (const mark of marks) known.add(mark.hash);
  return { length, cached, written: Math.max(0, last - cached) };
}

const encoder = new TextEncoder();

/** FNV-1a over what was there and what comes, four bytes at a time. */
function mixed(before: number, bytes: Uint8Array): number {
  let hash = before ^ 0x811c9dc5;
  const whole = bytes.length & ~3;
  const words = new Int32Array(bytes.buffer, bytes.byteOffset, whole / 4);
  for (const word of words) {
    hash = Math.imul(hash ^ word, 0x01000193);
    hash ^= hash >>> 15;
  }
  for (const byte of bytes.subarray(whole)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash;
}
