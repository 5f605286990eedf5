import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { momentHint, parseMoment, writeMoment } from "../../../src/kernel/time/moment.ts";
import { createZone, utc } from "../../../src/kernel/time/zone.ts";

const berlin = createZone("Europe/Berlin");
const zones = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia", "UTC"];
const hour = 3_600_000;

/** Summer time by the rules that hold there: the first and last moment of it, and its offsets in minutes. */
const tables: readonly (readonly [zone: string, from: string, to: string, winter: number, summer: number])[] = [
  ["Europe/Berlin", "2026-03-29T01:00:00Z", "2026-10-25T01:00:00Z", 60, 120],
  ["Europe/Berlin", "2030-03-31T01:00:00Z", "2030-10-27T01:00:00Z", 60, 120],
  ["America/New_York", "2026-03-08T07:00:00Z", "2026-11-01T06:00:00Z", -300, -240],
  ["America/New_York", "2030-03-10T07:00:00Z", "2030-11-03T06:00:00Z", -300, -240],
];

describe("a time zone", () => {
  it.each(tables)("%s: summer time from %s until %s", (name, from, to, winter, summer) => {
    const zone = createZone(name);
    const offset = (moment: number) => (zone.local(moment) - moment) / 60_000;
    const [first, last] = [Date.parse(from), Date.parse(to)];
    expect([first - 1, first, last - 1, last].map(offset)).toEqual([winter, summer, summer, winter]);
  });
  it("takes the first of two moments with one time, and what was left out as much later", () => {
    const at = (text: string) => parseMoment(text, berlin)?.moment.toISOString();
    expect(at("2030-10-27T02:30")).toBe("2030-10-27T00:30:00.000Z");
    expect(at("2030-03-31T02:30")).toBe("2030-03-31T01:30:00.000Z");
    const samoa = createZone("Pacific/Apia");
    expect(parseMoment("2011-12-30T09:00", samoa)?.moment.toISOString()).toBe("2011-12-30T19:00:00.000Z");
  });
  it("leads from each moment to a local time, and from there to the first moment that has it", () => {
    const moments = fc.date({ min: new Date("1990-01-01"), max: new Date("2060-01-01"), noInvalidDate: true });
    fc.assert(
      fc.property(fc.constantFrom(...zones), moments, (name, date) => {
        const zone = createZone(name);
        const back = zone.moment(zone.local(date.getTime()));
        expect(zone.local(back)).toBe(zone.local(date.getTime()));
        expect(back).toBeLessThanOrEqual(date.getTime());
        expect(date.getTime() - back).toBeLessThanOrEqual(hour);
      }),
      { numRuns: 500 },
    );
  });
  it("is one that there is", () => {
    expect(() => createZone("Europe/Atlantis")).toThrow(expect.objectContaining({ code: "OPTION_INVALID" }));
    expect(createZone("UTC")).toBe(utc);
    expect(berlin.local(Number.NaN)).toBeNaN();
  });
});

describe("a moment as it is written", () => {
  it.each([
    ["2030-01-31", "2030-01-31T00:00:00.000Z", "UTC"],
    ["2030-01-31 09:00", "2030-01-31T09:00:00.000Z", "UTC"],
    ["2030-01-31T09:00:01.5+01:00", "2030-01-31T08:00:01.500Z", "UTC"],
    ["2030-07-31T09:00[Europe/Berlin]", "2030-07-31T07:00:00.000Z", "Europe/Berlin"],
    ["2030-07-31[America/New_York]", "2030-07-31T04:00:00.000Z", "America/New_York"],
    ["2030-07-31T09:00+02:00[Europe/Berlin]", "2030-07-31T07:00:00.000Z", "Europe/Berlin"],
  ])("%s", (text, moment, zone) => {
    const read = parseMoment(text);
    expect([read?.moment.toISOString(), read?.zone.name]).toEqual([moment, zone]);
  });
  it.each([
    "2030-02-30",
    "2030-13-01",
    "2030-01-31T24:00",
    "2030-01-31T09:60",
    "2030-01-31T09:00+25:00",
    "2030-07-31T09:00+01:00[Europe/Berlin]",
    "tomorrow",
    "",
  ])("%j is none", (text) => {
    expect(parseMoment(text)).toBeUndefined();
  });
  it.each([
    ["2029-02-29", "There is no such day."],
    ["2029-13-01T25:00", "There is no such day."],
    ["2030-01-31T24:00", "There is no such time."],
    ["2030-01-31 09:00:60", "There is no such time."],
    ["2030-01-31T09:00+25:00", "Write it as in 2030-03-01."],
    ["29 February", "Write it as in 2030-03-01."],
  ])("of %j it is said: %s", (text, hint) => {
    expect(momentHint(text, "2030-03-01")).toBe(hint);
  });
  it("reads back as it was written, in any zone", () => {
    const moments = fc.date({ min: new Date("1990-01-01"), max: new Date("2060-01-01"), noInvalidDate: true });
    fc.assert(
      fc.property(fc.constantFrom(...zones), moments, (name, moment) => {
        const text = writeMoment(moment, createZone(name));
        expect(parseMoment(text)?.moment).toEqual(moment);
        expect(new Date(text)).toEqual(moment);
      }),
    );
  });
});
