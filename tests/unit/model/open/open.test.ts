import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { SimulationEvent } from "../../../../src/kernel/contracts/events.ts";
import { createLexicalEmbedder } from "../../../../src/model/embed/lexical.ts";
import { type ModelSpec, openEmbedder, openModel } from "../../../../src/model/open.ts";
import { embedderContract } from "../../../support/embedder-contract.ts";
import { loopback } from "../../../support/loopback.ts";
import { scriptedModel } from "../../../support/scripted-model.ts";
import { tinyGguf } from "../../../support/tiny-gguf.ts";

const bare = { environment: {} };
const hintOf = (spec: string) =>
  openModel(spec, bare).then(
    () => "",
    ({ code, hint }) => `${code} ${hint}`,
  );

describe("opening a model", () => {
  it("takes a model as it is", async () => {
    const model = scriptedModel([]);
    expect(await openModel(model, bare)).toBe(model);
  });

  it("opens the stand-in", async () => {
    expect((await openModel("builtin", bare)).id).toMatch(/^builtin/);
  });

  it("opens a local file with the context that is asked for", async () => {
    const local = { cacheFolder: "/nowhere", gpu: false, threads: 1 } as const;
    const limits = { contextTokens: 512 };
    const model = await openModel(`local/${tinyGguf()}`, { environment: {}, local, limits });
    expect(model.limits.contextTokens).toBe(512);
    await model.close?.();
  });

  it("opens a provider's model with the key and the address of the environment, and asks it over HTTP", async () => {
    let seen: { url?: string | undefined; key?: string | undefined; model?: string } = {};
    await using server = await loopback((body, response, _inFlight, request) => {
      seen = { url: request.url, key: request.headers.authorization, model: JSON.parse(body).model };
      const message = { role: "assistant", content: '{"said":"Hello."}' };
      const usage = { prompt_tokens: 9, completion_tokens: 4, total_tokens: 13 };
      response.setHeader("content-type", "application/json");
      response.end(
        JSON.stringify({
          id: "1",
          created: 1,
          model: "m",
          choices: [{ index: 0, message, finish_reason: "stop" }],
          usage,
        }),
      );
    });
    const environment = { OPENAI_API_KEY: "sk-test", OPENAI_BASE_URL: `${server.url}/v1` };
    const model = await openModel("openai/gpt-6-luna", { environment });
    const reply = await model.generate({
      messages: [{ role: "user", content: "Say hello." }],
      schema: z.object({ said: z.string() }),
      purpose: "other",
      scope: "test",
    });
    await model.close?.();
    expect(reply).toMatchObject({ value: { said: "Hello." }, usage: { input: 9, output: 4 } });
    expect(seen).toEqual({ url: "/v1/chat/completions", key: "Bearer sk-test", model: "gpt-6-luna" });
  });

  it("takes a model object of the AI SDK", async () => {
    const { createOpenAI } = await import("@ai-sdk/openai");
    const spec: ModelSpec = createOpenAI({ apiKey: "k" }).chat("gpt-6-luna");
    expect((await openModel(spec, bare)).id).toBe("openai/gpt-6-luna");
    await expect(openModel({} as never, bare)).rejects.toMatchObject({ code: "OPTION_INVALID" });
  });

  it("names the key that is missing", async () => {
    await expect(openModel("mistral/mistral-small-latest", bare)).rejects.toMatchObject({
      code: "KEY_MISSING",
      data: { variable: "MISTRAL_API_KEY" },
    });
  });

  it("says which names are near to one that it does not know", async () => {
    expect(await hintOf("opnai/gpt-6-luna")).toMatch(/^MODEL_UNKNOWN Did you mean openai\/gpt-6-luna\?/);
    expect(await hintOf("gpt-6-luna")).toMatch(/^MODEL_UNKNOWN Did you mean openai\/gpt-6-luna/);
    expect(await hintOf("claude-opus-5-5")).toContain("Did you mean anthropic/claude-opus-5-5");
    expect(await hintOf("buitlin")).toContain("Did you mean builtin?");
    expect(await hintOf("weights/tiny.gguf")).toContain("Did you mean local/weights/tiny.gguf?");
    expect(await hintOf("lokal/smollm2-135m")).toContain("Did you mean local/smollm2-135m?");
    expect(await hintOf("local/no-such-model")).toMatch(/^MODEL_UNKNOWN /);
    for (const spec of ["", "/", "openai/", "__proto__/x", "constructor/x", "what"]) {
      expect(await hintOf(spec), spec).toMatch(/^MODEL_UNKNOWN .*Write <provider>\/<model>/);
    }
  });
});

describe("opening an embedder", () => {
  describe("by a name", () => embedderContract(() => openEmbedder("lexical", bare)));

  it("takes one as it is, with a cache before it", async () => {
    let asked = 0;
    const inner = createLexicalEmbedder();
    const counting: typeof inner = { ...inner, embed: (texts) => inner.embed(texts, { ...(asked++ && {}) }) };
    const embedder = await openEmbedder(counting, bare);
    await embedder.embed(["a"]);
    await embedder.embed(["a"]);
    expect([embedder.id, asked]).toEqual([inner.id, 1]);
  });

  it("is the one for sentences unless told otherwise, without a word when its packages are here", async () => {
    const events: SimulationEvent[] = [];
    const embedder = await openEmbedder(undefined, { ...bare, watch: (event) => void events.push(event) });
    expect([embedder.id, events]).toEqual(["energetic-ai/use-lite-en", []]);
    await embedder.close?.();
  });

  it("asks a provider over HTTP", async () => {
    await using server = await loopback((body, response) => {
      const data = (JSON.parse(body).input as string[]).map((_, index) => ({
        object: "embedding",
        index,
        embedding: [3, 4],
      }));
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ object: "list", data, model: "m", usage: { prompt_tokens: 1, total_tokens: 1 } }));
    });
    const environment = { OPENAI_COMPATIBLE_BASE_URL: `${server.url}/v1` };
    const embedder = await openEmbedder("compatible/any", { environment });
    const [vector] = await embedder.embed(["Hello."]);
    await embedder.close?.();
    expect([...(vector ?? [])].map((value) => value.toFixed(3))).toEqual(["0.600", "0.800"]);
  });

  it("says what it does not know", async () => {
    await expect(openEmbedder("lexicl", bare)).rejects.toMatchObject({
      code: "MODEL_UNKNOWN",
      hint: expect.stringContaining("Did you mean lexical?"),
    });
  });
});
