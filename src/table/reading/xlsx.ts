import { loaded } from "../../kernel/text/files/packages.ts";
import { fileReason } from "../../kernel/text/reasons.ts";
import { bytesOf } from "./bytes.ts";
import { type Sheet, unreadable } from "./sheet.ts";

const limits = { mostBytes: 16 * 1024 * 1024, mostUnpacked: 64 * 1024 * 1024, mostRows: 100_000 } as const;

/**
 * The cells of the first sheet of an Excel workbook: numbers and days as people write them, formulas as what came of
 * them. Throws FILE_UNREADABLE for what is none or unpacks to more than 64 MiB, PACKAGE_MISSING.
 */
export async function readXlsxSheet(file: string): Promise<Sheet> {
  const wanted = { packages: "read-excel-file@9 fflate@0.8", whatFor: "Excel files" };
  const [{ readSheet }, zip] = await loaded(wanted, () =>
    Promise.all([import("read-excel-file/universal"), import("fflate")]),
  );
  try {
    const parts = unpacked(await bytesOf(file, limits.mostBytes), zip);
    const data = await readSheet(zip.zipSync(parts, { level: 0 }).buffer as ArrayBuffer);
    if (data.length > limits.mostRows)
      throw new Error(`it has ${data.length} rows; at most ${limits.mostRows} are read`);
    const rows = data.map((row, line) =>
      row.map((cell, column) => ({ text: textOf(cell), line: line + 1, column: column + 1 })),
    );
    return { file, rows: trimmed(rows), decimal: "." };
  } catch (cause) {
    throw unreadable(file, [{ path: "", message: `${fileReason(cause)}.` }], { cause });
  }
}

/** What the sheets are made of, and no more of it than may be: each part is given the room that it announces. */
function unpacked(bytes: Uint8Array, { unzipSync }: typeof import("fflate")): Record<string, Uint8Array> {
  let total = 0;
  return unzipSync(bytes, {
    filter: ({ name, originalSize }) => {
      if (!/\.(?:xml|rels)$/i.test(name)) return false;
      total += originalSize;
      if (total > limits.mostUnpacked)
        throw new Error(`it has more than ${limits.mostUnpacked} bytes when it is unpacked`);
      return true;
    },
  });
}

function textOf(cell: unknown): string {
  if (cell === null || cell === undefined) return "";
  return cell instanceof Date ? cell.toISOString().replace(/T00:00:00\.000Z$/, "") : String(cell);
}

type Rows = Sheet["rows"];

/** Without empty rows, and without the columns after the last that has a name. */
function trimmed(rows: Rows): Rows {
  const filled = rows.filter((row) => row.some(({ text }) => text.trim() !== ""));
  const width = (filled[0] ?? []).findLastIndex(({ text }) => text.trim() !== "") + 1;
  return filled.map((row) => (row.slice(width).some(({ text }) => text.trim() !== "") ? row : row.slice(0, width)));
}
