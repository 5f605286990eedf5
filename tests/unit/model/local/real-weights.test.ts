import { homedir } from "node:os";
import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import type { Message, Model } from "../../../../src/kernel/contracts/model.ts";
import { openLocalModel } from "../../../../src/model/local/open-local-model.ts";
import { smallDefault } from "../../../../src/model/local/weights/catalogue.ts";
import { fetchWeights } from "../../../../src/model/local/weights/fetch.ts";
import { modelCacheFolder } from "../../../../src/model/local/weights/folder.ts";
import { tinyGguf } from "../../../support/tiny-gguf.ts";

/** Weights that were made up have nothing to say, however long it is. */
const answer = () => z.object({ content: z.string().max(real ? 240 : 60) });
const rules = "Answer in the first person, in two or three short sentences, as this person would.";
const persons = {
  Lisa: "You are Lisa Brannigan, 34, a live captioner from Limerick, Ireland. You love swimming in cold rivers, greyhound races and old dictionaries. You hate mumbling.",
  Oscar: "You are Oscar Brandt, 45, an architect in Berlin, Germany. You are a father of two girls, grumpy and funny.",
};
const cacheFolder = modelCacheFolder(process.env, process.platform, homedir());
let model: Model;
let real = true;

beforeAll(async () => {
  const path = await fetchWeights(smallDefault, { cacheFolder }).catch((error: Error) => {
    real = false;
    console.log(`NOT RUN ON REAL WEIGHTS, but on a generated tiny model: ${error.message}`);
    return tinyGguf();
  });
  model = await openLocalModel(path, { cacheFolder, gpu: false, threads: 1, contextTokens: 2048 });
}, 300_000);
afterAll(() => model.close?.());

function ask(name: keyof typeof persons, history: readonly Message[]) {
  const messages: Message[] = [{ role: "system", content: `${rules}\n${persons[name]}` }, ...history];
  return model.generate({ messages, schema: answer(), purpose: "act", scope: `person:${name}`, seed: 7 });
}

it("plays two persons who talk, the same way every time", { timeout: 120_000 }, async () => {
  const question: Message = { role: "user", content: "Lisa, which AI feature would you add to a word processor?" };
  const first = await ask("Lisa", [question]);
  const heard: Message = { role: "user", content: `Lisa says: "${first.value.content}"\nOscar, what do you think?` };
  const second = await ask("Oscar", [heard]);
  const third = await ask("Lisa", [
    question,
    { role: "assistant", content: first.value.content },
    { role: "user", content: `Oscar says: "${second.value.content}"` },
  ]);
  const [againSecond, againFirst] = await Promise.all([ask("Oscar", [heard]), ask("Lisa", [question])]);
  expect([againFirst.value, againSecond.value]).toEqual([first.value, second.value]);
  expect(third.usage.cachedInput).toBeGreaterThanOrEqual(32);
  expect(new Set([first, second, third].map(({ value }) => value.content)).size).toBe(3);
  if (!real) return;
  for (const { value } of [first, second, third]) {
    expect(value.content).toMatch(/\b(I|I'm|I'd|I've|my|me|we)\b/);
    expect(value.content).toMatch(/[.!?…]["'”’)]*$/);
    expect(value.content.split(" ").length).toBeGreaterThan(7);
  }
});

it("finds the likelier of two answers", { timeout: 60_000 }, async () => {
  const messages: Message[] = [{ role: "user", content: "What is the capital of France? Answer with one word." }];
  const choice = await model.choose?.({ messages, options: ["Paris", "Potato"], scope: "capital" });
  expect(choice?.probabilities.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 10);
  if (real) expect(choice?.probabilities[0]).toBeGreaterThan(0.5);
});
