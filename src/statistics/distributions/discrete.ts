/** A distribution of counts. */
export interface Counts {
  /** The least and the greatest count that there can be. */
  readonly least: number;
  readonly most: number;
  /** The chance of just so many. */
  at(count: number): number;
  /** The chance of at most so many. */
  below(count: number): number;
  /** The chance of so many or more. */
  from(count: number): number;
}

/**
 * How many of n throws come out, when each does so with the chance `share`.
 * @example
 * binomialDistribution(4, 0.5).at(2); // => 0.375
 */
export function binomialDistribution(n: number, share: number): Counts {
  if (share === 0 || share === 1) return certain(share * n, n);
  const odds = share / (1 - share);
  return counts({ least: 0, most: n, likely: n * share, ratio: (count) => (odds * (n - count)) / (count + 1) });
}

/** An urn that is drawn from, without putting back. */
export interface Urn {
  /** In the urn, those that count, and those that do not. */
  readonly marked: number;
  readonly unmarked: number;
  readonly drawn: number;
  /** How many times as likely a marked one is picked (R. A. Fisher's noncentral distribution, 1935). Default 1. */
  readonly odds?: number;
}

/**
 * How many marked ones are among those drawn from an urn.
 * @example
 * hypergeometricDistribution({ marked: 2, unmarked: 2, drawn: 2 }).at(1).toFixed(3); // => "0.667"
 */
export function hypergeometricDistribution({ marked, unmarked, drawn, odds = 1 }: Urn): Counts {
  const [least, most] = [Math.max(0, drawn - unmarked), Math.min(marked, drawn)];
  if (odds === 0) return certain(least, most);
  const ratio = (count: number): number =>
    (odds * (marked - count) * (drawn - count)) / ((count + 1) * (unmarked - drawn + count + 1));
  return counts({ least, most, likely: (marked * drawn) / (marked + unmarked), ratio });
}

/** The chance of all counts that are no likelier than this one: what a two-sided exact test asks. */
export function noLikelier(chances: Counts, count: number): number {
  // What is as likely may differ by a rounding.
  const most = chances.at(count) * (1 + 1e-7);
  let total = 0;
  for (let other = chances.least; other <= chances.most; other++)
    if (chances.at(other) <= most) total += chances.at(other);
  return Math.min(1, total);
}

interface Shape {
  readonly least: number;
  readonly most: number;
  /** Where about the chance is greatest. */
  readonly likely: number;
  /** How many times as likely one more is. */
  ratio(count: number): number;
}

/** By the ratios from the likeliest count on, so that nothing overflows and each chance keeps its digits. */
function counts({ least, most, likely, ratio }: Shape): Counts {
  let top = Math.min(most, Math.max(least, Math.floor(likely)));
  while (top < most && ratio(top) > 1) top++;
  while (top > least && ratio(top - 1) < 1) top--;
  const chances = new Float64Array(most - least + 1);
  chances[top - least] = 1;
  for (let count = top; count < most; count++)
    chances[count + 1 - least] = (chances[count - least] as number) * ratio(count);
  for (let count = top; count > least; count--)
    chances[count - 1 - least] = (chances[count - least] as number) / ratio(count - 1);
  const total = added(chances, 0, chances.length - 1);
  return of(
    least,
    chances.map((chance) => chance / total),
  );
}

function certain(only: number, most: number): Counts {
  return of(
    0,
    Float64Array.from({ length: most + 1 }, (_, count) => (count === only ? 1 : 0)),
  );
}

function of(least: number, chances: Float64Array): Counts {
  const last = chances.length - 1;
  const tail = (from: number, to: number): number => (from > to ? 0 : Math.min(1, added(chances, from, to)));
  return {
    least,
    most: least + last,
    at: (count) => chances[count - least] ?? 0,
    below: (count) => tail(0, Math.min(last, Math.floor(count) - least)),
    from: (count) => tail(Math.max(0, Math.ceil(count) - least), last),
  };
}

/** The small ones first, from both ends. */
function added(chances: Float64Array, from: number, to: number): number {
  let [low, high, total] = [from, to, 0];
  while (low <= high)
    total += chances[(chances[low] as number) <= (chances[high] as number) ? low++ : high--] as number;
  return total;
}
