import { describe, expect, it } from "vitest";
import { limitsOf, parametersOf } from "../../../../src/model/catalogue/limits.ts";
import { priceOf } from "../../../../src/model/catalogue/price-of.ts";
import { prices } from "../../../../src/model/catalogue/prices.ts";
import { traitsOf } from "../../../../src/model/catalogue/traits.ts";

describe("limits", () => {
  it.each([
    ["openai", "gpt-4o-mini", 128_000, true],
    ["openai", "gpt-5-mini-2025-08-07", 272_000, true],
    ["openai", "o3-mini", 200_000, false],
    ["azure", "gpt-4.1", 1_000_000, true],
    ["anthropic", "claude-sonnet-4-5-20250929", 200_000, true],
    ["anthropic", "claude-haiku-5-5", 100_000, true],
    ["google", "gemini-2.5-flash", 1_000_000, true],
    ["openrouter", "anthropic/claude-3.5-haiku:beta", 200_000, true],
    ["openrouter", "meta-llama/llama-3.3-70b-instruct", 131_072, false],
    ["compatible", "something-new", 8_192, false],
  ])("of %s/%s", (provider, model, contextTokens, images) => {
    expect(limitsOf(provider, model)).toMatchObject({ contextTokens, images });
  });
  it("say which models follow only a short prompt", () => {
    expect(limitsOf("compatible", "qwen2.5-0.5b-instruct").following).toBe("small");
    expect(limitsOf("compatible", "SmolLM2-135M-Instruct").following).toBe("small");
    expect(limitsOf("openrouter", "meta-llama/llama-3.2-3b-instruct").following).toBe("small");
    expect(limitsOf("compatible", "qwen2.5-32b").following).toBe("full");
    expect(limitsOf("openai", "gpt-5-nano").following).toBe("full");
    expect(parametersOf("gpt-4o")).toBeUndefined();
    expect(parametersOf("phi-4-14b-q4")).toBe(14);
  });
  it("say which models have no schema mode", () => {
    expect(limitsOf("openai", "gpt-3.5-turbo").structured).toBe(false);
    expect(limitsOf("openai", "gpt-4o-2024-08-06").structured).toBe(true);
  });
});

describe("traits", () => {
  it("know reasoning models from others", () => {
    for (const model of [
      "o1",
      "o3-mini",
      "o4-mini",
      "gpt-5",
      "gpt-5-mini",
      "gpt-5.1",
      "gpt-6-luna",
      "openai/gpt-5-nano",
    ]) {
      expect(traitsOf(model).temperature, model).toBe(false);
    }
    for (const model of ["gpt-4o", "gpt-5-chat-latest", "gpt-4.1", "claude-sonnet-5", "gemini-2.5-pro", "olmo-2"]) {
      expect(traitsOf(model).temperature, model).toBe(true);
    }
  });
  it("know which think unless told otherwise", () => {
    for (const model of ["o4-mini", "gpt-5-mini", "gpt-6-sol", "gemini-3-pro", "claude-opus-5-5"]) {
      expect(traitsOf(model).thinksByDefault, model).toBe(true);
    }
    for (const model of ["gpt-4o", "gpt-5.1", "claude-sonnet-4-5", "gemini-2.0-flash", "llama-3.3"]) {
      expect(traitsOf(model).thinksByDefault, model).toBe(false);
    }
  });
});

describe("prices", () => {
  it("are nothing for what runs here, and unknown for what is not in the table", () => {
    for (const id of ["builtin", "local/smollm2", "ollama/llama3.2"])
      expect(priceOf(id)).toEqual({ input: 0, output: 0 });
    for (const id of [
      "openai/gpt-99",
      "compatible/gpt-5-mini",
      "azure/gpt-5-mini",
      "openrouter/openai/gpt-5-mini",
      "",
      "constructor/x",
    ]) {
      expect(priceOf(id), id).toBeUndefined();
    }
  });
  it("hold for dated snapshots, and not for other members of a family", () => {
    expect(priceOf("openai/gpt-5-mini-2025-08-07")).toEqual({ input: 0.25, cachedInput: 0.025, output: 2 });
    expect(priceOf("anthropic/claude-haiku-4-5-20251001")).toMatchObject({ input: 1, output: 5 });
    expect(priceOf("openai/gpt-5-mini-turbo")).toBeUndefined();
  });
  it("name their sources, and stand once each", () => {
    for (const [provider, entries] of Object.entries(prices)) {
      const models = entries.flatMap((entry) => entry.models);
      expect(new Set(models).size, provider).toBe(models.length);
      for (const entry of entries) {
        expect(entry.source).toMatch(/202\d/);
        expect(entry.output).toBeGreaterThan(entry.input);
        expect(entry.cachedInput ?? 0).toBeLessThan(entry.input);
      }
    }
  });
});
