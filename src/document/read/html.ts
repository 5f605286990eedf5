import { setImmediate as breath } from "node:timers/promises";
import type { ReadLimits } from "../document.ts";
import { refusal, within } from "../refusal.ts";
import { MarkdownWriter } from "./markdown-writer.ts";

/** What a reader gets out of a document. */
export interface Extracted {
  readonly title?: string;
  readonly text: string;
  /** Where each page begins in the text, where there are pages. */
  readonly pages?: readonly number[];
}

/** So much is parsed before others get a turn. In characters. */
const mouthful = 65_536;
/** Tags within tags; pages made by people stay below a hundred. */
const deepest = 1_000;
/** In characters. */
const longestTitle = 300;

/** Not for readers: programs, styles, what stands for them, ways around the site. */
const skipped = new Set(
  "script style noscript template iframe object svg canvas audio video nav select button textarea".split(" "),
);

/**
 * The text of an HTML page that somebody who looks at it reads, as Markdown: headings, lists, tables as rows, code.
 * What is hidden from readers is left out, as it is a favourite place for orders to models.
 */
export async function readHtml(
  location: string,
  html: string,
  limits: Pick<ReadLimits, "characters">,
): Promise<Extracted> {
  const { Parser } = await import("htmlparser2");
  const writer = new MarkdownWriter();
  let depth = 0;
  let hiddenFrom: number | undefined;
  let title = "";
  let inTitle = false;
  const parser = new Parser({
    onopentag: (name, attributes) => {
      depth += 1;
      if (depth > deepest)
        throw refusal(location, "damaged", { words: `it has more than ${deepest} tags within tags` });
      if (hiddenFrom === undefined && (skipped.has(name) || isHidden(attributes))) hiddenFrom = depth;
      if (hiddenFrom !== undefined) return;
      if (name === "title") inTitle = title === "";
      else writer.open(name);
    },
    ontext: (text) => {
      if (hiddenFrom !== undefined) return;
      if (!inTitle) writer.text(text);
      else if (title.length < longestTitle) title += text;
      within(location, { amount: writer.length, limit: limits.characters, what: "characters of text" });
    },
    onclosetag: (name) => {
      if (name === "title") inTitle = false;
      else if (hiddenFrom === undefined) writer.close(name);
      else if (depth === hiddenFrom) hiddenFrom = undefined;
      depth -= 1;
    },
  });
  for (let at = 0; at < html.length; at += mouthful) {
    if (at > 0) await breath();
    parser.write(html.slice(at, at + mouthful));
  }
  parser.end();
  const named = title.slice(0, longestTitle).replace(/\s+/g, " ").trim();
  return { ...(named === "" ? {} : { title: named }), text: writer.end() };
}

function isHidden(attributes: Readonly<Record<string, string>>): boolean {
  const { hidden, style = "" } = attributes;
  return (
    hidden !== undefined ||
    attributes["aria-hidden"] === "true" ||
    /(?:display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])|opacity\s*:\s*0(?![.\d]))/i.test(style)
  );
}
