/**
 * What a file writes as a pattern between slashes, with flags among i, m, s and u; undefined for a plain text. Throws the
 * SyntaxError of a pattern that is none.
 * @example
 * patternIn("/order (number|no\\.)/i")?.test("Order no. 7"); // => true
 * patternIn("order"); // => undefined
 */
export function patternIn(written: string): RegExp | undefined {
  const [, source, flags = ""] = /^\/(.+)\/([imsu]*)$/s.exec(written) ?? [];
  return source === undefined ? undefined : new RegExp(source, flags);
}
