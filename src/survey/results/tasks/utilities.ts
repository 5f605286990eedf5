import { isMeasured, sum } from "../../../statistics/measured.ts";
import {
  type ChoiceModel,
  combinedTerms,
  conditionalLogit,
  drawnTerms,
  type FeatureChoice,
} from "../../../statistics/models/conditional-logit.ts";
import { quantile } from "../../../statistics/moments.ts";
import { notMeasured, type OwnFigure, type TaskAnswers } from "./task-figure.ts";

/** One of several things by a number each, on the mean zero: the last is what the others leave (effects coding). */
export const effectsOf = (place: number, of: number): readonly number[] =>
  Array.from({ length: of - 1 }, (_, term) => (place === of - 1 ? -1 : Number(term === place)));

/** How much of each term one of several things is; `before` and `after` are terms of others. */
export const partsOf = (
  own: readonly number[],
  { before, all }: { readonly before: number; readonly all: number },
): readonly number[] => [...Array<number>(before).fill(0), ...own, ...Array<number>(all - before - own.length).fill(0)];

export const peopleIn = (choices: readonly FeatureChoice[]): number =>
  new Set(choices.flatMap(({ cluster, weight = 1 }) => (weight > 0 ? [cluster] : []))).size;

/** The interval of what follows from a model, by draws of its terms. */
export async function simulatedInterval(
  model: ChoiceModel,
  { random, level }: Pick<TaskAnswers, "random" | "level">,
  figures: (estimates: readonly number[]) => readonly number[],
): Promise<readonly { readonly low: number; readonly high: number }[]> {
  const drawn = (await drawnTerms(model, () => random.next())).map(figures);
  return figures(model.estimates).map((_, place) => {
    const own = drawn.map((draw) => draw[place] as number);
    return { low: quantile(own, (1 - level) / 2) as number, high: quantile(own, (1 + level) / 2) as number };
  });
}

/** How strong options are by choices among some of them: utilities with errors by person, and how likely each is the first of all. */
export async function optionUtilities(
  options: readonly string[],
  choices: readonly FeatureChoice[],
  given: TaskAnswers,
): Promise<readonly OwnFigure[]> {
  const model = await conditionalLogit(choices, options.slice(0, -1));
  const n = peopleIn(choices);
  if (!isMeasured(model)) {
    const why = { n, why: model.reason };
    return [...notMeasured("utility", options, why), ...notMeasured("share", options, why)];
  }
  const parts = options.map((_, place) => effectsOf(place, options.length));
  const shares = (estimates: readonly number[]): readonly number[] => {
    const powers = parts.map((own) => Math.exp(sum(own.map((part, term) => part * (estimates[term] as number)))));
    return powers.map((power) => power / sum(powers));
  };
  const rows: OwnFigure[] = [];
  for (const [place, figure] of options.entries()) {
    const { estimate: value, low, high } = await combinedTerms(model, parts[place] as readonly number[], given.level);
    rows.push({ result: "utility", figure, n, value, low, high, why: null });
  }
  const intervals = await simulatedInterval(model, given, shares);
  const values = shares(model.estimates);
  return [
    ...rows,
    ...options.map((figure, place): OwnFigure => {
      const interval = intervals[place] as { readonly low: number; readonly high: number };
      return { result: "share", figure, n, value: values[place] as number, ...interval, why: null };
    }),
  ];
}
