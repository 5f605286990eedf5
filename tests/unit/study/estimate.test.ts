import { describe, expect, it } from "vitest";
import type { Message } from "../../../src/kernel/contracts/model.ts";
import { createLedger } from "../../../src/model/flow/money/ledger.ts";
import { likelyTokens } from "../../../src/model/flow/money/likely-tokens.ts";
import { assumptionsOf, bandsOf } from "../../../src/study/estimate/bands.ts";
import { checkBudget } from "../../../src/study/estimate/budget-check.ts";
import { createMeter, type MeteredCall } from "../../../src/study/estimate/meter.ts";
import { languages } from "../../support/languages.ts";
import { scriptedModel } from "../../support/scripted-model.ts";
import { request } from "../model/flow/fixture.ts";

const limits = { contextTokens: 128_000, structured: true, images: true, following: "full" } as const;
const long = (languages["English"] ?? "").repeat(15);
const said = (content: string, marked = false): Message => ({
  role: "user",
  content,
  ...(marked && { cacheUpToHere: true as const }),
});

/** Asks for each prompt in turn, and gives what the meter made of it. */
async function metered(model: string, asked: readonly (readonly [scope: string, messages: readonly Message[]])[]) {
  const meter = createMeter();
  const real = meter.model(
    { id: model, limits },
    scriptedModel(() => ({ said: "Yes." })),
  );
  for (const [scope, messages] of asked) await real.generate(request({ scope, messages, maxOutputTokens: 500 }));
  return meter.calls;
}

describe("meter", () => {
  it("counts prompt and answer, and how much an earlier prompt of the same person began with", async () => {
    const [rules, one, two, present] = [said(long), said("One."), said("Two."), said("It is noon.")] as const;
    const calls = await metered("openai/gpt-4o-mini", [
      ["person:ann", [rules, one, present]],
      ["person:ann", [rules, one, two, present]],
      ["person:bob", [rules, one, two]],
    ]);
    expect(calls.map(({ prompt }) => prompt > likelyTokens(long))).toEqual([true, true, true]);
    expect(calls[0]).toMatchObject({ model: "openai/gpt-4o-mini", scope: "person:ann", purpose: "act", room: 500 });
    expect(calls[0]?.answer).toBe(likelyTokens('{"said":"Yes."}'));
    const served =
      (calls[1]?.prompt ?? 0) -
      [two, present].reduce((sum, { content }) => sum + 4 + likelyTokens(content as string), 0);
    expect(calls.map(({ cacheable }) => cacheable)).toEqual([0, served, 0]);
  });

  it("takes marks for the end of what is cached, where a provider wants them", async () => {
    const [rules, heard, more] = [said(long, true), said("One."), said("Two.")] as const;
    const prompts = [
      [rules, heard],
      [rules, heard, more],
    ].map((messages) => ["person:ann", messages] as const);
    const marked = await metered("anthropic/claude-haiku-4-5", prompts);
    const free = await metered("openai/gpt-4o-mini", prompts);
    expect(marked[1]?.cacheable).toBe((free[1]?.cacheable ?? 0) - 4 - likelyTokens("One."));
  });

  it("knows that short prompts are not cached", async () => {
    const calls = await metered("openai/gpt-4o-mini", [
      ["person:ann", [said("Hello.")]],
      ["person:ann", [said("Hello.")]],
    ]);
    expect(calls.map(({ cacheable }) => cacheable)).toEqual([0, 0]);
  });
});

const price = { input: 1, cachedInput: 0.1, cacheWrite: 1.25, output: 10 };
const call = (more: Partial<MeteredCall> = {}): MeteredCall => ({
  ...{ scope: "person:ann", purpose: "act", model: "openai/gpt-4o-mini" },
  ...{ prompt: 1_000, cacheable: 500, answer: 100, room: 8_192, ...more },
});

describe("bands", () => {
  it("are from a good cache and short answers to no cache and long ones", () => {
    const { low, high } = bandsOf([call()], () => price);
    expect(low.paid).toMatchObject({ calls: 1, input: 880, cachedInput: 440, output: 50, hitRate: 0.5 });
    expect(low.paid.usd).toBeCloseTo((440 + 44 + 500) / 1e6, 12);
    expect(high.paid).toMatchObject({ input: 1_120, cachedInput: 0, output: 200 });
    expect(high.paid.usd).toBeCloseTo((1_120 * 1.25 + 2_000) / 1e6, 12);
  });

  it("leave room for other tokenizers and for thoughts, within the bound of an answer", () => {
    const most = (more: Partial<MeteredCall>) => bandsOf([call(more)], () => undefined).high.paid;
    expect(most({ model: "anthropic/claude-haiku-4-5" })).toMatchObject({ input: 1_400, output: 200, unpriced: 1 });
    expect(most({ model: "openai/gpt-5-mini" }).output).toBe(1_200);
    expect(most({ model: "openai/gpt-5-mini", purpose: "extract" }).output).toBe(4_200);
    expect(most({ model: "openai/gpt-5-mini", room: 600 }).output).toBe(600);
    expect(assumptionsOf(["openai/gpt-4o-mini"]).join(" ")).toMatch(/−12 % to \+12 %/);
    expect(assumptionsOf(["openai/gpt-5-mini"]).join(" ")).toMatch(/1000 tokens of thought/);
  });
});

describe("the check of a budget", () => {
  const check = (limit: Parameters<typeof checkBudget>[0], priceOf = () => price as typeof price | undefined) => {
    const calls = [call(), call()];
    const spent = createLedger();
    const earlier = { scope: "x", purpose: "act", model: "openai/gpt-4o-mini", price } as const;
    spent.record({ ...earlier, outcome: "failed", atMost: { input: 3_000, output: 0 } });
    return checkBudget(limit, { ...bandsOf(calls, priceOf), spent, priceOf, rehearsed: { calls } });
  };
  it.each([
    [{ calls: 3 }, "holds"],
    [{ calls: 2 }, "short"],
    [{ tokens: 100_000 }, "holds"],
    [{ tokens: 5_000 }, "tight"],
    [{ tokens: 4_000 }, "short"],
    [{ usd: 1 }, "holds"],
    [{ usd: 0.008 }, "tight"],
    [{ usd: 0.005 }, "short"],
    [{ usd: 1, calls: 2 }, "short"],
    [{}, "holds"],
  ] as const)("%j %s", (limit, verdict) => expect(check(limit).verdict).toBe(verdict));

  it("counts what was spent before, and keeps room for the reservation of the last call", () => {
    const { needed } = check({ tokens: 1 });
    expect(needed.low).toMatchObject({ calls: 3, tokens: 3_000 + 2 * (880 + 50) });
    expect(needed.high.tokens).toBe(3_000 + 2 * (1_120 + 200) + (2_000 + 8_192 - 1_320));
  });

  it("cannot be made in dollars where a price is not known", () => {
    expect(check({ usd: 1 }, () => undefined).verdict).toBe("unknown");
    expect(check({ calls: 3 }, () => undefined).verdict).toBe("holds");
  });
});
