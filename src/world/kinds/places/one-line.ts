import { withoutControls } from "../../../kernel/text/controls.ts";

/** White space that is not one blank: in most texts there is none. */
const loose = /[^\S ]|\s\s|\u0085/;

/** Text of others on one line, cut where it is too long, so that it can pass for nothing but itself. */
export function oneLine(text: string, most = 500): string {
  const plain = withoutControls(text);
  const line = (loose.test(plain) ? plain.replace(/[\s\u0085]+/gu, " ") : plain).trim();
  return line.length <= most ? line : `${line.slice(0, most - 1).trimEnd()}…`;
}
