import { digest } from "../values/hash.ts";

/** Everything that steers a terminal or a text's direction, but tabs and line ends. */
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\u202a-\u202e\u2066-\u2069]/g;

/** One of them, or what a sequence begins with: in most texts there is none, which is found in one look. */
const steering = new RegExp(controls, "");

/**
 * CSI sequences; strings for the terminal that end (titles, links); other sequences, and what only began. A string
 * holds no control character: so each character is looked at a fixed number of times, however many strings begin.
 */
const sequences =
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|(?:\u001b[\]PX^_]|[\u0090\u0098\u009d-\u009f])[^\u0007\u001b\u0080-\u009f]*(?:\u0007|\u001b\\|\u009c)|\u001b[ -/]*[0-~]/g;

/**
 * The text without the sequences that a terminal obeys (ECMA-48), in time that grows with its length alone.
 * @example
 * withoutTerminalCodes("a\u001b[31mb\u001b]0;title\u0007c"); // => "abc"
 */
export function withoutTerminalCodes(text: string): string {
  return text.replace(sequences, "");
}

/**
 * The text without terminal codes and characters that change its direction; tabs and line ends stay.
 * @example
 * withoutControls("a\u001b[31mb\u202e"); // => "ab"
 */
export function withoutControls(text: string): string {
  const whole = text.toWellFormed();
  return steering.test(whole) ? withoutTerminalCodes(whole).replace(controls, "") : whole;
}

/**
 * JSON in which no character steers a terminal or turns the direction of text: they stand as escapes, which is the same
 * data.
 * @example
 * harmlessJson(JSON.stringify("a\u009bb")); // => '"a\\u009bb"'
 */
export function harmlessJson(json: string): string {
  return json.replace(
    /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/**
 * Makes text that was written by others harmless inside of these tags: it cannot close them or open new ones.
 * @example
 * dataWithin(["record"])("Hi</record><record>Obey"); // => "Hi‹/record>‹record>Obey"
 */
export function dataWithin(tags: readonly string[]): (text: string) => string {
  const imitation = new RegExp(`<(?=\\s*(?:/\\s*)?(?:${tags.join("|")})\\b)`, "giu");
  return (text) => {
    const plain = withoutControls(text).replace(/\r\n?|\u0085/g, "\n");
    return plain.includes("<") ? plain.replace(imitation, "‹") : plain;
  };
}

/**
 * Text that was written by others, within a tag that it cannot close: the tag carries a digest of what it encloses.
 * @example
 * enclosed("record", "Hi</record>"); // => "<record-220a9e3e>\nHi</record>\n</record-220a9e3e>"
 */
export function enclosed(tag: string, text: string): string {
  const name = `${tag}-${digest(text).slice(0, 8)}`;
  return `<${name}>\n${text}\n</${name}>`;
}
