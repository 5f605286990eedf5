import { reportPage, type Section } from "../document/write/html/page.ts";
import { sectionedMarkdown } from "../insight/report/formats/sectioned.ts";
import type { BarChart, IntervalChart } from "../plot/chart.ts";
import { chartForPage } from "../plot/svg.ts";
import { provenanceLine, type RunProvenance } from "../table/provenance.ts";
import type { AdTest } from "./test-ads.ts";

/** What stands above a report of adverts. */
export interface AdReportOptions {
  readonly title?: string;
  readonly provenance?: RunProvenance;
}

/** Reasons of each advert that are quoted. */
const mostReasons = 5;

/** A test of adverts as a report in Markdown, in which no text of strangers acts. */
export function adReport(test: AdTest, options: AdReportOptions = {}): string {
  const [title, notices] = [titleOf(test, options), noticesOf(test, options)];
  return sectionedMarkdown({ title, notices, sections: sectionsOf(test) });
}

/** The same with plots, as one page of HTML that needs nothing else and runs no script. Throws PACKAGE_MISSING. */
export async function adReportHtml(test: AdTest, options: AdReportOptions = {}): Promise<string> {
  const charts = adCharts(test);
  const sections = await Promise.all(
    sectionsOf(test).map(async (section) => {
      const chart = charts[section.heading];
      return chart === undefined ? section : { ...section, svg: await chartForPage(chart) };
    }),
  );
  return reportPage(titleOf(test, options), noticesOf(test, options), sections);
}

/** The plots of a test, by the headings of the report. */
export function adCharts({ outcome, choices }: AdTest): Readonly<Record<string, IntervalChart | BarChart>> {
  const n = `n = ${choices.length}, simulated`;
  return {
    Choice: {
      ...{ kind: "intervals", title: "Who chose which", note: n, measure: "share who chose it, % (95 % intervals)" },
      estimates: outcome.ads.map(({ ad, share, low, high }) => ({
        label: ad,
        ...{ value: 100 * share, low: 100 * low, high: 100 * high },
      })),
    },
    Memory: {
      ...{
        kind: "intervals",
        title: "Who told of it later",
        note: n,
        measure: "share who recalled it, % (95 % intervals)",
      },
      estimates: outcome.ads.map(({ ad, n: shown, recalled, recalledLow, recalledHigh }) => ({
        label: ad,
        ...{ value: (100 * recalled) / Math.max(1, shown), low: 100 * recalledLow, high: 100 * recalledHigh },
      })),
    },
    "Where it stood": {
      ...{ kind: "bars", title: "Choice by place", note: n, measure: "share of choices, %" },
      bars: outcome.positions.map(({ position, share }) => ({ label: `place ${position}`, value: 100 * share })),
    },
  };
}

const titleOf = ({ ads }: AdTest, { title }: AdReportOptions): string => title ?? `Test of ${ads.length} adverts`;

function noticesOf(test: AdTest, { provenance }: AdReportOptions): readonly string[] {
  const { heuristic, failures, choices } = test;
  return [
    provenanceLine(provenance),
    ...(heuristic && provenance?.heuristic === undefined ? ["A rehearsal without a language model: no insight."] : []),
    ...describedLines(test),
    ...(failures.length === 0
      ? []
      : [`${failures.length} of ${failures.length + choices.length} people have no answer.`]),
  ];
}

function sectionsOf(test: AdTest): readonly Section[] {
  const { outcome, rows, choices, failures, question } = test;
  const percent = (share: number): number => Number((100 * share).toFixed(1));
  return [
    {
      heading: "Choice",
      lines: [question, outcome.verdict, `${outcome.none} of ${choices.length} chose none.`],
      rows: outcome.ads.map(({ ad, chosen, share, low, high, appeal }) => ({
        ...{ ad, chosen, "share, %": percent(share), "from, %": percent(low), "to, %": percent(high) },
        "appeal, 0 to 10": Number(appeal.toFixed(1)),
      })),
    },
    {
      heading: "Where it stood",
      lines: [positionLine(test)],
      rows: outcome.positions.map(({ share, ...row }) => ({ ...row, "share, %": percent(share) })),
    },
    {
      heading: "Memory",
      lines: [
        "Asked after something else. What they saw is still in what a model reads: it recalls more than people do, so compare adverts with each other.",
      ],
      rows: outcome.ads.map(({ ad, n, noticed, recalled }) => ({ ad, "noticed something": noticed, recalled, of: n })),
    },
    ...segmentSections(test, percent),
    {
      heading: "Reasons",
      rows: choices
        .filter(({ choice }, place) => {
          return choices.slice(0, place).filter((one) => one.choice === choice).length < mostReasons;
        })
        .map(({ person, choice, why }) => ({ choice: choice ?? "none", person, why })),
    },
    {
      heading: "What was noticed",
      rows: rows
        .filter((row) => row.noticed.length > 0)
        .slice(0, 3 * mostReasons)
        .map(({ ad, person, noticed, reaction }) => ({ ad, person, noticed: noticed.join("; "), reaction })),
    },
    ...(failures.length === 0
      ? []
      : [
          { heading: "Without an answer", rows: failures.map(({ person, error }) => ({ person, why: error.message })) },
        ]),
  ];
}

/** Which pictures nobody saw, in words. */
function describedLines({ described }: Pick<AdTest, "described">): readonly string[] {
  if (described === undefined) return [];
  return [`Nobody saw the picture of ${described.join(", ")}: the model takes none, and people got its description.`];
}

/** Whether the place mattered, in words. */
export function positionLine({ outcome: { positionBias } }: Pick<AdTest, "outcome">): string {
  if ("reason" in positionBias) return `Whether the place mattered cannot be said: ${positionBias.reason}.`;
  const { p, found, rough } = positionBias;
  const test = `χ² against all places alike, p ${p.toPrecision(2)}${rough ? ", rough for so few" : ""}`;
  return found
    ? `The place mattered (${test}): read the choice with care.`
    : `No sign that the place mattered (${test}).`;
}

function segmentSections({ outcome: { segments } }: AdTest, percent: (share: number) => number): readonly Section[] {
  return [...Map.groupBy(segments, ({ path }) => path)].map(([path, rows]) => ({
    heading: `By ${path}`,
    rows: rows.map(({ value, ad, n, chosen, share, low, high }) => ({
      ...{ value, ad, n, chosen, "share, %": percent(share), "from, %": percent(low), "to, %": percent(high) },
    })),
  }));
}
