import type { Price } from "../flow/money/price.ts";

/** A price, the models that have it, and where and when it was read. */
export interface PriceEntry extends Price {
  readonly models: readonly string[];
  readonly source: Source;
}

interface Source {
  readonly page: string;
  /** The month in which the page said so. */
  readonly asOf: string;
}

const claude: Source = { page: "platform.claude.com, pricing and model pages", asOf: "2026-10" };
const openaiPage: Source = {
  page: "developers.openai.com/api/docs/pricing, as transcribed in public",
  asOf: "2026-05",
};
const openaiModels: Source = { page: "developers.openai.com model pages, as reported in public", asOf: "2026-10" };
const openaiOlder: Source = {
  page: "openai.com pricing page, as transcribed in public; cached input there not stated",
  asOf: "2026-03",
};
const openaiEmbeddings: Source = { page: "developers.openai.com model pages, as repeated in public", asOf: "2026-05" };
const geminiEmbeddings: Source = {
  page: "ai.google.dev/gemini-api/docs/pricing, as repeated in public",
  asOf: "2026-04",
};
const copilot: Source = { page: "github/docs, models-and-pricing, which repeats the makers' prices", asOf: "2026-08" };
const gemini: Source = { page: "ai.google.dev/gemini-api/docs/pricing, as transcribed in public", asOf: "2026-09" };
const geminiLite: Source = { page: "ai.google.dev/gemini-api/docs/pricing, as repeated in public", asOf: "2026-07" };
const mistralInference: Source = { page: "docs.mistral.ai/inference/pricing, as read by models.dev", asOf: "2026-09" };
const mistralCards: Source = {
  page: "docs.mistral.ai model cards and mistral.ai/pricing, as reported in public",
  asOf: "2026-04",
};

/**
 * US dollars for a million tokens at the standard tier. Where a provider asks more for long prompts, the price is that
 * of shorter ones, and `limitsOf` keeps prompts below the step. A price that ends soon stands here as it will be then.
 */
export const prices: Readonly<Record<string, readonly PriceEntry[]>> = {
  openai: [
    { models: ["gpt-6-astra"], input: 10, cachedInput: 1, cacheWrite: 12.5, output: 50, source: openaiModels },
    { models: ["gpt-6-sol"], input: 2, cachedInput: 0.2, cacheWrite: 2.5, output: 10, source: openaiModels },
    { models: ["gpt-6.1-sol"], input: 2, cachedInput: 0.1, cacheWrite: 2.5, output: 10, source: openaiModels },
    { models: ["gpt-6.1-terra"], input: 1, cachedInput: 0.05, cacheWrite: 1.25, output: 5, source: openaiModels },
    {
      models: ["gpt-6-luna"],
      input: 0.1,
      cachedInput: 0.01,
      cacheWrite: 0.125,
      output: 0.5,
      long: { overTokens: 272_000, input: 0.2, cachedInput: 0.02, cacheWrite: 0.25, output: 0.75 },
      source: openaiModels,
    },
    { models: ["gpt-5.6-terra"], input: 2, cachedInput: 0.2, cacheWrite: 2.5, output: 12, source: copilot },
    {
      models: ["gpt-5.6-luna"],
      input: 0.2,
      cachedInput: 0.02,
      cacheWrite: 0.25,
      output: 1.2,
      long: { overTokens: 200_000, input: 0.4, cachedInput: 0.04, cacheWrite: 0.5, output: 1.8 },
      source: copilot,
    },
    { models: ["gpt-5.5"], input: 5, cachedInput: 0.5, output: 30, source: openaiPage },
    { models: ["gpt-5.4"], input: 2.5, cachedInput: 0.25, output: 15, source: openaiPage },
    { models: ["gpt-5.4-mini"], input: 0.75, cachedInput: 0.075, output: 4.5, source: openaiPage },
    { models: ["gpt-5.4-nano"], input: 0.2, cachedInput: 0.02, output: 1.25, source: openaiPage },
    { models: ["gpt-5-mini"], input: 0.25, cachedInput: 0.025, output: 2, source: copilot },
    { models: ["gpt-5", "gpt-5.1"], input: 1.25, output: 10, source: openaiOlder },
    { models: ["gpt-5-nano"], input: 0.05, output: 0.4, source: openaiOlder },
    { models: ["gpt-4.1"], input: 2, cachedInput: 0.5, output: 8, source: copilot },
    { models: ["gpt-4.1-mini"], input: 0.4, output: 1.6, source: openaiOlder },
    { models: ["gpt-4.1-nano"], input: 0.1, output: 0.4, source: openaiOlder },
    { models: ["gpt-4o"], input: 2.5, output: 10, source: openaiOlder },
    { models: ["gpt-4o-mini"], input: 0.15, output: 0.6, source: openaiOlder },
    { models: ["text-embedding-3-small"], input: 0.02, output: 0, source: openaiEmbeddings },
    { models: ["text-embedding-3-large"], input: 0.13, output: 0, source: openaiEmbeddings },
    { models: ["text-embedding-ada-002"], input: 0.1, output: 0, source: openaiEmbeddings },
    { models: ["o3"], input: 2, output: 8, source: openaiOlder },
    { models: ["o3-mini", "o4-mini"], input: 1.1, output: 4.4, source: openaiOlder },
  ],
  anthropic: [
    { models: ["claude-fable-5-1"], input: 10, cachedInput: 0.25, cacheWrite: 12.5, output: 50, source: claude },
    { models: ["claude-fable-5"], input: 10, cachedInput: 1, cacheWrite: 12.5, output: 50, source: claude },
    { models: ["claude-opus-5-5"], input: 4, cachedInput: 0.2, cacheWrite: 5, output: 20, source: claude },
    {
      models: ["claude-opus-5", "claude-opus-4-8", "claude-opus-4-7", "claude-opus-4-6", "claude-opus-4-5"],
      input: 5,
      cachedInput: 0.5,
      cacheWrite: 6.25,
      output: 25,
      source: claude,
    },
    {
      models: ["claude-opus-4-1", "claude-opus-4", "claude-opus-4-0"],
      input: 15,
      cachedInput: 1.5,
      cacheWrite: 18.75,
      output: 75,
      source: claude,
    },
    { models: ["claude-sonnet-5-5"], input: 2, cachedInput: 0.1, cacheWrite: 2.5, output: 10, source: claude },
    { models: ["claude-sonnet-5"], input: 2, cachedInput: 0.2, cacheWrite: 2.5, output: 10, source: claude },
    {
      models: ["claude-sonnet-4-6", "claude-sonnet-4-5", "claude-sonnet-4", "claude-sonnet-4-0"],
      input: 3,
      cachedInput: 0.3,
      cacheWrite: 3.75,
      output: 15,
      source: claude,
    },
    {
      models: ["claude-haiku-5-5"],
      input: 0.1,
      cachedInput: 0.01,
      cacheWrite: 0.125,
      output: 0.5,
      long: { overTokens: 100_000, input: 0.5, cachedInput: 0.05, cacheWrite: 0.625, output: 2.5 },
      source: claude,
    },
    { models: ["claude-haiku-4-5"], input: 1, cachedInput: 0.1, cacheWrite: 1.25, output: 5, source: claude },
  ],
  google: [
    { models: ["gemini-3.8-flash"], input: 1.5, output: 7.5, source: gemini },
    { models: ["gemini-3.5-flash-lite"], input: 0.3, cachedInput: 0.03, output: 2.5, source: geminiLite },
    { models: ["gemini-3.5-flash"], input: 1.5, cachedInput: 0.15, output: 9, source: copilot },
    { models: ["gemini-3.1-pro-preview"], input: 2, cachedInput: 0.2, output: 12, source: copilot },
    { models: ["gemini-embedding-001"], input: 0.15, output: 0, source: geminiEmbeddings },
    { models: ["gemini-2.5-flash"], input: 0.3, output: 2.5, source: gemini },
    { models: ["gemini-2.5-flash-lite"], input: 0.1, output: 0.4, source: gemini },
  ],
  mistral: [
    { models: ["mistral-medium-3.5", "mistral-medium-3-5-26-04"], input: 1.5, output: 7.5, source: mistralCards },
    { models: ["mistral-small-latest"], input: 0.15, cachedInput: 0.015, output: 0.6, source: mistralInference },
    { models: ["mistral-small-2603"], input: 0.15, output: 0.6, source: mistralCards },
  ],
};
