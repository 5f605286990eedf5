import { reportPage, type Section } from "../../document/write/html/page.ts";
import { inertMarkdown, markdownTable } from "../../table/formats/markdown.ts";
import { tableOf } from "../../table/table.ts";

/** A report in parts, which can be written in several formats. */
export interface Report {
  readonly title: string;
  /** What stands first. */
  readonly notices: readonly string[];
  readonly parts: readonly Section[];
}

/** A report in Markdown, without its pictures. */
export function markdownOf({ title, notices, parts }: Report): string {
  const sections = parts.map(({ heading, lines = [], rows = [] }) => {
    const table = rows.length === 0 ? [] : [markdownTable(tableOf(rows))];
    return [`## ${inertMarkdown(heading)}`, ...lines.map((line) => inertMarkdown(line)), ...table].join("\n\n");
  });
  const told = notices.map((notice) => `*${inertMarkdown(notice)}*`);
  return `${[`# ${inertMarkdown(title)}`, ...told, ...sections].join("\n\n")}\n`;
}

/** The same as one page of HTML that needs nothing else and runs no script. */
export const htmlOf = ({ title, notices, parts }: Report): string => reportPage(title, notices, parts);

/** A row without what is absent in it. */
export const told = (row: object): object =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value ?? ""]));

/** Three digits that say something. */
export const digits = (value: number | undefined): string | undefined =>
  value === undefined ? undefined : Math.abs(value) < 1e-9 ? "0" : String(Number(value.toPrecision(3)));
