import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { utc } from "../../../../src/kernel/time/zone.ts";
import { type Limits, mayHappen, type Past } from "../../../../src/world/intervention/limits.ts";

const day = 86_400_000;
const limits = fc.record<Limits>(
  {
    once: fc.boolean(),
    maxFirings: fc.integer({ min: 0, max: 4 }),
    cooldown: fc.oneof(
      fc.integer({ min: 0, max: 5 }),
      fc.integer({ min: 1, max: 5 }).map((days) => ({ days })),
    ),
  },
  { requiredKeys: [] },
);

/** What of these steps, in which the condition holds, it happens in: told once more from the whole list each time. */
function naively({ once, maxFirings, cooldown }: Limits, holding: readonly boolean[], every: number): number[] {
  const fired: number[] = [];
  for (const [step, holds] of holding.entries()) {
    const isFree = fired.every((before) => {
      if (cooldown === undefined) return true;
      return typeof cooldown === "number" ? step - before >= cooldown : (step - before) * every >= (cooldown.days ?? 0);
    });
    const isLeft = fired.length < (maxFirings ?? 99) && !(once && fired.length > 0);
    if (holds && isFree && isLeft) fired.push(step);
  }
  return fired;
}

describe("how often something may happen", () => {
  it("is what a plain count says", () => {
    const holding = fc.array(fc.boolean(), { maxLength: 25 });
    fc.assert(
      fc.property(limits, holding, fc.integer({ min: 1, max: 3 }), (given, holds, every) => {
        const fired: number[] = [];
        let past: Past | undefined;
        for (const [step, one] of holds.entries()) {
          const time = new Date(step * every * day);
          if (!one || !mayHappen(given, past, { step, time, zone: utc })) continue;
          fired.push(step);
          past = { count: (past?.count ?? 0) + 1, step, time };
        }
        expect(fired).toEqual(naively(given, holds, every));
      }),
      { numRuns: 500 },
    );
  });
});
