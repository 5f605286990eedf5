import { checkNumbers, checkWeights, invalid } from "../../statistics/measured.ts";

/** How simulated answers on a scale are moved towards people's; what it does not name stays as it is. */
export interface Correction {
  /** Added to each answer, in points of the scale. */
  readonly shift?: number;
  /** Answers lie so many times as far from their mean. */
  readonly dispersion?: number;
  /** Above 1 answers are more alike in frequency, below 1 the frequent ones gain. */
  readonly temperature?: number;
}

/**
 * Shares of the steps of a scale, corrected: first by temperature, then moved along the scale and spread around its mean. What
 * falls between two steps is divided between them, and what falls off the scale stays at its end. Throws OPTION_INVALID for
 * shares that are none, steps that do not ascend, and a correction that is no such (a temperature of 0, say).
 * @param positions where the steps stand, ascending
 * @example
 * correctShares([0, 1, 0], [1, 2, 3], { shift: 0.5 }); // => [0, 0.5, 0.5]
 */
export function correctShares(
  shares: readonly number[],
  positions: readonly number[],
  { shift = 0, dispersion = 1, temperature = 1 }: Correction,
): readonly number[] {
  checkWeights("shares", shares, positions.length);
  checkNumbers("shift", [shift]);
  checkWeights("dispersion", [dispersion]);
  if (!(temperature > 0 && temperature < Number.POSITIVE_INFINITY))
    throw invalid("temperature", { value: temperature, hint: "Give a number above zero." });
  if (!shares.some((share) => share > 0)) throw invalid("shares", { value: 0, hint: "One of them is above zero." });
  const falling = positions.find((position, step) => step > 0 && !(position > (positions[step - 1] as number)));
  if (falling !== undefined) throw invalid("positions", { value: falling, hint: "Give them ascending." });
  const warmed = normal(shares.map((share) => (share === 0 ? 0 : share ** (1 / temperature))));
  const mean = positions.reduce((sum, position, step) => sum + position * (warmed[step] as number), 0);
  const moved = positions.map(() => 0);
  for (const [step, share] of warmed.entries()) {
    if (share === 0) continue;
    const target = mean + dispersion * ((positions[step] as number) - mean) + shift;
    for (const [place, part] of placesOf(target, positions)) moved[place] = (moved[place] as number) + part * share;
  }
  return normal(moved);
}

/** The steps between which a place lies, with what each of them gets. */
function placesOf(target: number, positions: readonly number[]): readonly (readonly [place: number, part: number])[] {
  const above = positions.findIndex((position) => position >= target);
  if (above === 0) return [[0, 1]];
  if (above < 0) return [[positions.length - 1, 1]];
  const [low, high] = [positions[above - 1] as number, positions[above] as number];
  const part = (target - low) / (high - low);
  return [
    [above - 1, 1 - part],
    [above, part],
  ];
}

function normal(shares: readonly number[]): readonly number[] {
  const all = shares.reduce((sum, share) => sum + share, 0);
  return all === 0 ? shares : shares.map((share) => share / all);
}
