import type { Chart } from "../../../plot/chart.ts";
import { provenanceLine, type RunProvenance } from "../../../table/provenance.ts";
import { markdownLine } from "../../transcripts/markdown.ts";
import type { MarkedEvidence, Report, ReportSentence } from "../report.ts";
import { markRanges } from "./marks.ts";
import { noticeOf, stampLines } from "./stamps.ts";

/**
 * A report as Markdown: each sentence with the marks of the rows that it rests on, then the rows. No markup of what people
 * said works in it. Charts are named, and shown where addresses of their pictures are given.
 */
export function reportMarkdown(report: Report, provenance?: RunProvenance, pictures: readonly string[] = []): string {
  const { title, task, summary, sections, charts, evidence } = report;
  const parts = [
    `# ${markdownLine(title)}`,
    ...stampLines(report).map((line) => `*${markdownLine(line)}*`),
    `**Task.** ${markdownLine(task)}`,
    ...(summary.length === 0 ? [] : ["## Summary", ...summary.map(sentence)]),
    ...sections.flatMap(({ heading, sentences }) => [`## ${markdownLine(heading)}`, ...sentences.map(sentence)]),
    ...figures(charts, pictures),
    "## Evidence",
    evidence.map(row).join("\n"),
    "---",
    markdownLine(provenanceLine(provenance, noticeOf(report))),
  ];
  return `${parts.join("\n\n")}\n`;
}

function figures(charts: readonly Chart[], pictures: readonly string[]): readonly string[] {
  if (charts.length === 0) return [];
  const names = charts.map(({ title }) => markdownLine(title));
  if (pictures.length > 0) return ["## Figures", ...pictures.map((address, place) => `![${names[place]}](${address})`)];
  const where = "They are drawn in the report as HTML, PDF and Word.";
  return ["## Figures", names.map((name) => `- ${name}`).join("\n"), where];
}

const sentence = ({ text, evidence }: ReportSentence): string =>
  `${markdownLine(text)} (${markRanges(evidence)
    .map((range) => range.join("–"))
    .join(", ")})`;

function row({ mark, who, asked, text, place }: MarkedEvidence): string {
  const name = who === undefined ? "" : ` ${markdownLine(who)}`;
  const question = asked === undefined ? "" : ` (asked: ${markdownLine(asked)})`;
  return `- **${mark}**${name}${question}: ${markdownLine(text)} — ${markdownLine(place)}`;
}
