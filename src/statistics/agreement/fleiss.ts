import { normalDistribution } from "../distributions/continuous.ts";
import type { Interval } from "../intervals/interval.ts";
import { checkWeights, invalid, sum, type Unmeasured } from "../measured.ts";

/** How far several coders agree on categories, beyond what chance would give; no interval where no unit differs from the others. */
export interface FleissKappa extends Partial<Interval> {
  /** 1 is full agreement, 0 what chance gives. */
  readonly kappa: number;
  readonly units: number;
  readonly coders: number;
  /** The share of pairs of coders that agree, and that which chance would give. */
  readonly observed: number;
  readonly expected: number;
  /** That they agree by chance only, two-sided. */
  readonly p: number;
}

/**
 * Agreement of any number of coders who need not be the same for each unit (J. L. Fleiss, 1971), one row a unit, with how
 * many chose each category. The interval is by how much units differ (the variance of their agreement about kappa, K. L. Gwet,
 * 2021); the test has the error that holds where there is none (Fleiss, J. C. M. Nee and J. R. Landis, 1979).
 * @example
 * const found = await fleissKappa([[3, 0], [0, 3], [3, 0]]);
 * "kappa" in found && found.kappa; // => 1
 */
export async function fleissKappa(
  counts: readonly (readonly number[])[],
  level = 0.95,
): Promise<FleissKappa | Unmeasured> {
  const width = counts[0]?.length ?? 0;
  for (const row of counts) checkWeights("counts", row, width);
  const [units, coders] = [counts.length, sum(counts[0] ?? [])];
  const uneven = counts.map(sum).find((total) => total !== coders);
  if (uneven !== undefined)
    throw invalid("counts", {
      value: uneven,
      hint: `Each unit has ${coders} coders here; else use krippendorffAlpha.`,
    });
  if (units === 0 || coders < 2) return { reason: "there is nothing that two coded" };
  if (units < 2) return { reason: "fewer than two units" };
  const shares = Array.from(
    { length: width },
    (_, place) => sum(counts.map((row) => row[place] as number)) / (units * coders),
  );
  const expected = sum(shares.map((share) => share ** 2));
  if (1 - expected < 1e-12) return { reason: "all gave one and the same category throughout" };
  const agreed = counts.map((row) => sum(row.map((count) => count * (count - 1))) / (coders * (coders - 1)));
  const observed = sum(agreed) / units;
  const kappa = (observed - expected) / (1 - expected);
  const likely = counts.map((row) => sum(row.map((count, place) => count * (shares[place] as number))) / coders);
  const parts = agreed.map(
    (one, unit) =>
      (one - expected) / (1 - expected) - (2 * (1 - kappa) * ((likely[unit] as number) - expected)) / (1 - expected),
  );
  const error = Math.sqrt(sum(parts.map((part) => (part - kappa) ** 2)) / (units * (units - 1)));
  const { above, quantile } = await normalDistribution();
  const margin = quantile((1 + level) / 2) * error;
  const p = Math.min(1, 2 * above(Math.abs(kappa) / errorOfNone(shares, { units, coders })));
  const interval = { low: Math.max(-1, kappa - margin), high: Math.min(1, kappa + margin), level };
  return { kappa, units, coders, observed, expected, p, ...(error > 1e-9 && interval) };
}

function errorOfNone(
  shares: readonly number[],
  { units, coders }: { readonly units: number; readonly coders: number },
): number {
  const spread = sum(shares.map((share) => share * (1 - share)));
  const skew = sum(shares.map((share) => share * (1 - share) * (1 - 2 * share)));
  return Math.sqrt(2 * (spread ** 2 - skew)) / (spread * Math.sqrt(units * coders * (coders - 1)));
}
