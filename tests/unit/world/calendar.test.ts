import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createZone } from "../../../src/kernel/time/zone.ts";
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

describe("spans where clocks are put forward and back", () => {
  const berlin = createZone("Europe/Berlin");
  it.each([
    ["a day of 23 hours", "2030-03-30T11:00:00Z", { days: 1 }, "2030-03-31T10:00:00.000Z"],
    ["a day of 25 hours", "2030-10-26T10:00:00Z", { days: 1 }, "2030-10-27T11:00:00.000Z"],
    ["hours, which are all as long", "2030-03-30T11:00:00Z", { hours: 24 }, "2030-03-31T11:00:00.000Z"],
    ["a week", "2030-03-29T11:00:00Z", { weeks: 1 }, "2030-04-05T10:00:00.000Z"],
    ["a month that begins the day before in London", "2030-01-30T23:30:00Z", { months: 1 }, "2030-02-27T23:30:00.000Z"],
    ["a time that the day does not have", "2030-03-30T01:30:00Z", { days: 1 }, "2030-03-31T01:30:00.000Z"],
    ["a day and an hour", "2030-03-30T00:30:00Z", { days: 1, hours: 1 }, "2030-03-31T01:30:00.000Z"],
  ])("%s", (_what, start, span, end) => {
    expect(after(at(start), span, { zone: berlin }).toISOString()).toBe(end);
  });
  it("the same hour every day of a year, whatever the zone", () => {
    const zones = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"];
    fc.assert(
      fc.property(fc.constantFrom(...zones), fc.integer({ min: 4, max: 23 }), (name, hour) => {
        const zone = createZone(name);
        const start = new Date(zone.moment(Date.UTC(2030, 0, 1, hour)));
        const days = Array.from({ length: 366 }, (_, times) => after(start, { days: 1 }, { times, zone }));
        for (const [times, day] of days.entries()) {
          expect(zone.local(day.getTime())).toBe(Date.UTC(2030, 0, 1 + times, hour));
        }
        const lengths = days
          .slice(1)
          .map((day, index) => (day.getTime() - (days[index] as Date).getTime()) / 3_600_000);
        expect(lengths.reduce((sum, one) => sum + one)).toBe(365 * 24);
      }),
      { numRuns: 20 },
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
