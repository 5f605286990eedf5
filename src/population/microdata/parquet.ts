import { stat } from "node:fs/promises";
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from "node:zlib";
import { loaded } from "../../kernel/text/files/packages.ts";
import { fileReason } from "../../kernel/text/reasons.ts";
import { unreadable } from "../../table/reading/sheet.ts";
import type { MicrodataRow } from "./rows.ts";

const limits = { mostBytes: 256 * 1024 * 1024, mostRows: 1_000_000, mostUnpacked: 1024 * 1024 * 1024 } as const;

/** What is packed otherwise than by Snappy, unpacked by Node, never to more than was announced. */
const compressors = {
  GZIP: (packed: Uint8Array, length: number) => gunzipSync(packed, { maxOutputLength: length }),
  ZSTD: (packed: Uint8Array, length: number) => zstdDecompressSync(packed, { maxOutputLength: length }),
  BROTLI: (packed: Uint8Array, length: number) => brotliDecompressSync(packed, { maxOutputLength: length }),
};

/** The rows of a Parquet file. Throws FILE_UNREADABLE, PACKAGE_MISSING. */
export async function readParquet(file: string): Promise<readonly MicrodataRow[]> {
  const parquet = await loaded({ packages: "hyparquet@1", whatFor: "Parquet files" }, () => import("hyparquet"));
  try {
    const found = await stat(file);
    if (!found.isFile()) throw new Error("it is a folder or a device, not a file");
    if (found.size > limits.mostBytes)
      throw new Error(`it has ${found.size} bytes; at most ${limits.mostBytes} are read`);
    const buffer = await parquet.asyncBufferFromFile(file);
    const metadata = await parquet.parquetMetadataAsync(buffer);
    if (metadata.num_rows > limits.mostRows)
      throw new Error(`it has ${metadata.num_rows} rows; at most ${limits.mostRows} are read`);
    const unpacked = metadata.row_groups.reduce((sum, { total_byte_size: bytes }) => sum + Number(bytes), 0);
    if (unpacked > limits.mostUnpacked) throw new Error(`it has ${unpacked} bytes when it is unpacked`);
    const rows = await parquet.parquetReadObjects({ file: buffer, metadata, compressors });
    return rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)])));
  } catch (cause) {
    throw unreadable(file, [{ path: "", message: `${fileReason(cause)}.` }], { cause });
  }
}

/** Whole numbers as such; days as people write them. */
function plain(value: unknown): unknown {
  if (typeof value === "bigint") return Number(value);
  if (value instanceof Date) return value.toISOString().replace(/T00:00:00\.000Z$/, "");
  return value;
}
