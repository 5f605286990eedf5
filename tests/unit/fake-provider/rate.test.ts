import fc from "fast-check";
import { expect, it } from "vitest";
import { createRate } from "../../support/fake-provider/rate.ts";

const minuteMs = 60_000;

it("lets through what a rate allows, however requests come, and no more", () => {
  const plan = fc.record({
    perMinute: fc.integer({ min: 1, max: 600 }),
    gaps: fc.array(fc.integer({ min: 0, max: 3_000 }), { minLength: 50, maxLength: 300 }),
  });
  fc.assert(
    fc.property(plan, ({ perMinute, gaps }) => {
      const rate = createRate({ requestsPerMinute: perMinute }, 0);
      let [now, letIn] = [0, 0];
      for (const gap of gaps) {
        now += gap;
        if (rate.refuse({ tokens: 1, inFlight: 1 }, now) === undefined) letIn += 1;
      }
      const burst = Math.max(1, perMinute / 60);
      expect(letIn).toBeLessThanOrEqual((now / minuteMs) * perMinute + burst + 1e-6);
    }),
  );
});

it("says how long to wait, and lets in who has waited", () => {
  const rate = createRate({ tokensPerMinute: 60_000, retryAfter: "milliseconds" }, 0);
  const send = (tokens: number, now: number) => rate.refuse({ tokens, inFlight: 1 }, now);
  expect(send(800, 0)).toBeUndefined();
  expect(send(500, 0)).toMatchObject({ status: 429, headers: { "retry-after-ms": "300" } });
  expect(send(500, 299)).toBeDefined();
  expect(send(500, 300)).toBeUndefined();
  // A prompt that is larger than the bucket goes through when the bucket is full, and is owed for.
  expect(send(5_000, 1_299)).toBeDefined();
  expect(send(5_000, 1_300)).toBeUndefined();
  expect(send(1, 1_300)).toMatchObject({ headers: { "retry-after-ms": "4001" } });
});
