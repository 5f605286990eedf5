import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRandom, openSimulation } from "../src/index.ts";
import { type ModelRequest, openModel } from "../src/models.ts";
import { createMemoryStore } from "../src/stores.ts";
import { scriptedModel } from "../src/testing/index.ts";
import type { Scenario } from "./harness/scenario.ts";
import { startMeter } from "./support/meter.ts";
import { benchPersona, personName } from "./support/people.ts";

const people = 50;
const steps = 5;

/** Everybody answers the next in the ring at once, with sixty words that nobody has said before. */
const model = () =>
  scriptedModel(({ scope }, call) => {
    const random = createRandom(`words ${call}`);
    const content = Array.from({ length: 60 }, () => random.pick(syllables) + random.pick(syllables)).join(" ");
    const index = Number(/-(\d+)$/.exec(scope)?.[1] ?? 0);
    const talk = { type: "TALK", target: personName((index + 1) % people), content };
    return { state: { attention: "the talk" }, actions: [talk, { type: "DONE" }] };
  });

const syllables = "ka lo mi ne ru sa ti vo we zu bra dre kli sto".split(" ");

async function play(store: string) {
  const scripted = model();
  const meter = startMeter();
  const simulation = await openSimulation({ name: "ring", seed: 1, model: scripted, store, concurrency: 64 });
  const cast = await Promise.all(Array.from({ length: people }, (_, index) => simulation.person(benchPersona(index))));
  const world = simulation.world("Ring", cast).makeEveryoneAccessible();
  world.broadcast("Please discuss how the kitchen on our floor should be used.");
  await world.run(steps);
  await simulation.close();
  return { ...meter.stop(), requests: scripted.requests, calls: scripted.requests.length };
}

/** The processor time of the stand-in without a language model for what people of the ring were asked, in milliseconds. */
async function builtinMs(asked: readonly ModelRequest<unknown>[]): Promise<number> {
  const requests = asked.map(({ signal: _, ...request }) => request);
  const builtin = await openModel("builtin", { environment: {} });
  for (const request of requests.slice(0, people)) await builtin.generate(request);
  const meter = startMeter();
  for (const request of requests) await builtin.generate(request);
  return meter.stop().cpuMs / requests.length;
}

/** Model calls a turn of somebody whose every draft says again what was said: the checks of a turn ask for no more. */
async function callsOfRepeating(turns: number): Promise<number> {
  const content = "I would rather keep the kitchen as it is, because everybody knows by now where the cups are.";
  const scripted = scriptedModel(() => ({ actions: [{ type: "TALK", content }, { type: "DONE" }] }));
  const store = createMemoryStore();
  await using simulation = await openSimulation({ name: "repeating", seed: 1, model: scripted, store });
  const person = await simulation.person(benchPersona(0));
  for (let turn = 0; turn < turns; turn++) await person.listenAndAct(`How should it be used, question ${turn}?`);
  return scripted.requests.length / turns;
}

export const scenario: Scenario = {
  measures:
    "a finished run started again: its calls come from the journal; and the engine and the builtin model, without HTTP",
  seconds: 5,
  run: async ({ row, progress }) => {
    const folder = await mkdtemp(join(tmpdir(), "tinytroupe-bench-"));
    try {
      const turns = people * steps;
      progress("playing a ring of 50 three times");
      await play(join(folder, "warm.db"));
      const first = await play(join(folder, "ring.db"));
      const again = await play(join(folder, "ring.db"));
      const once = { scenario: `ring of ${people}, without a provider` };
      row({ ...once, metric: "model calls", value: first.calls, unit: "calls", goal: { atMost: turns } });
      row({ ...once, metric: "CPU a turn", value: first.cpuMs / turns, unit: "ms" });
      const builtin = await builtinMs(first.requests);
      row({ ...once, metric: "CPU a turn of the builtin model", value: builtin, unit: "ms", goal: { atMost: 1 } });
      const checked = { scenario: "a person who repeats themselves", metric: "model calls a turn", unit: "calls" };
      row({ ...checked, value: await callsOfRepeating(10), goal: { atMost: 2 } });
      const repeated = { scenario: `ring of ${people}, repeated` };
      row({ ...repeated, metric: "model calls", value: again.calls, unit: "calls", goal: { atMost: 0 } });
      const speed = (turns / again.wallMs) * 1_000;
      row({
        ...repeated,
        metric: "turns a second, opening included",
        value: speed,
        unit: "1/s",
        goal: { atLeast: 1_000 },
      });
      row({ ...repeated, metric: "CPU a turn", value: again.cpuMs / turns, unit: "ms" });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};
