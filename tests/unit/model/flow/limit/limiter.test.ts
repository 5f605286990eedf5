import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRandom } from "../../../../../src/kernel/values/random.ts";
import { withLimit } from "../../../../../src/model/flow/limit/layer.ts";
import { createLimiter, type Permit } from "../../../../../src/model/flow/limit/limiter.ts";
import { withRetry } from "../../../../../src/model/flow/retry.ts";
import { wrap } from "../../../../../src/model/flow/wrap.ts";
import { loopback } from "../../../../support/loopback.ts";
import { quiet, virtualTimer } from "../../../../support/virtual-timer.ts";
import { httpModel, request } from "../fixture.ts";

describe("limiter", () => {
  it("lets in as many as told, first come first served, and shows who is in and who waits", async () => {
    const limiter = createLimiter({ concurrency: 2 });
    const order: number[] = [];
    const permits: Permit[] = [];
    for (const number of [1, 2, 3, 4]) {
      void limiter.acquire().then((permit) => {
        order.push(number);
        permits.push(permit);
      });
    }
    await quiet();
    expect([order, limiter.inFlight, limiter.waiting]).toEqual([[1, 2], 2, 2]);
    permits[1]?.release({});
    await quiet();
    expect([order, limiter.inFlight, limiter.waiting]).toEqual([[1, 2, 3], 2, 1]);
    permits[0]?.release({ failed: true });
    await quiet();
    expect(order).toEqual([1, 2, 3, 4]);
  });

  it("forgets who stops waiting, and lets nobody in who is stopped already", async () => {
    const limiter = createLimiter({ concurrency: 1 });
    const first = await limiter.acquire();
    const controller = new AbortController();
    const second = limiter.acquire({ signal: controller.signal });
    const third = limiter.acquire();
    controller.abort("enough");
    await expect(second).rejects.toMatchObject({ code: "ABORTED", data: { reason: "enough" } });
    await expect(limiter.acquire({ signal: controller.signal })).rejects.toMatchObject({ code: "ABORTED" });
    expect(limiter.waiting).toBe(1);
    first.release({});
    (await third).release({});
    expect([limiter.inFlight, limiter.waiting]).toEqual([0, 0]);
  });

  it("lets nobody in until the time that the provider asked for", async () => {
    const timer = virtualTimer();
    const limiter = createLimiter({ concurrency: 8 }, timer);
    const permits = await Promise.all(Array.from({ length: 8 }, () => limiter.acquire()));
    for (const [index, permit] of permits.entries()) {
      permit.release(index === 3 ? { overloaded: true, failed: true, retryAfterMs: 5_000 } : {});
    }
    let entered = 0;
    for (let call = 0; call < 2; call++) void limiter.acquire().then(() => entered++);
    await timer.advance(4_999);
    expect([entered, timer.sleeping]).toEqual([0, 1]);
    await timer.advance(1);
    expect([entered, timer.sleeping]).toEqual([2, 0]);
  });

  it("learns from an answer only while as many were in flight as may be", async () => {
    const limiter = createLimiter({ concurrency: 16 });
    const permits = await Promise.all(Array.from({ length: 16 }, () => limiter.acquire()));
    for (const [index, permit] of permits.entries()) permit.release({ failed: true, overloaded: index === 8 });
    expect(limiter.allowed).toBe(4);
    for (let call = 0; call < 50; call++) (await limiter.acquire()).release({});
    expect(limiter.allowed).toBe(4);
    const crowd = Array.from({ length: 150 }, () => limiter.acquire());
    for (const entering of crowd) (await entering).release({});
    expect(limiter.allowed).toBe(16);
  });

  it("keeps no alarm when nobody waits any more", async () => {
    const timer = virtualTimer();
    const limiter = createLimiter({ concurrency: 1 }, timer);
    (await limiter.acquire()).release({ overloaded: true, failed: true, retryAfterMs: 300_000 });
    const controller = new AbortController();
    const waiting = limiter.acquire({ signal: controller.signal });
    expect(timer.asked).toEqual([300_000]);
    controller.abort();
    await expect(waiting).rejects.toMatchObject({ code: "ABORTED" });
    await quiet();
    expect(timer.sleeping).toBe(0);
    const again = limiter.acquire();
    await timer.advance(300_000);
    await expect(again).resolves.toBeDefined();
  });
});

describe("rates", () => {
  it("let in so many a minute, the next when the first is a minute old, and tell who waits how long and why", async () => {
    const timer = virtualTimer();
    const limiter = createLimiter({ requestsPerMinute: 2 }, timer);
    const told: [number, number, string][] = [];
    const entered: number[] = [];
    for (const number of [1, 2, 3, 4, 5]) {
      const onWait = (forMs: number, reason: string) => void told.push([number, forMs, reason]);
      void limiter.acquire({ onWait }).then((permit) => {
        entered.push(number);
        permit.release({});
      });
    }
    await quiet();
    expect(entered).toEqual([1, 2]);
    const reason = "The limit is 2 requests a minute.";
    expect(told).toEqual([3, 4, 5].map((number) => [number, 60_100, reason]));
    await timer.advance(60_099);
    expect(entered).toEqual([1, 2]);
    await timer.advance(1);
    expect(entered).toEqual([1, 2, 3, 4]);
    expect(told.slice(3)).toEqual([[5, 60_100, reason]]);
    await timer.advance(60_100);
    expect([entered, timer.sleeping]).toEqual([[1, 2, 3, 4, 5], 0]);
  });

  it("count tokens as set aside until they are known, and let in what was held back as soon as there is room", async () => {
    const timer = virtualTimer();
    const limiter = createLimiter({ tokensPerMinute: 1_000 }, timer);
    const [first, second] = await Promise.all([limiter.acquire({ tokens: 500 }), limiter.acquire({ tokens: 400 })]);
    let third: Permit | undefined;
    void limiter.acquire({ tokens: 600 }).then((permit) => {
      third = permit;
    });
    await quiet();
    second?.release({ failed: true, tokens: 0 });
    await quiet();
    expect([third, timer.sleeping]).toEqual([undefined, 1]);
    first?.release({ tokens: 400 });
    await quiet();
    expect([limiter.inFlight, timer.sleeping]).toEqual([1, 0]);
  });

  it("keep what nobody can know, and end their wait with the signal", async () => {
    const timer = virtualTimer();
    const limiter = createLimiter({ tokensPerMinute: 1_000 }, timer);
    (await limiter.acquire({ tokens: 900 })).release({ failed: true });
    const controller = new AbortController();
    const told: string[] = [];
    const onWait = (_forMs: number, reason: string) => void told.push(reason);
    const waiting = limiter.acquire({ tokens: 200, signal: controller.signal, onWait });
    await quiet();
    controller.abort("enough");
    await expect(waiting).rejects.toMatchObject({ code: "ABORTED", data: { reason: "enough" } });
    expect([told, timer.sleeping, limiter.waiting]).toEqual([["The limit is 1,000 tokens a minute."], 0, 0]);
    await expect(limiter.acquire({ tokens: 100 })).resolves.toBeDefined();
  });

  it("look again when what was set aside comes out as less: the first may go sooner", async () => {
    const timer = virtualTimer();
    const limiter = createLimiter({ tokensPerMinute: 1_000 }, timer);
    (await limiter.acquire({ tokens: 500 })).release({});
    await timer.advance(30_000);
    const second = await limiter.acquire({ tokens: 500 });
    let entered = false;
    void limiter.acquire({ tokens: 600 }).then(() => {
      entered = true;
    });
    second.release({ tokens: 300 });
    await timer.advance(30_099);
    expect(entered).toBe(false);
    await timer.advance(1);
    expect(entered).toBe(true);
  });

  it("let nobody overtake: a small request waits behind a large one", async () => {
    const timer = virtualTimer();
    const limiter = createLimiter({ tokensPerMinute: 1_000 }, timer);
    await limiter.acquire({ tokens: 900 });
    const order: string[] = [];
    for (const [name, tokens] of [["large", 800] as const, ["small", 50] as const]) {
      void limiter.acquire({ tokens }).then(() => order.push(name));
    }
    await quiet();
    expect(order).toEqual([]);
    await timer.advance(60_100);
    expect(order).toEqual(["large", "small"]);
  });

  it("of short waits nobody is told", async () => {
    const timer = virtualTimer();
    const limiter = createLimiter({ concurrency: 8 }, timer);
    const permits = await Promise.all([limiter.acquire(), limiter.acquire(), limiter.acquire()]);
    permits[0]?.release({ overloaded: true, failed: true, retryAfterMs: 2_000 });
    permits[1]?.release({});
    permits[2]?.release({});
    const told: unknown[] = [];
    const entering = limiter.acquire({ onWait: (...what) => void told.push(what) });
    await timer.advance(2_000);
    await entering;
    expect(told).toEqual([]);
  });

  it("and concurrency hold for any crowd: never more in flight, never more a minute, and everybody gets in or is stopped", async () => {
    const caller = fc.record({
      comesAt: fc.nat({ max: 200_000 }),
      staysFor: fc.nat({ max: 20_000 }),
      tokens: fc.integer({ min: 1, max: 600 }),
      uses: fc.double({ min: 0, max: 1, noNaN: true }),
      leavesAt: fc.option(fc.nat({ max: 300_000 })),
      refused: fc.boolean(),
    });
    const allowance = fc.record({
      concurrency: fc.integer({ min: 1, max: 8 }),
      requestsPerMinute: fc.integer({ min: 2, max: 30 }),
      tokensPerMinute: fc.integer({ min: 600, max: 3_000 }),
    });
    const property = fc.asyncProperty(
      allowance,
      fc.array(caller, { minLength: 1, maxLength: 40 }),
      async (allowed, callers) => {
        const timer = virtualTimer();
        const limiter = createLimiter(allowed, timer);
        const begun: { at: number; tokens: number; caller: number }[] = [];
        const outcomes = callers.map(async ({ comesAt, staysFor, tokens, uses, leavesAt, refused }, caller) => {
          await timer.sleep(comesAt);
          const controller = new AbortController();
          if (leavesAt !== null) void timer.sleep(leavesAt).then(() => controller.abort("left"));
          const permit = await limiter.acquire({ tokens, signal: controller.signal });
          begun.push({ at: timer.now(), tokens: Math.floor(tokens * uses), caller });
          expect(limiter.inFlight).toBeLessThanOrEqual(allowed.concurrency);
          await timer.sleep(staysFor);
          permit.release({ tokens: Math.floor(tokens * uses), ...(refused && { overloaded: true, failed: true }) });
        });
        const settled = Promise.allSettled(outcomes);
        await timer.advance(10_000_000);
        for (const [index, { status }] of (await settled).entries()) {
          expect(status === "fulfilled" || callers[index]?.leavesAt !== null).toBe(true);
        }
        expect([limiter.inFlight, limiter.waiting, timer.sleeping]).toEqual([0, 0, 0]);
        for (const { at } of begun) {
          const minute = begun.filter((other) => other.at > at - 60_000 && other.at <= at);
          expect(minute.length).toBeLessThanOrEqual(allowed.requestsPerMinute);
          expect(minute.reduce((sum, { tokens }) => sum + tokens, 0)).toBeLessThanOrEqual(allowed.tokensPerMinute);
        }
      },
    );
    await fc.assert(property, { numRuns: 60 });
  });
});

describe("limit over HTTP", () => {
  it("never has more requests at the server than allowed", async () => {
    await using server = await loopback((_body, response) => {
      setTimeout(() => response.end(JSON.stringify({ value: { said: "x" }, usage: { input: 1, output: 1 } })), 2);
    });
    const model = wrap(httpModel(server.url), withLimit(createLimiter({ concurrency: 5 })));
    await Promise.all(Array.from({ length: 60 }, () => model.generate(request())));
    expect(server.requests).toBe(60);
    expect(server.most).toBeGreaterThan(1);
    expect(server.most).toBeLessThanOrEqual(5);
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
