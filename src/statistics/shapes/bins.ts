/** A range of numbers: whole ones with both ends, others up to the next. */
export interface Bin {
  readonly label: string;
  readonly from: number;
  /** Where the next begins. */
  readonly to: number;
}

/** Ranges up to which numbers are put together. */
const mostBins = 10;

/**
 * Ranges of equal width with round ends, at most ten, from the least number to the greatest.
 * @example
 * binsOf([18, 41, 77]).map(({ label }) => label); // => ["10-19", "20-29", "30-39", "40-49", "50-59", "60-69", "70-79"]
 */
export function binsOf(values: readonly number[]): readonly Bin[] {
  const [least, most] = values.reduce(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  );
  if (least > most) return [];
  const whole = values.every(Number.isInteger);
  const width = roundWidth(most - least, whole);
  const first = Math.floor(least / width);
  const count = Math.floor(most / width) - first + 1;
  return Array.from({ length: count }, (_, index) => {
    const [from, to] = [first + index, first + index + 1].map((place) => Number((place * width).toPrecision(12))) as [
      number,
      number,
    ];
    return { label: whole ? (width === 1 ? String(from) : `${from}-${to - 1}`) : `${from} to ${to}`, from, to };
  });
}

/** The least of 1, 2, 5, 10, 20 … by which ten ranges reach. */
function roundWidth(span: number, whole: boolean): number {
  if (span === 0) return 1;
  const least = span / (mostBins - 1);
  const power = 10 ** Math.floor(Math.log10(least));
  const width = [1, 2, 5, 10].map((step) => step * power).find((step) => step >= least) ?? 10 * power;
  return whole ? Math.max(1, width) : width;
}

/** The range in which a number lies. */
export function binOf(bins: readonly Bin[], value: number): Bin | undefined {
  return bins.find(({ from, to }) => value >= from && value < to);
}
