import type { Usage } from "../contracts/model.ts";

/** What only some providers tell; each is a part of `input` or `output`. */
export const usageParts = ["cachedInput", "cacheWrite", "reasoning"] as const satisfies readonly (keyof Usage)[];

/**
 * Tokens of both; a part that neither tells stays untold.
 * @example
 * addUsage({ input: 9, output: 1 }, { input: 2, output: 3, reasoning: 2 }); // => { input: 11, output: 4, reasoning: 2 }
 */
export function addUsage(one: Usage, other: Usage): Usage {
  const parts = usageParts
    .filter((part) => one[part] !== undefined || other[part] !== undefined)
    .map((part) => [part, (one[part] ?? 0) + (other[part] ?? 0)] as const);
  return { input: one.input + other.input, output: one.output + other.output, ...Object.fromEntries(parts) };
}

/**
 * So many of something, in words.
 * @example
 * counted(1, "call"); // => "1 call"
 */
export const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? "" : "s"}`;
