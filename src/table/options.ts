import type { RunProvenance } from "./provenance.ts";

/** How a table is written. */
export interface WriteTableOptions {
  /** What the table is called where a format has room for it. Default: `Rows`. */
  readonly title?: string;
  /** Where the rows come from; written where the format has room, and for CSV and JSONL into `tableMetadata`. */
  readonly provenance?: RunProvenance;
  /** CSV alone: begins with a byte order mark, by which Excel knows UTF-8. */
  readonly bom?: boolean;
}
