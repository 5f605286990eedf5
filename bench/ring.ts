// A world in which everybody speaks to the next, played and then repeated from its journal, without any waiting for a model.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRandom, openSimulation } from "../src/index.ts";
import { scriptedModel } from "../src/testing/index.ts";
import type { Row, Scenario } from "./row.ts";

const people = 50;
const steps = 5;
const syllables = ["ka", "lo", "mi", "ne", "ru", "sa", "ti", "vo", "we", "zu"];

/** Sixty words that nobody has said before. */
function words(call: number): string {
  const random = createRandom(`words ${call}`);
  const word = (): string => Array.from({ length: 2 + random.integer(3) }, () => random.pick(syllables)).join("");
  return Array.from({ length: 60 }, word).join(" ");
}

/** Everybody answers the next in the ring at once, with sixty words. */
const model = () =>
  scriptedModel(({ scope }, call) => {
    const index = Number(/person-(\d+)/.exec(scope)?.[1] ?? 0);
    const target = `Person ${(index + 1) % people}`;
    return {
      state: { attention: "the talk" },
      actions: [{ type: "TALK", target, content: words(call) }, { type: "DONE" }],
    };
  });

async function play(store: string): Promise<{ wall: number; cpu: number; calls: number }> {
  const scripted = model();
  const cpu = process.cpuUsage();
  const started = performance.now();
  const simulation = await openSimulation({ name: "ring", seed: 1, model: scripted, store, concurrency: 64 });
  const cast = await Promise.all(
    Array.from({ length: people }, (_, index) => simulation.person({ name: `Person ${index}`, age: 20 + index })),
  );
  const world = simulation.world("Ring", cast).makeEveryoneAccessible();
  world.broadcast("Please discuss how the kitchen on our floor should be used.");
  await world.run(steps);
  await simulation.close();
  const used = process.cpuUsage(cpu);
  return { wall: performance.now() - started, cpu: (used.user + used.system) / 1000, calls: scripted.requests.length };
}

export const ring: Scenario = async () => {
  const folder = await mkdtemp(join(tmpdir(), "tinytroupe-bench-"));
  try {
    const turns = people * steps;
    await play(join(folder, "warm.db"));
    const first = await play(join(folder, "ring.db"));
    const again = await play(join(folder, "ring.db"));
    const rows: Row[] = [
      { scenario: "ring of 50", metric: "model calls", value: first.calls, unit: "calls", goal: { atMost: turns } },
      {
        scenario: "ring of 50",
        metric: "CPU a turn, no provider",
        value: first.cpu / turns,
        unit: "ms",
        goal: { atMost: 2 },
      },
      {
        scenario: "ring of 50, repeated",
        metric: "model calls",
        value: again.calls,
        unit: "calls",
        goal: { atMost: 0 },
      },
      {
        scenario: "ring of 50, repeated",
        metric: "turns",
        value: (turns / again.wall) * 1000,
        unit: "1/s",
        goal: { atLeast: 1000 },
      },
    ];
    return rows;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
