import { reportPage } from "../../document/write/html/page.ts";
import { type SectionedReport, sectionedMarkdown } from "../../insight/report/formats/sectioned.ts";
import type { IntervalChart } from "../../plot/chart.ts";
import { chartForPage } from "../../plot/svg.ts";
import type { Leak } from "../held-out/leakage.ts";
import type { HeldOut } from "../held-out/score.ts";
import type { AnswersSource } from "../people/answers.ts";
import { fileOf } from "./methods.ts";
import { digits, told } from "./words.ts";

/** Items that were hidden and foretold, and what of them stood in prompts. */
export interface HeldOutStudy {
  /** Where people's answers and their twins' are from; absent where nobody says. */
  readonly sources?: { readonly human: AnswersSource; readonly twins: AnswersSource };
  readonly items: readonly HeldOut[];
  /** Absent where no prompts were looked through. */
  readonly audit?: {
    readonly run: string;
    readonly prompts: number;
    readonly leaks: readonly (Leak & { readonly item: string })[];
  };
}

/** How well hidden items were foretold, in Markdown. */
export const heldOutReport = (study: HeldOutStudy): string => sectionedMarkdown(reportOf(study));

/** The same as one page of HTML with a plot. Throws PACKAGE_MISSING. */
export async function heldOutReportHtml(study: HeldOutStudy): Promise<string> {
  const { title, notices, sections } = reportOf(study);
  const chart = gains(study.items);
  const [first, ...rest] = sections;
  if (chart === undefined || first === undefined) return reportPage(title, notices, sections);
  return reportPage(title, notices, [{ ...first, svg: await chartForPage(chart) }, ...rest]);
}

function reportOf({ sources, items, audit }: HeldOutStudy): SectionedReport {
  return {
    title: "Hidden items, foretold",
    notices: [
      "0 is best in all scores. That twins are of use is shown only where the interval of 'better' lies above zero.",
      audit === undefined
        ? "No prompts were looked through: whether the items were hidden from the twins is not known from here."
        : `${audit.prompts} prompts of ${audit.run} were looked through: ${audit.leaks.length} of them or of their parts hold what was to be hidden.`,
    ],
    sections: [
      { heading: "How much better the twins are", lines: items.map(inWords) },
      ...items.map((item) => ({ heading: item.item, lines: [people(item)], rows: item.figures.map(rowOf) })),
      ...(audit === undefined || audit.leaks.length === 0
        ? []
        : [
            {
              heading: "What stood in prompts",
              rows: audit.leaks.map(({ item, prompt, kind, person, words }) =>
                told({ item, prompt, kind, person, words }),
              ),
            },
          ]),
      { heading: "How it was scored", lines: [...filesOf(sources), ...methods] },
    ],
  };
}

const filesOf = (sources: HeldOutStudy["sources"]): readonly string[] =>
  sources === undefined ? [] : [`People: ${fileOf(sources.human)}. Twins: ${fileOf(sources.twins)}.`];

const methods: readonly string[] = [
  "twin: the distribution of the twin's answer, or wholly the answer. uniform: all options alike. marginal: how the others answered, half a person added for each option. conditional: the same of those with the same attributes.",
  "brier (G. W. Brier, 1950), log (I. J. Good, 1952) and, on scales with steps, ranked-probability (E. S. Epstein, 1969) are proper: who says what they believe fares best.",
  "better: how much lower the twins' score is, on the mean over people by their weights; the interval by drawing people again (BCa).",
  "Each figure stands in figures.csv; it is the mean of the rows of scores.csv with its item, way and score, which rest on the rows of answers.csv with that item.",
];

function people({ n, unanswered }: HeldOut): string {
  const silent = unanswered === 0 ? "" : ` ${unanswered} more have a twin who gave no answer; no figure knows of them.`;
  return `${n} people whose twins foretold it.${silent}`;
}

function inWords({ item, figures }: HeldOut): string {
  const best = figures
    .filter(({ by, score, value }) => by !== "twin" && score === "brier" && value !== undefined)
    .reduce<HeldOut["figures"][number] | undefined>(
      (one, other) => (one === undefined || (other.value ?? 0) < (one.value ?? 0) ? other : one),
      undefined,
    );
  if (best?.interval === undefined)
    return `${item}: cannot be told (${best?.reason ?? figures[0]?.reason ?? "nobody is linked"}).`;
  const verdict =
    best.interval.low > 0
      ? "of use"
      : best.interval.high < 0
        ? "worse than who knows nobody"
        : "not shown to be of use";
  return `${item}: twins are ${verdict} beside the best guess without them (${best.by}), ${digits(best.better)} better by Brier's score (${digits(best.interval.low)} to ${digits(best.interval.high)}).`;
}

const rowOf = ({ by, score, value, better, interval, reason }: HeldOut["figures"][number]): object =>
  told({
    ...{ score, "foretold by": by, value: digits(value), "twins better by": digits(better) },
    ...{ from: digits(interval?.low), to: digits(interval?.high), note: reason },
  });

function gains(items: readonly HeldOut[]): IntervalChart | undefined {
  const estimates = items.flatMap(({ item, figures }) =>
    figures.flatMap(({ by, score, better, interval }) =>
      score === "brier" && better !== undefined && interval !== undefined
        ? [{ label: `${item} / ${by}`, value: better, low: interval.low, high: interval.high }]
        : [],
    ),
  );
  if (estimates.length === 0) return undefined;
  return {
    kind: "intervals",
    title: "How much better twins foretell",
    reference: 0,
    measure: "Brier's score, less the twins'",
    estimates,
  };
}
