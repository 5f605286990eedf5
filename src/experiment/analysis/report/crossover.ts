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
  return [
    "Everybody met all arms one after the other, in balanced orders: effects are means over the orders, in which what a period does to all cancels.",
    carryOver(figures.filter(({ kind }) => kind === "carry-over")),
  ];
}

/** Of what had no interval nothing is said: that is no sign that there is none. */
function carryOver(figures: ExperimentAnalysis["crossover"]): string {
  const known = figures.filter(({ low, high }) => low !== undefined && high !== undefined);
  const stays = known.filter(({ low = 0, high = 0 }) => low > 0 || high < 0);
  if (stays.length > 0)
    return `What was met before changes what an arm does (${stays.map(({ id }) => id).join(", ")}): read the effect where it was met first.`;
  if (known.length === 0) return "Whether what was met before changes what an arm does cannot be told from these rows.";
  const unknown = figures.filter((one) => !known.includes(one)).map(({ id }) => id);
  const but = unknown.length === 0 ? "" : ` Of ${unknown.join(", ")} it cannot be told.`;
  return `No carry-over was found: arms did what they do whether met first or later, as far as these people tell.${but}`;
}
