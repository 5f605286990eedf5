import { provenanceLine, type RunProvenance } from "../../../table/provenance.ts";
import { markdownLine } from "../../transcripts/markdown.ts";
import type { MarkedEvidence, Report, ReportSentence } from "../report.ts";
import { stampLines } from "./stamps.ts";

/**
 * A report as Markdown: each sentence with the marks of the rows that it rests on, then the rows. No markup of what people
 * said works in it. Charts are named, not drawn.
 */
export function reportMarkdown(report: Report, provenance?: RunProvenance): string {
  const { title, task, summary, sections, charts, evidence } = report;
  const parts = [
    `# ${markdownLine(title)}`,
    ...stampLines(report).map((line) => `*${markdownLine(line)}*`),
    `**Task.** ${markdownLine(task)}`,
    ...(summary.length === 0 ? [] : ["## Summary", ...summary.map(sentence)]),
    ...sections.flatMap(({ heading, sentences }) => [`## ${markdownLine(heading)}`, ...sentences.map(sentence)]),
    ...(charts.length === 0
      ? []
      : ["## Figures", charts.map(({ title: name }) => `- ${markdownLine(name)}`).join("\n")]),
    "## Evidence",
    evidence.map(row).join("\n"),
    "---",
    markdownLine(provenanceLine(provenance)),
  ];
  return `${parts.join("\n\n")}\n`;
}

const sentence = ({ text, evidence }: ReportSentence): string => `${markdownLine(text)} (${evidence.join(", ")})`;

function row({ mark, who, asked, text, place }: MarkedEvidence): string {
  const name = who === undefined ? "" : ` ${markdownLine(who)}`;
  const question = asked === undefined ? "" : ` (asked: ${markdownLine(asked)})`;
  return `- **${mark}**${name}${question}: ${markdownLine(text)} — ${markdownLine(place)}`;
}
