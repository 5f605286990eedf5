import type { Price, PriceOf } from "../flow/money/price.ts";
import { prices } from "./prices.ts";

const free: Price = { input: 0, output: 0 };

/**
 * What a model costs, in US dollars for a million tokens, by its id, and when its maker said so. Models that run on
 * one's own machine cost nothing; a model that is not in the table has no price: undefined, never zero.
 * @example
 * priceOf("ollama/llama3.2")?.input; // => 0
 */
export function priceOf(modelId: string): Price | undefined {
  const [provider = "", ...rest] = modelId.split("/");
  if (["builtin", "local", "ollama"].includes(provider)) return free;
  const known = Object.hasOwn(prices, provider) ? prices[provider] : undefined;
  const name = undated(rest.join("/"));
  const entry = known?.find(({ models }) => models.includes(name));
  if (entry === undefined) return undefined;
  const { models: _models, source, ...price } = entry;
  return { ...price, asOf: source.asOf };
}

/** Prices with one's own over those of the table, by the id of the model. */
export function priceList(own: Readonly<Record<string, Price>> = {}): PriceOf {
  return (modelId) => (Object.hasOwn(own, modelId) ? own[modelId] : priceOf(modelId));
}

/** A dated snapshot costs what its model costs: `gpt-5-mini-2025-08-07`, `claude-haiku-4-5-20251001`. */
function undated(name: string): string {
  return name.replace(/-(\d{4}-\d{2}-\d{2}|20\d{6})$/, "");
}
