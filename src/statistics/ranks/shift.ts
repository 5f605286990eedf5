import { checkNumbers, type Unmeasured } from "../measured.ts";

/**
 * By how much the second of two groups is shifted against the first: the middle of all differences between them (J. L. Hodges
 * and E. L. Lehmann, 1963).
 * @example
 * hodgesLehmann([1, 2, 3], [3, 5, 8]); // => { shift: 3 }
 */
export function hodgesLehmann(
  first: readonly number[],
  second: readonly number[],
): { readonly shift: number } | Unmeasured {
  checkNumbers("first", first);
  checkNumbers("second", second);
  const pairs = first.length * second.length;
  if (pairs === 0) return { reason: "a group is empty" };
  const at = orderedDifferences(first, second);
  return { shift: (at(Math.floor((pairs + 1) / 2)) + at(Math.ceil((pairs + 1) / 2))) / 2 };
}

/** The differences of all pairs by their place in the order, from 1, without a list of them: that may be very long. */
export function orderedDifferences(first: readonly number[], second: readonly number[]): (place: number) => number {
  const [under, over] = [first, second].map((values) => values.toSorted((one, other) => one - other)) as [
    number[],
    number[],
  ];
  return (place) => {
    let [low, high] = [(over[0] as number) - (under.at(-1) as number), (over.at(-1) as number) - (under[0] as number)];
    if (upTo(under, over, low).count >= place) return low;
    // Halved until nothing lies between: what is left is the difference itself.
    let middle = low + (high - low) / 2;
    while (low < middle && middle < high) {
      const { count, greatest } = upTo(under, over, middle);
      if (count >= place) high = greatest;
      else low = middle;
      middle = low + (high - low) / 2;
    }
    return high;
  };
}

/** How many of the differences are at most so great, and the greatest of them. */
function upTo(
  under: readonly number[],
  over: readonly number[],
  most: number,
): { readonly count: number; readonly greatest: number } {
  let [count, greatest, within] = [0, Number.NEGATIVE_INFINITY, 0];
  for (const value of under) {
    while (within < over.length && (over[within] as number) - value <= most) within++;
    count += within;
    if (within > 0) greatest = Math.max(greatest, (over[within - 1] as number) - value);
  }
  return { count, greatest };
}
