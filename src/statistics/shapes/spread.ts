import { type Anova, oneWayAnova } from "../means/anova.ts";
import { checkNumbers, isMeasured, type Unmeasured } from "../measured.ts";
import { mean, median } from "../moments.ts";

/** Whether groups scatter equally. */
export interface SpreadTest extends Pick<Anova, "f" | "between" | "within" | "p"> {}

/**
 * Whether groups scatter equally, by how far values are off the mean of their group (H. Levene, 1960). It holds for values
 * that are nearly normal; `brownForsythe` for most.
 * @example
 * const found = await levene([[1, 2, 3, 4], [1, 5, 9, 13]]);
 * "p" in found && found.p < 0.1; // => true
 */
export async function levene(groups: readonly (readonly number[])[]): Promise<SpreadTest | Unmeasured> {
  return spreadTest(groups, mean);
}

/**
 * Whether groups scatter equally, by how far values are off the median of their group (M. B. Brown and A. B. Forsythe, 1974).
 * @example
 * const found = await brownForsythe([[1, 2, 3, 4], [1, 5, 9, 13]]);
 * "p" in found && found.p < 0.1; // => true
 */
export async function brownForsythe(groups: readonly (readonly number[])[]): Promise<SpreadTest | Unmeasured> {
  return spreadTest(groups, median);
}

async function spreadTest(
  groups: readonly (readonly number[])[],
  middle: (values: readonly number[]) => number,
): Promise<SpreadTest | Unmeasured> {
  for (const group of groups) checkNumbers("groups", group);
  const off = groups.map((group) => {
    const centre = middle(group);
    return group.map((value) => Math.abs(value - centre));
  });
  const found = await oneWayAnova(off);
  if (!isMeasured(found))
    return found.reason.startsWith("nobody") ? { reason: "all values are equally far from their middle" } : found;
  const { f, between, within, p } = found;
  return { f, between, within, p };
}
