import { getEventListeners } from "node:events";
import { describe, expect, it } from "vitest";
import type { Model } from "../../../../src/kernel/contracts/model.ts";
import { withSignal } from "../../../../src/model/flow/bounds.ts";
import { withDeadline } from "../../../../src/model/flow/deadline.ts";
import { wrap } from "../../../../src/model/flow/wrap.ts";
import { scriptedModel } from "../../../support/scripted-model.ts";
import { quiet, virtualTimer } from "../../../support/virtual-timer.ts";
import { request } from "./fixture.ts";

/** Never answers; `heeds` tells whether it at least listens to its signal. */
function hanging(heeds: boolean): Model & { stopped: number } {
  return {
    ...scriptedModel([]),
    stopped: 0,
    generate(asked) {
      return new Promise((_resolve, reject) => {
        asked.signal?.addEventListener("abort", () => {
          this.stopped++;
          if (heeds) reject(new Error("fetch aborted"));
        });
      });
    },
  };
}

describe("deadline", () => {
  it.each([true, false])("stops an attempt that hangs (it heeds its signal: %s)", async (heeds) => {
    const timer = virtualTimer();
    const inner = hanging(heeds);
    const failure = expect(wrap(inner, withDeadline(5_000, timer)).generate(request())).rejects.toMatchObject({
      code: "MODEL_TIMEOUT",
      data: { model: "test/scripted", afterMs: 5_000 },
    });
    await timer.advance(5_000);
    await failure;
    expect(inner.stopped).toBe(1);
  });

  it("leaves no alarm behind an answer or an error", async () => {
    const timer = virtualTimer();
    const model = wrap(scriptedModel([{ said: "x" }, new Error("no")]), withDeadline(5_000, timer));
    const { signal } = new AbortController();
    await model.generate(request({ signal }));
    await expect(model.generate(request({ signal }))).rejects.toThrow("no");
    await quiet();
    expect([timer.asked.length, timer.sleeping]).toEqual([2, 0]);
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });

  it("is not over at once when it is longer than timers count", async () => {
    const patient = scriptedModel(async () => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      return { said: "x" };
    });
    await expect(wrap(patient, withDeadline(2 ** 40)).generate(request())).resolves.toBeDefined();
  });

  it("passes the caller's stop on at once, as what it is", async () => {
    const controller = new AbortController();
    const timer = virtualTimer();
    const reply = wrap(hanging(false), withDeadline(5_000, timer)).generate(request({ signal: controller.signal }));
    controller.abort("enough");
    await expect(reply).rejects.toMatchObject({ code: "ABORTED", data: { reason: "enough" } });
    expect(timer.sleeping).toBe(0);
  });
});

describe("signal of the run", () => {
  it("stops calls with and without a signal of their own, and calls that come later", async () => {
    const controller = new AbortController();
    const model = wrap(hanging(true), withDeadline(5_000, virtualTimer()), withSignal(controller.signal));
    const calls = [model.generate(request()), model.generate(request({ signal: new AbortController().signal }))];
    await quiet();
    controller.abort();
    for (const call of calls) await expect(call).rejects.toThrow();
    await expect(model.generate(request())).rejects.toMatchObject({ code: "ABORTED" });
  });
});
