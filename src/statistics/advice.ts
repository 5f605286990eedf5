import type { Scale } from "../kernel/contracts/answers/scale.ts";
import { chiSquareTable } from "./counts/chi-square.ts";
import { checkNumbers, checkSize, isMeasured, type Unmeasured } from "./measured.ts";
import { type Normality, shapiroWilk } from "./shapes/shapiro-wilk.ts";
import { brownForsythe, type SpreadTest } from "./shapes/spread.ts";

/** A test that can be advised, by the name of its function. */
export type AdvisedTest =
  | "welchT"
  | "welchAnova"
  | "pairedT"
  | "mannWhitney"
  | "wilcoxon"
  | "signTest"
  | "kruskalWallis"
  | "friedman"
  | "chiSquareTable"
  | "fisherExact"
  | "mcNemar";

/** Which test answers whether groups differ, and why. */
export interface TestAdvice {
  readonly test: AdvisedTest;
  /** One sentence. */
  readonly why: string;
  /** What the advice rests on: values in each group, and what was looked at of them. */
  readonly sizes: readonly number[];
  /** Of each group, or of the differences of pairs: whether they are normal, by Shapiro and Wilk. */
  readonly normality?: readonly (Normality | Unmeasured)[];
  /** Whether groups scatter equally, by Brown and Forsythe: to be known of, and never what a test is chosen by. */
  readonly spread?: SpreadTest | Unmeasured;
  /** The smallest count that is expected in a table. */
  readonly smallestExpected?: number;
}

/** What the values are. */
export interface AdviceOptions {
  readonly scale: Extract<Scale["kind"], "nominal" | "ordinal" | "number">;
  /** That the same people are in every group, in the same order. Default false. */
  readonly paired?: boolean;
}

/** From so many values on, means are nearly normal, whatever the values are. */
const enough = 30;

/**
 * Which test answers whether groups differ. It looks at the scale that was declared, at pairs, at sizes, and of small groups
 * at whether they are normal. That groups scatter equally is never asked first: Welch's tests hold either way, and choosing by
 * a test before the test errs more often than it says (D. W. Zimmerman, 2004).
 * @example
 * const found = await adviseTest([[1, 2, 2, 3], [2, 4, 4, 5]], { scale: "ordinal" });
 * "test" in found && found.test; // => "mannWhitney"
 */
export async function adviseTest(
  groups: readonly (readonly (number | string)[])[],
  { scale, paired = false }: AdviceOptions,
): Promise<TestAdvice | Unmeasured> {
  const sizes = groups.map(({ length }) => length);
  if (groups.length < 2) return { reason: "fewer than two groups" };
  if (sizes.includes(0)) return { reason: "a group is empty" };
  if (paired) for (const group of groups) checkSize("groups", group, sizes[0] as number);
  if (scale === "nominal") return ofOptions(groups, sizes, paired);
  const numbers = groups as readonly (readonly number[])[];
  for (const group of numbers) checkNumbers("groups", group);
  if (scale === "ordinal") return ofOrder(sizes, paired);
  return paired ? ofPairs(numbers, sizes) : ofNumbers(numbers, sizes);
}

async function ofOptions(
  groups: readonly (readonly (number | string)[])[],
  sizes: readonly number[],
  paired: boolean,
): Promise<TestAdvice | Unmeasured> {
  const options = [...new Set(groups.flat())];
  if (options.length < 2) return { reason: "there is a single value, so that nothing can differ" };
  if (paired) {
    if (groups.length === 2 && options.length === 2)
      return { test: "mcNemar", why: "The same people chose one of two, twice: those who changed tell.", sizes };
    return { reason: "of the same people only two choices of one of two can be tested" };
  }
  const table = groups.map((group) => options.map((option) => group.filter((value) => value === option).length));
  const found = await chiSquareTable(table);
  if (!isMeasured(found)) return found;
  const { smallestExpected } = found;
  if (smallestExpected >= 5)
    return {
      test: "chiSquareTable",
      why: "Options without an order are counted, and five or more are expected of each.",
      sizes,
      smallestExpected,
    };
  const why = `Options without an order are counted, and of one only ${smallestExpected.toFixed(1)} are expected: χ² would be rough.`;
  return { test: "fisherExact", why, sizes, smallestExpected };
}

function ofOrder(sizes: readonly number[], paired: boolean): TestAdvice {
  const order = "The steps of the scale have an order but no size";
  if (paired) {
    return sizes.length === 2
      ? { test: "signTest", why: `${order}, and the same people are in both: which way each moved tells.`, sizes }
      : { test: "friedman", why: `${order}, and the same people are in all: each ranks them.`, sizes };
  }
  return sizes.length === 2
    ? { test: "mannWhitney", why: `${order}: which group tends to be higher tells.`, sizes }
    : { test: "kruskalWallis", why: `${order}: whether a group tends to be higher tells.`, sizes };
}

async function ofPairs(groups: readonly (readonly number[])[], sizes: readonly number[]): Promise<TestAdvice> {
  const [first = [], second = []] = groups;
  if (groups.length > 2)
    return { test: "friedman", why: "The same people are in more than two groups: each ranks them.", sizes };
  const differences = second.map((value, place) => value - (first[place] as number));
  const normality = [await shapiroWilk(differences)];
  const why = whyMeans([differences], normality);
  if (why !== undefined) return { test: "pairedT", why: `The same people are in both, and ${why}.`, sizes, normality };
  const doubt = "The same people are in both, and their differences are few and do not look normal: ranks ask less.";
  return { test: "wilcoxon", why: doubt, sizes, normality };
}

async function ofNumbers(groups: readonly (readonly number[])[], sizes: readonly number[]): Promise<TestAdvice> {
  const normality: (Normality | Unmeasured)[] = [];
  for (const group of groups) normality.push(await shapiroWilk(group));
  const looked = { sizes, normality, spread: await brownForsythe(groups) };
  const two = groups.length === 2;
  const why = whyMeans(groups, normality);
  if (why !== undefined) {
    const sentence = `Means of numbers are compared, ${why}, and Welch's test holds however much each group scatters.`;
    return { test: two ? "welchT" : "welchAnova", why: sentence, ...looked };
  }
  const doubt = "A group is small and does not look normal: which group tends to be higher asks less than means do.";
  return { test: two ? "mannWhitney" : "kruskalWallis", why: doubt, ...looked };
}

/** Why means are nearly normal; undefined where that is in doubt. */
function whyMeans(
  groups: readonly (readonly number[])[],
  normality: readonly (Normality | Unmeasured)[],
): string | undefined {
  if (groups.every(({ length }) => length >= enough)) return `with ${enough} values or more, means are nearly normal`;
  const fine = groups.every(({ length }, place) => {
    const found = normality[place] as Normality | Unmeasured;
    return length >= enough || (isMeasured(found) && found.p >= 0.05);
  });
  return fine ? "nothing in small groups speaks against normal ones" : undefined;
}
