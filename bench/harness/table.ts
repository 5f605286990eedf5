import { availableParallelism, cpus, loadavg, totalmem } from "node:os";
import { goalText, met, type Row } from "./row.ts";

/** Columns of the table: mark, metric, value with its unit, goal. All of them fit into 100. */
const widths = { metric: 57, value: 9, unit: 9 };

/** What the figures were taken on; only those of one run can be compared. */
export function machineLine(): string {
  const [minute = 0] = loadavg();
  const parts = [
    `${availableParallelism()} cores (${cpus()[0]?.model.trim() ?? "unknown"})`,
    `load ${minute.toFixed(1)}`,
    `${Math.round(totalmem() / 2 ** 30)} GiB`,
    `Node ${process.versions.node}`,
  ];
  return parts.join(", ");
}

/** Said when others are busy on the machine: what is measured by the clock is then theirs as much as ours. */
export function busyLine(): string | undefined {
  const [minute = 0] = loadavg();
  if (minute < availableParallelism() / 2) return undefined;
  return "The machine is busy: trust counts and CPU times, not what the clock says.";
}

/** A figure as a line; `✓` or `✗` says whether it meets its goal, `–` that it could not be measured here. */
export function tableLine(row: Row): string {
  const { metric, value, unit, goal, lacks } = row;
  if (value === null) return wrapped(`  – ${metric}: not measured. ${lacks ?? ""}`.trimEnd(), "    ");
  const mark = { true: "✓", false: "✗", undefined: " " }[String(met(row)) as "true" | "false" | "undefined"];
  const cells = [metric.padEnd(widths.metric), shown(value).padStart(widths.value), unit.padEnd(widths.unit)];
  return `  ${mark} ${cells.join(" ")} ${goal === undefined ? "" : grouped(goalText(goal))}`.trimEnd();
}

/** Long numbers as people read them: `4,000,000`. */
const grouped = (text: string): string =>
  text.replace(/(?<![.\d])\d{4,}/g, (digits) => Number(digits).toLocaleString("en"));

/** Three significant digits, or all that stand before the point. */
function shown(value: number): string {
  if (Math.abs(value) >= 1_000) return Math.round(value).toLocaleString("en");
  return Number.isInteger(value) ? String(value) : value.toPrecision(3);
}

/** The words in lines of at most 98 columns, the later ones indented. */
export function wrapped(text: string, indent: string): string {
  const lines = [""];
  for (const word of text.split(" ")) {
    const line = lines.at(-1) as string;
    if (line.length + word.length + 1 > 98) lines.push(`${indent}${word}`);
    else lines[lines.length - 1] = line === "" ? word : `${line} ${word}`;
  }
  return lines.join("\n");
}
