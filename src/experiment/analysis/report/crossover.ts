import type { Section } from "../../../document/write/html/page.ts";
import type { ExperimentAnalysis } from "../analyse.ts";
import { chance, differenceOf, measured, told } from "./words.ts";

const kinds = { first: "effect, met first", period: "period", "carry-over": "carry-over" } as const;

/** What periods do, and what stays of an arm that was met before; nothing where nobody crossed over. */
export function crossover({ crossover: figures }: ExperimentAnalysis): readonly Section[] {
  if (figures.length === 0) return [];
  const rows = figures.map((figure) =>
    told({
      ...{ figure: figure.id, what: kinds[figure.kind], contrast: figure.contrast, measured: measured(figure) },
      ...{ people: figure.people, difference: differenceOf(figure) },
      ...{ "p, uncorrected": chance(figure.p), test: figure.test ?? figure.reason },
    }),
  );
  return [{ heading: "Crossover: periods and carry-over", lines: lines(figures), rows }];
}

function lines(figures: ExperimentAnalysis["crossover"]): readonly string[] {
  const stays = figures.filter(({ kind, low = 0, high = 0 }) => kind === "carry-over" && (low > 0 || high < 0));
  return [
    "Everybody met all arms one after the other, in balanced orders: effects are means over the orders, in which what a period does to all cancels.",
    stays.length === 0
      ? "No carry-over was found: arms did what they do whether met first or later, as far as these people tell."
      : `What was met before changes what an arm does (${stays.map(({ id }) => id).join(", ")}): read the effect where it was met first.`,
  ];
}
