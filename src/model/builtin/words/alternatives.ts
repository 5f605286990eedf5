import type { Random } from "../../../kernel/values/random.ts";

/**
 * A line with one of each `{several|alternatives}` in it; `{slots}` of one word stay for others to fill.
 * @example
 * varied("A {red|red} cap of {family}", createRandom(7)); // => "A red cap of {family}"
 */
export function varied(line: string, dice: Random): string {
  return line.replace(/\{([^{}|]*(?:\|[^{}|]*)+)\}/g, (_whole, choices: string) => dice.pick(choices.split("|")));
}
