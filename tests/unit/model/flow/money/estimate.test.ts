import { encode } from "gpt-tokenizer/encoding/r50k_base";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { Message } from "../../../../../src/kernel/contracts/model.ts";
import { createEstimator, mostTokens } from "../../../../../src/model/flow/money/estimate.ts";

const texts = {
  english: "The quick brown fox jumps over the lazy dog, and nobody in the office finds that strange any more. ".repeat(
    20,
  ),
  json: JSON.stringify({
    name: "Lisa",
    traits: ["curious", "frugal"],
    age: 34,
    skills: [{ title: "SQL", level: 3 }],
  }).repeat(20),
  korean: "김민지는 서울에서 데이터 분석가로 일하고 있으며 새로운 기술에 관심이 많습니다. ".repeat(20),
  japanese: "私は東京の小さな会社で働いています。毎朝コーヒーを飲みながら新聞を読みます。".repeat(20),
  arabic: "أعمل مهندسة في شركة صغيرة وأحب القراءة والسفر مع عائلتي في العطلات. ".repeat(20),
  emoji: "🎉🚀 well done 👩‍👩‍👧 ".repeat(20),
  base64: Buffer.from(Array.from({ length: 900 }, (_, number) => (number * number * 31 + number * 7) % 251)).toString(
    "base64",
  ),
  digits: Array.from({ length: 400 }, (_, number) => number * 7919).join(" "),
};
const user = (content: string): Message => ({ role: "user", content });

describe("token estimate", () => {
  // GPT-2's own tokenizer, far less dense than those of today: if its count stays below, theirs does.
  it.each(Object.entries(texts))("is above what a real byte-level tokenizer makes of %s", (_name, text) => {
    expect(encode(text).length).toBeLessThanOrEqual(mostTokens(text));
  });

  it("comes within a third of the truth for what was asked before, and stays above", () => {
    const estimator = createEstimator();
    const first = { model: "a/b", messages: [user(texts.english.repeat(10))] };
    const cold = estimator.promptTokens(first);
    const truth = encode(texts.english.repeat(10)).length;
    expect(cold).toBeGreaterThan(2 * truth);
    estimator.observe(first, { input: truth, output: 1 });
    const next = { ...first, messages: [...first.messages, user("And you?")] };
    const warm = estimator.promptTokens(next) / (truth + encode("And you?").length);
    expect(warm).toBeGreaterThan(1);
    expect(warm).toBeLessThan(1.34);
    expect(estimator.promptTokens({ ...first, model: "other/model" })).toBe(cold);
  });

  it("stays above when something denser comes after prose", () => {
    for (const dense of [texts.digits, texts.base64, texts.korean]) {
      const estimator = createEstimator();
      const [prose, next] = [user(texts.english), user(dense)];
      estimator.observe({ model: "a/b", messages: [prose] }, { input: encode(texts.english).length, output: 1 });
      const truth = encode(texts.english).length + encode(dense).length;
      expect(estimator.promptTokens({ model: "a/b", messages: [prose, next] })).toBeGreaterThan(truth);
    }
  });

  it("keeps the most that a prompt came to, and does not learn from a server that reports next to nothing", () => {
    const estimator = createEstimator();
    const prompt = { model: "a/b", messages: [user(texts.english)] };
    const cold = estimator.promptTokens(prompt);
    estimator.observe(prompt, { input: 1, output: 1 });
    expect(estimator.promptTokens(prompt)).toBe(cold);
    estimator.observe(prompt, { input: cold, output: 1 });
    estimator.observe(prompt, { input: cold / 2, output: 1 });
    expect(estimator.promptTokens(prompt)).toBe(Math.ceil((cold - 256) * 1.2 + 256));
  });

  it("counts the schema, pictures and every message", () => {
    const estimator = createEstimator();
    const bare = estimator.promptTokens({ model: "a/b", messages: [user("Hi")] });
    const schema = z.object({ answer: z.string().describe("x".repeat(1_000)) });
    expect(estimator.promptTokens({ model: "a/b", messages: [user("Hi")], schema })).toBeGreaterThan(bare + 500);
    const image = { type: "image", data: new Uint8Array(), mediaType: "image/png", digest: "0" } as const;
    const pictured = { model: "a/b", messages: [{ role: "user", content: [image] }] } as const;
    expect(estimator.promptTokens(pictured)).toBeGreaterThan(5_000);
    expect(estimator.promptTokens({ model: "a/b", messages: [user("Hi"), user("Hi")] })).toBe(bare + 18);
  });

  it("learns nothing from a prompt with a picture, whose price depends on the provider", () => {
    const estimator = createEstimator();
    const image = { type: "image", data: new Uint8Array(), mediaType: "image/png", digest: "0" } as const;
    const shown: Message = { role: "user", content: [{ type: "text", text: texts.english }, image] };
    const prompt = { model: "a/b", messages: [user(texts.english), shown] };
    const cold = estimator.promptTokens(prompt);
    estimator.observe(prompt, { input: Math.ceil(cold / 3), output: 1 });
    expect(estimator.promptTokens(prompt)).toBe(cold);
  });
});
