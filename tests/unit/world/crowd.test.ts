import { setImmediate as breath } from "node:timers/promises";
import { expect, it } from "vitest";
import type { Actor, Turn } from "../../../src/kernel/contracts/person.ts";
import { openStep } from "../../../src/world/play/open-step.ts";
import { playStep } from "../../../src/world/play/play-step.ts";

const idle = ({ id: person, name }: Actor): Turn => ({
  ...{ person, name, actions: [], state: {}, stop: "idle", usage: { input: 0, output: 0 }, warnings: [] },
});

it.each([
  ["of a crowd that thinks at once so many begin as others are done", false, 1_024],
  ["where one is answered after the other few of them wait", true, 64],
])("%s, and all act, in their order", async (_name, isAnsweredAtOnce, most) => {
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
    ...{ isStopped: () => false, isAnsweredAtOnce },
  });
  while (thinking.length < most) await breath();
  for (let more = 0; more < 20; more++) await breath();
  expect(thinking).toHaveLength(most);
  for (let next = 0; next < people.length; next++) {
    thinking[next]?.();
    await breath();
  }
  expect((await playing).outcomes.map(({ person }) => person)).toEqual(people.map(({ id }) => id));
});
