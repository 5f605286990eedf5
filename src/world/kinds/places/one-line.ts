import { withoutControls } from "../../../kernel/text/controls.ts";

/** Text of others on one line, cut where it is too long, so that it can pass for nothing but itself. */
export function oneLine(text: string, most = 500): string {
  const line = withoutControls(text)
    .replace(/[\s\u0085\u2028\u2029]+/gu, " ")
    .trim();
  return line.length <= most ? line : `${line.slice(0, most - 1).trimEnd()}…`;
}
