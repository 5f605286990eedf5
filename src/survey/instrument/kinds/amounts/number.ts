import { z } from "zod";
import type { Scale } from "../../../../kernel/contracts/answers/scale.ts";
import type { Issue } from "../../../../kernel/values/errors.ts";
import { defineKind } from "../../kind.ts";
import { Text, withoutGaps } from "../../written.ts";

/** Bounds of numbers, as they are written. */
export const Bounds = {
  low: z.number().optional(),
  high: z.number().optional(),
  whole: z.boolean().default(false).describe("Whether only whole numbers are answers."),
  unit: Text.optional().describe("What is counted, as in euros or hours a week."),
};

interface Bounded {
  readonly low?: number | undefined;
  readonly high?: number | undefined;
  readonly whole: boolean;
}

/** The scale of numbers within bounds. */
export const numberScale = ({ low, high, whole }: Bounded): Scale =>
  withoutGaps({ kind: "number", low, high, whole }) as Scale;

/** Bounds between which nothing lies. */
export function wrongBounds({ low = -Infinity, high = Infinity, whole }: Bounded): readonly Issue[] {
  const none = low >= high || (whole && Math.ceil(low) > Math.floor(high));
  return none ? [{ path: "low", message: "No answer lies between `low` and `high`." }] : [];
}

/** A number. */
export const number = defineKind("number", Bounds, {
  parts: (item) => [{ id: item.id, scale: numberScale(item), options: [], unit: item.unit }],
  wrong: wrongBounds,
});
