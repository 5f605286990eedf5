import { Parser } from "htmlparser2";
import { withoutControls } from "../../../kernel/text/controls.ts";

const silent: ReadonlySet<string> = new Set(["script", "style", "noscript", "template", "head", "title"]);
const breaking: ReadonlySet<string> = new Set([
  "br",
  "p",
  "div",
  "li",
  "tr",
  "h1",
  "h2",
  "h3",
  "h4",
  "ul",
  "ol",
  "table",
]);

/** HTML of a question as plain text: what scripts and styles say is left out, and what parts lines parts them. */
export function plainText(html: string): string {
  const parts: string[] = [];
  let hidden = 0;
  const parser = new Parser({
    onopentagname: (name) => {
      if (silent.has(name)) hidden += 1;
      if (breaking.has(name)) parts.push("\n");
    },
    ontext: (text) => {
      if (hidden === 0) parts.push(text);
    },
    onclosetag: (name) => {
      if (silent.has(name)) hidden = Math.max(0, hidden - 1);
      if (breaking.has(name) && name !== "br") parts.push("\n");
    },
  });
  parser.end(html);
  const lines = withoutControls(parts.join(""))
    .replace(/[^\S\n]+/gu, " ")
    .split("\n")
    .map((line) => line.trim());
  // Two braces would begin an earlier answer.
  const text = lines.join("\n").replaceAll("{{", "{ {");
  return text.replace(/\n{3,}/g, "\n\n").trim();
}
