import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createClock } from "../../../src/kernel/values/clock.ts";
import { after, Ticker } from "../../../src/world/time/calendar.ts";

const at = (text: string) => new Date(text);

describe("spans of the calendar", () => {
  it.each([
    ["2028-01-31T09:00:00Z", { months: 1 }, "2028-02-29T09:00:00.000Z"],
    ["2027-01-31T09:00:00Z", { months: 1 }, "2027-02-28T09:00:00.000Z"],
    ["2027-12-31T23:59:59Z", { months: 2 }, "2028-02-29T23:59:59.000Z"],
    ["2028-02-29T00:00:00Z", { years: 1 }, "2029-02-28T00:00:00.000Z"],
    ["2028-02-29T00:00:00Z", { years: 4 }, "2032-02-29T00:00:00.000Z"],
    [
      "2028-02-28T00:00:00Z",
      { days: 2, hours: 1, minutes: 1, seconds: 1, milliseconds: 1 },
      "2028-03-01T01:01:01.001Z",
    ],
    ["2028-02-28T00:00:00Z", { weeks: 1 }, "2028-03-06T00:00:00.000Z"],
  ])("%s and %j", (start, span, end) => {
    expect(after(at(start), span).toISOString()).toBe(end);
  });
  it("moves n months forward by n in the calendar, from any day", () => {
    const day = fc.date({ min: at("1990-01-01"), max: at("2090-01-01"), noInvalidDate: true });
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 60 }), (start, months) => {
        const end = after(start, { months });
        const count = (date: Date) => 12 * date.getUTCFullYear() + date.getUTCMonth();
        expect(count(end) - count(start)).toBe(months);
        expect(end.getUTCDate()).toBeLessThanOrEqual(start.getUTCDate());
        expect(end.getTime() % 86_400_000).toBe(start.getTime() % 86_400_000);
      }),
    );
  });
});

describe("a ticker", () => {
  it("counts from where the clock stood, and follows who moves the clock", () => {
    const clock = createClock(at("2027-01-31T00:00:00Z"));
    const ticker = new Ticker(clock, { months: 1 });
    const days = [1, 2, 3].map(() => {
      ticker.tick();
      return clock.now()?.toISOString().slice(0, 10);
    });
    expect(days).toEqual(["2027-02-28", "2027-03-31", "2027-04-30"]);
    clock.set(at("2030-06-15T00:00:00Z"));
    ticker.tick();
    expect(clock.now()?.toISOString().slice(0, 10)).toBe("2030-07-15");
  });
  it("refuses what is no span forward", () => {
    const clock = createClock(at("2027-01-31T00:00:00Z"));
    for (const span of [-1, Number.NaN, { months: 0.5 }, { days: Number.POSITIVE_INFINITY }]) {
      expect(() => new Ticker(clock, span)).toThrow(expect.objectContaining({ code: "OPTION_INVALID" }));
    }
    expect(() => new Ticker(createClock(), 1)).toThrow(expect.objectContaining({ code: "OPTION_INVALID" }));
  });
});
