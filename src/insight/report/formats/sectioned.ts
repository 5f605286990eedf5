import { figureOf, type Section } from "../../../document/write/html/page.ts";
import { withoutControls } from "../../../kernel/text/controls.ts";
import { inertMarkdown, markdownTable } from "../../../table/formats/markdown.ts";
import { tableOf } from "../../../table/table.ts";

/** A report in sections, which can be written in several formats: as a page by `reportPage`. */
export interface SectionedReport {
  readonly title: string;
  /** What stands first. */
  readonly notices: readonly string[];
  readonly sections: readonly Section[];
}

/** Such a report in Markdown, without its pictures; no text of strangers acts in it. */
export function sectionedMarkdown({ title, notices, sections }: SectionedReport): string {
  const parts = sections.map(({ heading, lines = [], rows = [] }) => {
    const table = rows.length === 0 ? [] : [markdownTable(tableOf(rows.map(rounded)))];
    return [`## ${inert(heading)}`, ...lines.map((line) => inert(line)), ...table].join("\n\n");
  });
  const told = notices.map((notice) => `*${inert(notice)}*`);
  return `${[`# ${inert(title)}`, ...told, ...parts].join("\n\n")}\n`;
}

/** Numbers with as many digits as on a page. */
function rounded(row: object): object {
  const cells = Object.entries(row).map(([name, cell]): [string, unknown] => [
    name,
    typeof cell === "number" && Number.isFinite(cell) ? Number(figureOf(cell)) : cell,
  ]);
  return Object.fromEntries(cells);
}

const inert = (text: string): string => inertMarkdown(withoutControls(text));
