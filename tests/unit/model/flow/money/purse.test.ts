import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Amount, createPurse, type Hold } from "../../../../../src/model/flow/money/purse.ts";
import { quiet } from "../../../../support/virtual-timer.ts";

const free = { priceOf: () => undefined };
const amount = (calls: number, tokens = 0, nanoUsd = 0): Amount => ({ calls, tokens, nanoUsd });

describe("purse", () => {
  it("counts what is reserved as spent, and gives back what was not needed", async () => {
    const purse = createPurse({ tokens: 100 }, free);
    const hold = await purse.reserve(amount(1, 80));
    expect([purse.spent.tokens, purse.held.tokens]).toEqual([0, 80]);
    hold.settle(amount(1, 30));
    hold.settle(amount(1, 30));
    expect([purse.spent.tokens, purse.held.tokens]).toEqual([30, 0]);
  });

  it("waits for what is in flight instead of failing, in order of arrival", async () => {
    const purse = createPurse({ tokens: 100 }, free);
    const first = await purse.reserve(amount(1, 70));
    const order: string[] = [];
    const large = purse.reserve(amount(1, 60));
    const small = purse.reserve(amount(1, 10));
    void large.then(() => order.push("large"));
    void small.then(() => order.push("small"));
    await quiet();
    expect(order).toEqual([]);
    first.settle(amount(1, 20));
    expect((await large).amount.tokens + (await small).amount.tokens).toBe(70);
    expect(order).toEqual(["large", "small"]);
  });

  it("refuses at once what could never fit, and what no longer fits when the calls before it are settled", async () => {
    const purse = createPurse({ calls: 3, tokens: 100, usd: 0.001 }, free);
    await expect(purse.reserve(amount(1, 101))).rejects.toMatchObject({
      code: "BUDGET_EXCEEDED",
      message:
        "The next call could pass the budget: 0 calls spent and up to 1 call wanted of 3 calls; " +
        "0 tokens spent and up to 101 tokens wanted of 100 tokens; $0.0000 spent and up to $0.0000 wanted of $0.0010.",
      data: { limit: { tokens: 100 }, spent: { tokens: 0 }, wanted: { tokens: 101 } },
    });
    await expect(purse.reserve(amount(1, 1, 1_000_001))).rejects.toMatchObject({ code: "BUDGET_EXCEEDED" });
    const first = await purse.reserve(amount(1, 50));
    const second = purse.reserve(amount(1, 60));
    const third = purse.reserve(amount(1, 40));
    const refused = expect(second).rejects.toMatchObject({ code: "BUDGET_EXCEEDED", data: { spent: { tokens: 45 } } });
    first.settle(amount(1, 45));
    await refused;
    await expect(third).resolves.toBeDefined();
  });

  it("lets the next in when one stops waiting", async () => {
    const purse = createPurse({ tokens: 100 }, free);
    await purse.reserve(amount(1, 50));
    const controller = new AbortController();
    const large = purse.reserve(amount(1, 60), controller.signal);
    const small = purse.reserve(amount(1, 50));
    controller.abort();
    await expect(large).rejects.toMatchObject({ code: "ABORTED" });
    await expect(small).resolves.toBeDefined();
    await expect(purse.reserve(amount(1), controller.signal)).rejects.toMatchObject({ code: "ABORTED" });
  });

  it("starts from what an earlier session has spent", async () => {
    const purse = createPurse({ calls: 2 }, { ...free, spent: { calls: 1 } });
    (await purse.reserve(amount(1))).settle(amount(1));
    await expect(purse.reserve(amount(1))).rejects.toMatchObject({ code: "BUDGET_EXCEEDED" });
  });

  it("takes no limit that is not an amount", () => {
    for (const usd of [-1, Number.NaN]) {
      expect(() => createPurse({ usd }, free)).toThrow(expect.objectContaining({ code: "OPTION_INVALID" }));
    }
  });

  it("adds dimes without losing a cent: 10 × $0.1 fit into $1", async () => {
    const purse = createPurse({ usd: 1 }, free);
    for (let call = 0; call < 10; call++) (await purse.reserve(amount(1, 0, 1e8))).settle(amount(1, 0, 1e8));
    expect(purse.spent.usd).toBe(1);
    await expect(purse.reserve(amount(1, 0, 1))).rejects.toMatchObject({ code: "BUDGET_EXCEEDED" });
  });

  it("is a wall: no interleaving of reserving, settling and stopping passes the limit, and nothing stays held", async () => {
    const amounts = fc.record({
      calls: fc.constant(1),
      tokens: fc.integer({ min: 0, max: 60 }),
      nanoUsd: fc.integer({ min: 0, max: 60 }),
    });
    const steps = fc.array(
      fc.oneof(
        fc.record({ do: fc.constant("reserve" as const), wanted: amounts }),
        fc.record({
          do: fc.constant("settle" as const),
          which: fc.nat(),
          share: fc.double({ min: 0, max: 1, noNaN: true }),
        }),
        fc.record({ do: fc.constant("stop" as const), which: fc.nat() }),
      ),
      { maxLength: 60 },
    );
    const limits = fc.record({ calls: fc.nat(20), tokens: fc.nat(300), nano: fc.nat(300) });
    await fc.assert(
      fc.asyncProperty(limits, steps, async (limit, script) => {
        const purse = createPurse({ calls: limit.calls, tokens: limit.tokens, usd: limit.nano / 1e9 }, free);
        const held: Hold[] = [];
        const callers: { readonly controller: AbortController; done: boolean }[] = [];
        const check = () => {
          const [spent, inFlight] = [purse.spent, purse.held];
          expect((spent.calls ?? 0) + (inFlight.calls ?? 0)).toBeLessThanOrEqual(limit.calls);
          expect((spent.tokens ?? 0) + (inFlight.tokens ?? 0)).toBeLessThanOrEqual(limit.tokens);
          expect(Math.round(((spent.usd ?? 0) + (inFlight.usd ?? 0)) * 1e9)).toBeLessThanOrEqual(limit.nano);
        };
        const settle = (which: number, share: number) => {
          const [hold] = held.splice(which % Math.max(1, held.length), 1);
          if (hold === undefined) return;
          const { tokens, nanoUsd } = hold.amount;
          hold.settle({ calls: 1, tokens: Math.floor(tokens * share), nanoUsd: Math.floor(nanoUsd * share) });
        };
        for (const step of script) {
          if (step.do === "reserve") {
            const caller = { controller: new AbortController(), done: false };
            callers.push(caller);
            const end = () => {
              caller.done = true;
            };
            purse
              .reserve(step.wanted, caller.controller.signal)
              .then((hold) => held.push(hold))
              .then(end, end);
          } else if (step.do === "settle") settle(step.which, step.share);
          else callers[step.which % Math.max(1, callers.length)]?.controller.abort();
          check();
          await Promise.resolve();
        }
        for (let round = 0; round < 200 && callers.some((caller) => !caller.done); round++) {
          await quiet();
          while (held.length > 0) settle(0, 1);
          check();
        }
        await quiet();
        while (held.length > 0) settle(0, 1);
        expect(callers.every((caller) => caller.done)).toBe(true);
        expect(purse.held).toEqual({ calls: 0, tokens: 0, usd: 0 });
        check();
      }),
      { numRuns: 150 },
    );
  });
});
