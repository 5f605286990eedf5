/** What of a phrase stands in whatever is said with it. */
export interface Trace {
  /** The longest piece between its slots, in small letters. */
  readonly longest: string;
  /** That piece alone tells. */
  readonly tells: boolean;
  /** The pieces that tell where all of them stand there. */
  readonly pieces: readonly string[];
  /** What stands between its slots, and their names, in turn. */
  readonly parts: readonly string[];
}

/** A text shorter than this may occur twice without being a repetition. */
const tellingLength = 9;

export function traceOf(template: string): Trace {
  const pieces = template
    .toLowerCase()
    .split(/\{\w+\}/)
    .map((piece) => piece.trim().replace(/[.!?。？！؟]+$/u, ""));
  const longest = pieces.reduce((one, other) => (other.length > one.length ? other : one));
  const letters = /^[\x20-\x7e\u00a0-\u024f]*$/.test(longest) ? 1 : 2;
  return {
    longest,
    tells: longest.length >= tellingLength / letters,
    pieces: pieces.filter((piece) => piece.length > 3),
    parts: template.split(/\{(\w+)\}/),
  };
}
