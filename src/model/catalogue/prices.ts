import type { Price } from "../flow/money/price.ts";

/** A price and where it was read. */
export interface PriceEntry extends Price {
  /** Matches the whole of a model's name; dated snapshots cost what their family costs. */
  readonly name: RegExp;
  readonly source: keyof typeof sources;
}

/** The pages that the prices were read from, and when. */
export const sources = {
  anthropic: "https://platform.claude.com/docs/en/about-claude/pricing, as of October 2026",
} as const;

const dated = "(-\\d{8}|-latest)?";
const named = (name: string): RegExp => new RegExp(`^${name.replaceAll(".", "\\.")}${dated}$`);

/** US dollars for a million tokens at the standard tier, with prompts of ordinary length. */
export const prices: Readonly<Record<string, readonly PriceEntry[]>> = {
  anthropic: [
    {
      name: named("claude-fable-5-1"),
      input: 10,
      cacheWrite: 12.5,
      cachedInput: 0.25,
      output: 50,
      source: "anthropic",
    },
    { name: named("claude-opus-5-5"), input: 4, cacheWrite: 5, cachedInput: 0.2, output: 20, source: "anthropic" },
  ],
};
