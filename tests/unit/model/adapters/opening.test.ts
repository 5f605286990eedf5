import { createOpenAI } from "@ai-sdk/openai";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { optional } from "../../../../src/model/adapters/ai-sdk/providers.ts";
import {
  fromLanguageModel,
  isLanguageModel,
  keyVariables,
  openProvider,
  openProviderEmbedder,
  providerNames,
} from "../../../../src/model/adapters/ai-sdk.ts";
import { type FakeProvider, fakeProvider } from "../../../support/fake-provider/server.ts";
import { key, options, request, served, turnSchema } from "./opening.ts";

let server: FakeProvider;
beforeAll(async () => {
  server = await fakeProvider();
});
afterAll(() => server[Symbol.asyncDispose]());

describe("what is missing is named", () => {
  it.each([
    ["openai/gpt-4o", "OPENAI_API_KEY"],
    ["azure/d", "AZURE_API_KEY"],
    ["anthropic/claude-sonnet-5", "ANTHROPIC_API_KEY"],
    ["google/gemini-2.5-flash", "GOOGLE_GENERATIVE_AI_API_KEY"],
    ["mistral/mistral-small-latest", "MISTRAL_API_KEY"],
    ["openrouter/a/b", "OPENROUTER_API_KEY"],
  ])("the key of %s", async (spec, variable) => {
    const [provider] = spec.split("/");
    await expect(openProvider(spec, options({}))).rejects.toMatchObject({
      code: "KEY_MISSING",
      data: { provider, variable },
      hint: expect.stringContaining(variable),
    });
    expect(keyVariables(provider ?? "")[0]).toBe(variable);
    await expect(openProvider(spec, options({ [variable]: "  " }))).rejects.toMatchObject({ code: "KEY_MISSING" });
  });
  it("the address of a server", async () => {
    await expect(openProvider("compatible/m", options({}))).rejects.toMatchObject({ code: "OPTION_INVALID" });
    const azure = openProvider("azure/d", options({ AZURE_API_KEY: key }));
    await expect(azure).rejects.toMatchObject({ hint: expect.stringContaining("AZURE_RESOURCE_NAME") });
  });
  it("a package", async () => {
    const missing = Object.assign(new Error("Cannot find package"), { code: "ERR_MODULE_NOT_FOUND" });
    await expect(optional("@ai-sdk/mistral@4", () => Promise.reject(missing))).rejects.toMatchObject({
      code: "PACKAGE_MISSING",
      data: { package: "@ai-sdk/mistral", command: "npm install @ai-sdk/mistral@4" },
    });
    const broken = new Error("A fault inside.");
    await expect(optional("x@1", () => Promise.reject(broken))).rejects.toBe(broken);
  });
  it.each(["gpt-4o", "openai/", "/x", "nobody/x", "constructor/x", ""])("the model in '%s'", async (spec) => {
    await expect(openProvider(spec, options({}))).rejects.toMatchObject({ code: "MODEL_UNKNOWN", data: { spec } });
  });
  it.each(["https://me:secret@host/v1", "https://host/v1?key=secret"])(
    "an address with more in it than a place is not taken: %s",
    async (baseUrl) => {
      const call = openProvider("compatible/m", options({}, { baseUrl }));
      const error = await call.catch((each: Error) => each);
      expect(error).toMatchObject({ code: "OPTION_INVALID" });
      expect(JSON.stringify(error)).not.toContain("secret");
    },
  );
});

describe("a model says what it can bear", () => {
  it("by its family, by its server, or by the user", async () => {
    const env = Object.assign({}, ...served.map(([, each]) => each(server.url))) as Record<string, string>;
    const gpt = await openProvider("openai/gpt-4o-mini", options(env));
    expect(gpt.limits).toEqual({ contextTokens: 128_000, structured: true, images: true, following: "full" });
    const llama = await openProvider("ollama/llama3.2", options(env));
    expect(llama.limits).toEqual({ contextTokens: 16_384, structured: true, images: true, following: "small" });
    const other = await openProvider("compatible/x", options(env, { limits: { images: true, contextTokens: 99 } }));
    expect(other.limits).toMatchObject({ images: true, contextTokens: 99 });
    for (const model of [gpt, llama, other]) await model.close?.();
  });
  it("opens Ollama before it runs, with bare hosts and without one", async () => {
    for (const host of ["127.0.0.1:9", "http://127.0.0.1:9/", "localhost:9"]) {
      const model = await openProvider("ollama/gemma3", options({ OLLAMA_HOST: host }));
      await expect(model.generate(request(turnSchema))).rejects.toMatchObject({ code: "MODEL_UNAVAILABLE" });
      await model.close?.();
    }
  });
});

describe("a user's own model object", () => {
  const own = () => createOpenAI({ apiKey: key, baseURL: `${server.url}/v1` }).chat("gpt-4o-mini");
  it("is recognised", () => {
    expect(isLanguageModel(own())).toBe(true);
    for (const other of [undefined, null, "openai/gpt-4o", {}, { doGenerate: 1 }])
      expect(isLanguageModel(other)).toBe(false);
  });
  it("answers like one that was opened here", async () => {
    server.direct(() => ({ text: '{"state":null,"actions":[{"type":"DONE"}]}' }));
    const model = fromLanguageModel(own());
    expect(model.id).toBe("openai/gpt-4o-mini");
    expect(model.limits.contextTokens).toBe(128_000);
    const reply = await model.generate(request(turnSchema));
    expect(reply).toMatchObject({ value: { actions: [{ type: "DONE" }] }, usage: { input: 100, cachedInput: 40 } });
  });
  it.each([
    ["v2", "stop", { inputTokens: 7, outputTokens: 3, cachedInputTokens: 2 }],
    ["v3", { unified: "stop", raw: "stop" }, { inputTokens: { total: 7, cacheRead: 2 }, outputTokens: { total: 3 } }],
  ])("of version %s works too", async (specificationVersion, finishReason, usage) => {
    const content = [{ type: "text", text: '{"actions":[]}' }];
    const doGenerate = async () => ({ content, finishReason, usage, warnings: [] });
    const stranger = { specificationVersion, provider: "acme.chat", modelId: "m", doGenerate, doStream: doGenerate };
    const reply = await fromLanguageModel(stranger).generate(request(turnSchema));
    expect(reply).toMatchObject({ value: { actions: [] }, usage: { input: 7, output: 3, cachedInput: 2 } });
  });
  it("of an unknown version is refused", () => {
    const doGenerate = async () => undefined;
    const stranger = { specificationVersion: "v9", provider: "p", modelId: "m", doGenerate, doStream: doGenerate };
    expect(() => fromLanguageModel(stranger)).toThrow(expect.objectContaining({ code: "OPTION_INVALID" }));
  });
});

describe("embeddings", () => {
  const env = () => Object.assign({}, ...served.map(([, each]) => each(server.url))) as Record<string, string>;
  it.each([
    ["openai/text-embedding-custom"],
    ["google/text-embedding-new"],
    ["mistral/mistral-embed-new"],
    ["compatible/e5"],
    ["openrouter/e5"],
    ["azure/my-embedding"],
    ["ollama/nomic-embed-text"],
  ])("of %s come as unit vectors of one length, in order", async (spec) => {
    const embedder = await openProviderEmbedder(spec, options(env()));
    const [hello, ...rest] = await embedder.embed(["hello", "좋아요", "hello"]);
    expect(embedder).toMatchObject({ id: spec, dimensions: 3 });
    expect(Math.hypot(...(hello ?? []))).toBeCloseTo(1, 5);
    expect(rest[1]).toEqual(hello);
    expect(rest[0]).not.toEqual(hello);
    expect(await embedder.embed([])).toEqual([]);
    await embedder.close?.();
    await expect(embedder.embed(["x"])).rejects.toMatchObject({ code: "CLOSED" });
  });
  it("go in batches, and their length is not asked for when it is known", async () => {
    const before = server.requests.length;
    const embedder = await openProviderEmbedder("openai/text-embedding-3-small", options(env()));
    expect(embedder.dimensions).toBe(1536);
    const vectors = await embedder.embed(Array.from({ length: 230 }, (_, index) => "x".repeat(index + 1)));
    expect(vectors).toHaveLength(230);
    expect(server.requests.length - before).toBe(3);
    await embedder.close?.();
  });
  it("fail with the same errors", async () => {
    server.direct(() => ({ status: 429, headers: { "retry-after": "2" } }));
    const unknown = await openProviderEmbedder("openai/unknown-embedding", options(env()));
    await expect(unknown.embed(["x"])).rejects.toMatchObject({
      code: "MODEL_UNAVAILABLE",
      data: { retryAfterMs: 2_000 },
    });
    await unknown.close?.();
    server.direct(() => undefined);
    await expect(openProviderEmbedder("anthropic/x", options(env()))).rejects.toMatchObject({ code: "MODEL_UNKNOWN" });
    const embedder = await openProviderEmbedder("compatible/e5", options(env()));
    await expect(embedder.embed(["x"], { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: "ABORTED" });
    await embedder.close?.();
  });
});

it("knows its providers", () => {
  expect(providerNames).toEqual([
    "openai",
    "azure",
    "anthropic",
    "google",
    "mistral",
    "openrouter",
    "ollama",
    "compatible",
  ]);
});
