import { reportPage, type Section } from "../../document/write/html/page.ts";
import { sectionedMarkdown } from "../../insight/report/formats/sectioned.ts";
import { transcriptLine } from "../../kernel/values/transcript.ts";
import { provenanceLine, type RunProvenance } from "../../table/provenance.ts";
import type { MeasureRow, SystemComparison } from "../compare.ts";
import type { KeyedVisit } from "../rows.ts";
import type { SystemTest } from "../test-systems.ts";
import { type GroupedFinding, groupedFindings, outcomesOf, sharedFindings, visitUnits } from "./figures.ts";

/** What stands in a report of a test beside what came of it. */
export interface TestReportOptions {
  readonly title?: string;
  readonly comparison?: SystemComparison;
  readonly provenance?: RunProvenance;
}

/** In lines: so much of one visit is told; and of so many at most. */
const longestVisit = 60;
const mostVisits = 12;

/**
 * A test of systems as a report in Markdown: who got what they came for, two systems side by side, what stood in the way
 * with the exchange that shows it, and the visits that failed, word for word.
 * @example
 * const parrot = chatSystem({ name: "parrot", reply: async () => "Hello!" });
 * const test = await testSystems({ people: [lisa], systems: [parrot], goals: [{ name: "hours", goal: "When do you open?" }] });
 * (await testReport(test)).startsWith("# Test of parrot"); // => true
 */
export async function testReport(test: SystemTest, options: TestReportOptions = {}): Promise<string> {
  const [title, notices] = [titleOf(test, options), noticesOf(test, options)];
  return sectionedMarkdown({ title, notices, sections: await sectionsOf(test, options) });
}

/** The same as one page of HTML that needs nothing else and runs no script. */
export async function testReportHtml(test: SystemTest, options: TestReportOptions = {}): Promise<string> {
  return reportPage(titleOf(test, options), noticesOf(test, options), await sectionsOf(test, options));
}

function titleOf({ sessions, failures }: SystemTest, { title }: TestReportOptions): string {
  const systems = new Set([...sessions, ...failures].map(({ system }) => system));
  return title ?? `Test of ${[...systems].join(" and ")}`;
}

function noticesOf({ heuristic, unsupported }: SystemTest, { provenance }: TestReportOptions): readonly string[] {
  return [
    provenanceLine(provenance),
    ...(heuristic && provenance?.heuristic === undefined ? ["A rehearsal without a language model: no insight."] : []),
    ...(unsupported === 0 ? [] : [`${unsupported} findings of the judge were left out: their quotes stand nowhere.`]),
  ];
}

async function sectionsOf(test: SystemTest, { comparison }: TestReportOptions): Promise<readonly Section[]> {
  const { sessions, findings, claims, failures } = test;
  const grouped = groupedFindings(findings);
  return [
    {
      heading: "Who got what they came for",
      lines: Object.entries(visitUnits).map(([name, unit]) => `${name}: ${unit}`),
      rows: await outcomesOf(sessions),
    },
    ...(comparison === undefined ? [] : comparedSections(comparison, grouped)),
    {
      heading: "What stood in the way",
      lines: grouped.length === 0 ? ["Nothing that was noticed."] : [],
      rows: grouped.map(({ did: _did, showed: _showed, said: _said, ...row }, place) => ({
        finding: place + 1,
        ...row,
      })),
    },
    ...(grouped.length === 0 ? [] : [{ heading: "The exchange behind each", lines: grouped.flatMap(exchangeLines) }]),
    ...(claims.length === 0 ? [] : [{ heading: "What the judge says", rows: claims }]),
    { heading: "All visits", rows: sessions.map(({ did: _did, showed: _showed, ...row }) => row) },
    ...(failures.length === 0 ? [] : [{ heading: "What is missing", rows: failures.map(missing) }]),
    ...visitSections(test),
  ];
}

function comparedSections(
  { first, second, measures, parted }: SystemComparison,
  grouped: readonly GroupedFinding[],
): readonly Section[] {
  const success = measures.find(({ measure }) => measure === "success");
  const line = success === undefined ? "" : successLine(success, first, second);
  const caution = "p says how easily chance alone would part these simulated people so, and nothing of real ones.";
  return [
    { heading: `${first} and ${second} side by side`, lines: [line, caution], rows: measures },
    ...(parted.length === 0 ? [] : [{ heading: "Who got it with one alone", rows: parted }]),
    {
      heading: "What stood in the way of each",
      lines: [`first and second: people who met it with ${first}, and with ${second}.`],
      rows: sharedFindings(grouped, first, second),
    },
  ];
}

/** What passed when the first met a finding: what they did, what the system showed, and what they said of it. */
function exchangeLines({ system, person, what, did, showed, said }: GroupedFinding, place: number): readonly string[] {
  const parts = [
    [`${person} did`, did],
    [`${system} showed`, showed],
    [`${person} said`, said],
  ];
  const told = parts.flatMap(([head, text]) => (text === "" ? [] : [`${head}: ${text}`]));
  return [`${place + 1}. ${what}`, ...told];
}

/** Who succeeds more often, in a sentence. */
function successLine({ difference, pairs, people, note, p }: MeasureRow, first: string, second: string): string {
  if (difference === null) return "Of no pair is it known who succeeded.";
  const points = Math.round(100 * Math.abs(difference));
  const than = difference === 0 ? `As many succeed with ${second} as with ${first}` : "";
  const more = `${points} points ${difference > 0 ? "more" : "fewer"} succeed with ${second} than with ${first}`;
  const by = people === pairs ? "McNemar, exact" : "signed ranks";
  const test = p === null ? "" : `; ${by}: p ${figure(p)}`;
  return `${than || more}, over ${pairs} pairs (${note}${test}).`;
}

const figure = (value: number): string => (value < 0.0001 ? "< 0.0001" : String(Number(value.toPrecision(3))));

const missing = ({ error, ...key }: SystemTest["failures"][number]) => ({
  ...key,
  code: error.code,
  message: error.message,
});

/** The visits that failed, word for word: the first of each person and goal, up to a dozen. */
function visitSections({ visits }: SystemTest): readonly Section[] {
  const failed = visits.filter(({ success }) => success === false);
  return failed.slice(0, mostVisits).map((keyed) => ({ heading: headingOf(keyed), lines: toldLines(keyed) }));
}

const headingOf = ({ person, system, goal, session }: KeyedVisit): string =>
  `${person} at ${system}: ${goal}${session === 1 ? "" : ` (${session})`}`;

function toldLines({ visit }: KeyedVisit): readonly string[] {
  const lines = visit.transcript.map((entry) => transcriptLine(entry));
  const left = lines.length - longestVisit;
  return left <= 0 ? lines : [...lines.slice(0, longestVisit), `(${left} more)`];
}
