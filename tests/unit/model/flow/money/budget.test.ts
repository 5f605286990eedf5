import { describe, expect, it } from "vitest";
import type { Model, Usage } from "../../../../../src/kernel/contracts/model.ts";
import { type ErrorCode, TinyTroupeError } from "../../../../../src/kernel/values/errors.ts";
import { createRandom } from "../../../../../src/kernel/values/random.ts";
import { withBudget } from "../../../../../src/model/flow/money/budget.ts";
import { mostNanoUsd, nanoUsd } from "../../../../../src/model/flow/money/price.ts";
import { createPurse } from "../../../../../src/model/flow/money/purse.ts";
import { stack } from "../../../../../src/model/flow/stack.ts";
import { wrap } from "../../../../../src/model/flow/wrap.ts";
import { loopback } from "../../../../support/loopback.ts";
import { scriptedModel } from "../../../../support/scripted-model.ts";
import { httpModel, request, unavailable } from "../fixture.ts";

const said = { said: "x" };
const free = { priceOf: () => undefined };
const cheap = { priceOf: () => ({ input: 1, output: 10, cachedInput: 0.1, cacheWrite: 1.25 }) };

/** What is spent after one call that answers with this, or fails with it. */
async function spentAfter(answer: unknown, usage: Usage = { input: 100, output: 20 }) {
  const purse = createPurse({ usd: 1 }, cheap);
  const model = wrap(scriptedModel([answer], { usage }), withBudget(purse));
  await model.generate(request({ maxOutputTokens: 50 })).catch(() => undefined);
  expect(purse.held).toEqual({ calls: 0, tokens: 0, usd: 0 });
  return purse.spent;
}

describe("budget", () => {
  it("reserves the prompt's bound and the answer's, and settles with what it was", async () => {
    const purse = createPurse({ tokens: 10_000 }, free);
    const held: (number | undefined)[] = [];
    const inner = scriptedModel(
      () => {
        held.push(purse.held.tokens);
        return said;
      },
      { usage: { input: 60, output: 3 } },
    );
    const model = wrap(inner, withBudget(purse));
    await model.generate(request({ maxOutputTokens: 1_000 }));
    expect(held[0]).toBeGreaterThan(1_256);
    expect(purse.spent).toEqual({ calls: 1, tokens: 63, usd: 0 });
    await model.generate(request({ maxOutputTokens: 1_000 }));
    expect(held[1]).toBeLessThan(held[0] ?? 0);
  });

  it("reserves the dearest that the prompt can become: all of it written to the cache", async () => {
    const held: (number | undefined)[] = [];
    for (const cacheWrite of [1, 4]) {
      const purse = createPurse({ usd: 1 }, { priceOf: () => ({ input: 1, output: 10, cacheWrite }) });
      const inner = scriptedModel(() => {
        held.push(purse.held.usd);
        return said;
      });
      await wrap(inner, withBudget(purse)).generate(request({ maxOutputTokens: 0 }));
    }
    expect(held[1]).toBeCloseTo(4 * (held[0] ?? 0), 9);
  });

  it("counts cached and cache-writing tokens at their own prices", async () => {
    expect((await spentAfter(said)).usd).toBeCloseTo((100 * 1 + 20 * 10) / 1e6, 12);
    const cached = await spentAfter(said, { input: 100, output: 20, cachedInput: 60, cacheWrite: 30 });
    expect(cached.usd).toBeCloseTo((10 * 1 + 60 * 0.1 + 30 * 1.25 + 20 * 10) / 1e6, 12);
  });

  it("counts a failed attempt by what is known of it", async () => {
    const failing = (code: ErrorCode, usage?: Usage) =>
      new TinyTroupeError(code, "No.", { data: {} as never, hint: "", ...(usage && { usage }) });
    expect(await spentAfter(unavailable(429))).toEqual({ calls: 1, tokens: 0, usd: 0 });
    expect(await spentAfter(failing("MODEL_REJECTED"))).toEqual({ calls: 1, tokens: 0, usd: 0 });
    expect((await spentAfter(failing("MODEL_REFUSED", { input: 7, output: 2 }))).tokens).toBe(9);
    for (const code of ["MODEL_UNAVAILABLE", "MODEL_MALFORMED"] as const) {
      expect((await spentAfter(failing(code, { input: 0, output: 0 }))).tokens, code).toBeGreaterThan(50);
    }
    const unreachable = new TinyTroupeError("MODEL_UNAVAILABLE", "No.", {
      data: { model: "x" },
      hint: "",
      cause: new TypeError("fetch failed", { cause: Object.assign(new Error("refused"), { code: "ECONNREFUSED" }) }),
    });
    expect((await spentAfter(unreachable)).tokens).toBe(0);
    for (const code of ["MODEL_TIMEOUT", "ABORTED", "MODEL_UNAVAILABLE", "MODEL_MALFORMED"] as const) {
      expect((await spentAfter(failing(code))).tokens, code).toBeGreaterThan(50);
    }
  });

  it("counts for a server that reports no tokens, but takes a stand-in's word", async () => {
    const none = { input: 0, output: 0 };
    expect((await spentAfter(said, none)).tokens).toBeGreaterThan(100);
    const purse = createPurse({ tokens: 10_000 }, free);
    await wrap(scriptedModel([said], { usage: none, heuristic: true }), withBudget(purse)).generate(
      request({ maxOutputTokens: 9 }),
    );
    expect(purse.spent.tokens).toBe(0);
  });

  it("refuses a budget in money at the start when the price is not known", () => {
    const purse = createPurse({ usd: 1 }, free);
    expect(() => stack(scriptedModel([]), { purse })).toThrow(
      expect.objectContaining({ code: "PRICE_UNKNOWN", data: { model: "test/scripted" } }),
    );
    expect(() => stack(scriptedModel([]), { purse: createPurse({ calls: 1 }, free) })).not.toThrow();
  });

  it("reserves the whole context for an answer without a bound", async () => {
    const purse = createPurse({ tokens: 100_000 }, free);
    const model: Model = wrap(scriptedModel([said]), withBudget(purse));
    await expect(model.generate(request())).rejects.toMatchObject({ code: "BUDGET_EXCEEDED" });
  });

  it("reserves no more for a choice than its options come to", async () => {
    const purse = createPurse({ tokens: 1_000 }, free);
    const usage = { input: 300, output: 2 };
    const model: Model = wrap(
      {
        ...scriptedModel([]),
        choose: async ({ options }) => ({ probabilities: options.map(() => 1 / options.length), usage }),
      },
      withBudget(purse),
    );
    await model.choose?.({ messages: request().messages, options: ["yes", "no"], scope: "person:lisa" });
    expect(purse.spent.tokens).toBe(302);
  });

  it("gives a place back when the caller is gone before the attempt was made", async () => {
    const purse = createPurse({ tokens: 10_000 }, free);
    const inner = scriptedModel([said]);
    const controller = new AbortController();
    const reply = wrap(inner, withBudget(purse)).generate(request({ maxOutputTokens: 9, signal: controller.signal }));
    controller.abort();
    await expect(reply).rejects.toMatchObject({ code: "ABORTED" });
    expect([inner.requests.length, purse.spent.calls, purse.held.calls]).toEqual([0, 0, 0]);
  });
});

describe("budget over HTTP, 40 callers at once", () => {
  /** Answers with a seeded share of what it may, fails now and then, and adds up what it charged. */
  const charging = async () => {
    const random = createRandom("server");
    const charged = { calls: 0, tokens: 0, nanoUsd: 0 };
    const server = await loopback((body, response) => {
      charged.calls++;
      const fails = random.next() < 0.2;
      const { messages, maxOutputTokens } = JSON.parse(body);
      const usage = {
        input: Math.ceil(JSON.stringify(messages).length / 4),
        output: Math.ceil(random.next() * maxOutputTokens),
      };
      setTimeout(() => {
        if (fails) return response.writeHead(500).end();
        charged.tokens += usage.input + usage.output;
        charged.nanoUsd += usage.input * 1_000 + usage.output * 10_000;
        response.end(JSON.stringify({ value: said, usage }));
      }, random.integer(4));
    });
    return { server, charged };
  };

  it.each([{ calls: 25 }, { tokens: 9_000 }, { usd: 0.03 }])("is a wall: %o", async (limit) => {
    const { server, charged } = await charging();
    await using _server = server;
    const purse = createPurse(limit, cheap);
    const model = stack(httpModel(server.url), { purse, limit: {}, maxOutputTokens: 400, retry: { firstMs: 1 } });
    const calls = Array.from({ length: 40 }, () => model.generate(request()));
    const results = await Promise.allSettled(calls);
    const failed = results.filter((result) => result.status === "rejected").map((result) => result.reason.code);
    expect(new Set(failed)).toEqual(new Set(["BUDGET_EXCEEDED"]));
    expect(results.length - failed.length).toBeGreaterThan(5);
    expect(charged.calls).toBeLessThanOrEqual(limit.calls ?? Number.POSITIVE_INFINITY);
    expect(charged.tokens).toBeLessThanOrEqual(limit.tokens ?? Number.POSITIVE_INFINITY);
    expect(charged.nanoUsd / 1e9).toBeLessThanOrEqual(limit.usd ?? Number.POSITIVE_INFINITY);
    expect(purse.spent).toEqual({ calls: charged.calls, tokens: charged.tokens, usd: charged.nanoUsd / 1e9 });
    expect(purse.held).toEqual({ calls: 0, tokens: 0, usd: 0 });
  });
});

describe("price of long prompts", () => {
  const price = { input: 0.1, output: 0.5, cacheWrite: 0.125, long: { overTokens: 100, input: 0.5, output: 2.5 } };
  it("counts the whole call at the other rates, in the worst case too", () => {
    expect(nanoUsd({ input: 100, output: 10 }, price)).toBe(100 * 100 + 10 * 500);
    expect(nanoUsd({ input: 101, output: 10 }, price)).toBe(101 * 500 + 10 * 2_500);
    expect(mostNanoUsd({ input: 100, output: 10 }, price)).toBe(100 * 125 + 10 * 500);
    expect(mostNanoUsd({ input: 101, output: 10 }, price)).toBe(101 * 500 + 10 * 2_500);
  });
});
