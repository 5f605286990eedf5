import type { Figure } from "../../../document/write/head.ts";
import { writeDocument } from "../../../document/write/write-document.ts";
import { chartSvg } from "../../../plot/svg.ts";
import { inWords } from "../../../plot/words.ts";
import { provenanceFacts, provenanceLine, type RunProvenance } from "../../../table/provenance.ts";
import type { Report } from "../report.ts";
import { reportHtml } from "./report-html.ts";
import { reportMarkdown } from "./report-markdown.ts";
import { noticeOf } from "./stamps.ts";

/** The formats of a report: also the endings of its files. */
export const reportFormats = ["md", "html", "pdf", "docx", "json"] as const;
/** A format of a report. */
export type ReportFormat = (typeof reportFormats)[number];

/**
 * A report as the bytes of a file. Charts are drawn in HTML, PDF and Word; JSON is the report as data. Throws PACKAGE_MISSING
 * for PDF, Word, and charts, and OPTION_INVALID for writing that a PDF has no signs for.
 * @example
 * const evidence = [{ who: "Lisa", text: "Tea, always tea.", place: "row 1" }];
 * const report = await writeReport(simulation.context, { task: "What do they drink?", evidence });
 * (await reportDocument(report, "pdf", await simulation.provenance())).length > 1_000; // => true
 */
export async function reportDocument(
  report: Report,
  format: ReportFormat,
  provenance?: RunProvenance,
): Promise<Uint8Array> {
  switch (format) {
    case "md":
      return Buffer.from(reportMarkdown(report, provenance));
    case "html":
      return Buffer.from(await reportHtml(report, provenance));
    case "json":
      return Buffer.from(
        `${JSON.stringify({ simulated: true, report, ...(provenance && { provenance }) }, null, 2)}\n`,
      );
    case "pdf":
    case "docx": {
      const stamp = {
        line: provenanceLine(provenance, noticeOf(report)),
        facts: provenance === undefined ? [] : provenanceFacts(provenance),
      };
      const figures = await figuresOf(report);
      const text = reportMarkdown(report, provenance, [...figures.keys()]);
      return writeDocument(text, format, { title: report.title, stamp, figures });
    }
  }
}

/** Its charts for paper, each by an address of its own. */
async function figuresOf({ charts }: Report): Promise<ReadonlyMap<string, Figure>> {
  const figures = new Map<string, Figure>();
  for (const [place, chart] of charts.entries()) {
    figures.set(`figure:${place + 1}`, { svg: await chartSvg(chart, { paper: true }), description: inWords(chart) });
  }
  return figures;
}
