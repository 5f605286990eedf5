import { checkNumbers, checkWeights, sum, type Unmeasured } from "../measured.ts";
import { effectiveSize } from "../moments.ts";

/** Numbers of a sample, each with its weight; without weights all count the same. */
export interface Sample {
  readonly values: readonly number[];
  readonly weights?: readonly number[];
}

/** How far two samples of numbers lie apart. */
export interface KolmogorovSmirnov {
  /** The greatest difference between the shares that lie below any value, from 0 to 1. */
  readonly distance: number;
  readonly p: number;
  /** Counted out, or what it tends to for large samples. */
  readonly method: "exact" | "asymptotic";
}

/** Pairs up to which the paths are counted: some 40 ms. */
const mostPairs = 4_000_000;

/**
 * Whether two samples come from the same distribution (N. V. Smirnov, 1939), two-sided. The p value is exact where
 * the samples have no weights and are not large, and too great where values occur twice; with weights it rests on the
 * effective sizes.
 */
export function kolmogorovSmirnov(one: Sample, other: Sample): KolmogorovSmirnov | Unmeasured {
  const [first, second] = [steps(one), steps(other)];
  if (first === undefined || second === undefined) return { reason: "there are no values" };
  const distance = greatestGap(first, second);
  const plain = one.weights === undefined && other.weights === undefined;
  const [m, n] = [one.values.length, other.values.length];
  if (plain && m * n <= mostPairs) return { distance, p: exact(distance, m, n), method: "exact" };
  const [many, more] = [one, other].map(({ values, weights }) => effectiveSize(weights ?? values.map(() => 1))) as [
    number,
    number,
  ];
  return { distance, p: kolmogorov(distance * Math.sqrt((many * more) / (many + more))), method: "asymptotic" };
}

interface Step {
  readonly value: number;
  readonly share: number;
}

function steps({ values, weights }: Sample): readonly Step[] | undefined {
  checkNumbers("values", values);
  if (weights !== undefined) checkWeights("weights", weights, values.length);
  const all = weights === undefined ? values.length : sum(weights);
  if (all === 0) return undefined;
  return values
    .map((value, index) => ({ value, share: (weights?.[index] ?? 1) / all }))
    .sort((left, right) => left.value - right.value);
}

function greatestGap(first: readonly Step[], second: readonly Step[]): number {
  let [place, elsewhere, below, beneath, gap] = [0, 0, 0, 0, 0];
  while (place < first.length && elsewhere < second.length) {
    const value = Math.min((first[place] as Step).value, (second[elsewhere] as Step).value);
    for (; first[place]?.value === value; place++) below += (first[place] as Step).share;
    for (; second[elsewhere]?.value === value; elsewhere++) beneath += (second[elsewhere] as Step).share;
    gap = Math.max(gap, Math.abs(below - beneath));
  }
  // Shares that are added up can pass one by what rounding leaves.
  return Math.min(1, gap);
}

/**
 * The share of all ways through the two samples that lead at least so far apart (M. Schröer and D. Trenkler, 1995): these are
 * counted themselves, as one less the others would round small chances away.
 */
function exact(distance: number, m: number, n: number): number {
  const within = (0.5 + Math.floor(distance * m * n - 1e-7)) / (m * n);
  const all = new Float64Array(n + 1).fill(1);
  const beyond = Float64Array.from({ length: n + 1 }, (_, j) => (j / n > within ? 1 : 0));
  for (let i = 1; i <= m; i++) {
    const scale = i / (i + n);
    for (let j = 0; j <= n; j++) {
      const before = (ways: Float64Array): number =>
        scale * (ways[j] as number) + (j === 0 ? 0 : (ways[j - 1] as number));
      all[j] = before(all);
      beyond[j] = Math.abs(i / m - j / n) > within ? (all[j] as number) : before(beyond);
    }
  }
  return Math.min(1, beyond[n] as number);
}

/** The chance that Kolmogorov's limit exceeds a value (A. N. Kolmogorov, 1933), by the series that is quick there. */
export function kolmogorov(value: number): number {
  if (value <= 0) return 1;
  const terms = Array.from({ length: 100 }, (_, index) => index + 1);
  if (value < 1.18) {
    const scale = Math.sqrt(2 * Math.PI) / value;
    return 1 - scale * sum(terms.map((k) => Math.exp(-((2 * k - 1) ** 2 * Math.PI ** 2) / (8 * value ** 2))));
  }
  return 2 * sum(terms.map((k) => (k % 2 === 1 ? 1 : -1) * Math.exp(-2 * k ** 2 * value ** 2)));
}
