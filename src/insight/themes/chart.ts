import type { BarChart } from "../../plot/chart.ts";
import type { Themes } from "./themes.ts";

/** How many answers are in each theme, as a picture. */
export function themesChart({ themes, n, blank, compares, codebook }: Themes): BarChart {
  const notes = [
    `${n - blank} answers`,
    ...(blank > 0 ? [`${blank} blank`] : []),
    compares === "words" ? "grouped by words" : "grouped by meaning",
  ];
  return {
    ...{ kind: "bars", title: codebook.question ?? "Themes", note: notes.join(" · "), measure: "share of answers, %" },
    bars: themes.map(({ name, share }) => ({ label: name, value: 100 * share })),
  };
}
