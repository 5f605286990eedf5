import { describe, expect, it } from "vitest";
import { limitsOf, parametersOf } from "../../../../src/model/catalogue/limits.ts";
import { priceList, priceOf } from "../../../../src/model/catalogue/price-of.ts";
import { prices } from "../../../../src/model/catalogue/prices.ts";
import { traitsOf } from "../../../../src/model/catalogue/traits.ts";

describe("limits", () => {
  it("is taken to see where the maker's name for it says so, whoever serves it", () => {
    const seeing = [
      "Qwen/Qwen2.5-VL-7B-Instruct",
      "qwen3-vl:8b",
      "meta-llama/Llama-3.2-11B-Vision-Instruct",
      "llava-v1.6",
    ];
    const others = [
      "HuggingFaceTB/SmolVLM-Instruct",
      "openbmb/MiniCPM-V-2_6",
      "llama4:scout",
      "phi-4-multimodal-instruct",
    ];
    for (const name of [...seeing, ...others, "OpenGVLab/InternVL3-8B", "deepseek-vl2-tiny", "moondream2"])
      expect(limitsOf("compatible", name).images, name).toBe(true);
    for (const name of ["vllm-test", "qwen2.5-7b-instruct", "llama-3.1-8b", "supervision-1b", "eye", "deepseek-v3"])
      expect(limitsOf("compatible", name).images, name).toBe(false);
    expect(limitsOf("compatible", "qwen3-vl").contextTokens).toBe(32_768);
  });

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
    expect(limitsOf("compatible", "gemma-3-4b-it").following).toBe("small");
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
    expect(priceOf("openai/gpt-5-mini-2025-08-07")).toEqual({
      ...{ input: 0.25, cachedInput: 0.025, output: 2, asOf: "2026-08" },
    });
    expect(priceOf("anthropic/claude-haiku-4-5-20251001")).toMatchObject({ input: 1, output: 5 });
    expect(priceOf("openai/gpt-5-mini-turbo")).toBeUndefined();
  });
  it("name their sources with a month, stand once each, and make sense", () => {
    for (const [provider, entries] of Object.entries(prices)) {
      const models = entries.flatMap((entry) => entry.models);
      expect(new Set(models).size, provider).toBe(models.length);
      for (const { models: named, source, ...price } of entries) {
        expect(source.asOf, named.join()).toMatch(/^2026-(0[1-9]|1[0-2])$/);
        expect(source.page.length).toBeGreaterThan(10);
        for (const rates of [price, ...(price.long ? [price.long] : [])]) {
          expect(rates.input).toBeGreaterThan(0);
          if (named.join().includes("embed")) expect(rates.output).toBe(0);
          else expect(rates.output).toBeGreaterThan(rates.input);
          expect(rates.cachedInput ?? rates.input / 2).toBeLessThan(rates.input);
          expect(rates.cachedInput ?? 1).toBeGreaterThan(0);
          expect(rates.cacheWrite ?? rates.input).toBeGreaterThanOrEqual(rates.input);
        }
        if (price.long === undefined) continue;
        expect(price.long.overTokens).toBeGreaterThan(10_000);
        for (const rate of ["input", "output", "cachedInput", "cacheWrite"] as const)
          expect(price.long[rate] ?? 0, `${named} ${rate}`).toBeGreaterThanOrEqual(price[rate] ?? 0);
      }
    }
  });
  it("of one's own come over those of the table", () => {
    const own = { "openai/gpt-5-mini": { input: 1, output: 2 }, "acme/x": { input: 3, output: 4 } };
    const priceOf = priceList(own);
    expect(["openai/gpt-5-mini", "acme/x", "openai/gpt-5", "acme/y"].map((id) => priceOf(id)?.input)).toEqual([
      ...[1, 3, 1.25, undefined],
    ]);
  });
});
