import { setImmediate as breath } from "node:timers/promises";
import { expect, it } from "vitest";
import type { Actor, Turn } from "../../../src/kernel/contracts/person.ts";
import { openStep } from "../../../src/world/play/open-step.ts";
import { playStep } from "../../../src/world/play/play-step.ts";

const idle = ({ id: person, name }: Actor): Turn => ({
  ...{ person, name, actions: [], state: {}, stop: "idle", usage: { input: 0, output: 0 }, warnings: [] },
});

it("of a crowd that thinks at once so many begin as others are done, and all act, in their order", async () => {
  const people = Array.from({ length: 1_100 }, (_, number): Actor => {
    const person: Actor = {
      id: `p${number}`,
      name: `P ${number}`,
      observe: () => undefined,
      act: async () => idle(person),
    };
    return person;
  });
  const thinking: (() => void)[] = [];
  const playing = playStep(openStep({ number: 1, due: new Set() }), {
    plan: async () => ({ cast: people, together: true }),
    act: (person) => new Promise((resolve) => thinking.push(() => resolve(idle(person)))),
    isHere: () => true,
    spares: () => false,
    ended: () => undefined,
    commit: () => undefined,
    isStopped: () => false,
  });
  while (thinking.length < 1_024) await breath();
  for (let more = 0; more < 20; more++) await breath();
  expect(thinking).toHaveLength(1_024);
  for (let next = 0; next < people.length; next++) {
    thinking[next]?.();
    await breath();
  }
  expect((await playing).outcomes.map(({ person }) => person)).toEqual(people.map(({ id }) => id));
});
