import { harmlessJson } from "../../kernel/text/controls.ts";
import { provenanceLine, type RunProvenance } from "../provenance.ts";
import type { ColumnType, Table } from "../table.ts";
import { marked } from "./marked.ts";

/** The key of the provenance in the metadata of Parquet and Arrow. */
export const provenanceKey = "tinytroupe.provenance";

/** The names of types in the W3C's vocabulary for tables. */
const datatypes: Readonly<Record<ColumnType, string>> = {
  boolean: "boolean",
  integer: "integer",
  number: "number",
  text: "string",
  moment: "dateTime",
  list: "string",
  json: "json",
};

interface About {
  /** Its name, which is that of the metadata without `-metadata.json`. */
  readonly file: string;
  readonly provenance: RunProvenance;
}

/**
 * What stands beside a CSV or JSONL file under its name and `-metadata.json`: the types of its columns and where its rows
 * come from, in the W3C's Metadata Vocabulary for Tabular Data. A line within the file would break its readers.
 */
export function tableMetadata(table: Table, about: About): string {
  const columns = marked(table).columns.map(({ name, type }) => ({
    titles: name,
    datatype: datatypes[type],
    ...(type === "list" && { separator: "; " }),
  }));
  return metadataOf(about, { tableSchema: { columns } });
}

/** The same of a file whose columns nobody knows. */
export function metadataOf({ file, provenance }: About, more: object = {}): string {
  const metadata = {
    "@context": "http://www.w3.org/ns/csvw",
    url: file,
    "dc:description": provenanceLine(provenance),
    notes: [provenance],
    ...more,
  };
  return `${harmlessJson(JSON.stringify(metadata, null, 2))}\n`;
}
