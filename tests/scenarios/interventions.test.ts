import { expect, it } from "vitest";
import { defineStudy, fork } from "../../src/index.ts";
import { createMemoryStore } from "../../src/stores.ts";
import { countedPlay, counting, type Play, storyIn } from "../support/counted-play.ts";

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

const play = (given: Play) => countedPlay(study, given);

it("interventions are the same run at any concurrency, after a kill anywhere, and in a fork, and no call is made twice", async () => {
  const whole = createMemoryStore();
  const { asked } = await play({ store: whole, concurrency: 1 });
  const story = await storyIn(whole);
  const fired = story.flatMap((event) => (event.type === "intervention-fired" ? [event.intervention] : []));
  expect(new Set(fired)).toEqual(new Set(["guest", "new ideas", "apart"]));
  expect(asked.filter(({ purpose }) => purpose === "intervene").length).toBeGreaterThan(fired.length - 2);

  const wide = createMemoryStore();
  await play({ store: wide, concurrency: 64 });
  expect(await storyIn(wide)).toEqual(story);

  for (const killAfter of [4, 9, 17]) {
    const broken = createMemoryStore();
    const first = await play({ store: broken, killAfter });
    expect(first.played).toHaveProperty("error");
    const kept = first.asked.length;
    const second = await play({ store: broken });
    expect(await storyIn(broken)).toEqual(story);
    expect(second.asked.length).toBe(asked.length - kept);
  }

  const { settings, asked: anew } = await counting({ store: whole });
  await fork(study, { ...settings, name: "fork", at: "room/4" });
  expect(anew).toEqual([]);
});
