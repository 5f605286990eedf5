import type { DataType } from "apache-arrow";
import { loaded } from "../../kernel/text/files/packages.ts";
import type { WriteTableOptions } from "../options.ts";
import type { ColumnType, Table } from "../table.ts";
import { marked, storedAs } from "./marked.ts";
import { provenanceKey } from "./metadata.ts";

type Arrow = typeof import("apache-arrow");

/** A table as a file of Arrow's IPC format; the provenance is JSON in the schema's metadata. Throws PACKAGE_MISSING. */
export async function arrowBytes(table: Table, { provenance }: WriteTableOptions): Promise<Uint8Array> {
  const arrow = await loaded({ packages: "apache-arrow@21", whatFor: "Arrow files" }, () => import("apache-arrow"));
  const { columns, rows } = marked(table);
  const fields = columns.map(({ name, type }) => new arrow.Field(name, typeOf(arrow, type), true));
  const metadata = new Map(provenance && [[provenanceKey, JSON.stringify(provenance)]]);
  const children = columns.map(({ type }, at) => {
    const cells = rows.map((row) => storedAs(row[at] ?? null, type));
    return arrow.vectorFromArray(cells, typeOf(arrow, type)).data[0] ?? arrow.makeData({ type: typeOf(arrow, type) });
  });
  const data = arrow.makeData({ type: new arrow.Struct(fields), length: rows.length, nullCount: 0, children });
  const batch = new arrow.RecordBatch(new arrow.Schema(fields, metadata), data);
  return arrow.tableToIPC(new arrow.Table([batch]), "file");
}

function typeOf(arrow: Arrow, type: ColumnType): DataType {
  switch (type) {
    case "boolean":
      return new arrow.Bool();
    case "integer":
      return new arrow.Int64();
    case "number":
      return new arrow.Float64();
    case "moment":
      return new arrow.TimestampMillisecond("UTC");
    case "list":
      return new arrow.List(new arrow.Field("item", new arrow.Utf8(), true));
    default:
      return new arrow.Utf8();
  }
}
