import { meanInterval } from "../../statistics/intervals/mean.ts";
import { isMeasured } from "../../statistics/measured.ts";
import type { SurveyAnswer } from "../administer/collected.ts";
import { asWritten } from "../administer/variants.ts";
import { type Instrument, itemsOf } from "../instrument/document.ts";
import { partsOf } from "../instrument/items.ts";
import { type FigureOf, figuresOf, withValue } from "./figures.ts";

/** What asking otherwise does to an item, over those who answered both ways. */
export interface VariantEffect {
  readonly variant: string;
  readonly item: string;
  /** `mean`, or the option. */
  readonly figure: string;
  /** People who answered both ways. */
  readonly n: number;
  /** Of the figure, as it is asked otherwise less as it is written. */
  readonly difference: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** The interval leaves out zero: the answer is, so far, the question's doing. */
  readonly found: boolean;
}

/**
 * How far the order of options and the words of items move answers: differences within people, with Student's interval. With
 * many rows some are found by chance.
 * @example
 * const tea = parseInstrument({ survey: 1, name: "tea", items: [{ id: "drinks", kind: "yes-no", text: "Do you drink tea?" }] });
 * const variants = [{ name: "backwards", options: "reversed" }];
 * const run = await administer(simulation.context, { instrument: tea, people: [lisa, oscar], variants });
 * (await variantEffects(tea, run.answers)).length; // => 2
 */
export async function variantEffects(
  instrument: Instrument,
  answers: readonly SurveyAnswer[],
): Promise<readonly VariantEffect[]> {
  const names = [...new Set(answers.map(({ variant }) => variant))].filter((name) => name !== asWritten.name);
  const rows: VariantEffect[] = [];
  for (const variant of names) {
    for (const part of itemsOf(instrument).flatMap(partsOf)) {
      const own = answers.filter(({ item }) => item === part.id);
      for (const figure of figuresOf(part)) {
        rows.push({ ...{ variant, item: part.id, figure: figure.figure }, ...(await moved(own, figure, variant)) });
      }
    }
  }
  return rows;
}

async function moved(
  answers: readonly SurveyAnswer[],
  figure: FigureOf,
  variant: string,
): Promise<Omit<VariantEffect, "variant" | "item" | "figure">> {
  const meanOf = (name: string): ReadonlyMap<string, number> => {
    const own = withValue(answers.filter((answer) => answer.variant === name));
    const byPerson = Map.groupBy(own, ({ respondent }) => respondent);
    return new Map(
      [...byPerson].flatMap(([person, given]) => {
        const values = given.flatMap((answer) => figure.of(answer) ?? []);
        return values.length === 0
          ? []
          : [[person, values.reduce((sum, one) => sum + one, 0) / values.length] as const];
      }),
    );
  };
  const [written, otherwise] = [meanOf(asWritten.name), meanOf(variant)];
  const differences = [...otherwise].flatMap(([person, value]) => {
    const before = written.get(person);
    return before === undefined ? [] : [value - before];
  });
  const n = differences.length;
  const mean = n === 0 ? null : differences.reduce((sum, one) => sum + one, 0) / n;
  const found = await meanInterval(differences);
  if (!isMeasured(found)) return { n, difference: mean, low: null, high: null, found: false };
  const { low, high } = found;
  return { n, difference: mean, low, high, found: low > 0 || high < 0 };
}
