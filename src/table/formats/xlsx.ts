import type { SheetData } from "write-excel-file/node";
import { textOfCell } from "../../kernel/text/files/csv.ts";
import { loaded } from "../../kernel/text/files/packages.ts";
import { TinyTroupeError } from "../../kernel/values/errors.ts";
import type { WriteTableOptions } from "../options.ts";
import { provenanceFacts, provenanceLine, type RunProvenance } from "../provenance.ts";
import type { Cell, Table } from "../table.ts";
import { marked } from "./marked.ts";

/** What a sheet of Excel holds. */
const most = { rows: 1_048_575, columns: 16_384, characters: 32_767 };

/** Any moment does, as long as it is always the same: a file is told by its content. */
const moment = new Date("2000-01-01T00:00:00Z");

/**
 * A table as an Excel workbook: a sheet of rows, and one that says where they come from, as the file's properties do. No
 * cell is a formula. Throws PACKAGE_MISSING, OPTION_INVALID for a table that a sheet cannot hold.
 */
export async function xlsxBytes(table: Table, options: WriteTableOptions): Promise<Uint8Array> {
  const [{ default: write }, { unzipSync, zipSync }] = await loaded(
    { packages: "write-excel-file@4 fflate@0.8", whatFor: "Excel files" },
    () => Promise.all([import("write-excel-file/node"), import("fflate")]),
  );
  const { columns, rows } = marked(table);
  const { title = "Rows", provenance } = options;
  checkSize(columns.length, rows.length);
  const head = columns.map(({ name }) => ({ value: text(name), type: String, fontWeight: "bold" as const }));
  const data: SheetData = [head, ...rows.map((row, at) => row.map((cell) => cellOf(cell, at + 1)))];
  const name = sheetName(title);
  const sheets = [
    {
      data,
      sheet: name,
      stickyRowsCount: 1,
      columns: columns.map(({ name }, at) => ({ width: widthOf(name, rows, at) })),
    },
    {
      data: about(provenance),
      columns: [{ width: 14 }, { width: 60 }],
      sheet: name.toLowerCase() === "provenance" ? "Run" : "Provenance",
    },
  ];
  const bytes = await write(sheets, { features: [properties(title, provenance)] }).toBuffer();
  return zipSync(unzipSync(new Uint8Array(bytes)), { mtime: moment });
}

/** Room for what stands in a column, in letters: of long texts for their beginning. */
function widthOf(name: string, rows: readonly (readonly Cell[])[], at: number): number {
  const lengths = rows.slice(0, measured).map((row) => (row[at] instanceof Date ? 19 : text(row[at]).length));
  return 2 + Math.min(widest, Math.max(6, text(name).length, ...lengths));
}

const measured = 1_000;
const widest = 60;

function checkSize(columns: number, rows: number): void {
  if (columns <= most.columns && rows <= most.rows) return;
  throw tooLarge(`${rows} rows of ${columns} columns`, `${most.rows} rows of ${most.columns} columns`);
}

function cellOf(cell: Cell, row: number) {
  if (cell === null) return null;
  if (typeof cell === "boolean") return { value: cell, type: Boolean };
  if (cell instanceof Date) return { value: cell, type: Date, format: "yyyy-mm-dd hh:mm:ss" };
  if (Number.isSafeInteger(Number(cell)) && typeof cell === "bigint") return { value: Number(cell), type: Number };
  if (typeof cell === "number" && Number.isFinite(cell)) return { value: cell, type: Number };
  const value = text(cell);
  if (value.length > most.characters) {
    throw tooLarge(`a text of ${value.length} characters in row ${row}`, `${most.characters} characters a cell`);
  }
  return { value, type: String };
}

/** As in CSV: without what steers a terminal, which XML could not hold either. */
function text(value: unknown): string {
  return textOfCell(typeof value === "bigint" ? value.toString() : value).replace(/[\ufffe\uffff]/g, "");
}

function about(provenance: RunProvenance | undefined): SheetData {
  const facts = provenance === undefined ? [] : provenanceFacts(provenance);
  const line = (cells: readonly string[]) => cells.map((value) => ({ value, type: String }));
  return [line([provenanceLine(provenance)]), ...facts.map(line)];
}

/** At most 31 characters, without those that addresses of cells need; Excel keeps one name for itself. */
function sheetName(title: string): string {
  const plain = text(title)
    .replace(/[[\]:*?/\\\s]+/g, " ")
    .replace(/^[\s']+/, "");
  const name = [...plain].reduce((kept, next) => (kept.length + next.length > 31 ? kept : kept + next), "");
  return name.replace(/[\s']+$|^history$/i, "") || "Rows";
}

/** The file's own properties, which its cells can be cut off from but not it from them. */
function properties(title: string, provenance: RunProvenance | undefined) {
  const types = "application/vnd.openxmlformats-";
  const relations = "http://schemas.openxmlformats.org";
  const core = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<cp:coreProperties xmlns:cp="${relations}/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${escaped(text(title))}</dc:title><dc:creator>tinytroupe</dc:creator><dc:description>${escaped(provenanceLine(provenance))}</dc:description></cp:coreProperties>`;
  return {
    files: {
      transform: {
        "[Content_Types].xml": {
          insert: () => `<Override PartName="/docProps/core.xml" ContentType="${types}package.core-properties+xml"/>`,
        },
        "_rels/.rels": {
          insert: () =>
            `<Relationship Id="rIdCore" Type="${relations}/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/>`,
        },
      },
      write: { files: () => ({ "docProps/core.xml": core }) },
    },
  };
}

function escaped(value: string): string {
  return value.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function tooLarge(what: string, limit: string): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError("OPTION_INVALID", `An Excel sheet holds at most ${limit}, and this is ${what}.`, {
    data: { option: "format", value: "xlsx" },
    hint: "Write it as parquet, csv or jsonl.",
  });
}
