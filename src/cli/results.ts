import { markRanges, type Report, TinyTroupeError } from "../index.ts";
import type { Style } from "./terminal/style.ts";
import { cellText, facts, type Row, table } from "./terminal/table.ts";
import { harmless, isolate, wrap } from "./terminal/text.ts";

interface Look {
  readonly width: number;
  readonly style: Style;
}

export type Tables = Readonly<Record<string, readonly Row[]>>;

/**
 * What a study returned, as JSON can hold it: maps become objects, sets lists, big integers text, dates ISO 8601.
 * Throws STUDY_INVALID for what has no end or is no data.
 */
export function plainResult(result: unknown): unknown {
  try {
    const text = JSON.stringify(result, (_key, value: unknown) => {
      if (typeof value === "bigint") return value.toString();
      if (value instanceof Map) return Object.fromEntries(value);
      return value instanceof Set ? [...value] : value;
    });
    return text === undefined ? null : JSON.parse(text);
  } catch (cause) {
    const message = cause instanceof Error ? (cause.message.split("\n")[0] ?? "") : String(cause);
    throw new TinyTroupeError("STUDY_INVALID", `What the study returned cannot be kept as JSON: ${message}`, {
      data: { issues: [{ path: "run", message }] },
      hint: "Return plain data: lists of objects are shown as tables.",
      cause,
    });
  }
}

/** The tables in a result: lists of objects, by name; a bare list is called `results`. */
export function tablesOf(result: unknown): Tables {
  if (isRows(result)) return { results: result };
  return Object.fromEntries(entriesOf(result).filter((entry): entry is [string, Row[]] => isRows(entry[1])));
}

/** The reports in a result, by name. */
export function reportsOf(result: unknown): Readonly<Record<string, Report>> {
  if (isReport(result)) return { report: result };
  return Object.fromEntries(entriesOf(result).filter((entry): entry is [string, Report] => isReport(entry[1])));
}

function isReport(value: unknown): value is Report {
  if (typeof value !== "object" || value === null) return false;
  const { title, task, summary, sections, evidence, leftOut } = value as Partial<Report>;
  const isText = typeof title === "string" && typeof task === "string";
  return isText && [summary, sections, evidence, leftOut].every((part) => Array.isArray(part));
}

/**
 * A result as it is shown: tables and reports under their names, single values and objects as facts; a value without a name is
 * called `results`.
 */
export function resultLines(result: unknown, look: Look): string[] {
  if (result === null || result === undefined) return [];
  if (Array.isArray(result) || typeof result !== "object") return section("results", result, look);
  if (isReport(result)) return section("report", result, look);
  const lines: string[] = [];
  let single: Row = {};
  const flush = (): void => {
    if (Object.keys(single).length > 0) lines.push("", ...facts(single, look));
    single = {};
  };
  for (const [name, value] of entriesOf(result)) {
    // Single values that stand side by side in a result stand together.
    if (typeof value !== "object" || value === null) single = { ...single, [name]: value };
    else {
      flush();
      lines.push(...section(name, value, look));
    }
  }
  flush();
  return lines;
}

function section(name: string, value: unknown, look: Look): string[] {
  const { style, width } = look;
  const title = (note = ""): string => style.bold(harmless(name)) + style.dim(note);
  if (isReport(value)) return ["", title(" (report)"), ...reportLines(value, look)];
  if (isRows(value)) return ["", title(` (${value.length})`), ...firstRows(value, look)];
  if (!Array.isArray(value)) {
    if (typeof value === "object" && value !== null) return ["", title(), ...facts(value as Row, look)];
    return ["", ...wrap(cellText(value), width).map(isolate)];
  }
  const items = value.flatMap((item) => bullet(cellText(item), width));
  return ["", title(` (${value.length})`), ...(items.length > 0 ? items : [style.dim("nothing")])];
}

/** A table as far as one reads it in a terminal; all of it stands in its file. */
function firstRows(rows: readonly Row[], look: Look): string[] {
  const lines = table(rows.slice(0, mostRows), look);
  const shown = lines.length <= mostLines ? lines : [...table(rows.slice(0, fewRows), look)];
  const left = rows.length - (lines.length <= mostLines ? mostRows : fewRows);
  return left > 0 ? [...shown, look.style.dim(`… and ${left} more rows`)] : shown;
}

const mostRows = 50;
const mostLines = 150;
const fewRows = 10;

/** What a report says, with the marks of what it rests on; what these are stands in its files. */
function reportLines({ title, summary, sections }: Report, { style, width }: Look): string[] {
  const sentences = (said: Report["summary"]): string[] =>
    said.flatMap(({ text, evidence }) => {
      const marks = markRanges(evidence).map((range) => range.join("–"));
      return bullet(harmless(`${text} [${marks.join(", ")}]`), width);
    });
  return [
    ...wrap(harmless(title), width).map((line) => style.bold(isolate(line))),
    ...sentences(summary),
    ...sections.flatMap(({ heading, sentences: said }) => [
      ...wrap(harmless(heading), width).map((line) => style.bold(isolate(line))),
      ...sentences(said),
    ]),
  ];
}

function bullet(text: string, width: number): string[] {
  const [first = "", ...rest] = wrap(text, width - 2).map(isolate);
  return [`• ${first}`, ...rest.map((line) => `  ${line}`)];
}

function entriesOf(result: unknown): [string, unknown][] {
  return typeof result === "object" && result !== null && !Array.isArray(result) ? Object.entries(result) : [];
}

function isRows(value: unknown): value is readonly Row[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((row) => typeof row === "object" && row !== null && !Array.isArray(row))
  );
}
