import { likelyTokens } from "../../model/flow/money/likely-tokens.ts";

/** The beginning of a text that has about so many tokens at most; it ends with a paragraph or a line, a long one with a word. */
export function withinTokens(text: string, tokens: number): string {
  if (likelyTokens(text) <= tokens) return text;
  const lines = beginningOf(text.split(/(?<=\n)/u), tokens);
  const kept = lines === "" ? beginningOf(text.split(/(?<=\s)/u), tokens) : lines;
  return kept.trimEnd();
}

/** The first pieces that have no more tokens together. */
function beginningOf(pieces: readonly string[], tokens: number): string {
  let used = 0;
  const over = pieces.findIndex((piece) => {
    used += Math.max(1, likelyTokens(piece));
    return used > tokens;
  });
  return pieces.slice(0, over === -1 ? pieces.length : over).join("");
}
