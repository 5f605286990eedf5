import { csvText } from "./formats/csv.ts";
import { jsonLines } from "./formats/jsonl.ts";
import { markdownText } from "./formats/markdown.ts";
import type { WriteTableOptions } from "./options.ts";
import type { Table } from "./table.ts";

/** The formats that tables are written in: also the endings of their files. */
export type TableFormat = "csv" | "jsonl" | "md" | "parquet" | "arrow" | "xlsx";

/** The media type of each format. */
export const tableMediaTypes: Readonly<Record<TableFormat, string>> = {
  csv: "text/csv",
  jsonl: "application/jsonl",
  md: "text/markdown",
  parquet: "application/vnd.apache.parquet",
  arrow: "application/vnd.apache.arrow.file",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
};

/**
 * A table as the bytes of a file; the same table gives the same bytes. Each row says that it is simulated. Nothing in it is
 * a formula or steers a terminal.
 * Throws PACKAGE_MISSING for Parquet (`hyparquet-writer`), Arrow (`apache-arrow`) and XLSX (`write-excel-file`), and
 * OPTION_INVALID for a table that a sheet cannot hold.
 * @example
 * Buffer.from(await writeTable(tableOf([{ ad: "A", votes: 2 }]), "csv")).toString(); // => "ad,votes,simulated\r\nA,2,true\r\n"
 */
export async function writeTable(
  table: Table,
  format: TableFormat,
  options: WriteTableOptions = {},
): Promise<Uint8Array> {
  switch (format) {
    case "csv":
      return Buffer.from(csvText(table, options));
    case "jsonl":
      return Buffer.from(jsonLines(table));
    case "md":
      return Buffer.from(markdownText(table, options));
    case "parquet":
      return (await import("./formats/parquet.ts")).parquetBytes(table, options);
    case "arrow":
      return (await import("./formats/arrow.ts")).arrowBytes(table, options);
    case "xlsx":
      return (await import("./formats/xlsx.ts")).xlsxBytes(table, options);
  }
}
