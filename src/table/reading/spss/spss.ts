import { fileReason } from "../../../kernel/text/reasons.ts";
import { bytesOf } from "../bytes.ts";
import { type PlacedCell, type Sheet, unreadable } from "../sheet.ts";
import { readRecords } from "./records.ts";
import { type Values, valuesAt } from "./values.ts";
import { type Dictionary, dictionaryOf, slots, type Variable } from "./variables.ts";

const limits = {
  ...{ mostBytes: 64 * 1024 * 1024, mostUnpacked: 256 * 1024 * 1024 },
  ...{ mostRows: 1_000_000, mostCells: 5_000_000 },
} as const;

/**
 * The cells of a file of SPSS (.sav, .zsav): labels where values have them, with the value beside; days and moments as ISO 8601
 * writes them; what was declared to stand for no answer is marked as such. Throws FILE_UNREADABLE.
 */
export async function readSpssSheet(file: string): Promise<Sheet> {
  try {
    const { records, cursor } = readRecords(await bytesOf(file, limits.mostBytes));
    const dictionary = dictionaryOf(records, cursor);
    const values = valuesAt(cursor, { ...records, mostUnpacked: limits.mostUnpacked });
    return sheetOf(file, dictionary, { values, cases: records.cases });
  } catch (cause) {
    throw unreadable(file, [{ path: "", message: `${fileReason(cause)}.` }], { cause });
  }
}

function sheetOf(
  file: string,
  { variables, weightedBy, text }: Dictionary,
  { values, cases }: { readonly values: Values; readonly cases: number },
): Sheet {
  const head = variables.map(({ name }, place) => ({ text: name, line: 1, column: place + 1 }));
  const rows: (readonly PlacedCell[])[] = [head];
  const isThere = (row: number): boolean => (cases < 0 ? !values.isEnd() : row <= cases);
  for (let row = 1; isThere(row); row++) {
    if (row > limits.mostRows || row * variables.length > limits.mostCells)
      throw new Error(`at most ${limits.mostRows} rows and ${limits.mostCells} cells are read`);
    if (values.isEnd()) throw new Error(`it ends after row ${row - 1} of ${cases}`);
    rows.push(variables.map((one, place) => ({ ...cellOf(one, values, text), line: row, column: place + 1 })));
  }
  return {
    ...{ file, rows, decimal: "." },
    titles: new Map(variables.flatMap(({ name, title }) => (title === "" ? [] : [[name, title] as const]))),
    ...(weightedBy !== undefined && { weightedBy }),
  };
}

function cellOf(variable: Variable, values: Values, decoded: Dictionary["text"]): Omit<PlacedCell, "line" | "column"> {
  const value = variable.width === 0 ? values.number() : decoded(textOf(variable, values)).trimEnd();
  if (value === null || value === "") return { text: "" };
  const label = variable.labels.get(String(value));
  const code = typeof value === "number" ? shown(value, variable.format) : value;
  return {
    ...(label === undefined || label === "" ? { text: code } : { text: label, code }),
    ...(variable.isMissing(value) && { missing: "" }),
  };
}

/** The bytes of a text: its parts hold 255 each, filled up to whole places. */
function textOf({ parts, width }: Variable, values: Values): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + slots(part) * 8, 0));
  let at = 0;
  for (const part of parts) {
    const begin = at;
    for (let slot = slots(part); slot > 0; slot--, at += 8) all.set(values.piece(), at);
    at = begin + part;
  }
  return all.subarray(0, Math.min(at, width));
}

const formats = { days: [20, 23, 24, 28, 29, 30, 38, 39], moments: [22, 41] } as const;
/** SPSS counts seconds from the first day of the Gregorian calendar. */
const gregorian = Date.UTC(1582, 9, 14);

function shown(value: number, format: number): string {
  const [isDay, isMoment] = [formats.days, formats.moments].map((all) => (all as readonly number[]).includes(format));
  const moment = new Date(gregorian + value * 1000);
  if (!(isDay || isMoment) || Number.isNaN(moment.getTime())) return String(value);
  return isDay ? moment.toISOString().slice(0, 10) : moment.toISOString().replace(".000Z", "Z");
}
