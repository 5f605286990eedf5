import type { DocumentFormat, Source } from "../document.ts";
import { refusal } from "../refusal.ts";
import { isBinary } from "./decode.ts";

const byEnding: Readonly<Record<string, DocumentFormat>> = {
  html: "html",
  htm: "html",
  xhtml: "html",
  md: "markdown",
  markdown: "markdown",
};

const byMediaType: Readonly<Record<string, DocumentFormat>> = {
  "text/html": "html",
  "application/xhtml+xml": "html",
  "text/markdown": "markdown",
};

/** What a document is: by its first bytes where they tell, then by what its sender says, then by its name. */
export function formatOf(source: Source): DocumentFormat {
  const { bytes, location, mediaType } = source;
  const start = Buffer.from(bytes.subarray(0, 1_024)).toString("latin1");
  if (/^[\s\u00ef\u00bb\u00bf]*%PDF-\d/.test(start)) return "pdf";
  if (start.startsWith("PK\u0003\u0004")) return "docx";
  if (isBinary(bytes)) throw refusal(location, "kind", { words: "it is none of the formats that are read" });
  const ending = /\.(\w+)(?:[?#].*)?$/.exec(location)?.[1]?.toLowerCase() ?? "";
  return (
    byMediaType[mediaType ?? ""] ??
    byEnding[ending] ??
    (/^\s*(?:<!doctype html|<html)\b/i.test(start) ? "html" : "text")
  );
}
