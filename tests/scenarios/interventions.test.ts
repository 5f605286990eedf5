import { expect, it } from "vitest";
import { defineStudy, fork, type JournalEvent, noConfiguration, type PlayOptions, playStudy } from "../../src/index.ts";
import { type Model, type ModelRequest, openModel } from "../../src/models.ts";
import { createMemoryStore, readStory, type Store } from "../../src/stores.ts";

/** A talk in which somebody comes in, a thought comes to each and the ways are closed, each when it is due. */
const study = defineStudy({
  name: "steered",
  seed: 3,
  startAt: "2030-01-01T09:00",
  run: async (simulation) => {
    const people = await simulation.loadPeople("lisa", "oscar", "marcos");
    const late = await simulation.person({ name: "Bea Lind", occupation: "baker" });
    const room = simulation.world("Room", people).makeEveryoneAccessible();
    room.intervene(
      { name: "guest", when: ({ step }) => step === 2, do: ({ world }) => world.add(late).makeEveryoneAccessible() },
      {
        ...{ name: "new ideas", of: "each", when: ({ step }) => step > 1, cooldown: { hours: 2 }, maxFirings: 2 },
        claim: { claim: "The person has said what they think.", atLeast: 7, last: 5 },
        do: ({ people: [person] }) => person?.think("I should come up with something new."),
      },
      { name: "apart", once: true, claim: "They talk.", do: ({ world }) => world.makeInaccessible("Lisa", "Oscar") },
    );
    room.broadcast("What is a good kettle worth?");
    return (await room.run(6, { every: { hours: 1 } })).steps.length;
  },
});

interface Play {
  readonly store: Store;
  readonly concurrency?: number;
  /** Stops the run, as a kill would, when so many calls were asked for. */
  readonly killAfter?: number;
}

async function counting(killAfter = Number.POSITIVE_INFINITY) {
  const rules = await openModel("builtin", { environment: {} });
  const asked: ModelRequest<unknown>[] = [];
  const end = new AbortController();
  const generate = <T>(request: ModelRequest<T>) => {
    asked.push(request as ModelRequest<unknown>);
    if (asked.length > killAfter) end.abort(new Error("killed"));
    return rules.generate(request);
  };
  return { model: { ...rules, generate } as Model, asked, signal: end.signal };
}

const settings = (model: Model, { store, concurrency }: Play): PlayOptions => ({
  ...{ model, store, configuration: noConfiguration },
  ...(concurrency !== undefined && { concurrency }),
});

async function play(given: Play) {
  const { model, asked, signal } = await counting(given.killAfter);
  const played = await playStudy(study, { ...settings(model, given), signal }).catch((error: unknown) => ({ error }));
  return { played, asked };
}

/** Scope by scope: what several do at once may be written down in any order. */
async function storyOf(store: Store): Promise<readonly JournalEvent[]> {
  const [run] = await store.listRuns();
  const events = await Array.fromAsync(readStory(store, run?.id ?? ""));
  const scopeOf = ({ id }: JournalEvent) => id.slice(0, id.lastIndexOf("#"));
  return events.toSorted((one, other) => (scopeOf(one) < scopeOf(other) ? -1 : Number(scopeOf(one) > scopeOf(other))));
}

it("interventions are the same run at any concurrency, after a kill anywhere, and in a fork, and no call is made twice", async () => {
  const whole = createMemoryStore();
  const { asked } = await play({ store: whole, concurrency: 1 });
  const story = await storyOf(whole);
  const fired = story.flatMap((event) => (event.type === "intervention-fired" ? [event.intervention] : []));
  expect(new Set(fired)).toEqual(new Set(["guest", "new ideas", "apart"]));
  expect(asked.filter(({ purpose }) => purpose === "intervene").length).toBeGreaterThan(fired.length - 2);

  const wide = createMemoryStore();
  await play({ store: wide, concurrency: 64 });
  expect(await storyOf(wide)).toEqual(story);

  for (const killAfter of [4, 9, 17]) {
    const broken = createMemoryStore();
    const first = await play({ store: broken, killAfter });
    expect(first.played).toHaveProperty("error");
    const kept = first.asked.length;
    const second = await play({ store: broken });
    expect(await storyOf(broken)).toEqual(story);
    expect(second.asked.length).toBe(asked.length - kept);
  }

  const { model, asked: anew } = await counting();
  await fork(study, { ...settings(model, { store: whole }), name: "fork", at: "room/4" });
  expect(anew).toEqual([]);
});
