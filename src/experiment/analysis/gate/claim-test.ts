import { isMeasured, type Unmeasured } from "../../../statistics/measured.ts";
import { mean } from "../../../statistics/moments.ts";
import type { EffectClaim } from "../../design/claim.ts";
import { type Differences, type TestedDifference, testDifference, testEquivalence } from "../effects/tests.ts";

/**
 * The p value of a claim: that what it says is not so. Of a direction it is the two-sided one of no difference beyond `least`,
 * which is near 1 where the effect goes the other way; of equivalence that of two one-sided tests.
 */
export async function testClaim(
  { direction, least = 0, margin }: Pick<EffectClaim, "direction" | "least" | "margin">,
  given: Differences,
): Promise<TestedDifference | Unmeasured> {
  if (direction === "equivalent") return testEquivalence(given, margin ?? 0);
  const centre = mean(given.values);
  const sign = direction === "different" ? Math.sign(centre) || 1 : direction === "greater" ? 1 : -1;
  const found = await testDifference(given, sign * least);
  if (!isMeasured(found)) return found;
  const isRight = sign * centre > least;
  return isRight ? found : { ...found, p: 1 - found.p / 2 };
}

/** What was claimed, as in `greater, by at least 0.5`. */
export function boundOf({ direction, least, margin }: Pick<EffectClaim, "direction" | "least" | "margin">): string {
  if (direction === "equivalent") return `equivalent, within ${margin ?? 0}`;
  return least === undefined || least === 0 ? direction : `${direction}, by at least ${least}`;
}
