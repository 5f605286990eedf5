import { getEventListeners } from "node:events";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { ModelRequest } from "../../../../src/kernel/contracts/model.ts";
import { TinyTroupeError } from "../../../../src/kernel/values/errors.ts";
import { createLedger } from "../../../../src/model/flow/money/ledger.ts";
import { createPurse } from "../../../../src/model/flow/money/purse.ts";
import { withSharing } from "../../../../src/model/flow/share.ts";
import { stack } from "../../../../src/model/flow/stack.ts";
import { wrap } from "../../../../src/model/flow/wrap.ts";
import { withReplay } from "../../../../src/model/replay/replay.ts";
import { testContext } from "../../../support/context.ts";
import { scriptedModel } from "../../../support/scripted-model.ts";
import { quiet } from "../../../support/virtual-timer.ts";
import { request, type Said } from "./fixture.ts";

/** A model that answers each call with its number, when it is told to. */
function held() {
  const waiting: { answer(): void; fail(error: unknown): void }[] = [];
  const model = scriptedModel(async (_request, call) => {
    await new Promise<void>((resolve, reject) => waiting.push({ answer: resolve, fail: reject }));
    return { said: `answer ${call}` };
  });
  return { model, waiting };
}

type Asked = Partial<ModelRequest<z.infer<typeof Said>>>;

async function callsFor(...requests: readonly Asked[]): Promise<number> {
  const { model, waiting } = held();
  const sharing = wrap(model, withSharing());
  const replies = requests.map((over) => sharing.generate(request(over)));
  await quiet();
  for (const { answer } of waiting) answer();
  await Promise.all(replies);
  return waiting.length;
}

const hello = (): Asked => ({ messages: [{ role: "user", content: "Hello?" }] });

describe("sharing in flight", () => {
  it("makes one call of identical questions at temperature 0, and of those with the same seed", async () => {
    const cold = { temperature: 0 };
    expect(
      await callsFor({ ...hello(), ...cold, seed: 1 }, { ...hello(), ...cold, seed: 2, scope: "person:oscar" }),
    ).toBe(1);
    expect(await callsFor({ ...hello(), seed: 5 }, { ...hello(), seed: 5, scope: "person:oscar" })).toBe(1);
  });

  it("shares each of several questions that look alike with those who ask it", async () => {
    const hullo = (): Asked => ({ messages: [{ role: "user", content: "Hullo?" }] });
    for (const draw of [{ temperature: 0 }, { seed: 5 }]) {
      const asked = [hello(), hullo(), hullo(), hello()].map((question) => ({ ...question, ...draw }));
      expect(await callsFor(...asked)).toBe(2);
    }
  });

  it("leaves independent draws independent: people who are asked the same answer for themselves", async () => {
    expect(await callsFor(hello(), hello())).toBe(2);
    expect(await callsFor({ seed: 1 }, { seed: 2 })).toBe(2);
    expect(await callsFor({ temperature: 0.7 }, { temperature: 0.7 })).toBe(2);
    expect(await callsFor({ temperature: 0 }, { temperature: 0, sample: 1 })).toBe(2);
  });

  it.each<[string, Asked]>([
    ["messages", { messages: [{ role: "user", content: "Hello!" }] }],
    ["schema", { schema: z.object({ said: z.string() }) }],
    ["purpose", { purpose: "judge" }],
    ["bound", { maxOutputTokens: 5 }],
    ["rehearsal", { rehearsal: { persona: { name: "Oscar" } } }],
    ["listener", { onDelta: () => undefined }],
  ])("asks apart what differs in its %s", async (_what, over) => {
    for (const draw of [{ temperature: 0 }, { seed: 3 }]) {
      expect(await callsFor({ ...hello(), ...draw }, { ...hello(), ...draw, ...over })).toBe(2);
    }
  });

  it("counts the call once, and asks anew when it is over", async () => {
    const { model, waiting } = held();
    const ledger = createLedger();
    const purse = createPurse({ calls: 10 }, { priceOf: () => undefined });
    const sharing = stack(model, { ledger, purse });
    const ask = () => sharing.generate(request({ temperature: 0 }));
    const replies = [ask(), ask(), ask()];
    await quiet();
    expect(waiting.length).toBe(1);
    waiting[0]?.answer();
    const [first, ...others] = await Promise.all(replies);
    expect(first).toMatchObject({ value: { said: "answer 0" }, origin: "model" });
    expect(first?.usage.output).toBeGreaterThan(0);
    for (const other of others) {
      expect(other).toMatchObject({ value: { said: "answer 0" }, usage: { input: 0, output: 0 }, origin: "cache" });
    }
    expect([ledger.paid.calls, purse.spent.calls]).toEqual([1, 1]);
    const later = ask();
    await quiet();
    waiting[1]?.answer();
    expect(await later).toMatchObject({ value: { said: "answer 1" }, origin: "model" });
  });

  it("goes on for those who still wait, gives the usage to one of them, and stops with the last", async () => {
    const { model, waiting } = held();
    const sharing = stack(model);
    const [first, second] = [new AbortController(), new AbortController()];
    const ask = (signal?: AbortSignal) => sharing.generate(request({ temperature: 0, ...(signal && { signal }) }));
    const left = ask(first.signal);
    const stays = ask(second.signal);
    await quiet();
    first.abort("enough");
    await expect(left).rejects.toMatchObject({ code: "ABORTED", data: { reason: "enough" } });
    waiting[0]?.answer();
    expect(await stays).toMatchObject({ origin: "model" });
    expect(getEventListeners(second.signal, "abort")).toEqual([]);
    const alone = ask(second.signal);
    await quiet();
    second.abort();
    await expect(alone).rejects.toMatchObject({ code: "ABORTED" });
    expect(model.requests[1]?.signal?.aborted).toBe(true);
    const anew = ask();
    await quiet();
    waiting[2]?.answer();
    expect(await anew).toMatchObject({ value: { said: "answer 2" } });
    await expect(ask(AbortSignal.abort("never"))).rejects.toMatchObject({ code: "ABORTED" });
  });

  it("fails for all, and is paid for by one", async () => {
    const { model, waiting } = held();
    const sharing = wrap(model, withSharing());
    const replies = [1, 2].map(() => sharing.generate(request({ temperature: 0 })));
    const settled = Promise.allSettled(replies);
    await quiet();
    const usage = { input: 10, output: 5 };
    waiting[0]?.fail(
      new TinyTroupeError("MODEL_REFUSED", "No.", { data: { model: "m", text: "" }, hint: "Ask.", usage }),
    );
    const [one, other] = (await settled).map((result) => (result.status === "rejected" ? result.reason : undefined));
    expect(one).toMatchObject({ code: "MODEL_REFUSED", usage });
    expect(other).toMatchObject({ code: "MODEL_REFUSED", message: "No.", hint: "Ask.", cause: one });
    expect(other.usage).toBeUndefined();
  });

  it("ends for all when the run is aborted, and comes home for all when it is stopped", async () => {
    for (const [kind, outcome] of [["signal", "rejected"] as const, ["stopping", "fulfilled"] as const]) {
      const { model, waiting } = held();
      const controller = new AbortController();
      const sharing = stack(model, { [kind]: controller.signal });
      const replies = Promise.allSettled([1, 2].map(() => sharing.generate(request({ temperature: 0 }))));
      await quiet();
      controller.abort("over");
      expect(model.requests[0]?.signal?.aborted).toBe(outcome === "rejected");
      if (outcome === "fulfilled") waiting[0]?.answer();
      expect((await replies).map(({ status }) => status)).toEqual([outcome, outcome]);
    }
  });

  it("is kept for each who asked, in its own place, and served again to each for nothing", async () => {
    const { model, waiting } = held();
    const { calls } = testContext().journal;
    const replayed = () => wrap(stack(model), withReplay(calls, { seed: "1", watch: () => undefined }));
    const ask = async (asked = replayed()) =>
      Promise.all(["person:lisa", "person:oscar"].map((scope) => asked.generate(request({ scope, temperature: 0 }))));
    const first = ask();
    await quiet();
    await quiet();
    expect(waiting.length).toBe(1);
    waiting[0]?.answer();
    const usages = (await first).map(({ usage }) => usage.output > 0);
    expect(usages).toEqual([true, false]);
    const again = await ask();
    expect(again.map(({ origin, value }) => [origin, value])).toEqual([
      ["journal", { said: "answer 0" }],
      ["journal", { said: "answer 0" }],
    ]);
    expect(waiting.length).toBe(1);
  });
});
