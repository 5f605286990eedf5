import { describe, expect, it } from "vitest";
import type { LiveEvent, SimulationEvent } from "../../../../src/kernel/contracts/events.ts";
import type { Delta } from "../../../../src/kernel/contracts/model.ts";
import { type ErrorCode, TinyTroupeError } from "../../../../src/kernel/values/errors.ts";
import { createRandom } from "../../../../src/kernel/values/random.ts";
import { type RetryOptions, withRetry } from "../../../../src/model/flow/retry.ts";
import { wrap } from "../../../../src/model/flow/wrap.ts";
import { scriptedModel } from "../../../support/scripted-model.ts";
import { quiet, virtualTimer } from "../../../support/virtual-timer.ts";
import { request, unavailable } from "./fixture.ts";

const said = { said: "at last" };
const dice = (value: number) => ({ ...createRandom(1), next: () => value, fork: () => dice(value) });

function retried(script: readonly unknown[], options: Partial<RetryOptions> = {}) {
  const timer = virtualTimer();
  const events: SimulationEvent[] = [];
  const inner = scriptedModel(script);
  const watch = (event: SimulationEvent) => void events.push(event);
  const model = wrap(inner, withRetry({ random: dice(0.5), timer, watch, ...options }));
  return { model, inner, timer, events };
}

describe("retry", () => {
  it("waits a random part of a doubling time, not before the first attempt and not after the last", async () => {
    const { model, timer, events } = retried([unavailable(), unavailable(), unavailable(), said]);
    const reply = model.generate(request());
    await timer.advance(60_000);
    expect((await reply).value).toEqual(said);
    expect(timer.asked).toEqual([250, 500, 1000]);
    expect(events.map((event) => (event as LiveEvent & { forMs: number }).forMs)).toEqual([250, 500, 1000]);
    expect(events[0]).toMatchObject({
      type: "call-waiting",
      scope: "person:lisa",
      model: "test/scripted",
      reason: "It answered 500.",
    });
  });

  it("gives up after the last attempt without waiting, and says how many there were", async () => {
    const { model, timer, inner } = retried(
      Array.from({ length: 9 }, () => unavailable(503)),
      { attempts: 3 },
    );
    const reply = model.generate(request());
    const failure = expect(reply).rejects.toMatchObject({
      code: "MODEL_UNAVAILABLE",
      message: "It answered 503. Tried 3 times.",
      data: { status: 503, attempts: 3 },
    });
    await timer.advance(60_000);
    await failure;
    expect([inner.requests.length, timer.asked.length]).toEqual([3, 2]);
  });

  it("waits at least as long as the provider asks, and not at all when that passes the time allowed", async () => {
    const patient = retried([unavailable(429, 7_000), said], { random: dice(0) });
    const reply = patient.model.generate(request());
    await patient.timer.advance(6_999);
    expect(patient.inner.requests.length).toBe(1);
    await patient.timer.advance(1);
    expect((await reply).value).toEqual(said);
    const spread = retried([unavailable(429, 7_000), said], { random: dice(0.5) });
    const later = spread.model.generate(request());
    await spread.timer.advance(10_000);
    await later;
    // Those who were told the same do not come back in the same moment.
    expect(spread.timer.asked).toEqual([7_250]);
    const hasty = retried([unavailable(429, 7_000), said], { totalMs: 5_000 });
    await expect(hasty.model.generate(request())).rejects.toMatchObject({ code: "MODEL_UNAVAILABLE" });
    expect(hasty.timer.asked).toEqual([]);
  });

  it("counts what attempts took that ran out of time, but no wait for a turn", async () => {
    const late = new TinyTroupeError("MODEL_TIMEOUT", "Late.", { data: { model: "m", afterMs: 60_000 }, hint: "" });
    const hung = retried([late, late, late, said], { totalMs: 150_000 });
    const failure = expect(hung.model.generate(request())).rejects.toMatchObject({ code: "MODEL_TIMEOUT" });
    await hung.timer.advance(600_000);
    await failure;
    expect(hung.inner.requests.length).toBe(3);
    const timer = virtualTimer();
    const queued = wrap(
      scriptedModel([unavailable(), unavailable(), said]),
      (model) => ({ ...model, generate: (asked) => timer.sleep(3_600_000).then(() => model.generate(asked)) }),
      withRetry({ random: dice(0.5), timer }),
    );
    const reply = queued.generate(request());
    await timer.advance(4 * 3_600_000);
    expect((await reply).value).toEqual(said);
  });

  it("never waits longer than the longest wait of its own", async () => {
    const { model, timer } = retried([...Array.from({ length: 9 }, () => unavailable()), said], {
      random: dice(1),
      longestMs: 4_000,
    });
    const reply = model.generate(request());
    await timer.advance(60_000);
    await reply;
    expect(timer.asked).toEqual([500, 1000, 2000, 4000, 4000, 4000, 4000, 4000, 4000]);
  });

  it("repeats only what failed on the way", async () => {
    const codes: readonly ErrorCode[] = [
      "MODEL_INVALID",
      "MODEL_REFUSED",
      "MODEL_REJECTED",
      "BUDGET_EXCEEDED",
      "ABORTED",
    ];
    for (const code of codes) {
      const { model, inner } = retried([new TinyTroupeError(code, "No.", { data: {} as never, hint: "" }), said]);
      await expect(model.generate(request())).rejects.toMatchObject({ code });
      expect(inner.requests.length).toBe(1);
    }
    const { model } = retried([new TypeError("a bug"), said]);
    await expect(model.generate(request())).rejects.toThrow(TypeError);
  });

  it("leaves its wait at once when it is stopped", async () => {
    const controller = new AbortController();
    const { model, timer, inner } = retried([unavailable(), said]);
    const reply = model.generate(request({ signal: controller.signal }));
    await quiet();
    expect(timer.sleeping).toBe(1);
    controller.abort();
    await expect(reply).rejects.toMatchObject({ code: "ABORTED" });
    expect([timer.sleeping, inner.requests.length]).toEqual([0, 1]);
  });

  it("takes back what a failed attempt has streamed, and only if it has", async () => {
    const timer = virtualTimer();
    const model = wrap(
      scriptedModel(async (asked, call) => {
        if (call === 1) asked.onDelta?.({ type: "text", text: "half a sen" });
        return call < 2 ? unavailable() : said;
      }),
      withRetry({ random: dice(0.5), timer }),
    );
    const heard: Delta[] = [];
    const reply = model.generate(request({ onDelta: (delta) => heard.push(delta) }));
    await timer.advance(10_000);
    await reply;
    expect(heard.map((delta) => (delta.type === "restart" ? "↺" : delta.text)).join("")).toBe(
      'half a sen↺{"said":"at last"}',
    );
  });

  it("draws from dice of its own: those of the run stay where they are", async () => {
    const random = createRandom(7);
    const { model, timer } = retried([unavailable(), unavailable(), said], { random });
    const reply = model.generate(request());
    await timer.advance(60_000);
    await reply;
    expect(random.next()).toBe(createRandom(7).next());
  });
});
