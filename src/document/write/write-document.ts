import { withoutControls } from "../../kernel/text/controls.ts";
import type { DocumentHead } from "./head.ts";
import { markdownAsHtml } from "./html/markdown.ts";

/** The formats in which texts are written: also the endings of their files. */
export type TextFormat = "txt" | "md" | "html" | "docx" | "pdf";

/**
 * A Markdown text as the bytes of a file; the same text gives the same bytes, and nothing in it runs, fetches or steers a
 * terminal. Throws PACKAGE_MISSING for Word and PDF, and OPTION_INVALID for writing that a PDF has no signs for.
 * @example
 * Buffer.from(await writeDocument("# Bread", "txt", { title: "Bread" })).toString(); // => "# Bread\n"
 */
export async function writeDocument(markdown: string, format: TextFormat, given: DocumentHead): Promise<Uint8Array> {
  const text = plain(markdown);
  const head = { ...given, title: plain(given.title), ...(given.author && { author: plain(given.author) }) };
  switch (format) {
    case "txt":
      return Buffer.from(ended(text, head.stamp?.line));
    case "md":
      return Buffer.from(ended(text, head.stamp && `*${head.stamp.line.replace(/[\\`*_[\]<>|~#!$&]/g, "\\$&")}*`));
    case "html":
      return Buffer.from(await markdownAsHtml(text, head));
    case "docx":
      return (await import("./paper/docx.ts")).markdownAsDocx(text, head);
    case "pdf":
      return (await import("./paper/pdf.ts")).markdownAsPdf(text, head);
  }
}

/** Without what steers a terminal, and what XML cannot hold. */
function plain(text: string): string {
  return withoutControls(text).replace(/[\ufffe\uffff]/g, "");
}

function ended(text: string, line: string | undefined): string {
  const whole = text.endsWith("\n") ? text : `${text}\n`;
  return line === undefined ? whole : `${whole}\n${line}\n`;
}
