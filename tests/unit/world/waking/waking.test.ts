import { describe, expect, it } from "vitest";
import { parseMoment } from "../../../../src/kernel/time/moment.ts";
import { createClock } from "../../../../src/kernel/values/clock.ts";
import { atTime } from "../../../../src/world/termination/endings.ts";
import { TinyWorld, type WorldOptions } from "../../../../src/world/tiny-world.ts";
import { testContext } from "../../../support/context.ts";
import { always, done, player, type Script, talk } from "../cast.ts";

/** People of whom Ann has a script, in a world from that moment on. */
function town(startAt: string, script: Script = always(done), options: WorldOptions = {}) {
  const { moment, zone } = parseMoment(startAt) ?? {};
  const context = testContext({ clock: createClock(moment, zone) });
  const people = ["Ann", "Bob", "Cleo"].map((name) =>
    player(name, context, { script: name === "Bob" ? always(done) : script }),
  );
  const world = new TinyWorld("Town", people, { ...options, context: context.fork("world:town") });
  const asked = () => people.map((person) => person.asked.length);
  const skipped = () => context.events.filter(({ type }) => type === "time-skipped");
  return { world, people, context, asked, skipped };
}

describe("a run in which people sleep", () => {
  it("plays the moments of routines alone, and skips the rest on record", async () => {
    const { world, people, asked, skipped, context } = town("2030-03-30T12:00[Europe/Berlin]");
    const wake = { routines: { Ann: ["Sundays at 08:00 open the bakery"], Bob: ["every day at 20:00 lock up"] } };
    const { steps, stopped } = await world.run({ days: 7, wake });
    expect(stopped).toBe("until");
    expect(asked()).toEqual([1, 7, 0]);
    expect(steps.map(({ time }) => time).slice(0, 3)).toEqual([
      "2030-03-30T20:00:00.000+01:00",
      "2030-03-31T08:00:00.000+02:00",
      "2030-03-31T20:00:00.000+02:00",
    ]);
    expect(people[0]?.heard).toEqual([{ type: "THOUGHT", content: "It is time: open the bakery.", source: "Ann" }]);
    expect(context.clock.written()).toBe("2030-04-06T12:00:00.000+02:00");
    expect(skipped()).toHaveLength(9);
    expect(skipped()[0]).toMatchObject({ from: "2030-03-30T12:00:00.000+01:00", to: "2030-03-30T20:00:00.000+01:00" });
  });

  it("wakes nobody after the moment at which the world ends it", async () => {
    const closing = new Date("2030-04-01T00:00:00+02:00");
    const { world, asked, skipped, context } = town("2030-03-30T12:00[Europe/Berlin]", always(done), {
      termination: atTime(closing),
    });
    const wake = { routines: { Ann: ["Sundays at 08:00 open the bakery", "Fridays at 10:00 shop"] } };
    const { steps, ...result } = await world.run({ days: 14, wake });
    expect(result).toEqual({ stopped: "termination", reason: "it is 2030-04-01 00:00" });
    expect([steps.length, asked()]).toEqual([1, [1, 0, 0]]);
    expect(skipped().at(-1)).toMatchObject({ to: "2030-04-01T00:00:00.000+02:00" });
    expect(context.events.at(-1)).toMatchObject({ type: "ended", step: 1 });
    expect(context.clock.now()).toEqual(closing);
  });

  it("says so where nothing wakes anybody, and not where something does later", async () => {
    const { world, context, asked } = town("2030-03-30T12:00[Europe/Berlin]");
    const warnings = () => context.shown.filter(({ type }) => type === "warning");
    await world.runDays(1, { wake: { routines: { Ann: ["Mondays at 08:00 open the bakery"] } } });
    expect(warnings()).toEqual([]);
    await world.runDays(1, { wake: {} });
    expect(warnings()).toMatchObject([
      { message: expect.stringContaining("Town: there is nothing that wakes anybody") },
    ]);
    expect(asked()).toEqual([0, 0, 0]);
  });

  it("says which routine of a persona says a time, and no day that there is", async () => {
    const { context } = town("2028-02-28T09:00");
    const routines = [
      "29 February at 12:00 celebrate",
      "sing in the choir",
      "Caturdays at 10:00 nap",
      "daily at 20:00 read",
    ];
    const dan = Object.assign(player("Dan", context, { script: always(done) }), { routines });
    const world = new TinyWorld("Home", [dan], { context: context.fork("world:home") });
    await world.runDays(2, { wake: {} });
    const [warning, ...others] = context.shown.filter(({ type }) => type === "warning");
    const message =
      "Home: the routine “29 February at 12:00 celebrate” of Dan (and 1 more) says no day of the week and wakes nobody.";
    expect(warning).toMatchObject({ message: expect.stringContaining(message) });
    expect([others, dan.asked.length]).toEqual([[], 2]);
  });

  it("can be said in days, or in other units", async () => {
    const { world, asked, context } = town("2030-03-30T12:00[Europe/Berlin]");
    const wake = { routines: { Ann: ["Sundays at 08:00 open the bakery"] } };
    const { steps } = await world.runDays(7, { wake });
    expect(steps.map(({ time }) => time)).toEqual(["2030-03-31T08:00:00.000+02:00"]);
    expect(asked()).toEqual([1, 0, 0]);
    await world.runMonths(1, { wake });
    expect(context.clock.written()).toBe("2030-05-06T12:00:00.000+02:00");
    expect(asked()).toEqual([6, 0, 0]);
    await expect(world.runDays(-1, { wake })).rejects.toMatchObject({ code: "OPTION_INVALID" });
  });

  it("wakes those who are expected at an appointment, one that was made meanwhile, too", async () => {
    const events = [
      {
        title: "Market",
        start: "2030-01-05 10:00",
        organizer: "Ann",
        attendees: [
          { name: "Bob", answer: "accepted" },
          { name: "Cleo", answer: "invited" },
        ],
      },
    ];
    const { world, people, asked } = town("2030-01-01", () => {
      events.push({ title: "Party", start: "2030-01-20 19:00", organizer: "Cleo", attendees: [] });
      return [done];
    });
    const { steps } = await world.run({ until: "2030-02-01", wake: { appointments: { events } } });
    expect(steps.map(({ time }) => time)).toEqual(["2030-01-05T10:00:00.000Z", "2030-01-20T19:00:00.000Z"]);
    expect(asked()).toEqual([1, 1, 1]);
    expect(people[1]?.heard[0]?.content).toBe("It is time for “Market”.");
  });

  it("lets those who are awake answer each other for some steps, and no longer", async () => {
    const { world, asked } = town("2030-01-01", (news) => [
      talk("And then?", news.at(-1)?.source === "Ann" ? "Cleo" : "Ann"),
    ]);
    world.makeEveryoneAccessible();
    const { steps } = await world.run({
      days: 2,
      every: { minutes: 10 },
      wake: { routines: { Ann: ["every day at 08:00 call Cleo"] }, exchanges: 2 },
    });
    expect(steps.map(({ time }) => time?.slice(8, 16))).toEqual([
      ...["01T08:00", "01T08:10", "01T08:20"],
      ...["02T08:00", "02T08:10", "02T08:20"],
    ]);
    expect(asked()[1]).toBe(0);
  });

  it("begins with what was new before, where it is meant for somebody, and wakes whom a program wakes", async () => {
    const { world, people, context } = town("2030-01-01");
    people[1]?.observe({ type: "THOUGHT", content: "Now!" });
    world.wake("Cleo", { at: new Date("2030-01-03") });
    const { steps } = await world.run({ days: 5, wake: {} });
    expect(steps.map(({ time, outcomes }) => [time?.slice(0, 10), outcomes[0]?.name])).toEqual([
      ["2030-01-01", "Bob"],
      ["2030-01-03", "Cleo"],
    ]);
    expect(context.clock.now()).toEqual(new Date("2030-01-06"));
  });

  it("is refused without an end, for routines that are none, and for those of nobody", async () => {
    const { world } = town("2030-01-01");
    await expect(world.run({ wake: {} })).rejects.toMatchObject({ code: "OPTION_INVALID" });
    await expect(world.run({ days: 1, wake: { routines: { Ann: ["often bake"] } } })).rejects.toMatchObject({
      code: "OPTION_INVALID",
    });
    await expect(world.run({ days: 1, wake: { routines: { Zoe: [] } } })).rejects.toMatchObject({
      code: "TARGET_UNKNOWN",
    });
    expect((await world.run({ days: 1, wake: {} })).stopped).toBe("until");
  });
});
