import type { Style } from "./style.ts";
import { fit, harmless, isolate, pad, widestWhole, widthOf, wrap, wrapWhole } from "./text.ts";

export type Row = Readonly<Record<string, unknown>>;

interface Look {
  readonly width: number;
  readonly style: Style;
  /** Columns that hold names, paths or commands: what is to be copied is never broken. */
  readonly whole?: readonly string[];
}

/** Columns narrower than this break too many words: rows are then shown one below the other. */
const narrowest = 12;

/**
 * Rows as a table that fits the width: narrow columns as they are, wide ones share the rest and wrap; where even that
 * leaves too little, what is the same in all rows stands above them, and else each row is a list of its fields. Numbers and
 * amounts stand right; what is absent is empty.
 */
export function table(rows: readonly Row[], look: Look): string[] {
  const columns = columnsOf(rows);
  if (columns.length === 0) return ["(no rows)"];
  const cells = rows.map((row) => columns.map((column) => cellText(valueIn(row, column))));
  const head = columns.map(headText);
  const whole = columns.map((column) => look.whole?.includes(column) === true);
  const widths = columnWidths([head, ...cells], look.width - 2 * (columns.length - 1), whole);
  if (widths === undefined) return tooWide(rows, cells, look);
  const numeric = columns.map((column) => rows.every((row) => isAmountOrAbsent(valueIn(row, column))));
  const line = (texts: readonly string[]): string[] => {
    const wrapped = texts.map((text, index) => (whole[index] ? wrapWhole : wrap)(text, widths[index] as number));
    const height = Math.max(...wrapped.map((lines) => lines.length));
    return Array.from({ length: height }, (_, row) =>
      wrapped
        .map((lines, index) =>
          pad(isolate(lines[row] ?? ""), widths[index] as number, numeric[index] ? "right" : "left"),
        )
        .join("  ")
        .trimEnd(),
    );
  };
  const tall = widths.some((width, index) => cells.some((row) => widest(row[index] as string) > width));
  const several = tall || cells.some((row) => row.some((text) => text.includes("\n")));
  const body = cells.flatMap((row, index) => (several && index > 0 ? ["", ...line(row)] : line(row)));
  return [
    ...line(head.map((text, index) => fit(text, widths[index] as number))).map(look.style.bold),
    look.style.dim("─".repeat(sum(widths) + 2 * (columns.length - 1))),
    ...body,
  ];
}

const columnsOf = (rows: readonly Row[]): readonly string[] => [...new Set(rows.flatMap((row) => Object.keys(row)))];

/** Rows that have no room side by side: what all share is said once, and what is still too wide goes one below the other. */
function tooWide(rows: readonly Row[], cells: readonly (readonly string[])[], look: Look): string[] {
  const columns = columnsOf(rows);
  const shared = columns.filter((_, at) => cells.every((row) => row[at] === cells[0]?.[at]));
  if (rows.length > 1 && shared.length > 0 && shared.length < columns.length) {
    const said = shared.map((column) => `${headText(column)} ${cellText(valueIn(rows[0] as Row, column))}`.trim());
    const own = rows.map((row) => Object.fromEntries(Object.entries(row).filter(([name]) => !shared.includes(name))));
    const above = wrap(`in these rows: ${said.join(" · ")}`, look.width).map((line) => look.style.dim(isolate(line)));
    return [...above, ...table(own, look)];
  }
  return rows.flatMap((row, index) => [...(index > 0 ? [""] : []), ...facts(told(row), look)]);
}

/** A row without the fields that it does not have. */
const told = (row: Row): Row => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined));

/** Fields by name, one below the other, the values in a column of their own. */
export function facts(row: Row, { width, style, whole = [] }: Look): string[] {
  const keys = Object.keys(row);
  const names = keys.map(headText);
  const column = Math.min(Math.max(0, ...names.map(widthOf)), Math.max(8, Math.floor(width / 3)));
  return Object.values(row).flatMap((value, index) => {
    const broken = whole.includes(keys[index] as string) ? wrapWhole : wrap;
    const [first = "", ...rest] = broken(cellText(value), width - column - 2).map(isolate);
    const name = style.dim(pad(fit(names[index] as string, column), column));
    return [`${name}  ${first}`.trimEnd(), ...rest.map((line) => `${" ".repeat(column + 2)}${line}`.trimEnd())];
  });
}

/**
 * A value as people read it: lists with commas, or with a dot each where they hold more than single values.
 * @example
 * cellText({ idea: "notes", votes: [1, 2] }); // => "idea: notes; votes: 1, 2"
 */
export function cellText(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "string") return harmless(value);
  if (typeof value === "number") return String(shortened(value));
  if (typeof value !== "object") return harmless(String(value));
  if (!Array.isArray(value)) {
    return Object.entries(value)
      .filter(([, inner]) => inner !== null && inner !== undefined)
      .map(([name, inner]) => `${headText(name)}: ${cellText(inner)}`)
      .join("; ");
  }
  if (value.every((item) => typeof item !== "object" || item === null)) return value.map(cellText).join(", ");
  return value.map((item) => `• ${cellText(item)}`).join("\n");
}

/** Four digits, or all before the point and one behind it; what is exact to the last digit stands in the files. */
function shortened(value: number): number {
  if (Number.isInteger(value) || !Number.isFinite(value)) return value;
  return Number(Math.abs(value) < 1000 ? value.toPrecision(4) : value.toFixed(1));
}

const headText = (name: string): string => harmless(name).replaceAll("\n", " ");
const valueIn = (row: Row, column: string): unknown => (Object.hasOwn(row, column) ? row[column] : undefined);
/** Numbers, and texts such as 1,200, 41 % and $0.012. */
const isAmountOrAbsent = (value: unknown): boolean =>
  value == null || typeof value === "number" || /^-?\$?\d[\d,]*(\.\d+)?( %)?$/.test(String(value));

/**
 * The width of each column; undefined when they would be too narrow to read. Names and the like stay whole where the
 * texts beside them can spare the room.
 */
function columnWidths(
  rows: readonly (readonly string[])[],
  room: number,
  whole: readonly boolean[],
): number[] | undefined {
  const natural = (rows[0] ?? []).map((_, index) => Math.max(1, ...rows.map((row) => widest(row[index] ?? ""))));
  const least = whole.map((is, index) => (is ? Math.max(...rows.map((row) => widestWhole(row[index] ?? ""))) : 0));
  return [short, 0]
    .map((limit) => shared(natural, room, limit))
    .find((widths) => widths?.every((width, index) => width >= (least[index] ?? 0)));
}

/** Columns up to this width are names, numbers and the like. */
const short = 24;

/** What fits into an equal share, or is at most `whole` wide, keeps its width; the others share what is left. */
function shared(natural: readonly number[], room: number, whole: number): number[] | undefined {
  const widths = natural.map((width) => (width <= whole ? width : 0));
  let open = natural.flatMap((width, index) => (width <= whole ? [] : [index]));
  let left = room - sum(widths);
  while (open.length > 0) {
    const share = Math.floor(left / open.length);
    const narrow = open.filter((index) => (natural[index] as number) <= share);
    if (narrow.length === 0) {
      if (share < narrowest) return undefined;
      for (const [place, index] of open.entries()) widths[index] = share + (place < left % open.length ? 1 : 0);
      return widths;
    }
    for (const index of narrow) {
      widths[index] = natural[index] as number;
      left -= natural[index] as number;
    }
    open = open.filter((index) => !narrow.includes(index));
  }
  return left < 0 ? undefined : widths;
}

const widest = (text: string): number => Math.max(...text.split("\n").map(widthOf));
const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
