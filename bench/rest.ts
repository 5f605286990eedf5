import { createRandom } from "../src/kernel/values/random.ts";
import type { Scenario } from "./harness/scenario.ts";
import { benchPersona, stimulus } from "./support/people.ts";
import { withRun } from "./support/played.ts";
import { memoryUsed } from "./support/rehearsed.ts";

const people = 1_000;
const kept = 200;
const asked = 100;

export const scenario: Scenario = {
  measures: `people at rest: ${people} people with ${kept} notes each, in a run that has room for some of them`,
  seconds: 90,
  run: async ({ row, progress }) => {
    if (globalThis.gc === undefined) throw new Error("This scenario needs --expose-gc.");
    await withRun("http://127.0.0.1:1", {}, async (simulation) => {
      const scenario = `${people} people, ${kept} notes each`;
      const cast = await Promise.all(Array.from({ length: people }, (_, at) => simulation.person(benchPersona(at))));
      const before = await memoryUsed();
      for (const [at, { memory }] of cast.entries()) {
        await memory.rememberAll(Array.from({ length: kept }, (_, nth) => ({ text: stimulus(kept * at + nth) })));
        if (at % 100 === 0) progress(`${at} of ${people} have their notes`);
      }
      await simulation.context.journal.settle();
      const value = ((await memoryUsed()) - before) / 2 ** 20;
      row({ scenario, metric: "memory of all their notes", value, unit: "MiB", goal: { atMost: 192 } });
      const random = createRandom("people at rest");
      const started = performance.now();
      for (let time = 0; time < asked; time++) {
        const found = await random.pick(cast).memory.notes();
        if (found.length !== kept) throw new Error(`${found.length} notes are left.`);
      }
      row({ scenario, metric: "notes of anybody", value: (performance.now() - started) / asked, unit: "ms" });
    });
  },
};
