import fc from "fast-check";
import { expect, it } from "vitest";
import { createZone, utc } from "../../../../src/kernel/time/zone.ts";
import { checkedRecurrence, type Routine, recurrence, type Weekday } from "../../../../src/world/waking/routine.ts";

const monday = new Date("2030-01-07T09:00:00Z");

it.each<[string | Routine, string]>([
  ["weekdays at 08:00 open the bakery", "2030-01-08T08:00:00.000Z"],
  ["Weekdays at 10:30, have a coffee", "2030-01-07T10:30:00.000Z"],
  ["every day at 9:00 water the plants", "2030-01-08T09:00:00.000Z"],
  ["weekends at 11:00 sleep in", "2030-01-12T11:00:00.000Z"],
  ["Wednesdays and Fridays at 18:30 sing in the choir", "2030-01-09T18:30:00.000Z"],
  ["every Monday, Thursday and Sunday at 07:00 run", "2030-01-10T07:00:00.000Z"],
  [{ days: ["monday"], at: "09:00", what: "weigh the flour" }, "2030-01-14T09:00:00.000Z"],
])("%j is due at %s", (routine, moment) => {
  expect(recurrence(routine)?.next(monday, utc).toISOString()).toBe(moment);
});

it.each([
  "Every morning you wake up and feed your dog.",
  "weekdays open the bakery",
  "Caturday at 08:00 nap",
  "weekdays at 25:00 nap",
  "",
])("%j is none", (text) => {
  expect(recurrence(text)).toBeUndefined();
  const message = `${JSON.stringify(text)} says no day or no time.`;
  expect(() => checkedRecurrence(text)).toThrow(expect.objectContaining({ code: "OPTION_INVALID", message }));
});

it("comes at its time on each of its days of a year and on no other, whatever the clocks do", () => {
  const names = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"] as const;
  const days = fc.uniqueArray(fc.constantFrom<Weekday>(...names), { minLength: 1 });
  const zones = fc.constantFrom("UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe");
  fc.assert(
    fc.property(days, zones, fc.integer({ min: 4, max: 23 }), (on, name, hour) => {
      const zone = createZone(name);
      const routine = recurrence({ days: on, at: `${hour}:15`, what: "x" });
      const expected = Array.from({ length: 365 }, (_, place) => new Date(Date.UTC(2030, 0, 1 + place, hour, 15)))
        .filter((date) => on.includes(names[date.getUTCDay()] as Weekday))
        .map((date) => date.getTime());
      const found: number[] = [];
      for (let at = new Date(zone.moment(Date.UTC(2030, 0, 1))); ; ) {
        at = routine?.next(at, zone) as Date;
        if (zone.local(at.getTime()) >= Date.UTC(2031, 0, 1)) break;
        found.push(zone.local(at.getTime()));
      }
      expect(found).toEqual(expected);
    }),
    { numRuns: 15 },
  );
});
