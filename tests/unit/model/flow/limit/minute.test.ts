import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Minute } from "../../../../../src/model/flow/limit/minute.ts";

describe("a minute's limit", () => {
  it("lets through what fits at once, and the next as soon as the first is a minute old", () => {
    const minute = new Minute(3);
    for (const now of [0, 500, 40_000]) {
      expect(minute.opensAt(now, 1)).toBe(now);
      minute.take(now, 1);
    }
    const opens = minute.opensAt(40_000, 1);
    expect(opens).toBeGreaterThan(60_000);
    expect(opens).toBeLessThanOrEqual(60_100);
    expect(minute.opensAt(opens, 1)).toBe(opens);
    expect(minute.opensAt(40_000, 2)).toBeGreaterThan(60_500);
  });

  it("counts what an amount turned out to be, and no longer once it is old", () => {
    const minute = new Minute(1000);
    const taken = minute.take(0, 900);
    expect(minute.opensAt(0, 200)).toBeGreaterThan(0);
    taken.settle(300);
    expect(minute.opensAt(0, 700)).toBe(0);
    expect(minute.opensAt(0, 701)).toBeGreaterThan(0);
    const second = minute.take(0, 100);
    minute.take(70_000, 900);
    second.settle(1_000_000);
    expect(minute.opensAt(70_000, 100)).toBe(70_000);
    expect(minute.opensAt(70_000, 101)).toBeGreaterThan(70_000);
  });

  it("lets what is more than the limit into an empty minute", () => {
    const minute = new Minute(1000);
    expect(minute.opensAt(0, 50_000)).toBe(0);
    minute.take(0, 50_000);
    expect(minute.opensAt(0, 1)).toBeGreaterThan(60_000);
    expect(minute.opensAt(60_100, 50_000)).toBe(60_100);
  });

  it("never lets more than the limit into any 60 seconds, and wastes next to nothing of it", () => {
    const pauses = fc.array(fc.integer({ min: 0, max: 9_000 }), { minLength: 5, maxLength: 120 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), pauses, (limit, between) => {
        const minute = new Minute(limit);
        const begun: number[] = [];
        let [now, waited] = [0, false];
        for (const pause of between) {
          now += pause;
          const at = minute.opensAt(now, 1);
          waited = at > now;
          // Who has to wait waits for the request that was begun `limit` requests ago, and no tenth longer.
          if (waited) expect(at - (begun.at(-limit) as number)).toBeLessThanOrEqual(60_100);
          now = at;
          minute.take(now, 1);
          begun.push(now);
          const last = begun.filter((moment) => moment > now - 60_000);
          expect(last.length).toBeLessThanOrEqual(limit);
        }
      }),
    );
  });
});
