import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { Delta, ModelRequest } from "../../../../src/kernel/contracts/model.ts";
import { TinyTroupeError } from "../../../../src/kernel/values/errors.ts";
import { createBuiltin } from "../../../../src/model/builtin/builtin.ts";
import { lisa, turnSchema } from "./people.ts";

const schema = z.object({ title: z.string(), score: z.int().min(0).max(10), notes: z.array(z.string()) });
const asking = (more: Partial<ModelRequest<z.infer<typeof schema>>> = {}): ModelRequest<z.infer<typeof schema>> => ({
  messages: [{ role: "user", content: "What do you think about electric buses?" }],
  schema,
  purpose: "other",
  scope: "test",
  ...more,
});

describe("builtin as a model", () => {
  const model = createBuiltin();

  it("marks every answer and estimates its tokens from the text", async () => {
    const reply = await model.generate(asking());
    expect(reply).toMatchObject({ origin: "model", heuristic: true, usage: { cachedInput: 0 } });
    expect(reply.usage.output).toBe(Math.ceil(JSON.stringify(reply.value).length / 4));
    const longer = await model.generate(asking({ messages: [{ role: "user", content: "word ".repeat(400) }] }));
    expect(longer.usage.input).toBeGreaterThan(reply.usage.input + 400);
    expect(model).toMatchObject({ id: "builtin", limits: { structured: true, images: true, following: "full" } });
  });

  it("counts a Korean syllable as a token, and pictures too", async () => {
    const korean = await model.generate(asking({ messages: [{ role: "user", content: "가".repeat(400) }] }));
    expect(korean.usage.input).toBeGreaterThan(400);
    const picture = { type: "image", data: new Uint8Array(4), mediaType: "image/png", digest: "d" } as const;
    const seeing = await model.generate(asking({ messages: [{ role: "user", content: [picture] }] }));
    expect(seeing.usage.input).toBeGreaterThan(500);
  });

  it("is a function of messages, schema, rehearsal, seed and sample; of nothing else", async () => {
    const first = await model.generate(asking({ seed: 5 }));
    await model.generate(asking({ seed: 6 }));
    const other = createBuiltin();
    expect(await other.generate(asking({ seed: 5, scope: "elsewhere" }))).toEqual(first);
    const answers = await Promise.all(
      [
        asking({ seed: 5 }),
        asking({ seed: 6 }),
        asking({ seed: 5, sample: 1 }),
        asking({ seed: 5, rehearsal: { persona: lisa } }),
        asking({ seed: 5, messages: [{ role: "user", content: "What do you think about trams?" }] }),
      ].map(async (request) => JSON.stringify((await model.generate(request)).value)),
    );
    expect(new Set(answers).size).toBe(answers.length);
  });

  it("reads a persona anew that was changed in place", async () => {
    const persona = structuredClone(lisa);
    const request = asking({ seed: 5, rehearsal: { persona } });
    const before = await model.generate(request);
    persona.preferences.interests = ["Beekeeping"];
    persona.occupation.title = "Beekeeper";
    expect((await model.generate(request)).value).not.toEqual(before.value);
  });

  it("streams the JSON of its answer in pieces", async () => {
    const heard: Delta[] = [];
    const { value } = await model.generate(asking({ onDelta: (delta) => heard.push(delta) }));
    const text = heard.map((delta) => (delta.type === "text" ? delta.text : "")).join("");
    expect(JSON.parse(text)).toEqual(value);
    expect(heard.length).toBeGreaterThan(3);
  });

  it("streams over its latency, without cutting a character in two", async () => {
    const slow = createBuiltin({ latencyMs: 20 });
    const pieces: string[] = [];
    const started = performance.now();
    const faces = z.object({ faces: z.literal("🙂".repeat(60)) });
    await slow.generate({
      ...asking(),
      schema: faces,
      onDelta: (delta: Delta) => delta.type === "text" && pieces.push(delta.text),
    } as unknown as ModelRequest<z.infer<typeof faces>>);
    expect(performance.now() - started).toBeGreaterThan(15);
    expect(pieces.every((piece) => piece.isWellFormed())).toBe(true);
  });

  it("stops at once when it is told to, before and during an answer", async () => {
    const before = AbortSignal.abort("not needed");
    await expect(model.generate(asking({ signal: before }))).rejects.toMatchObject({
      code: "ABORTED",
      data: { reason: "not needed" },
    });
    const controller = new AbortController();
    const slow = createBuiltin({ latencyMs: 60_000 }).generate(asking({ signal: controller.signal }));
    controller.abort(new Error("enough"));
    await expect(slow).rejects.toMatchObject({ code: "ABORTED", data: { reason: "enough" } });
    const data = { limit: {}, spent: {}, wanted: {} };
    const spent = new TinyTroupeError("BUDGET_EXCEEDED", "Spent.", { data, hint: "Raise it." });
    await expect(model.generate(asking({ signal: AbortSignal.abort(spent) }))).rejects.toBe(spent);
  });

  it("keeps within maxOutputTokens or says that it cannot", async () => {
    const request = { ...asking(), schema: turnSchema, purpose: "act" as const, rehearsal: { persona: lisa } };
    const short = await model.generate({ ...request, maxOutputTokens: 90 });
    expect(short.usage.output).toBeLessThanOrEqual(90);
    await expect(model.generate(asking({ maxOutputTokens: 3 }))).rejects.toMatchObject({
      code: "MODEL_TRUNCATED",
      data: { maxOutputTokens: 3 },
    });
  });
});
