import { expect, it } from "vitest";
import { defineStudy, type JournalEvent, noConfiguration, playStudy, TinyCalendar, toolUse } from "../../src/index.ts";
import { type Model, type ModelRequest, openModel } from "../../src/models.ts";
import { createMemoryStore, readStory, type Store } from "../../src/stores.ts";

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

async function play(
  store: Store,
  { concurrency, killAfter = Number.POSITIVE_INFINITY }: { concurrency?: number; killAfter?: number } = {},
) {
  const rules = await openModel("builtin", { environment: {} });
  const asked: ModelRequest<unknown>[] = [];
  const end = new AbortController();
  const generate = <T>(request: ModelRequest<T>) => {
    asked.push(request as ModelRequest<unknown>);
    if (asked.length > killAfter) end.abort(new Error("killed"));
    return rules.generate(request);
  };
  const model: Model = { ...rules, generate };
  const settings = { model, store, configuration: noConfiguration, signal: end.signal };
  const played = await playStudy(study, { ...settings, ...(concurrency !== undefined && { concurrency }) }).catch(
    (error: unknown) => ({ error }),
  );
  return { played, asked };
}

/** Scope by scope: what several do at once may be written down in any order. */
async function storyOf(store: Store): Promise<readonly JournalEvent[]> {
  const [run] = await store.listRuns();
  const events = await Array.fromAsync(readStory(store, run?.id ?? ""));
  const scopeOf = ({ id }: JournalEvent) => id.slice(0, id.lastIndexOf("#"));
  return events.toSorted((one, other) => (scopeOf(one) < scopeOf(other) ? -1 : Number(scopeOf(one) > scopeOf(other))));
}

it("thirty days in which most people sleep cost the calls of those who are woken, whatever the concurrency and whatever kills them", async () => {
  const whole = createMemoryStore();
  const { played, asked } = await play(whole, { concurrency: 1 });
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
  const story = await storyOf(whole);
  expect(story.filter(({ type }) => type === "time-skipped")).toHaveLength(10);

  const wide = createMemoryStore();
  await play(wide, { concurrency: 64 });
  expect(await storyOf(wide)).toEqual(story);

  for (const killAfter of [3, 8, 13]) {
    const broken = createMemoryStore();
    const first = await play(broken, { killAfter });
    expect(first.played).toHaveProperty("error");
    const second = await play(broken);
    expect(await storyOf(broken)).toEqual(story);
    expect(second.asked.length).toBe(asked.length - first.asked.length);
  }
});
