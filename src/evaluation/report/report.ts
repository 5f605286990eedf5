import { reportPage } from "../../document/write/html/page.ts";
import { sectionedMarkdown } from "../../insight/report/formats/sectioned.ts";
import { chartForPage } from "../../plot/svg.ts";
import type { AnswerComparison } from "../comparison/compare-answers.ts";
import type { AnswerSet } from "../people/answers.ts";
import { comparisonPlots } from "./charts.ts";
import { noticesOf, partsOf } from "./sections.ts";

/** What stands above a report. */
export interface ComparisonReportOptions {
  readonly title?: string;
  /** What was compared: without it the page has no plot of items that are numbers. */
  readonly answers?: { readonly human: AnswerSet; readonly simulated: AnswerSet };
}

const titleOf = ({ title }: ComparisonReportOptions): string => title ?? "Simulated people beside people";

/**
 * A comparison as a report in Markdown: what was claimed beforehand first, then each item with its parts, each figure by the
 * id under which its rows are found.
 */
export function validationReport(comparison: AnswerComparison, options: ComparisonReportOptions = {}): string {
  return sectionedMarkdown({ title: titleOf(options), notices: noticesOf(comparison), sections: partsOf(comparison) });
}

/** The same with plots, as one page of HTML that needs nothing else and runs no script. Throws PACKAGE_MISSING. */
export async function validationReportHtml(
  comparison: AnswerComparison,
  options: ComparisonReportOptions = {},
): Promise<string> {
  const plots = new Map(comparisonPlots(comparison, options.answers).map(({ name, chart }) => [name, chart]));
  const sections = await Promise.all(
    partsOf(comparison).map(async ({ item, ...section }) => {
      const chart = plots.get(item ?? (section.heading === "Verdict" ? "Scores" : ""));
      return chart === undefined ? section : { ...section, svg: await chartForPage(chart) };
    }),
  );
  return reportPage(titleOf(options), noticesOf(comparison), sections);
}
