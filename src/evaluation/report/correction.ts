import { reportPage } from "../../document/write/html/page.ts";
import { type SectionedReport, sectionedMarkdown } from "../../insight/report/formats/sectioned.ts";
import type { BarChart } from "../../plot/chart.ts";
import { chartForPage } from "../../plot/svg.ts";
import { isMeasured } from "../../statistics/measured.ts";
import type { CorrectedAnswers, CorrectedStep, PoweredEstimate } from "../correction/correct-answers.ts";
import type { Correction } from "../correction/correction.ts";
import type { LearnedCorrection } from "../correction/learn.ts";
import { fileOf } from "./methods.ts";
import { digits, told } from "./words.ts";

/** What few people's answers make of many simulated ones, in Markdown. */
export const correctionReport = (corrected: CorrectedAnswers): string => sectionedMarkdown(reportOf(corrected));

/** The same as one page of HTML, with a plot of each item. Throws PACKAGE_MISSING. */
export async function correctionReportHtml(corrected: CorrectedAnswers): Promise<string> {
  const { title, notices, sections } = reportOf(corrected);
  const steps = Map.groupBy(corrected.steps, ({ item }) => item);
  const drawn = await Promise.all(
    sections.map(async (section) => {
      const own = steps.get(section.heading);
      return own === undefined ? section : { ...section, svg: await chartForPage(chartOf(section.heading, own)) };
    }),
  );
  return reportPage(title, notices, drawn);
}

function reportOf({ human, simulated, learned, steps, estimates }: CorrectedAnswers): SectionedReport {
  const items = [...Map.groupBy(steps, ({ item }) => item)];
  return {
    title: "Simulated answers, corrected by a few people",
    notices: [
      "Corrections move shares, not people. Estimates hold where those who were asked and the others are drawn from the same people.",
    ],
    sections: [
      {
        heading: "What was learned",
        lines: [
          "The way that misses people least whose answers it was not learned from (ranked probability score, 0 is best) is taken.",
        ],
        rows: learned.map((one) =>
          "kind" in one
            ? told({
                ...{ family: one.family, items: one.items.join(", "), people: String(one.n), way: one.kind },
                ...{ shift: partOf(one, "shift"), dispersion: partOf(one, "dispersion") },
                ...{
                  temperature: partOf(one, "temperature"),
                  "misses without": digits(one.misses.none),
                  "misses with": digits(one.misses[one.kind]),
                  note: "",
                },
              })
            : told({ family: one.family, note: one.reason }),
        ),
      },
      {
        heading: "By few people and many simulated",
        lines: [
          "power: how far the simulated are relied on, 0 to 1. worth: as many people asked alone would tell as much.",
        ],
        rows: estimates.map(rowOf),
      },
      ...items.map(([item, own]) => ({
        heading: item,
        rows: own.map(({ option, human, simulated, corrected }) =>
          told({ option, people: digits(human), simulated: digits(simulated), corrected: digits(corrected) }),
        ),
      })),
      {
        heading: "How it was done",
        lines: [
          `People: ${fileOf(human)}. Simulated: ${fileOf(simulated)}.`,
          ...methods,
          "Shares stand in corrected.csv, estimates in estimates.csv, what was learned in corrected.json; all rest on the rows of answers.csv that have the item.",
        ],
      },
    ],
  };
}

/** A part of a correction with its interval. */
function partOf({ correction, intervals }: LearnedCorrection, part: keyof Correction): string | undefined {
  const { low, high } = intervals[part] ?? {};
  return low === undefined
    ? digits(correction[part])
    : `${digits(correction[part])} (${digits(low)} to ${digits(high)})`;
}

const methods: readonly string[] = [
  "shift is added to each answer in points of the scale; dispersion spreads answers around their mean; temperature makes answers more (above 1) or less alike in frequency.",
  "Intervals hold at 95 %: of what is learned people and simulated people are drawn again, each side by itself, for the way that was taken.",
  "Estimates: prediction-powered inference with tuned power (Angelopoulos and others, 2023): asymptotically valid however wrong the simulated are; by Student's t. Those who were asked are linked to their twins by id.",
];

function rowOf({ item, of, asked, others, found, needed }: PoweredEstimate): object {
  const more =
    needed === undefined
      ? undefined
      : isMeasured(needed)
        ? `${needed.more} (${needed.alone} without the simulated)`
        : needed.reason;
  const head = { item, of, asked: String(asked), others: String(others) };
  if (!isMeasured(found)) return told({ ...head, "more to ask": more, note: found.reason });
  const { estimate, interval, power, alone, worth } = found;
  return told({
    ...{ ...head, estimate: digits(estimate), from: digits(interval.low), to: digits(interval.high) },
    ...{
      "people alone": `${digits(alone.estimate)} (${digits(alone.interval.low)} to ${digits(alone.interval.high)})`,
    },
    ...{ power: digits(power), worth: digits(worth), "more to ask": more, note: "" },
  });
}

function chartOf(item: string, steps: readonly CorrectedStep[]): BarChart {
  const sides = ["human", "simulated", "corrected"] as const;
  return {
    ...{ kind: "bars", title: item, measure: "share, %" },
    bars: steps.flatMap((step) =>
      sides.flatMap((side) => {
        const value = step[side];
        return value === undefined
          ? []
          : [{ label: step.option, value: 100 * value, group: side === "human" ? "people" : side }];
      }),
    ),
  };
}
