import { reportPage, type Section } from "../../../document/write/html/page.ts";
import { sectionedMarkdown } from "../../../insight/report/formats/sectioned.ts";
import { chartForPage } from "../../../plot/svg.ts";
import type { ExperimentAnalysis } from "../analyse.ts";
import { type ExperimentPlot, experimentPlots } from "./charts.ts";
import { crossover } from "./crossover.ts";
import { exploratory, findings, notFound, tests } from "./findings.ts";
import { methodsOf, noticesOf } from "./methods.ts";
import { arms, lost, stability, variance } from "./spread.ts";

/** What stands above a report. */
export interface ExperimentReportOptions {
  readonly title?: string;
}

/** A part of a report, and whose plots belong to it. */
type Part = Section & { readonly plots?: (plot: ExperimentPlot) => boolean };

function partsOf(analysis: ExperimentAnalysis): readonly Part[] {
  const [levels, ...each] = stability(analysis);
  const declared: Part = { heading: "Effects that were declared", plots: ({ under }) => under === "declared" };
  const question = analysis.plan.question;
  return [
    {
      ...findings(analysis),
      ...(question && { lines: [`Question: ${question}`, ...(findings(analysis).lines ?? [])] }),
    },
    ...notFound(analysis),
    declared,
    ...tests(analysis),
    ...(levels === undefined ? [] : [{ ...levels, plots: ({ under }: ExperimentPlot) => under === "stability" }]),
    ...each,
    ...crossover(analysis),
    ...lost(analysis),
    ...variance(analysis).map((section, place) => ({
      ...section,
      plots: ({ under, name }: ExperimentPlot) => under === "variance" && name === analysis.variance[place]?.metric,
    })),
    ...exploratory(analysis).map((section) => ({
      ...section,
      plots: ({ under }: ExperimentPlot) => under === "exploratory",
    })),
    arms(analysis),
    { heading: "How it was analysed", lines: methodsOf(analysis) },
  ];
}

const titleOf = ({ plan }: ExperimentAnalysis, { title }: ExperimentReportOptions): string =>
  title ?? `Experiment: ${plan.name}`;

/**
 * An analysis as a report in Markdown: what passed what was declared first, then what did not, then all else, which is
 * exploratory; each figure by the id under which its rows are found.
 */
export function experimentReport(analysis: ExperimentAnalysis, options: ExperimentReportOptions = {}): string {
  const sections = partsOf(analysis).filter(
    ({ plots, rows = [], lines = [] }) => plots === undefined || rows.length + lines.length > 0,
  );
  return sectionedMarkdown({ title: titleOf(analysis, options), notices: noticesOf(analysis), sections });
}

/** The same with plots, as one page of HTML that needs nothing else and runs no script. Throws PACKAGE_MISSING. */
export async function experimentReportHtml(
  analysis: ExperimentAnalysis,
  options: ExperimentReportOptions = {},
): Promise<string> {
  const drawn = experimentPlots(analysis);
  const sections: Section[] = [];
  for (const { plots, ...section } of partsOf(analysis)) {
    const own = plots === undefined ? [] : drawn.filter(plots);
    const figures: string[] = [];
    for (const { chart } of own) figures.push(`<figure>${await chartForPage(chart)}</figure>`);
    if (figures.length + (section.rows ?? []).length + (section.lines ?? []).length > 0)
      sections.push({ ...section, html: figures.join("\n") });
  }
  return reportPage(titleOf(analysis, options), noticesOf(analysis), sections);
}
