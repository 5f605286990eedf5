import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { Delta, Model, ModelRequest } from "../../../../src/kernel/contracts/model.ts";
import { TinyTroupeError } from "../../../../src/kernel/values/errors.ts";
import { openProvider } from "../../../../src/model/adapters/ai-sdk.ts";
import { withReask } from "../../../../src/model/structured/reask.ts";
import { fakeProvider } from "../../../support/fake-provider/server.ts";

const schema = z.object({ age: z.number() });
const request: ModelRequest<{ age: number }> = {
  messages: [{ role: "user", content: "How old?" }],
  schema,
  purpose: "extract",
  scope: "s",
};

async function asked(answers: readonly string[], rest: Partial<ModelRequest<{ age: number }>> = {}) {
  await using server = await fakeProvider((_request, count) => ({ text: answers[count] ?? "" }));
  const model = await openProvider("compatible/m", { environment: {}, baseUrl: server.url });
  const outcome = await withReask()(model)
    .generate({ ...request, ...rest })
    .then(
      (reply) => reply,
      (error: TinyTroupeError) => error,
    );
  await model.close?.();
  return { outcome, bodies: server.requests.map(({ body }) => body) };
}

describe("withReask", () => {
  it("asks nothing twice that was right at once", async () => {
    const { outcome, bodies } = await asked(['{"age":41}']);
    expect(outcome).toMatchObject({ value: { age: 41 }, usage: { input: 100, output: 20 } });
    expect(bodies).toHaveLength(1);
  });
  it("shows the model its answer and what was wrong, and adds up the cost", async () => {
    const { outcome, bodies } = await asked(['{"age":"old"}', '{"age":41}']);
    expect(outcome).toMatchObject({
      value: { age: 41 },
      usage: { input: 200, output: 40, cachedInput: 80, reasoning: 10 },
    });
    expect(bodies[1].messages.slice(1)).toMatchInlineSnapshot(`
      [
        {
          "content": "{"age":"old"}",
          "role": "assistant",
        },
        {
          "content": "That answer does not fit what was asked:
      - age: Invalid input: expected number, received string
      Answer again, complete and corrected, with the JSON object alone.",
          "role": "user",
        },
      ]
    `);
  });
  it("shows the schema when the answer was no JSON", async () => {
    const { outcome, bodies } = await asked(["Old enough.", '{"age":41}']);
    expect(outcome).toMatchObject({ value: { age: 41 } });
    expect(bodies[1].messages.slice(1)).toMatchInlineSnapshot(`
      [
        {
          "content": "Old enough.",
          "role": "assistant",
        },
        {
          "content": "That was not JSON. Answer again with one JSON object alone, nothing before or after it, that fits this JSON schema:
      {"type":"object","properties":{"age":{"type":"number"}},"required":["age"],"additionalProperties":false}",
          "role": "user",
        },
      ]
    `);
  });
  it("shows no empty message for an empty answer", async () => {
    const { outcome, bodies } = await asked(["", '{"age":41}']);
    expect(outcome).toMatchObject({ value: { age: 41 } });
    expect(bodies[1].messages).toHaveLength(2);
  });
  it("gives up after the second, with the cost of both", async () => {
    const { outcome, bodies } = await asked(["no", "still no", '{"age":41}']);
    expect(outcome).toBeInstanceOf(TinyTroupeError);
    expect(outcome).toMatchObject({
      code: "MODEL_MALFORMED",
      data: { text: "still no" },
      usage: { input: 200, output: 40 },
    });
    expect(bodies).toHaveLength(2);
  });
  it("takes back what was streamed", async () => {
    const deltas: Delta[] = [];
    await asked(["no", '{"age":41}'], { onDelta: (delta) => void deltas.push(delta) });
    expect(deltas.findIndex(({ type }) => type === "restart")).toBeGreaterThan(0);
    const rest = deltas.slice(deltas.findIndex(({ type }) => type === "restart") + 1);
    expect(rest.map((delta) => (delta.type === "text" ? delta.text : "")).join("")).toBe('{"age":41}');
  });
  it("leaves other errors and the model's other verbs alone", async () => {
    const refusal = new TinyTroupeError("MODEL_REFUSED", "No.", { data: { model: "m", text: "No." }, hint: "-" });
    let calls = 0;
    const model: Model = {
      id: "m",
      limits: { contextTokens: 1, structured: true, images: false, following: "full" },
      generate: () => {
        calls++;
        return Promise.reject(refusal);
      },
      choose: async () => ({ probabilities: [1], usage: { input: 0, output: 0 } }),
    };
    const layered = withReask()(model);
    await expect(layered.generate(request)).rejects.toBe(refusal);
    expect(calls).toBe(1);
    expect(await layered.choose?.({ messages: [], options: ["a"], scope: "s" })).toMatchObject({ probabilities: [1] });
    expect(layered.close).toBeUndefined();
  });
});
