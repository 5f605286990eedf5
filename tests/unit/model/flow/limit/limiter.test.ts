import { describe, expect, it } from "vitest";
import { createRandom } from "../../../../src/kernel/values/random.ts";
import { createLimiter, type Pass, withLimit } from "../../../../src/model/flow/limit.ts";
import { withRetry } from "../../../../src/model/flow/retry.ts";
import { wrap } from "../../../../src/model/flow/wrap.ts";
import { loopback } from "../../../support/loopback.ts";
import { quiet, virtualTimer } from "../../../support/virtual-timer.ts";
import { httpModel, request } from "./fixture.ts";

describe("limiter", () => {
  it("lets in as many as told, first come first served, and shows who is in and who waits", async () => {
    const limiter = createLimiter({ concurrency: 2 });
    const order: number[] = [];
    const passes: Pass[] = [];
    for (const number of [1, 2, 3, 4]) {
      void limiter.enter().then((pass) => {
        order.push(number);
        passes.push(pass);
      });
    }
    await quiet();
    expect([order, limiter.inFlight, limiter.waiting]).toEqual([[1, 2], 2, 2]);
    passes[1]?.leave({});
    await quiet();
    expect([order, limiter.inFlight, limiter.waiting]).toEqual([[1, 2, 3], 2, 1]);
    passes[0]?.leave({ failed: true });
    await quiet();
    expect(order).toEqual([1, 2, 3, 4]);
  });

  it("forgets who stops waiting, and lets nobody in who is stopped already", async () => {
    const limiter = createLimiter({ concurrency: 1 });
    const first = await limiter.enter();
    const controller = new AbortController();
    const second = limiter.enter(controller.signal);
    const third = limiter.enter();
    controller.abort("enough");
    await expect(second).rejects.toMatchObject({ code: "ABORTED", data: { reason: "enough" } });
    await expect(limiter.enter(controller.signal)).rejects.toMatchObject({ code: "ABORTED" });
    expect(limiter.waiting).toBe(1);
    first.leave({});
    (await third).leave({});
    expect([limiter.inFlight, limiter.waiting]).toEqual([0, 0]);
  });

  it("halves once for all that were in flight when the provider was overloaded, and grows by one a round", async () => {
    const limiter = createLimiter({ concurrency: 16 });
    const passes = await Promise.all(Array.from({ length: 16 }, () => limiter.enter()));
    for (const pass of passes) pass.leave({ overloaded: true, failed: true });
    expect(limiter.allowed).toBe(8);
    const next = await Promise.all(Array.from({ length: 8 }, () => limiter.enter()));
    next[0]?.leave({ overloaded: true, failed: true });
    expect(limiter.allowed).toBe(4);
    for (const pass of next.slice(1)) pass.leave({});
    expect(limiter.allowed).toBe(5);
    for (let call = 0; call < 50; call++) (await limiter.enter()).leave({ failed: true });
    expect(limiter.allowed).toBe(5);
    for (let call = 0; call < 200; call++) (await limiter.enter()).leave({});
    expect(limiter.allowed).toBe(16);
    for (let call = 0; call < 20; call++) (await limiter.enter()).leave({ overloaded: true, failed: true });
    expect(limiter.allowed).toBe(1);
  });

  it("lets nobody in until the time that the provider asked for, a minute at most", async () => {
    const timer = virtualTimer();
    const limiter = createLimiter({ concurrency: 4, timer });
    (await limiter.enter()).leave({ overloaded: true, failed: true, retryAfterMs: 5_000 });
    let entered = 0;
    for (let call = 0; call < 2; call++) void limiter.enter().then(() => entered++);
    await timer.advance(4_999);
    expect([entered, timer.sleeping]).toEqual([0, 1]);
    await timer.advance(1);
    expect([entered, timer.sleeping]).toEqual([2, 0]);
  });

  it("keeps no alarm when nobody waits any more", async () => {
    const timer = virtualTimer();
    const limiter = createLimiter({ concurrency: 1, timer });
    (await limiter.enter()).leave({ overloaded: true, failed: true, retryAfterMs: 3_600_000 });
    const controller = new AbortController();
    const waiting = limiter.enter(controller.signal);
    expect(timer.asked).toEqual([60_000]);
    controller.abort();
    await expect(waiting).rejects.toMatchObject({ code: "ABORTED" });
    await quiet();
    expect(timer.sleeping).toBe(0);
    const again = limiter.enter();
    await timer.advance(60_000);
    await expect(again).resolves.toBeDefined();
  });

  it("refuses a concurrency that lets nobody in", () => {
    for (const concurrency of [0, -1, Number.NaN]) {
      expect(() => createLimiter({ concurrency })).toThrow(expect.objectContaining({ code: "OPTION_INVALID" }));
    }
  });
});

describe("limit over HTTP", () => {
  it("never has more requests at the server than allowed", async () => {
    await using server = await loopback((_body, response) => {
      setTimeout(() => response.end(JSON.stringify({ value: { said: "x" }, usage: { input: 1, output: 1 } })), 2);
    });
    const model = wrap(httpModel(server.url), withLimit(createLimiter({ concurrency: 5 })));
    await Promise.all(Array.from({ length: 60 }, () => model.generate(request())));
    expect([server.requests, server.most]).toEqual([60, 5]);
  });

  it("finds the room of a server that bears less, and every call is answered", async () => {
    await using server = await loopback((_body, response, inFlight) => {
      if (inFlight > 4) return response.writeHead(429).end();
      setTimeout(() => response.end(JSON.stringify({ value: { said: "x" }, usage: { input: 1, output: 1 } })), 1);
    });
    const limiter = createLimiter({ concurrency: 32 });
    const model = wrap(
      httpModel(server.url),
      withLimit(limiter),
      withRetry({ random: createRandom(1), firstMs: 1, longestMs: 20, attempts: 50 }),
    );
    await Promise.all(Array.from({ length: 200 }, () => model.generate(request())));
    expect(limiter.allowed).toBeLessThan(16);
    expect([limiter.inFlight, limiter.waiting]).toEqual([0, 0]);
    expect(server.requests).toBeLessThan(400);
  });
});
