import type { SchemaElement } from "hyparquet-writer";
import { loaded } from "../../kernel/text/files/packages.ts";
import type { WriteTableOptions } from "../options.ts";
import type { Column, Table } from "../table.ts";
import { marked, storedAs } from "./marked.ts";
import { provenanceKey } from "./metadata.ts";

/** A table as Parquet (Snappy); the provenance is JSON in the file's metadata. Throws PACKAGE_MISSING. */
export async function parquetBytes(table: Table, { provenance }: WriteTableOptions): Promise<Uint8Array> {
  const { parquetWriteBuffer } = await loaded(
    { packages: "hyparquet-writer@0.17", whatFor: "Parquet files" },
    () => import("hyparquet-writer"),
  );
  const { columns, rows } = marked(table);
  const root = { name: "root", num_children: columns.length };
  const bytes = parquetWriteBuffer({
    columnData: columns.map((column, at) => ({
      name: column.name,
      data: rows.map((row) => storedAs(row[at] ?? null, column.type)),
    })),
    schema: [root, ...columns.flatMap(elementsOf)],
    createdBy: "tinytroupe",
    ...(provenance && { kvMetadata: [{ key: provenanceKey, value: JSON.stringify(provenance) }] }),
  });
  return new Uint8Array(bytes);
}

function elementsOf({ name, type }: Column): SchemaElement[] {
  const own = { name, repetition_type: "OPTIONAL" as const };
  switch (type) {
    case "boolean":
      return [{ ...own, type: "BOOLEAN" }];
    case "integer":
      return [{ ...own, type: "INT64" }];
    case "number":
      return [{ ...own, type: "DOUBLE" }];
    case "moment":
      return [{ ...own, type: "INT64", converted_type: "TIMESTAMP_MILLIS" }];
    case "json":
      // A plain text for every reader: few know the type that Parquet has for JSON.
      return [{ ...own, type: "BYTE_ARRAY", converted_type: "UTF8" }];
    case "text":
      return [{ ...own, type: "BYTE_ARRAY", converted_type: "UTF8" }];
    case "list":
      return [
        { ...own, converted_type: "LIST", num_children: 1 },
        { name: "list", repetition_type: "REPEATED", num_children: 1 },
        { name: "element", type: "BYTE_ARRAY", converted_type: "UTF8", repetition_type: "OPTIONAL" },
      ];
  }
}
