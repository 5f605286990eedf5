import { expect, it } from "vitest";
import { defineStudy, TinyCalendar, toolUse } from "../../src/index.ts";
import { createMemoryStore } from "../../src/stores.ts";
import { countedPlay, type Play, storyIn } from "../support/counted-play.ts";

/** Thirty days of twenty people, of whom one has a routine by persona, one by option, and two an appointment. */
const study = defineStudy({
  name: "a month",
  seed: 5,
  startAt: "2030-03-20T12:00[Europe/Berlin]",
  run: async (simulation) => {
    const market = { title: "Market day", start: "2030-04-06 07:00Z", end: "2030-04-06 10:00Z", organizer: "Person 3" };
    const calendar = new TinyCalendar({ events: [{ ...market, attendees: ["Person 4"] }] });
    const people = [];
    for (let number = 1; number <= 20; number++) {
      const routines = number === 1 ? ["Sundays at 08:00 bake for the neighbours", "Sleeps late."] : [];
      const persona = { name: `Person ${number}`, occupation: "baker", behaviors: { routines } };
      people.push(await simulation.person(persona, { faculties: [toolUse([calendar])] }));
    }
    const town = simulation.world("Town", people);
    const wake = {
      routines: { "Person 2": ["Mondays at 18:00 sing in the choir"] },
      appointments: calendar,
      summaries: { days: 3 },
    };
    const { steps } = await town.run({ days: 30, wake });
    const notes = await Promise.all(people.slice(0, 4).map((person) => person.memory.notes()));
    return {
      times: steps.map(({ time }) => time),
      notes: notes.map((some) => some.map(({ text }) => text.slice(0, 45))),
    };
  },
});

const play = (given: Play) => countedPlay(study, given);

it("thirty days in which most people sleep cost the calls of those who are woken, whatever the concurrency and whatever kills them", async () => {
  const whole = createMemoryStore();
  const { played, asked } = await play({ store: whole, concurrency: 1 });
  const { times, notes } = (played as { result: { times: readonly string[]; notes: readonly string[][] } }).result;
  expect(times).toEqual([
    ...["2030-03-24T08:00:00.000+01:00", "2030-03-25T18:00:00.000+01:00"],
    ...["2030-03-31T08:00:00.000+02:00", "2030-04-01T18:00:00.000+02:00", "2030-04-06T09:00:00.000+02:00"],
    ...["2030-04-07T08:00:00.000+02:00", "2030-04-08T18:00:00.000+02:00"],
    ...["2030-04-14T08:00:00.000+02:00", "2030-04-15T18:00:00.000+02:00"],
  ]);
  // Four Sundays, four Mondays and two at the market: a turn each, and before each of them what was done meanwhile.
  const counts = Object.groupBy(asked, ({ purpose }) => purpose);
  expect([counts.act?.length, counts.meanwhile?.length, asked.length]).toEqual([10, 10, 20]);
  expect(notes.map((some) => some.length)).toEqual([4, 4, 1, 1]);
  expect(notes[0]?.[0]).toMatch(/^From 2030-03-20 12:00 to 2030-03-24 08:00: \S/u);
  const story = await storyIn(whole);
  expect(story.filter(({ type }) => type === "time-skipped")).toHaveLength(10);

  const wide = createMemoryStore();
  await play({ store: wide, concurrency: 64 });
  expect(await storyIn(wide)).toEqual(story);

  for (const killAfter of [3, 8, 13]) {
    const broken = createMemoryStore();
    const first = await play({ store: broken, killAfter });
    expect(first.played).toHaveProperty("error");
    const second = await play({ store: broken });
    expect(await storyIn(broken)).toEqual(story);
    expect(second.asked.length).toBe(asked.length - first.asked.length);
  }
});
