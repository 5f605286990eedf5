import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import type { ModelRequest } from "../../../../src/kernel/contracts/model.ts";
import { callSettings, dialectOf } from "../../../../src/model/adapters/ai-sdk/dialect.ts";
import { openProvider } from "../../../../src/model/adapters/ai-sdk.ts";
import { limitsOf } from "../../../../src/model/catalogue/limits.ts";
import { strictSchema } from "../../../../src/model/structured/strict-schema.ts";
import { type FakeProvider, type FakeRequest, fakeProvider } from "../../../support/fake-provider/server.ts";
import { key, messages, options, request, served, turnSchema } from "./opening.ts";

let server: FakeProvider;
beforeAll(async () => {
  server = await fakeProvider();
});
afterAll(() => server[Symbol.asyncDispose]());

const environment = (url: string): Record<string, string> => Object.assign({}, ...served.map(([, each]) => each(url)));

async function sent(
  spec: string,
  rest: Partial<ModelRequest<unknown>> = {},
  more: Record<string, string> = {},
): Promise<FakeRequest> {
  server.direct(() => undefined);
  const model = await openProvider(spec, options({ ...environment(server.url), ...more }));
  await model.generate(request<unknown>(turnSchema, rest));
  await model.close?.();
  const last = server.requests.at(-1);
  if (last === undefined) throw new Error("Nothing was sent.");
  return last;
}

const knobs = { temperature: 0.7, seed: 11, maxOutputTokens: 500 };

describe("parameters", () => {
  it("gives an ordinary model its temperature, seed and limit", async () => {
    const { body } = await sent("openai/gpt-4o-mini", knobs);
    expect(body).toMatchObject({ temperature: 0.7, seed: 11, max_tokens: 500 });
    expect(body.reasoning_effort).toBeUndefined();
  });
  it.each(["openai/gpt-5-mini", "openai/o4-mini", "azure/gpt-5-mini", "openai/gpt-6-luna"])(
    "gives %s no temperature, the limit by its other name, and little thought when acting",
    async (spec) => {
      const { body } = await sent(spec, knobs);
      expect(body).toMatchObject({ max_completion_tokens: 500, reasoning_effort: "low" });
      for (const absent of ["temperature", "seed", "max_tokens"]) expect(body[absent]).toBeUndefined();
    },
  );
  it("leaves the effort alone for other purposes, and for models that do not think unless asked", async () => {
    expect((await sent("openai/gpt-5-mini", { purpose: "judge" })).body.reasoning_effort).toBeUndefined();
    expect((await sent("openai/gpt-5.1", knobs)).body.reasoning_effort).toBeUndefined();
  });
  it("gives Google a low thinking budget when acting, and the seed", async () => {
    const { body } = await sent("google/gemini-2.5-flash", knobs);
    expect(body.generationConfig).toMatchObject({ temperature: 0.7, seed: 11, maxOutputTokens: 500 });
    expect(body.generationConfig.thinkingConfig.thinkingBudget).toBeGreaterThan(0);
  });
  it("gives a Claude that always thinks little effort when acting, and no temperature", async () => {
    const { body } = await sent("anthropic/claude-opus-5-5", knobs);
    expect(body.output_config).toMatchObject({ effort: "low", format: { type: "json_schema" } });
    expect(body).toMatchObject({ max_tokens: 500 });
    expect(body.temperature).toBeUndefined();
    const older = await sent("anthropic/claude-sonnet-4-5", knobs);
    expect(older.body).toMatchObject({ temperature: 0.7, max_tokens: 500 });
    expect(older.body.thinking).toBeUndefined();
  });
  it("names Mistral's seed as Mistral does", async () => {
    expect((await sent("mistral/mistral-small-latest", knobs)).body).toMatchObject({
      random_seed: 11,
      temperature: 0.7,
    });
  });
  it("asks Ollama for a context length, for no truncation and for no thinking when acting", async () => {
    const { body } = await sent("ollama/llama3.2", knobs);
    expect(body.options).toEqual({ num_ctx: 16_384, temperature: 0.7, seed: 11, num_predict: 500 });
    expect(body).toMatchObject({ think: false, truncate: false });
    const wide = await sent("ollama/llama3.2", { purpose: "judge" }, { OLLAMA_CONTEXT_LENGTH: "32768" });
    expect(wide.body).toMatchObject({ think: true, options: { num_ctx: 32_768 } });
  });
  it("has OpenRouter ask only those who honour the schema, and for little thought", async () => {
    const { body } = await sent("openrouter/openai/gpt-5-mini", knobs);
    expect(body).toMatchObject({ provider: { require_parameters: true }, reasoning: { effort: "low" } });
    expect(body.temperature).toBeUndefined();
  });
});

describe("schemas go over the wire in each provider's own form", () => {
  const shapes: readonly (readonly [string, (request: FakeRequest) => unknown])[] = [
    ["openai/gpt-4o-mini", ({ body }) => strictly(body.response_format)],
    ["openai/gpt-5-codex", ({ body }) => strictly({ type: body.text.format.type, json_schema: body.text.format })],
    ["azure/d", ({ body }) => strictly(body.response_format)],
    ["mistral/mistral-small-latest", ({ body }) => strictly(body.response_format)],
    ["openrouter/a/b", ({ body }) => strictly(body.response_format)],
    ["compatible/m", ({ body }) => strictly(body.response_format)],
    ["anthropic/claude-sonnet-4-5", ({ body }) => body.output_config.format.schema],
    ["google/gemini-2.5-flash", ({ body }) => body.generationConfig.responseJsonSchema],
    ["ollama/llama3.2", ({ body }) => body.format],
  ];
  // biome-ignore lint/suspicious/noExplicitAny: a request's own form
  const strictly = (format: any): unknown => {
    expect(format).toMatchObject({ type: "json_schema", json_schema: { strict: true, name: "answer" } });
    return format.json_schema.schema;
  };
  it.each(shapes)("%s", async (spec, schemaIn) => {
    const schema = schemaIn(await sent(spec)) as { properties: { actions: { items: { anyOf: unknown[] } } } };
    expect(schema).toMatchObject({ type: "object", required: ["state", "actions"], additionalProperties: false });
    expect(schema.properties.actions.items.anyOf).toHaveLength(3);
    expect(JSON.stringify(schema)).not.toMatch(/oneOf|\$schema|"const"/);
  });
  it("is the same to the byte in every call", async () => {
    const first = await sent("openai/gpt-4o-mini");
    const second = await sent("openai/gpt-4o-mini", { messages: [{ role: "user", content: "Else." }] });
    expect(JSON.stringify(second.body.response_format)).toBe(JSON.stringify(first.body.response_format));
  });
});

describe("prompts", () => {
  it("marks what Anthropic may cache, four times at most", async () => {
    const { body } = await sent("anthropic/claude-sonnet-4-5");
    expect(body.system[0]).toMatchObject({ text: "You are Lisa.", cache_control: { type: "ephemeral" } });
    expect(body.messages[1].content[0]).toMatchObject({ text: "TALK: Hi!", cache_control: { type: "ephemeral" } });
    expect(body.messages[2].content[0].cache_control).toBeUndefined();
    const many = Array.from({ length: 9 }, (_, index) => ({
      role: index % 2 === 0 ? ("user" as const) : ("assistant" as const),
      content: `m${index}`,
      cacheUpToHere: true as const,
    }));
    const marked = JSON.stringify((await sent("anthropic/claude-sonnet-4-5", { messages: many })).body.messages);
    expect(marked.match(/ephemeral/g)).toHaveLength(4);
    for (const text of ["m0", "m1", "m7", "m8"]) expect(marked).toMatch(new RegExp(`"${text}","cache_control"`));
  });
  it("sends all calls of a person to one cache of OpenAI's, and no such wish to others", () => {
    const strict = strictSchema(turnSchema);
    const keyOf = (provider: string, official: boolean, scope: string): unknown => {
      const dialect = dialectOf(provider, { name: "gpt-4o-mini", limits: limitsOf(provider, "gpt-4o-mini"), official });
      const asked = request<unknown>(turnSchema, { scope });
      return callSettings(dialect, asked, { mode: "schema", strict }).providerOptions?.["openai"]?.["promptCacheKey"];
    };
    expect(keyOf("openai", true, "person:lisa")).toMatch(/^[0-9a-f]{32}$/);
    expect(keyOf("openai", true, "person:lisa")).toBe(keyOf("openai", true, "person:lisa"));
    expect(keyOf("openai", true, "person:oscar")).not.toBe(keyOf("openai", true, "person:lisa"));
    expect([keyOf("openai", false, "person:lisa"), keyOf("anthropic", true, "person:lisa")]).toEqual([
      undefined,
      undefined,
    ]);
  });
  it("puts OpenRouter's marks inside a part, and gives OpenAI none", async () => {
    const { body } = await sent("openrouter/anthropic/claude-sonnet-4.5");
    expect(body.messages[0].content).toEqual([
      { type: "text", text: "You are Lisa.", cache_control: { type: "ephemeral" } },
    ]);
    expect(JSON.stringify((await sent("openai/gpt-4o-mini")).body)).not.toContain("ephemeral");
  });
  it("hands later system messages over as a user's, drops empty texts, keeps all scripts", async () => {
    const odd = [
      { role: "system" as const, content: "규칙" },
      { role: "user" as const, content: "" },
      { role: "user" as const, content: "مرحبا" },
      { role: "system" as const, content: "It is nine o'clock." },
    ];
    const { body } = await sent("openai/gpt-4o-mini", { messages: odd });
    expect(body.messages).toEqual([
      { role: "system", content: "규칙" },
      { role: "user", content: "مرحبا" },
      { role: "user", content: "It is nine o'clock." },
    ]);
    const alone = await sent("google/gemini-2.5-flash", {
      messages: [{ role: "system", content: "Invent a person." }],
    });
    expect(alone.body.contents).toHaveLength(1);
  });
  const picture = {
    role: "user" as const,
    content: [
      { type: "text" as const, text: "Look." },
      { type: "image" as const, data: new Uint8Array([1, 2, 3]), mediaType: "image/png", digest: "d" },
    ],
  };
  it.each([
    ["openai/gpt-4o-mini", "data:image/png;base64,AQID"],
    ["anthropic/claude-sonnet-4-5", '"media_type":"image/png","data":"AQID"'],
    ["google/gemini-2.5-flash", '"mimeType":"image/png","data":"AQID"'],
    ["ollama/llama3.2", '"images":["AQID"]'],
  ])("sends pictures to %s", async (spec, form) => {
    expect(JSON.stringify((await sent(spec, { messages: [picture] })).body)).toContain(form);
  });
  it("refuses pictures before anything is sent to a model that cannot see", async () => {
    const before = server.requests.length;
    const call = sent("compatible/m", { messages: [picture] });
    await expect(call).rejects.toMatchObject({ code: "MODEL_UNSUPPORTED", data: { feature: "images" } });
    expect(server.requests.length).toBe(before);
  });
});

describe("addresses and keys", () => {
  it.each([
    ["openai/gpt-4o-mini", "/v1/chat/completions", "authorization", `Bearer ${key}`],
    ["openai/gpt-5-codex", "/v1/responses", "authorization", `Bearer ${key}`],
    ["azure/d", "/openai/v1/chat/completions", "api-key", key],
    ["anthropic/claude-sonnet-4-5", "/v1/messages", "x-api-key", key],
    ["google/gemini-2.5-flash", "/v1beta/models/gemini-2.5-flash:generateContent", "x-goog-api-key", key],
    ["mistral/mistral-small-latest", "/v1/chat/completions", "authorization", `Bearer ${key}`],
    ["openrouter/a/b", "/api/v1/chat/completions", "authorization", `Bearer ${key}`],
    ["compatible/m", "/v1/chat/completions", "authorization", `Bearer ${key}`],
    ["ollama/llama3.2", "/api/chat", "authorization", `Bearer ${key}`],
  ])("%s", async (spec, path, header, value) => {
    const { path: asked, headers } = await sent(spec);
    expect(asked).toBe(path);
    expect(headers[header]).toBe(value);
  });
  it("sends no key where none is needed and none is given", async () => {
    const none = { OLLAMA_API_KEY: "", OPENAI_COMPATIBLE_API_KEY: "" };
    for (const spec of ["compatible/m", "ollama/llama3.2"]) {
      expect((await sent(spec, {}, none)).headers["authorization"]).toBeUndefined();
    }
  });
  it("knows Azure's dated versions", async () => {
    const { path } = await sent("azure/my deployment", {}, { AZURE_API_VERSION: "2024-10-21" });
    expect(path).toBe("/openai/deployments/my%20deployment/chat/completions?api-version=2024-10-21");
  });
});

describe("a server without a schema mode", () => {
  const refusal = (message: string) => ({ status: 400, body: { error: { message } } });
  it("is asked for JSON with the schema in the prompt, and not asked again for what it has not", async () => {
    server.direct((asked) => {
      const format = asked.body.response_format?.type;
      if (format !== undefined) return refusal(`response_format ${format} is not supported`);
      return { text: 'Here you are:\n```json\n{"name": "Lisa",}\n```' };
    });
    const schema = z.object({ name: z.string(), age: z.number().optional() });
    const model = await openProvider("compatible/old", options({}, { baseUrl: server.url }));
    const before = server.requests.length;
    const ask = { ...request(schema), messages };
    expect((await model.generate(ask)).value).toEqual({ name: "Lisa" });
    expect(server.requests.length - before).toBe(3);
    expect((await model.generate(ask)).value).toEqual({ name: "Lisa" });
    expect(server.requests.length - before).toBe(4);
    await model.close?.();
    const last = server.requests.at(-1)?.body;
    expect(last.messages[0].content).toContain("You are Lisa.");
    expect(last.messages[0].content).toContain('"required":["name","age"]');
    expect(messages[0]?.content).toBe("You are Lisa.");
  });
  it("does not take another refusal for that", async () => {
    server.direct(() => refusal("Invalid parameter: messages"));
    const model = await openProvider("compatible/old", options({}, { baseUrl: server.url }));
    const before = server.requests.length;
    await expect(model.generate(request(turnSchema))).rejects.toMatchObject({ code: "MODEL_REJECTED" });
    expect(server.requests.length - before).toBe(1);
    await model.close?.();
  });
  it("gives Google a recursive schema in the prompt, and Anthropic one as a tool", async () => {
    const tree = z.object({
      name: z.string(),
      get children() {
        return z.array(tree);
      },
    });
    const answer = { name: "a", children: [{ name: "b", children: [] }] };
    server.direct(() => ({ text: JSON.stringify(answer) }));
    for (const spec of ["google/gemini-2.5-flash", "anthropic/claude-sonnet-4-5", "openai/gpt-4o-mini"]) {
      const model = await openProvider(spec, options(environment(server.url)));
      expect((await model.generate(request(tree))).value).toEqual(answer);
      await model.close?.();
    }
    const [google, anthropic, openai] = server.requests.slice(-3);
    expect(google?.body.generationConfig).toMatchObject({ responseMimeType: "application/json" });
    expect(google?.body.generationConfig.responseJsonSchema).toBeUndefined();
    expect(JSON.stringify(google?.body.systemInstruction)).toContain("$defs");
    expect(anthropic?.body.tool_choice).toMatchObject({ type: "any" });
    expect(anthropic?.body.tools[0]).toMatchObject({ name: "json" });
    expect(openai?.body.response_format.json_schema.schema.$defs).toBeDefined();
  });
});
