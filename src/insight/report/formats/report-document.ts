import { writeDocument } from "../../../document/write/write-document.ts";
import { provenanceFacts, provenanceLine, type RunProvenance } from "../../../table/provenance.ts";
import type { Report } from "../report.ts";
import { reportHtml } from "./report-html.ts";
import { reportMarkdown } from "./report-markdown.ts";

/** The formats of a report: also the endings of its files. */
export const reportFormats = ["md", "html", "pdf", "docx", "json"] as const;
/** A format of a report. */
export type ReportFormat = (typeof reportFormats)[number];

/**
 * A report as the bytes of a file. Pictures stand in HTML alone; JSON is the report as data. Throws PACKAGE_MISSING for
 * PDF, Word, and HTML with charts, and OPTION_INVALID for writing that a PDF has no signs for.
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
        line: provenanceLine(provenance),
        facts: provenance === undefined ? [] : provenanceFacts(provenance),
      };
      return writeDocument(reportMarkdown(report, provenance), format, { title: report.title, stamp });
    }
  }
}
