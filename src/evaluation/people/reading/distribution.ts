import type { Scale } from "../../../kernel/contracts/answers/scale.ts";
import { readJson } from "../../../kernel/text/written.ts";

/** How far from one probabilities may add up to. */
const tolerance = 1e-3;

/** Options with their probabilities, from JSON: brought to a sum of one, or why they are none. */
export function distributionOf(
  scale: Scale,
  text: string,
): { readonly distribution: Readonly<Record<string, number>> } | { readonly misfit: string } {
  if (scale.kind !== "nominal" && scale.kind !== "ordinal")
    return { misfit: "probabilities belong to options of which one is chosen" };
  const read = readJson(text);
  const value = "value" in read ? read.value : undefined;
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return { misfit: "its probabilities are no JSON object" };
  const entries = Object.entries(value as Readonly<Record<string, unknown>>);
  const strange = entries.find(([option]) => !scale.options.includes(option));
  if (strange !== undefined) return { misfit: `'${strange[0]}' is none of its options` };
  const wrong = entries.find(([, share]) => typeof share !== "number" || !(share >= 0 && share <= 1));
  if (wrong !== undefined) return { misfit: `the probability of '${wrong[0]}' is none from 0 to 1` };
  const shares = entries as [string, number][];
  const sum = shares.reduce((all, [, share]) => all + share, 0);
  if (Math.abs(sum - 1) > tolerance) return { misfit: `its probabilities add up to ${Number(sum.toFixed(4))}` };
  return { distribution: Object.fromEntries(shares.map(([option, share]) => [option, share / sum])) };
}
