import { describe, expect, it } from "vitest";
import { parseMoment } from "../../../../src/kernel/time/moment.ts";
import { createClock } from "../../../../src/kernel/values/clock.ts";
import { allOf, anyOf } from "../../../../src/world/termination/compose.ts";
import { afterSteps, atTime, whenQuiet } from "../../../../src/world/termination/endings.ts";
import { TinyWorld } from "../../../../src/world/tiny-world.ts";
import { testContext } from "../../../support/context.ts";
import { always, player, talk } from "../cast.ts";

/** A world of one who talks whenever asked, from that moment on. */
function talkative(startAt?: string) {
  const { moment, zone } = (startAt === undefined ? undefined : parseMoment(startAt)) ?? {};
  const context = testContext({ clock: createClock(moment, zone) });
  const ann = player("Ann", context, { script: always(talk("Still here.")), restless: true });
  const world = new TinyWorld("Room", [ann], { context: context.fork("world:room") });
  return { world, clock: context.clock };
}

const times = (steps: readonly { readonly time?: string }[]) => steps.map(({ time }) => time);

describe("a run until a moment", () => {
  it("plays the steps that fit, the one at that very moment too, and is there then", async () => {
    const { world, clock } = talkative("2030-02-28T00:00");
    const { steps, stopped } = await world.run({ until: "2030-03-01T02:00", every: { hours: 6 } });
    expect(stopped).toBe("until");
    expect(times(steps)).toEqual([
      "2030-02-28T06:00:00.000Z",
      "2030-02-28T12:00:00.000Z",
      "2030-02-28T18:00:00.000Z",
      "2030-03-01T00:00:00.000Z",
    ]);
    expect(clock.now()).toEqual(new Date("2030-03-01T02:00:00Z"));
    expect(await world.run({ until: "2030-03-01T02:00", every: { hours: 6 } })).toEqual({
      steps: [],
      stopped: "until",
    });
  });
  it("ends before that at the moment of its termination, and begins no step after it", async () => {
    const { world, clock } = talkative("2030-02-28T00:00");
    const noon = atTime(new Date("2030-02-28T12:00:00Z"));
    const closing = anyOf(atTime(new Date("2030-03-01T00:00:00Z")), whenQuiet(), noon);
    const result = await world.run({ days: 3, every: { hours: 5 }, stopWhen: closing });
    expect(result).toMatchObject({ stopped: "termination", reason: "it is 2030-02-28 12:00" });
    expect(times(result.steps)).toEqual(["2030-02-28T05:00:00.000Z", "2030-02-28T10:00:00.000Z"]);
    expect(clock.now()).toEqual(new Date("2030-02-28T12:00:00Z"));
    const late = { steps: [], stopped: "termination", reason: "it is 2030-02-28 12:00" };
    expect(await world.run(4, { every: { hours: 5 }, stopWhen: closing })).toEqual(late);
    expect(
      (await world.run({ hours: 3, every: { hours: 1 }, stopWhen: allOf(closing, afterSteps(1)) })).steps.length,
    ).toBe(1);
  });
  it("counts its steps where its termination comes later, and plays them all where no time passes", async () => {
    const { world } = talkative("2030-02-28T00:00");
    const stopWhen = atTime(new Date("2030-02-28T12:00:00Z"));
    expect(await world.run(2, { every: { hours: 5 }, stopWhen })).toMatchObject({
      stopped: "steps",
      steps: { length: 2 },
    });
    expect(await world.run(2, { stopWhen })).toMatchObject({ stopped: "steps", steps: { length: 2 } });
    const until = { until: "2030-02-28T11:00", every: { hours: 5 }, stopWhen };
    expect(await world.run(until)).toMatchObject({ stopped: "until", steps: [] });
  });
  it("reads the moment where the simulation takes place, and tells the time as clocks show it there", async () => {
    const { world } = talkative("2030-03-30T12:00[Europe/Berlin]");
    const { steps } = await world.run({ until: "2030-04-01T12:00", every: { days: 1 } });
    expect(times(steps)).toEqual(["2030-03-31T12:00:00.000+02:00", "2030-04-01T12:00:00.000+02:00"]);
    expect(world.transcript()[0]?.time).toBe("2030-03-31T12:00:00.000+02:00");
  });
  it("counts hours through a day of 23 of them", async () => {
    const { world } = talkative("2030-03-31T00:00[Europe/Berlin]");
    const { steps } = await world.run({ days: 1, every: { hours: 1 } });
    expect(steps).toHaveLength(23);
    const { steps: autumn } = await talkative("2030-10-27T00:00[Europe/Berlin]").world.run({
      days: 1,
      every: { hours: 1 },
    });
    expect(autumn).toHaveLength(25);
  });
  it("of a month is as runDays of its days", async () => {
    const [planned, counted] = [talkative("2030-04-01"), talkative("2030-04-01")];
    const { steps } = await planned.world.run({ months: 1, every: { days: 1 } });
    expect(times(steps)).toEqual(times((await counted.world.runDays(30)).steps));
  });
  it("goes on with a step that was cut short before it looks at the time", async () => {
    const { world, clock } = talkative("2030-01-01");
    const stop = new AbortController();
    const plan = { until: "2030-01-02", every: { hours: 12 } };
    const first = world.play({ ...plan, signal: stop.signal });
    for await (const event of first) if (event.type === "step-started") stop.abort();
    expect(clock.now()).toEqual(new Date("2030-01-01T12:00:00Z"));
    const { steps } = await world.run(plan);
    expect(steps.at(-1)).toMatchObject({ step: 2, time: "2030-01-02T00:00:00.000Z" });
  });
});

describe("a run until something holds", () => {
  it("needs no calendar", async () => {
    const { world } = talkative();
    const { steps, stopped } = await world.run({ until: ({ step }) => step === 3 });
    expect([steps.length, stopped]).toEqual([3, "until"]);
  });
  it("may be stopped before its moment", async () => {
    const { world, clock } = talkative("2030-01-01");
    const plan = { until: "2031-01-01", every: { days: 1 } };
    const { stopped, reason } = await world.run({
      ...plan,
      stopWhen: ({ played }) => (played === 2 ? "enough" : undefined),
    });
    expect([stopped, reason]).toEqual(["termination", "enough"]);
    expect(clock.now()).toEqual(new Date("2030-01-03"));
  });
});

it.each([
  ["nothing moves the time", { days: 30 }],
  ["no moment", { until: "soon", every: { days: 1 } }],
  ["a moment that the calendar does not have", { until: "2030-02-30", every: { days: 1 } }],
  ["two ends", { until: "2030-03-01", days: 2, every: { days: 1 } }],
  ["a span backward", { days: -1, every: { days: 1 } }],
])("a run is refused: %s", async (_what, plan) => {
  const { world, clock } = talkative("2030-01-01");
  await expect(world.run(plan)).rejects.toMatchObject({ code: "OPTION_INVALID" });
  await expect(talkative().world.run(plan)).rejects.toMatchObject({ code: "OPTION_INVALID" });
  expect(clock.now()).toEqual(new Date("2030-01-01"));
});
