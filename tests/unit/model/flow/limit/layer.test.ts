import { describe, expect, it } from "vitest";
import type { SimulationEvent } from "../../../../../src/kernel/contracts/events.ts";
import { TinyTroupeError } from "../../../../../src/kernel/values/errors.ts";
import { withLimit } from "../../../../../src/model/flow/limit/layer.ts";
import { createLimiter } from "../../../../../src/model/flow/limit/limiter.ts";
import { wrap } from "../../../../../src/model/flow/wrap.ts";
import { scriptedModel } from "../../../../support/scripted-model.ts";
import { quiet, virtualTimer } from "../../../../support/virtual-timer.ts";
import { request, unavailable } from "../fixture.ts";

const rejected = new TinyTroupeError("MODEL_REJECTED", "No.", { data: { model: "m", status: 400 }, hint: "" });

describe("limit", () => {
  it.each<[string, unknown, boolean]>([
    ["429", unavailable(429), true],
    ["529", unavailable(529), true],
    ["503 that says when to come back", unavailable(503, 10), true],
    ["503", unavailable(503), false],
    ["500 that says when to come back", unavailable(500, 10), false],
    ["400", rejected, false],
  ])("takes a %s for what it is", async (_what, error, isTooMuch) => {
    const limiter = createLimiter({ concurrency: 8 }, virtualTimer());
    const model = wrap(
      scriptedModel(async () => {
        await quiet();
        return error;
      }),
      withLimit(limiter),
    );
    await Promise.allSettled(Array.from({ length: 8 }, () => model.generate(request())));
    expect(limiter.allowed).toBe(isTooMuch ? 1 : 8);
  });

  it.each([
    ["five minutes, as asked", 300_000, 300_000],
    ["not at all for an hour, which no call waits", 3_600_000, 0],
  ])("pauses %s", async (_what, retryAfterMs, pauseMs) => {
    const timer = virtualTimer();
    const limiter = createLimiter({ concurrency: 1 }, timer);
    const model = wrap(scriptedModel([unavailable(429, retryAfterMs), { said: "x" }]), withLimit(limiter));
    await expect(model.generate(request())).rejects.toMatchObject({ code: "MODEL_UNAVAILABLE" });
    const reply = model.generate(request());
    await timer.advance(Math.max(0, pauseMs - 1));
    expect(limiter.waiting).toBe(pauseMs === 0 ? 0 : 1);
    await timer.advance(1);
    expect((await reply).value).toEqual({ said: "x" });
  });

  it("sets aside the most that a call may come to, and keeps what it came to", async () => {
    const timer = virtualTimer();
    const limiter = createLimiter({ tokensPerMinute: 3_000 }, timer);
    const waiting: (() => void)[] = [];
    const inner = scriptedModel(async () => {
      await new Promise<void>((resolve) => waiting.push(resolve));
      return { said: "x" };
    });
    const events: SimulationEvent[] = [];
    const model = wrap(inner, withLimit(limiter, { watch: (event) => void events.push(event) }));
    const replies = [1, 2].map(() => model.generate(request({ maxOutputTokens: 2_000 })));
    await quiet();
    expect([waiting.length, limiter.waiting]).toEqual([1, 1]);
    expect(events).toEqual([
      {
        type: "call-waiting",
        scope: "person:lisa",
        model: "test/scripted",
        forMs: 60_100,
        reason: "The limit is 3,000 tokens a minute.",
      },
    ]);
    waiting[0]?.();
    await replies[0];
    await quiet();
    // An answer of 120 tokens leaves room for the second.
    expect([waiting.length, limiter.waiting, timer.now()]).toEqual([2, 0, 0]);
    waiting[1]?.();
    await replies[1];
  });

  it("sets the whole context aside where nothing bounds the answer, and no more than a minute holds", async () => {
    const timer = virtualTimer();
    const limiter = createLimiter({ tokensPerMinute: 3_000 }, timer);
    const model = wrap(
      scriptedModel(() => unavailable(500)),
      withLimit(limiter),
    );
    await expect(model.generate(request())).rejects.toMatchObject({ code: "MODEL_UNAVAILABLE" });
    // The failed call took no tokens, so that there is room again.
    await expect(model.generate(request())).rejects.toMatchObject({ code: "MODEL_UNAVAILABLE" });
    expect(timer.asked).toEqual([]);
  });
});
