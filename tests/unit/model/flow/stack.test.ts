import { getEventListeners } from "node:events";
import { describe, expect, it } from "vitest";
import type { SimulationEvent } from "../../../../src/kernel/contracts/events.ts";
import { TinyTroupeError } from "../../../../src/kernel/values/errors.ts";
import { defaultOutputTokens } from "../../../../src/model/flow/bounds.ts";
import { createLimiter } from "../../../../src/model/flow/limit/limiter.ts";
import { createLedger } from "../../../../src/model/flow/money/ledger.ts";
import { createPurse } from "../../../../src/model/flow/money/purse.ts";
import { stack } from "../../../../src/model/flow/stack.ts";
import { scriptedModel } from "../../../support/scripted-model.ts";
import { quiet, virtualTimer } from "../../../support/virtual-timer.ts";
import { request, unavailable } from "./fixture.ts";

const said = { said: "x" };
describe("stack", () => {
  it("reserves, counts and shows every attempt, and holds nothing while it waits", async () => {
    const timer = virtualTimer();
    const limiter = createLimiter({ concurrency: 1 }, timer);
    const ledger = createLedger();
    const purse = createPurse({ calls: 10, tokens: 30_000 }, { priceOf: () => undefined });
    const events: SimulationEvent[] = [];
    const invalid = new TinyTroupeError("MODEL_INVALID", "No.", {
      data: { model: "x", text: "", issues: [] },
      hint: "",
      usage: { input: 10, output: 5 },
    });
    const inner = scriptedModel([unavailable(500), invalid, unavailable(429, 4_000), said]);
    const watch = (event: SimulationEvent) => void events.push(event);
    const model = stack(inner, { limit: limiter, timer, ledger, purse, watch });
    const reply = model.generate(request());
    await quiet();
    expect([limiter.inFlight, purse.held.calls, events.at(-1)?.type]).toEqual([0, 0, "call-waiting"]);
    await timer.advance(600_000);
    expect((await reply).value).toEqual(said);
    expect(purse.spent).toEqual({ calls: 4, tokens: 15 + 120, usd: 0 });
    expect(ledger.by("outcome")).toMatchObject([
      { outcome: "failed", calls: 3 },
      { outcome: "answered", calls: 1 },
    ]);
    expect(events.map(({ type }) => type.replace("call-", "")).join(" ")).toBe(
      "started failed waiting started failed started failed waiting started finished",
    );
    expect(timer.sleeping).toBe(0);
  });

  it("bounds the answer in one place: what the caller says, else the option, else the model's own room", async () => {
    const bounds = async (contextTokens: number, maxOutputTokens?: number, asked?: number) => {
      const inner = scriptedModel([said], { limits: { contextTokens } });
      const options = maxOutputTokens === undefined ? {} : { maxOutputTokens };
      await stack(inner, options).generate(request(asked === undefined ? {} : { maxOutputTokens: asked }));
      return inner.requests[0]?.maxOutputTokens;
    };
    expect(await bounds(200_000)).toBe(8192);
    expect(await bounds(2_048)).toBe(512);
    expect(await bounds(200_000, 700)).toBe(700);
    expect(await bounds(200_000, 700, 50)).toBe(50);
    expect(defaultOutputTokens({ contextTokens: Number.POSITIVE_INFINITY } as never)).toBe(8192);
  });

  it("times the attempt alone, not its waiting for a place", async () => {
    const timer = virtualTimer();
    const limiter = createLimiter({ concurrency: 1 }, timer);
    const place = await limiter.acquire();
    const reply = stack(scriptedModel([said]), { limit: limiter, timer, deadlineMs: 1_000 }).generate(request());
    await timer.advance(50_000);
    place.release({});
    expect((await reply).value).toEqual(said);
    const hanging = stack(
      scriptedModel(() => new Promise(() => undefined)),
      { timer, deadlineMs: 1_000, retry: { attempts: 2 } },
    );
    const failure = expect(hanging.generate(request())).rejects.toMatchObject({ code: "MODEL_TIMEOUT" });
    await timer.advance(60_000);
    await failure;
  });

  it("stops everything that waits when the run is stopped", async () => {
    const timer = virtualTimer();
    const controller = new AbortController();
    const limiter = createLimiter({ concurrency: 1 }, timer);
    const model = stack(
      scriptedModel(() => unavailable()),
      { limit: limiter, timer, signal: controller.signal },
    );
    const inBackOff = model.generate(request());
    await quiet();
    await limiter.acquire();
    const inQueue = model.generate(request());
    await quiet();
    controller.abort();
    for (const reply of [inBackOff, inQueue]) await expect(reply).rejects.toMatchObject({ code: "ABORTED" });
    expect([timer.sleeping, limiter.waiting]).toEqual([0, 0]);
  });

  it("leaves nothing on the run's signals, however many calls there were", async () => {
    const [run, stopping] = [new AbortController(), new AbortController()];
    const inner = scriptedModel((_request, call) => (call % 3 === 0 ? unavailable(400) : said));
    const purse = createPurse({ tokens: 1e9 }, { priceOf: () => undefined });
    const model = stack(inner, {
      signal: run.signal,
      stopping: stopping.signal,
      purse,
      limit: { concurrency: 3 },
      retry: { attempts: 1 },
    });
    const outcomes = await Promise.allSettled(Array.from({ length: 60 }, () => model.generate(request())));
    expect(outcomes.filter(({ status }) => status === "rejected")).toHaveLength(20);
    const left = [run, stopping].map(({ signal }) => getEventListeners(signal, "abort").length);
    expect(left).toEqual([0, 0]);
  });

  it("asks a model that answers at once without a timer or a place, and not once the run is stopped or cut off", async () => {
    const timer = virtualTimer();
    const limiter = createLimiter({ concurrency: 1 }, timer);
    const [run, stopping] = [new AbortController(), new AbortController()];
    let timers = 0;
    const inner = scriptedModel(() => {
      timers = Math.max(timers, timer.sleeping);
      return said;
    });
    const ledger = createLedger();
    const options = { timer, limit: limiter, ledger, signal: run.signal, stopping: stopping.signal };
    const model = stack({ ...inner, atOnce: true }, options);
    await limiter.acquire();
    expect((await model.generate(request())).value).toEqual(said);
    expect(inner.requests[0]?.maxOutputTokens).toBe(8192);
    stopping.abort("enough");
    await expect(model.generate(request())).rejects.toMatchObject({ code: "ABORTED", data: { reason: "enough" } });
    run.abort("away");
    await expect(model.generate(request())).rejects.toMatchObject({ code: "ABORTED", data: { reason: "away" } });
    expect([timers, ledger.paid.calls]).toEqual([0, 1]);
  });

  it("keeps the rates that are given for a model that answers at once", async () => {
    const timer = virtualTimer();
    const model = stack({ ...scriptedModel([said, said]), atOnce: true }, { timer, limit: { requestsPerMinute: 1 } });
    await model.generate(request());
    const second = model.generate(request());
    await quiet();
    expect(timer.sleeping).toBe(1);
    await timer.advance(61_000);
    expect((await second).value).toEqual(said);
  });

  it("shares a limiter between models that share a provider", async () => {
    const limiter = createLimiter({ concurrency: 2 });
    let [now, most] = [0, 0];
    const slow = () =>
      scriptedModel(async () => {
        most = Math.max(most, ++now);
        await quiet();
        now--;
        return said;
      });
    const [actor, judge] = [stack(slow(), { limit: limiter }), stack(slow(), { limit: limiter })];
    await Promise.all([actor, judge, actor, judge, actor, judge].map((model) => model.generate(request())));
    expect(most).toBe(2);
  });
});
