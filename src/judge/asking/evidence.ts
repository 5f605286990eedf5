import type { TranscriptEntry } from "../../kernel/contracts/events.ts";

/** Shorter quotes stand in nearly every text. */
const leastQuoted = 4;

/**
 * Whether the words of a quote stand in an entry: case, spaces and kinds of quotation marks and dashes make no
 * difference, and what was left out is marked by dots. A few letters prove nothing, unless the entry has no more.
 * @example
 * stands("I would … the tram", { id: "a#0.0", kind: "action", type: "TALK", to: [], text: "I would rather take the tram." }); // => true
 */
export function stands(quote: string, { text }: Pick<TranscriptEntry, "text">): boolean {
  const whole = plain(text);
  const parts = plain(quote)
    .split(/…|\.{3}/u)
    .map((part) => part.replace(/^[\s'.,:;-]+|[\s'.,:;-]+$/gu, ""))
    .filter((part) => part !== "");
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  if (length === 0 || length < Math.min(leastQuoted, bare(whole))) return false;
  let from = 0;
  return parts.every((part) => {
    const at = whole.indexOf(part, from);
    from = at + part.length;
    return at >= 0;
  });
}

const bare = (text: string): number => text.replace(/^[\s'.,:;-]+|[\s'.,:;-]+$/gu, "").length;

function plain(text: string): string {
  return text
    .normalize("NFKC")
    .replaceAll("...", "…")
    .toLowerCase()
    .replace(/["'‘’“”„«»`]/gu, "'")
    .replace(/[‐-―−]/gu, "-")
    .replace(/\s+/gu, " ")
    .trim();
}
