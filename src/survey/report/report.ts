import { reportPage } from "../../document/write/html/page.ts";
import { sectionedMarkdown } from "../../insight/report/formats/sectioned.ts";
import { chartForPage } from "../../plot/svg.ts";
import { provenanceLine } from "../../table/provenance.ts";
import { itemsOf } from "../instrument/document.ts";
import { type Item, partsOf } from "../instrument/items.ts";
import { itemCharts } from "./charts.ts";
import type { SurveyFindings, SurveyReportOptions } from "./findings.ts";
import { howSection, itemSection } from "./sections.ts";

/**
 * A survey as a report in Markdown: each item with its figures and their intervals, words of people, and how it was asked.
 * @example
 * const tea = parseInstrument({ survey: 1, name: "tea", items: [{ id: "drinks", kind: "yes-no", text: "Do you drink tea?" }] });
 * const run = await administer(simulation.context, { instrument: tea, people: [lisa, oscar] });
 * const summary = await summariseSurvey(tea, run.answers, run);
 * surveyReport({ instrument: tea, run, summary }).includes("## Do you drink tea?"); // => true
 */
export function surveyReport(found: SurveyFindings, options: SurveyReportOptions = {}): string {
  const sections = [...shown(found).map((item) => itemSection(item, found)), howSection(found)];
  return sectionedMarkdown({ title: titleOf(found, options), notices: noticesOf(found, options), sections });
}

/** The same with a picture of each item, as one page of HTML that needs nothing else and runs no script. Throws PACKAGE_MISSING. */
export async function surveyReportHtml(found: SurveyFindings, options: SurveyReportOptions = {}): Promise<string> {
  const sections = [];
  for (const item of shown(found)) {
    const pictures: string[] = [];
    for (const chart of itemCharts(item, found)) pictures.push(await chartForPage(chart));
    sections.push({ ...itemSection(item, found), ...(pictures.length > 0 && { svg: pictures.join("\n") }) });
  }
  return reportPage(titleOf(found, options), noticesOf(found, options), [...sections, howSection(found)]);
}

const titleOf = ({ instrument }: SurveyFindings, { title }: SurveyReportOptions): string => title ?? instrument.name;

/** What somebody was asked, or what follows from it: notes are only read. */
const shown = ({ instrument }: SurveyFindings): readonly Item[] =>
  itemsOf(instrument).filter((item) => partsOf(item).length > 0);

function noticesOf({ run }: SurveyFindings, { provenance }: SurveyReportOptions): readonly string[] {
  const rehearsed = run.heuristic && provenance?.heuristic === undefined;
  return [provenanceLine(provenance), ...(rehearsed ? ["A rehearsal without a language model: no insight."] : [])];
}
