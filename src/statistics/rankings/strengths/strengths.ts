import { normalDistribution } from "../../distributions/continuous.ts";
import type { Interval } from "../../intervals/interval.ts";
import { isMeasured, type Unmeasured } from "../../measured.ts";
import { type Choice, type FittedChoices, fitChoices, reachOf } from "./choices.ts";

/** How strong an option is among all. */
export interface Strength<T> extends Interval {
  readonly option: T;
  /** How likely it is the first of all options: the strengths sum to one. */
  readonly strength: number;
  /** The natural logarithm of the strength, on the mean zero; `low` and `high` are about it. */
  readonly logStrength: number;
}

/** Options by their strengths, the strongest first. */
export interface Strengths<T> {
  readonly rows: readonly Strength<T>[];
  /** Orders or comparisons. */
  readonly n: number;
  /** How often each option was held, beside what was found, to have won and lost against one of middling strength. */
  readonly pseudo: number;
  /** What being shown first adds to the logarithm of the strength, where asked for. */
  readonly first?: Interval & { readonly effect: number };
}

/** How strengths are found. */
export interface StrengthOptions {
  /** Default 0.95, by the observed information. */
  readonly level?: number;
  /**
   * Wins and losses to add for each option against one of middling strength, which draws all together. Default: none, and a
   * half where some never win or never lose against others, as nothing finite fits best there.
   */
  readonly pseudo?: number;
}

/** What is to be fitted. */
interface Found<T> {
  readonly choices: readonly Choice[];
  readonly options: readonly T[];
  readonly n: number;
  readonly ordered: boolean;
}

/** Strengths from choices; none where some options were never held against the others. */
export async function strengthsOf<T>(
  { choices, options, n, ordered }: Found<T>,
  { level = 0.95, pseudo: wanted }: StrengthOptions,
): Promise<Strengths<T> | Unmeasured> {
  const size = options.length;
  if (size < 2) return { reason: "fewer than two options" };
  const { apart, bothWays } = reachOf(choices, size);
  const names = apart.map((place) => String(options[place])).join(", ");
  if (apart.length > 0) return { reason: `these were never held against ${String(options[0])} or its like: ${names}` };
  const pseudo = wanted ?? (bothWays ? 0 : 0.5);
  const [all, width] = pseudo === 0 ? [choices, size] : [[...choices, ...middling(size, pseudo)], size + 1];
  const fitted = await fitChoices(all, width, { ordered });
  if (!isMeasured(fitted)) return fitted;
  const z = (await normalDistribution()).quantile((1 + level) / 2);
  const rows = centred(fitted, size).map(({ value, error }, place) => ({
    option: options[place] as T,
    logStrength: value,
    ...{ low: value - z * error, high: value + z * error, level },
  }));
  const total = rows.reduce((sum, { logStrength }) => sum + Math.exp(logStrength), 0);
  const sorted = rows
    .map((row) => ({ ...row, strength: Math.exp(row.logStrength) / total }))
    .sort((one, other) => other.logStrength - one.logStrength);
  const effect = fitted.parameters[width];
  if (effect === undefined) return { rows: sorted, n, pseudo };
  const margin = z * Math.sqrt(fitted.covariance.get(width, width));
  return { rows: sorted, n, pseudo, first: { effect, low: effect - margin, high: effect + margin, level } };
}

/** Each option once won and once lost against one beyond them, so many times (H. L. Turner and others, PlackettLuce, 2020). */
const middling = (size: number, times: number): readonly Choice[] =>
  Array.from({ length: size }, (_, one) => [one, size].map((chosen) => ({ chosen, among: [one, size], times }))).flat();

/** The logarithms about their mean, with their standard errors. */
function centred(
  { parameters, covariance }: FittedChoices,
  size: number,
): readonly { readonly value: number; readonly error: number }[] {
  const places = [...Array(size).keys()];
  const centre = places.reduce((total, place) => total + (parameters[place] as number), 0) / size;
  const row = places.map((one) => places.reduce((total, other) => total + covariance.get(one, other), 0) / size);
  const whole = row.reduce((total, part) => total + part, 0) / size;
  return places.map((place) => {
    const variance = covariance.get(place, place) - 2 * (row[place] as number) + whole;
    return { value: (parameters[place] as number) - centre, error: Math.sqrt(Math.max(0, variance)) };
  });
}
