import { expect } from "vitest";
import { isMeasured } from "../../../src/statistics/measured.ts";

/** The figure; throws the reason why there is none. */
export function measured<T extends object>(found: T | { readonly reason: string }): T {
  if (isMeasured(found)) return found;
  throw new Error((found as { readonly reason: string }).reason);
}

/** To nine digits after the point, unless told otherwise. */
export const near = (value: number | undefined, expected: number, digits = 9): void =>
  expect(value).toBeCloseTo(expected, digits);
