import type { ArtifactContent, ArtifactFormat } from "../../document/write/artifacts.ts";
import { writeDocument } from "../../document/write/write-document.ts";
import { harmlessJson } from "../../kernel/text/controls.ts";
import { TinyTroupeError } from "../../kernel/values/errors.ts";
import { markdownTable } from "../../table/formats/markdown.ts";
import { metadataOf, tableMetadata } from "../../table/formats/metadata.ts";
import { provenanceFacts, provenanceLine, type RunProvenance } from "../../table/provenance.ts";
import { type Table, tableOf } from "../../table/table.ts";
import { type TableFormat, tableMediaTypes, writeTable } from "../../table/write.ts";

/** The media type of each format. */
export const mediaTypes: Readonly<Record<ArtifactFormat, string>> = {
  ...tableMediaTypes,
  json: "application/json",
  txt: "text/plain",
  html: "text/html",
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  pdf: "application/pdf",
  ics: "text/calendar",
};

/** The bytes of a file, and the text of the file beside it that says what its format has no room for. */
export interface Rendered {
  readonly bytes: Uint8Array;
  readonly metadata?: (file: string) => string;
}

/** An artifact in a format; the same gives the same bytes. Throws OPTION_INVALID, PACKAGE_MISSING. */
export async function rendered(
  { name, content, author }: ArtifactContent,
  format: ArtifactFormat,
  provenance?: RunProvenance,
): Promise<Rendered> {
  const table = tableOfContent(content);
  const stamp = provenance && { line: provenanceLine(provenance), facts: provenanceFacts(provenance) };
  const head = { title: name, ...(author !== undefined && { author }), ...(stamp && { stamp }) };
  switch (format) {
    case "json":
      return { bytes: Buffer.from(`${jsonOf(content, provenance)}\n`) };
    case "ics":
      return { bytes: ended(textIn(content, format)), ...beside(provenance) };
    case "csv":
    case "jsonl":
    case "parquet":
    case "arrow":
    case "xlsx":
      if (table !== undefined) return inRows(table, format, { title: name, ...(provenance && { provenance }) });
      if (format === "csv") return { bytes: ended(textIn(content, format)), ...beside(provenance) };
      throw refused(format, content, "rows");
    default: {
      const text = table === undefined ? textIn(content, format) : tableIn(table, format);
      return { bytes: await writeDocument(text, format, head) };
    }
  }
}

/** Rows that a document shows of a table: more nobody reads, and programs that show it choke on them. */
const mostRows = 1_000;

/** A table as text. A document has the first of its rows and says so; Markdown, which programs read, has them all. */
function tableIn(table: Table, format: ArtifactFormat): string {
  const { rows } = table;
  if (format === "md" || rows.length <= mostRows) return markdownTable(table);
  const said = [mostRows, rows.length].map((count) => count.toLocaleString("en-US"));
  const line = `*The first ${said[0]} of ${said[1]} rows. Exported as csv, xlsx, jsonl, parquet, arrow or md, the table has them all.*`;
  return `${line}\n\n${markdownTable({ ...table, rows: rows.slice(0, mostRows) })}`;
}

async function inRows(
  table: Table,
  format: TableFormat,
  options: { readonly title: string; readonly provenance?: RunProvenance },
): Promise<Rendered> {
  const { provenance } = options;
  const bytes = await writeTable(table, format, options);
  if (provenance === undefined || (format !== "csv" && format !== "jsonl")) return { bytes };
  return { bytes, metadata: (file) => tableMetadata(table, { file, provenance }) };
}

function beside(provenance: RunProvenance | undefined): Pick<Rendered, "metadata"> {
  return provenance === undefined ? {} : { metadata: (file) => metadataOf({ file, provenance }) };
}

/** A table, or a list of objects as one. */
function tableOfContent(content: unknown): Table | undefined {
  if (isTable(content)) return content;
  return Array.isArray(content) && content.every(isObject) ? tableOf(content) : undefined;
}

function isTable(content: unknown): content is Table {
  if (!isObject(content)) return false;
  const { columns, rows } = content;
  return Array.isArray(columns) && columns.every(isColumn) && Array.isArray(rows) && rows.every(Array.isArray);
}

const isColumn = (value: unknown): boolean =>
  isObject(value) && typeof value["name"] === "string" && typeof value["type"] === "string";

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function textIn(content: unknown, format: ArtifactFormat): string {
  if (typeof content !== "string") throw refused(format, content, "text");
  return content;
}

function ended(text: string): Uint8Array {
  return Buffer.from(text.endsWith("\n") ? text : `${text}\n`);
}

/** With a provenance the content stands beside it, as data has no other room for it. */
function jsonOf(content: unknown, provenance: RunProvenance | undefined): string {
  const text = JSON.stringify(content, whole, 2) as string | undefined;
  if (text !== undefined) {
    return harmlessJson(provenance === undefined ? text : JSON.stringify({ provenance, content }, whole, 2));
  }
  throw new TinyTroupeError("OPTION_INVALID", `JSON has no word for ${typeof content}.`, {
    data: { option: "content" },
    hint: "Give an object, a list, a text, a number, true, false or null.",
  });
}

const whole = (_key: string, value: unknown): unknown => (typeof value === "bigint" ? value.toString() : value);

function refused(format: ArtifactFormat, content: unknown, wanted: "text" | "rows"): TinyTroupeError<"OPTION_INVALID"> {
  const what = Array.isArray(content) ? "a list" : typeof content;
  const hint =
    wanted === "text" ? "Give the content as text, or export it as json." : "Give a table or a list of objects.";
  return new TinyTroupeError("OPTION_INVALID", `A ${format} file holds ${wanted}, not ${what}.`, {
    data: { option: "content" },
    hint,
  });
}
