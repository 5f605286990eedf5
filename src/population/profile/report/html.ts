import { figureOf, reportPage, type Section } from "../../../document/write/html/page.ts";
import { chartForPage } from "../../../plot/svg.ts";
import type { Comparison } from "../compare/compared.ts";
import type { Distribution } from "../measures/distribution.ts";
import type { PopulationProfile } from "../profile.ts";
import { comparisonCharts, profileCharts } from "./charts.ts";

/** What stands above a report. */
export interface ReportOptions {
  readonly title?: string;
  /** Where the people come from: files, a folder, a specification. */
  readonly source?: string;
}

const notice = "Simulated: no real people took part. What is said here of people is what was made up.";

/**
 * A profile as one page of HTML with its plots inline, which needs nothing else and runs no script: n, weights, source and
 * figures that nobody checked stand at the top. Throws PACKAGE_MISSING where the packages for plots are not installed.
 */
export async function profileHtml(profile: PopulationProfile, options: ReportOptions = {}): Promise<string> {
  const { title = "Population", source } = options;
  const { n, weighted, effectiveSize, distributions, crosstabs, correlations, analyses } = profile;
  const weights = weighted ? `weighted, an effective size of ${figureOf(effectiveSize)}` : "everybody counts the same";
  const charts = await drawn(profileCharts(profile));
  const sections: readonly Section[] = [
    ...distributions.map((found, index) => ({
      heading: found.path,
      svg: charts[index] as string,
      lines: distributionLines(found),
      rows: found.rows.map(({ value, people, share }) => ({ value, people, "share, %": 100 * share })),
    })),
    ...crosstabs.map(({ down, across, rows, test, reason }, index) => ({
      heading: `${down} by ${across}`,
      svg: charts[distributions.length + index] as string,
      lines: [test === undefined ? `No test: ${reason}.` : testLine({ ...test, name: "Cramér's V" })],
      rows: rows.map(({ share, shareOfRow, ...row }) => ({
        ...row,
        "share, %": 100 * share,
        "of row, %": 100 * shareOfRow,
      })),
    })),
    ...(correlations.length === 0 ? [] : [{ heading: "What goes together", rows: correlations }]),
    ...Object.entries(analyses).map(([heading, rows]) => ({ heading, rows })),
  ];
  return reportPage(title, notices([`n = ${n}, ${weights}.`], source, profile), sections);
}

/** A comparison as such a page. Throws PACKAGE_MISSING. */
export async function comparisonHtml(comparison: Comparison, options: ReportOptions = {}): Promise<string> {
  const { title = "Comparison", source } = options;
  const charts = comparisonCharts(comparison);
  const svgs = await drawn(charts);
  const [one, other] = comparison.of === "target" ? ["people", "target"] : ["first", "second"];
  const sections: readonly Section[] = [
    { heading: "All places", rows: comparison.places },
    ...charts.map(({ name }, index) => ({
      heading: name,
      svg: svgs[index] as string,
      rows: comparison.values
        .filter(({ path }) => path === name)
        .map((row) => ({
          value: row.value,
          [`${one}, %`]: 100 * row.one,
          [`${other}, %`]: 100 * row.other,
          "difference, points": 100 * row.difference,
        })),
    })),
  ];
  return reportPage(title, notices([`n = ${comparison.n.join(" and ")}.`], source, comparison), sections);
}

function notices(
  first: readonly string[],
  source: string | undefined,
  { unverified, remarks }: Pick<PopulationProfile, "unverified" | "remarks">,
): readonly string[] {
  return [
    notice,
    ...first,
    ...(source === undefined ? [] : [`Source: ${source}`]),
    ...(unverified.length === 0
      ? []
      : [`Unverified, nobody checked these figures against a source: ${unverified.join(", ")}.`]),
    ...(remarks.length === 0 ? [] : [`Left out: ${remarks.join("; ")}.`]),
  ];
}

async function drawn(charts: ReturnType<typeof profileCharts>): Promise<readonly string[]> {
  const svgs: string[] = [];
  for (const { chart } of charts) svgs.push(await chartForPage(chart));
  return svgs;
}

/** What is to be said under a distribution. */
function distributionLines({ answered, missing, more, numbers, diversity }: Distribution): readonly string[] {
  const silent = missing === 0 ? "" : `; ${missing} say nothing`;
  const hidden = more === undefined ? "" : `; ${more.people} have one of ${more.values} more values`;
  const even = diversity?.evenness === undefined ? "" : `, H/ln k ${figureOf(diversity.evenness)}`;
  return [
    `${answered} people${silent}${hidden}.`,
    ...(numbers === undefined
      ? []
      : [
          `Mean ${figureOf(numbers.mean)}${numbers.sd === undefined ? "" : `, sd ${figureOf(numbers.sd)}`}, median ${figureOf(numbers.median)}, from ${figureOf(numbers.least)} to ${figureOf(numbers.most)}.`,
        ]),
    ...(diversity === undefined
      ? []
      : [
          `Diversity over ${diversity.values} values: Shannon H ${figureOf(diversity.entropy)}${even}, Simpson ${figureOf(diversity.simpson)}.`,
        ]),
  ];
}

/** A χ² test in one line. */
function testLine(test: {
  statistic: number;
  degrees: number;
  p: number;
  effect: number;
  smallestExpected: number;
  name: string;
}): string {
  const rough = test.smallestExpected < 5 ? " Some cells expect fewer than 5 people, so that p is rough." : "";
  return `χ² ${figureOf(test.statistic)}, ${test.degrees} degrees of freedom, p ${figureOf(test.p)}, ${test.name} ${figureOf(test.effect)}.${rough}`;
}
