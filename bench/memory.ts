import { type FakeProcess, fakeProcess } from "../tests/support/fake-provider/process.ts";
import type { Scenario } from "./harness/scenario.ts";
import { benchPersona, stimulus } from "./support/people.ts";
import { withRun } from "./support/played.ts";

const people = 1_000;
const turns = 10;

/** A persona as it comes from a file: texts of its own, and not what they were put together from. */
const read = (index: number): object => JSON.parse(JSON.stringify(benchPersona(index))) as object;

/** Bytes in use on the heap once all that nobody refers to is gone. */
async function heapUsed(): Promise<number> {
  // Twice, with a pause for what is let go of by finalizers.
  globalThis.gc?.();
  await new Promise((resolve) => setTimeout(resolve, 50));
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

/** Bytes on the heap that an open run of so many people in a ring adds after so many steps. */
async function added(server: FakeProcess, count: number, steps: number): Promise<number> {
  await server.set({ cast: { play: "ring", people: count } });
  return withRun(server.url, { concurrency: 64 }, async (simulation) => {
    const before = await heapUsed();
    const cast = await Promise.all(Array.from({ length: count }, (_, index) => simulation.person(read(index))));
    const world = simulation.world("Ring", cast).makeEveryoneAccessible();
    world.broadcast(stimulus(0), { from: "Ilse" });
    await world.run(steps);
    await simulation.context.journal.settle();
    const after = await heapUsed();
    if (world.people.length !== count) throw new Error("The people are gone.");
    return after - before;
  });
}

export const scenario: Scenario = {
  measures:
    "memory of a person, with what the run keeps of it, after ten turns: the heap with 1,000 people, and with none",
  seconds: 40,
  run: async ({ row, progress }) => {
    if (globalThis.gc === undefined) throw new Error("This scenario needs --expose-gc.");
    await using server = await fakeProcess();
    progress("warming up");
    await added(server, 50, 2);
    const scenario = `a ring of ${people}`;
    progress(`${people} people, no turn`);
    const fresh = (await added(server, people, 0)) / people / 1_000;
    row({ scenario, metric: "heap for a person before the first turn", value: fresh, unit: "KB" });
    progress(`${people} people, ${turns} turns each`);
    const lived = (await added(server, people, turns)) / people / 1_000;
    row({ scenario, metric: `heap for a person after ${turns} turns`, value: lived, unit: "KB", goal: { atMost: 50 } });
    row({ scenario, metric: "heap that each turn adds", value: (lived - fresh) / turns, unit: "KB" });
  },
};
