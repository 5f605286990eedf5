import { invalid, type Unmeasured } from "../measured.ts";
import { type PowerDesign, powerFor } from "./designs.ts";

/** How many it takes, and what they find. */
export interface SampleSize {
  /** In each group (in the first, where the second has a ratio to it), or pairs. */
  readonly n: number;
  /** The chance to find the effect with so many. */
  readonly power: number;
}

/** How an effect is tested. */
export interface PowerOptions {
  /** Two-sided. Default 0.05. */
  readonly alpha?: number;
}

/** Beyond this no study is planned. */
const mostPeople = 1e8;

/**
 * The chance to find an effect with `n` in each group (or pairs): by the noncentral t and F distributions, and for shares and
 * correlations by the normal approximation. Throws OPTION_INVALID for fewer than the test can take.
 * @example
 * (await powerOf({ kind: "two groups", effect: 0.5 }, 64)).toFixed(2); // => "0.80"
 */
export async function powerOf(design: PowerDesign, n: number, { alpha = 0.05 }: PowerOptions = {}): Promise<number> {
  const { least, power } = powerFor(design);
  checkShare("alpha", alpha);
  if (!(n >= least)) throw invalid("n", { value: n, hint: `Give ${least} at least.` });
  return power(n, alpha);
}

/**
 * The fewest with whom an effect is found with such a chance.
 * @example
 * const found = await sampleSize({ kind: "two groups", effect: 0.5 }, 0.8);
 * "n" in found && found.n; // => 64
 */
export async function sampleSize(
  design: PowerDesign,
  wanted = 0.8,
  { alpha = 0.05 }: PowerOptions = {},
): Promise<SampleSize | Unmeasured> {
  const { least, power } = powerFor(design);
  checkShare("alpha", alpha);
  checkShare("power", wanted);
  let [low, high] = [least - 1, least];
  while ((await power(high, alpha)) < wanted) {
    [low, high] = [high, 2 * high];
    if (high > mostPeople) return { reason: "the effect is too small to be found by any number" };
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if ((await power(middle, alpha)) < wanted) low = middle;
    else high = middle;
  }
  return { n: high, power: await power(high, alpha) };
}

function checkShare(option: string, value: number): void {
  if (!(value > 0 && value < 1)) throw invalid(option, { value, hint: "Give a number between 0 and 1, as 0.05." });
}
