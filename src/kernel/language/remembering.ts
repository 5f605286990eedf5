/** So many texts are remembered unless told otherwise. */
const usual = 4_000;
/** Longer ones are seldom read twice. */
const longest = 1_000;

/** V8 copies what is shorter than this anyway. */
const shortestSlice = 13;

/**
 * The same text in memory of its own. A piece that was cut out of a longer text holds on to all of that (V8 copies
 * nothing), which is dear for a name out of a long prompt that is kept for a whole run.
 * @example
 * textToKeep("The tea of Mr. Green is cold.".slice(0, 20)); // => "The tea of Mr. Green"
 */
export function textToKeep(text: string): string {
  return text.length < shortestSlice ? text : (JSON.parse(JSON.stringify(text)) as string);
}

interface Known<T> {
  readonly text: string;
  readonly found: T;
}

/**
 * A function of texts that works each out once, as long as it comes again before several thousand others did. What it
 * gives is handed out again, and must not be changed.
 * @param most so many texts are remembered, at least, and less than twice as many
 * @example
 * let read = 0;
 * const lengthOf = remembering((text) => (read++, text.length));
 * [lengthOf("tea"), lengthOf("tea"), read]; // => [3, 3, 1]
 */
export function remembering<T>(work: (text: string) => T, most = usual): (text: string) => T {
  let recent = new Map<string, Known<T>>();
  let before = new Map<string, Known<T>>();
  const learnt = (given: string): Known<T> => {
    const text = textToKeep(given);
    return { text, found: work(text) };
  };
  return (text) => {
    if (text.length > longest) return work(text);
    const last = recent.get(text);
    if (last !== undefined) return last.found;
    const known = before.get(text) ?? learnt(text);
    recent.set(known.text, known);
    if (recent.size >= most) [recent, before] = [new Map(), recent];
    return known.found;
  };
}
