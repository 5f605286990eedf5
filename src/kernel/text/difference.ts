/**
 * Where two texts part, shortly and on one line: what stood there and what stands there now.
 * @example
 * firstDifference("Which AI feature?", "Which silly feature?"); // => "was “Which AI feature?”, now “Which silly feature?”"
 */
export function firstDifference(was: string, now: string): string {
  let at = 0;
  while (at < was.length && at < now.length && was[at] === now[at]) at += 1;
  return `was ${excerpt(was, at)}, now ${excerpt(now, at)}`;
}

const before = 24;
const after = 48;

function excerpt(text: string, at: number): string {
  const from = Math.max(0, at - before);
  const to = Math.min(text.length, at + after);
  return `“${from > 0 ? "…" : ""}${printable(text.slice(from, to).toWellFormed())}${to < text.length ? "…" : ""}”`;
}

/** Control and direction characters as escapes: the texts come from models and files, the line goes to terminals. */
function printable(text: string): string {
  const escaped = (character: string): string =>
    character === "\n" ? "\\n" : `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, escaped);
}
