import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AdaptiveConcurrency } from "../../../../../src/model/flow/limit/concurrency.ts";

/** So many rounds in which everything is answered; what is allowed after each. */
function rounds(concurrency: AdaptiveConcurrency, count: number): number[] {
  return Array.from({ length: count }, () => {
    for (let left = concurrency.allowed; left > 0; left--) concurrency.answered();
    return concurrency.allowed;
  });
}

describe("adaptive concurrency", () => {
  it("starts at the most and stays there while nothing is refused", () => {
    const concurrency = new AdaptiveConcurrency(64);
    expect([concurrency.allowed, ...rounds(concurrency, 3)]).toEqual([64, 64, 64, 64]);
  });

  it("goes down once for all that were on their way, and knows by their number what is borne", () => {
    const concurrency = new AdaptiveConcurrency(256);
    for (let number = 33; number <= 256; number++) {
      concurrency.refused({ number, sent: 256, inFlight: 256 - (number - 33) });
    }
    // 32 of the 256 were borne: seven tenths of that.
    expect(concurrency.allowed).toBe(22);
  });

  it("is fast back to what was borne, slow around it, and faster and faster beyond", () => {
    const concurrency = new AdaptiveConcurrency(1000);
    concurrency.refused({ number: 1, sent: 100, inFlight: 101 });
    expect(concurrency.allowed).toBe(70);
    const grown = rounds(concurrency, 12);
    expect(grown[0]).toBeGreaterThan(82);
    expect(grown[2]).toBeGreaterThan(96);
    expect(Math.abs((grown[4] as number) - 100)).toBeLessThanOrEqual(1);
    expect(grown[11]).toBeGreaterThan(170);
    const steps = grown.slice(5).map((allowed, index) => allowed - (grown[index + 4] as number));
    expect(steps.toSorted((one, other) => one - other)).toEqual(steps);
  });

  it("goes down again for a request that was sent later, and finds from 1 back to the most", () => {
    const concurrency = new AdaptiveConcurrency(128);
    let [number, least] = [0, 128];
    while (concurrency.allowed > 1) {
      number += 1;
      concurrency.refused({ number, sent: number, inFlight: concurrency.allowed });
      expect(concurrency.allowed).toBeLessThan(least);
      least = concurrency.allowed;
    }
    expect(number).toBeLessThan(14);
    expect(rounds(concurrency, 12).at(-1)).toBe(128);
  });

  it("takes late refusals of the same round as fewer borne, not as another sign, and begins anew from what it had grown to", () => {
    const concurrency = new AdaptiveConcurrency(100);
    concurrency.refused({ number: 1, sent: 64, inFlight: 64 });
    concurrency.refused({ number: 2, sent: 64, inFlight: 40 });
    expect(concurrency.allowed).toBe(43);
    rounds(concurrency, 5);
    const grown = concurrency.allowed;
    concurrency.refused({ number: 200, sent: 300, inFlight: grown });
    expect(concurrency.allowed).toBe(Math.floor(0.7 * (grown - 1)));
  });

  it("stays between 1 and the most, whatever happens", () => {
    const happening = fc.oneof(fc.constant("answered"), fc.nat({ max: 300 }));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.array(happening, { maxLength: 400 }), (most, happenings) => {
        const concurrency = new AdaptiveConcurrency(most);
        for (const [index, happened] of happenings.entries()) {
          if (typeof happened === "string") concurrency.answered();
          else concurrency.refused({ number: index, sent: index + (happened % 7), inFlight: (happened % most) + 1 });
          expect(concurrency.allowed).toBeGreaterThanOrEqual(1);
          expect(concurrency.allowed).toBeLessThanOrEqual(most);
        }
      }),
    );
  });
});
