import type { LedgerSums } from "../../../index.ts";
import type { Price } from "../../../models.ts";

const grouping = new Intl.NumberFormat("en-US");
const cents = new Intl.NumberFormat("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/**
 * A count with its thousands apart.
 * @example
 * grouped(36612); // => "36,612"
 */
export function grouped(count: number): string {
  return grouping.format(count);
}

/**
 * Dollars with as many digits as say something; cents from a dollar up.
 * @example
 * dollars(0.01234); // => "$0.0123"
 */
export function dollars(usd: number): string {
  if (usd < 0) return `-${dollars(-usd)}`;
  if (usd === 0) return "$0";
  if (usd >= 1) return `$${cents.format(usd)}`;
  return `$${Number(usd.toPrecision(3)).toFixed(Math.min(9, 2 - Math.floor(Math.log10(usd))))}`;
}

/** What sums cost, in words: what is not known is never nothing. */
export function costOf({ usd, unpriced, unknownUsd }: Pick<LedgerSums, "usd" | "unpriced" | "unknownUsd">): string {
  if (unpriced === 0 && unknownUsd === 0) return dollars(usd);
  return usd === 0 ? "unknown" : `${dollars(usd)} + unknown`;
}

/** What nobody knows of some sums, and how much it can be at most. */
export function unknownText({ unknown, unknownTokens, unknownUsd }: LedgerSums): string {
  const most = [`${grouped(unknownTokens)} tokens`, ...(unknownUsd > 0 ? [dollars(unknownUsd)] : [])].join(" or ");
  return `nobody knows what ${grouped(unknown)} of them used: ${most} more at most`;
}

/**
 * A share in whole percents.
 * @example
 * percent(0.413); // => "41 %"
 */
export function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}

/** A price for people: what a million tokens cost, and since when that is known. */
export function priceText(price: Price | undefined): string {
  if (price === undefined) return "unknown";
  const { input, cachedInput, cacheWrite, output, long, asOf } = price;
  if (input === 0 && output === 0) return "free";
  const parts = [
    `${rate(input)} in`,
    ...(cachedInput === undefined ? [] : [`${rate(cachedInput)} cached`]),
    ...(cacheWrite === undefined ? [] : [`${rate(cacheWrite)} written to the cache`]),
    `${rate(output)} out`,
  ];
  const longer = long === undefined ? "" : `, more for prompts over ${grouped(long.overTokens)} tokens`;
  return `${parts.join(", ")} a million tokens${longer} (${asOf === undefined ? "your own" : `as of ${asOf}`})`;
}

/** Two digits after the point, or as many as the rate has. */
function rate(usd: number): string {
  return `$${Number.isInteger(usd * 100) ? usd.toFixed(2) : usd}`;
}

/** What a fork did not have to ask, and what that saved; nothing where it reused nothing. */
export function reusedText(reused: LedgerSums): string | undefined {
  if (reused.calls === 0) return undefined;
  return `Reused ${answersOf(reused)} of the run that it comes from: ${savedBy(reused)}.`;
}

/** The same beside the name of a run. */
export function reusedBriefly(reused: LedgerSums): string | undefined {
  return reused.calls === 0 ? undefined : `reused ${answersOf(reused)}: ${savedBy(reused)}`;
}

const answersOf = ({ calls }: LedgerSums): string => `${grouped(calls)} ${calls === 1 ? "answer" : "answers"}`;

const savedBy = (reused: LedgerSums): string =>
  `${grouped(reused.input + reused.output)} tokens, ${costOf(reused)} saved`;
