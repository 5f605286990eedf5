import { mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { priceOf } from "../../../../src/model/catalogue/price-of.ts";
import {
  chooseModel,
  type ModelProbes,
  type ModelQuestion,
  ollamaAddress,
  probesOf,
  usualModels,
} from "../../../../src/model/default.ts";
import type { WeightsOffer } from "../../../../src/model/local/options.ts";
import { catalogue, smallDefault } from "../../../../src/model/local/weights/catalogue.ts";
import { loopback } from "../../../support/loopback.ts";

/** A machine with this on it; notes what was looked for. */
function machine(found: { ollama?: string[]; local?: string[]; fetched?: string } = {}) {
  const asked: string[] = [];
  const probes: ModelProbes = {
    ollamaModels: async () => (asked.push("ollama") > 0 ? (found.ollama ?? []) : []),
    localModels: async () => (asked.push("local") > 0 ? (found.local ?? []) : []),
    fetchLocalModel: async () => (asked.push("fetch") > 0 ? found.fetched : undefined),
  };
  const choose = (question: Partial<ModelQuestion> = {}) => chooseModel({ environment: {}, ...question, probes });
  return { choose, asked };
}

const openai = { OPENAI_API_KEY: "sk-1" };

describe("choice of the model", () => {
  it("takes what was asked for before anything else, and looks no further", async () => {
    const { choose, asked } = machine({ ollama: ["llama3.2"] });
    expect(await choose({ requested: { spec: "builtin", by: "--model" }, environment: openai })).toEqual({
      spec: "builtin",
      reason: "Using builtin (from --model). Another: --model <provider/model>",
    });
    expect(asked).toEqual([]);
  });

  it("takes the provider whose key is set, names the variable and never the key", async () => {
    const { choose, asked } = machine({ ollama: ["llama3.2"] });
    expect(await choose({ environment: openai })).toEqual({
      spec: "openai/gpt-6-luna",
      reason: "Using openai/gpt-6-luna (OPENAI_API_KEY is set). Another: --model <provider/model>",
    });
    expect((await choose({ environment: { GEMINI_API_KEY: "k", MISTRAL_API_KEY: "k" } })).reason).toContain(
      "(GEMINI_API_KEY is set)",
    );
    expect((await choose({ environment: { OPENAI_API_KEY: " ", ANTHROPIC_API_KEY: "k" } })).spec).toBe(
      "anthropic/claude-haiku-5-5",
    );
    expect(asked).toEqual([]);
  });

  it("goes on to Ollama, a local model, one to fetch, and the stand-in, and says why", async () => {
    expect(await machine({ ollama: ["qwen3:8b", "llama3.2"] }).choose()).toMatchObject({
      spec: "ollama/qwen3:8b",
      reason: "Using ollama/qwen3:8b (Ollama is running). Another: --model <provider/model>",
    });
    expect(await machine({ local: ["smollm2-135m"] }).choose()).toMatchObject({ spec: "local/smollm2-135m" });
    expect(await machine({ fetched: "smollm2-135m" }).choose()).toMatchObject({
      spec: "local/smollm2-135m",
      fetch: true,
    });
    const { choose, asked } = machine();
    expect(await choose()).toEqual({
      spec: "builtin",
      reason:
        "Using builtin (rules, no language model: no key is set, no Ollama runs, no local model is here). " +
        "Another: --model <provider/model>",
    });
    expect(asked).toEqual(["ollama", "local", "fetch"]);
  });

  // OpenRouter asks what the maker asks that it routes to: its price is not known beforehand.
  const { openrouter: _unknown, ...priced } = usualModels;
  it.each(Object.values(priced))("knows the price of %s, so that a budget in money holds for it", (spec) => {
    expect(priceOf(spec)?.output).toBeGreaterThan(0);
  });
});

describe("looking for Ollama over HTTP", () => {
  const look = (OLLAMA_HOST: string, patienceMs?: number) =>
    probesOf({
      environment: { OLLAMA_HOST },
      cacheFolder: "nowhere",
      ...(patienceMs === undefined ? {} : { patienceMs }),
    }).ollamaModels();

  it("names the models that can talk", async () => {
    const models = [
      { name: "nomic-embed-text:latest", details: { family: "nomic-bert" } },
      { name: "qwen3:8b", details: { family: "qwen3", parameter_size: "8B" } },
      { name: "all-minilm" },
      { name: 7 },
      null,
      { name: "llama3.2:3b", details: { family: "llama" } },
    ];
    let path = "";
    await using server = await loopback((_body, response, _inFlight, request) => {
      path = request.url ?? "";
      response.end(JSON.stringify({ models }));
    });
    expect(await look(server.url)).toEqual(["qwen3:8b", "llama3.2:3b"]);
    expect(path).toBe("/api/tags");
    expect(await look(server.url.replace("http://", ""))).toEqual(["qwen3:8b", "llama3.2:3b"]);
  });

  it("takes an error, nonsense, silence and nobody there for none", async () => {
    await using failing = await loopback(
      (_body, response) => void response.writeHead(500).end('{"models":[{"name":"qwen3:8b"}]}'),
    );
    await using babbling = await loopback((_body, response) => void response.end("<html>"));
    await using silent = await loopback(() => undefined);
    const gone = await loopback(() => undefined);
    await gone[Symbol.asyncDispose]();
    for (const { url } of [failing, babbling, silent, gone]) expect(await look(url, 100)).toEqual([]);
    expect(await look("http://")).toEqual([]);
  });

  it.each([
    [undefined, "http://127.0.0.1:11434"],
    ["0.0.0.0", "http://127.0.0.1:11434"],
    [":8000", "http://127.0.0.1:8000"],
    ["gpu-box", "http://gpu-box:11434"],
    ["http://gpu-box:8000/", "http://gpu-box:8000"],
    ["https://ollama.example/base/v1", "https://ollama.example/base"],
    ["[::]:8000", "http://127.0.0.1:8000"],
  ])("reads %s as %s", (host, address) => {
    expect(ollamaAddress(host)).toBe(address);
  });
});

describe("looking for local weights", () => {
  it("finds none in an empty folder, offers the small one, and fetches nothing without being asked to", async () => {
    const cacheFolder = await mkdtemp(join(tmpdir(), "weights-"));
    try {
      const offers: WeightsOffer[] = [];
      const answer = (yes: boolean) => async (offer: WeightsOffer) => {
        offers.push(offer);
        return yes;
      };
      const probes = (confirm?: ReturnType<typeof answer>) =>
        probesOf({ environment: {}, cacheFolder, ...(confirm && { confirm }) });
      expect(await probes().localModels()).toEqual([]);
      expect(await probes().fetchLocalModel()).toBeUndefined();
      expect(await probes(answer(false)).fetchLocalModel()).toBeUndefined();
      expect(await probes(answer(true)).fetchLocalModel()).toBe(offers[0]?.name);
      expect(offers[0]).toMatchObject({ path: expect.stringContaining(cacheFolder), licence: expect.any(String) });
      expect(offers[0]?.bytes).toBeGreaterThan(1e6);
    } finally {
      await rm(cacheFolder, { recursive: true });
    }
  });
  it("takes the small one that played better when measured, not the bigger one", async () => {
    const cacheFolder = await mkdtemp(join(tmpdir(), "weights-"));
    try {
      for (const { file, bytes } of catalogue.filter(({ following }) => following === "small")) {
        await writeFile(join(cacheFolder, file), "");
        await truncate(join(cacheFolder, file), bytes);
      }
      const [first, ...others] = await probesOf({ environment: {}, cacheFolder }).localModels();
      expect(first).toBe(smallDefault);
      expect(others.length).toBeGreaterThan(0);
    } finally {
      await rm(cacheFolder, { recursive: true });
    }
  });
});
