import type { Price } from "../flow/money/price.ts";
import { prices } from "./prices.ts";

const free: Price = { input: 0, output: 0 };

/**
 * What a model costs, in US dollars for a million tokens, by its id. Models that run on one's own machine cost
 * nothing; a model that is not in the table has no price: undefined, never zero.
 * @example
 * priceOf("ollama/llama3.2")?.input; // => 0
 */
export function priceOf(modelId: string): Price | undefined {
  const [provider = "", ...rest] = modelId.split("/");
  if (["builtin", "local", "ollama"].includes(provider)) return free;
  const name = rest.join("/");
  const entry = Object.hasOwn(prices, provider) ? prices[provider]?.find((each) => each.name.test(name)) : undefined;
  if (entry === undefined) return undefined;
  const { name: _pattern, source: _source, ...price } = entry;
  return price;
}
