import { describe, expect, it } from "vitest";
import { z } from "zod";
import { TinyTroupeError } from "../../../../src/kernel/values/errors.ts";
import { createPurse } from "../../../../src/model/flow/money/purse.ts";
import { stack } from "../../../../src/model/flow/stack.ts";
import { scriptedModel } from "../../../support/scripted-model.ts";

const schema = z.object({ a: z.number() });
const ask = (scope: string) => ({ messages: [], schema, purpose: "act", scope }) as const;

/** A stack over a model that answers when it is told to, or fails when it is told that. */
function held(options: Parameters<typeof stack>[1] = {}) {
  const waiting: { answer(): void; fail(error: unknown): void }[] = [];
  const signals: (AbortSignal | undefined)[] = [];
  const model = scriptedModel(async (request) => {
    signals.push(request.signal);
    await new Promise<void>((resolve, reject) => waiting.push({ answer: resolve, fail: reject }));
    return { a: 1 };
  });
  const stop = new AbortController();
  return { waiting, signals, model, stop, stacked: stack(model, { stopping: stop.signal, ...options }) };
}

const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await new Promise(setImmediate);
};

describe("a stop", () => {
  it("does not reach what is in flight, and ends what waits for a place", async () => {
    const { model, signals, stacked, stop, waiting } = held({ limit: { concurrency: 1 } });
    const [first, second] = [stacked.generate(ask("one")), stacked.generate(ask("two"))];
    await until(() => waiting.length === 1);
    stop.abort("enough");
    await expect(second).rejects.toMatchObject({ code: "ABORTED", data: { reason: "enough" } });
    expect(signals[0]?.aborted).toBe(false);
    waiting[0]?.answer();
    expect(await first).toMatchObject({ value: { a: 1 } });
    await expect(stacked.generate(ask("three"))).rejects.toMatchObject({ code: "ABORTED" });
    expect(model.requests.length).toBe(1);
  });

  it("ends what waits for money, and costs nothing that did not begin", async () => {
    const purse = createPurse({ calls: 1 }, { priceOf: () => undefined });
    const { stacked, stop, waiting } = held({ purse });
    const first = stacked.generate(ask("one"));
    await until(() => waiting.length === 1);
    const second = stacked.generate(ask("two"));
    stop.abort("enough");
    await expect(second).rejects.toMatchObject({ code: "ABORTED" });
    waiting[0]?.answer();
    await first;
    expect([purse.spent.calls, purse.held.calls]).toEqual([1, 0]);
  });

  it("makes a fault on the way a stop, for it would have been tried again", async () => {
    const { model, stacked, stop, waiting } = held();
    const call = stacked.generate(ask("one"));
    await until(() => waiting.length === 1);
    stop.abort("enough");
    const down = new TinyTroupeError("MODEL_UNAVAILABLE", "Down.", { data: { model: "m", status: 503 }, hint: "" });
    waiting[0]?.fail(down);
    await expect(call).rejects.toMatchObject({ code: "ABORTED", cause: down });
    expect(model.requests.length).toBe(1);
  });

  it("leaves a refusal what it is, and gives an error as its reason to those who did not begin", async () => {
    const { stacked, stop, waiting } = held();
    const call = stacked.generate(ask("one"));
    await until(() => waiting.length === 1);
    const spent = new TinyTroupeError("BUDGET_EXCEEDED", "Spent.", {
      data: { limit: {}, spent: {}, wanted: {} },
      hint: "",
    });
    stop.abort(spent);
    const refused = new TinyTroupeError("MODEL_REFUSED", "No.", { data: { model: "m", text: "" }, hint: "" });
    waiting[0]?.fail(refused);
    await expect(call).rejects.toBe(refused);
    await expect(stacked.generate(ask("two"))).rejects.toBe(spent);
  });

  it("lets the call's own signal, and the run's, cut off what is in flight", async () => {
    const [own, run] = [new AbortController(), new AbortController()];
    const { signals, stacked, stop, waiting } = held({ signal: run.signal });
    const calls = [stacked.generate({ ...ask("one"), signal: own.signal }), stacked.generate(ask("two"))];
    for (const call of calls) call.catch(() => undefined);
    await until(() => waiting.length === 2);
    stop.abort("enough");
    expect(signals.map((signal) => signal?.aborted)).toEqual([false, false]);
    own.abort("mine");
    expect(signals.map((signal) => signal?.aborted)).toEqual([true, false]);
    run.abort("all");
    expect(signals.map((signal) => signal?.aborted)).toEqual([true, true]);
    for (const { answer } of waiting) answer();
    await Promise.allSettled(calls);
  });
});
