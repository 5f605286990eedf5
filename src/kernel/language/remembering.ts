/** So many texts are remembered, at least, and less than twice as many. */
const most = 4_000;
/** Longer ones are seldom read twice. */
const longest = 1_000;

/**
 * A function of texts that works each out once, as long as it comes again before several thousand others did. What it
 * gives is handed out again, and must not be changed.
 * @example
 * let read = 0;
 * const lengthOf = remembering((text) => (read++, text.length));
 * [lengthOf("tea"), lengthOf("tea"), read]; // => [3, 3, 1]
 */
export function remembering<T>(work: (text: string) => T): (text: string) => T {
  let recent = new Map<string, T>();
  let before = new Map<string, T>();
  return (text) => {
    if (recent.has(text)) return recent.get(text) as T;
    const found = before.has(text) ? (before.get(text) as T) : work(text);
    if (text.length > longest) return found;
    recent.set(text, found);
    if (recent.size >= most) [recent, before] = [new Map(), recent];
    return found;
  };
}
