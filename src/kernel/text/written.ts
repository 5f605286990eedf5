import type { Issue } from "../values/errors.ts";

/** A text in YAML, or in JSON, which is YAML too: its data, and where in the text each part of it stands. */
export interface Written {
  /** The data; undefined where the text is none. */
  readonly value: unknown;
  /** What keeps the text from being data. */
  readonly faults: readonly Issue[];
  /** An issue with the place of what its path names, or else of the nearest thing around that. */
  placed(issue: Issue): Issue;
}

type Yaml = typeof import("yaml");

/** Reads a text as YAML 1.2. @param aliases how many parts an alias may bring; with 0 there can be none */
export async function readWritten(text: string, { aliases }: { readonly aliases: number }): Promise<Written> {
  const yaml = await import("yaml");
  const lineCounter = new yaml.LineCounter();
  const document = yaml.parseDocument(text, { lineCounter, prettyErrors: false });
  const at = (offset: number): Pick<Issue, "line" | "column"> => {
    const { line, col } = lineCounter.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const placed = (issue: Issue): Issue => {
    const from = startOf(document.contents);
    if (from === undefined) return issue;
    return { ...issue, ...at(offsetOf(yaml, document.contents, { path: issue.path, from })) };
  };
  const fault = (message: string): Issue => ({ path: "", message: inPlainWords(message) });
  const faults = document.errors.map(({ message, pos }) => ({ ...fault(message), ...at(pos[0]) }));
  if (faults.length > 0) return { value: undefined, faults, placed };
  try {
    return { value: document.toJS({ maxAliasCount: aliases }), faults, placed };
  } catch (cause) {
    // Aliases are resolved only here: one that means nothing, or too many.
    const message = aliases === 0 ? "An alias (*) means nothing here: write it out." : String(cause);
    return { value: undefined, faults: [fault(message)], placed };
  }
}

/** Where what a path names begins; `from` is where the node does. Of an entry of a map that is its key. */
function offsetOf(yaml: Yaml, node: unknown, { path, from }: { readonly path: string; readonly from: number }): number {
  const step = (inner: unknown, name: string, start: number | undefined): number =>
    offsetOf(yaml, inner, { path: path.slice(name.length + 1), from: start ?? from });
  if (path === "") return from;
  if (yaml.isSeq(node)) {
    const [index = ""] = path.split(".");
    const item: unknown = node.items[Number(index)];
    return step(item, index, startOf(item));
  }
  if (!yaml.isMap(node)) return from;
  // A key may hold dots itself: the longest that fits is meant.
  const [found] = node.items
    .map(({ key, value }) => ({ key, value, name: yaml.isScalar(key) ? String(key.value) : "" }))
    .filter(({ name }) => path === name || path.startsWith(`${name}.`))
    .sort((one, other) => other.name.length - one.name.length);
  return found === undefined ? from : step(found.value, found.name, startOf(found.key));
}

function startOf(node: unknown): number | undefined {
  const range: unknown = typeof node === "object" && node !== null ? Reflect.get(node, "range") : undefined;
  return Array.isArray(range) ? (range[0] as number) : undefined;
}

/** The parser's message without its picture of the place. */
function inPlainWords(message: string): string {
  const [first = ""] = message.split("\n");
  return first.replace(/^\w*Error: /, "").replace("Maximum call stack size exceeded", "It is nested too deeply");
}

/** The data of a JSON text, or what keeps the text from being JSON, and where. */
export type ReadJson = { readonly value: unknown } | { readonly fault: Issue; readonly cause: unknown };

/**
 * Reads a text as JSON and finds the place of its fault.
 * @example
 * readJson('{"a": 1}'); // => { value: { a: 1 } }
 */
export function readJson(text: string): ReadJson {
  try {
    return { value: JSON.parse(text) };
  } catch (cause) {
    const message = `This is no JSON: ${messageOf(cause).replace(/ in JSON at position.*| \(line.*/, "")}.`;
    return { fault: { path: "", message, ...placeOf(text, cause) }, cause };
  }
}

/** Line and column, from 1, of the fault in a JSON text. */
function placeOf(text: string, fault: unknown): { line: number; column: number } {
  const position = positionIn(fault) ?? (endsEarly(text) ? text.length : firstBadLength(text) - 1);
  const before = text.slice(0, position).split("\n");
  return { line: before.length, column: (before.at(-1) ?? "").length + 1 };
}

function positionIn(fault: unknown): number | undefined {
  const found = /at position (\d+)/.exec(messageOf(fault))?.[1];
  return found === undefined ? undefined : Number(found);
}

/** The parser does not say where an unexpected token stands: it is where the shortest hopeless beginning ends. */
function firstBadLength(text: string): number {
  let [good, bad] = [0, text.length];
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (endsEarly(text.slice(0, middle))) good = middle;
    else bad = middle;
  }
  return bad;
}

/** Tells whether a text is JSON so far and only lacks its end. */
function endsEarly(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (fault) {
    return /end of JSON input|Unterminated string/.test(messageOf(fault)) || positionIn(fault) === text.length;
  }
}

const messageOf = (fault: unknown): string => (fault instanceof Error ? fault.message : String(fault));

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
