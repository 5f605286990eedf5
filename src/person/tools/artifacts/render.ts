import { TinyTroupeError } from "../../../kernel/values/errors.ts";
import { markdownAsHtml } from "./formats/html.ts";

/** What can be exported: text in Markdown (plain text is), or data. */
export interface ArtifactContent {
  readonly name: string;
  readonly content: unknown;
  readonly author?: string;
}

/** The format of a file: also its ending. */
export type ArtifactFormat = DocumentFormat | "csv" | "ics";

/** The formats in which documents are written. */
export type DocumentFormat = "json" | "txt" | "md" | "html" | "docx" | "pdf";

/** The media type of each format. */
export const mediaTypes: Readonly<Record<ArtifactFormat, string>> = {
  json: "application/json",
  txt: "text/plain",
  md: "text/markdown",
  html: "text/html",
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  pdf: "application/pdf",
  csv: "text/csv",
  ics: "text/calendar",
};

/** The bytes of a file in this format; the same content gives the same bytes. Throws OPTION_INVALID, PACKAGE_MISSING. */
export async function rendered(
  { name, content, author }: ArtifactContent,
  format: ArtifactFormat,
): Promise<Uint8Array> {
  if (format === "json") return Buffer.from(`${jsonOf(content)}\n`);
  if (typeof content !== "string") throw noText(format, content);
  const head = { title: name, ...(author !== undefined && { author }) };
  switch (format) {
    case "txt":
    case "md":
    case "csv":
    case "ics":
      return Buffer.from(content.endsWith("\n") ? content : `${content}\n`);
    case "html":
      return Buffer.from(await markdownAsHtml(content, head));
    case "docx":
      return (await import("./formats/docx.ts")).markdownAsDocx(content, head);
    case "pdf":
      return (await import("./formats/pdf.ts")).markdownAsPdf(content, head);
  }
}

function jsonOf(content: unknown): string {
  const text = JSON.stringify(content, null, 2) as string | undefined;
  if (text !== undefined) return text;
  throw new TinyTroupeError("OPTION_INVALID", `JSON has no word for ${typeof content}.`, {
    data: { option: "content" },
    hint: "Give an object, a list, a text, a number, true, false or null.",
  });
}

function noText(format: ArtifactFormat, content: unknown): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError("OPTION_INVALID", `A ${format} file holds text, not ${typeof content}.`, {
    data: { option: "content" },
    hint: "Give the content as text, or export it as json.",
  });
}
