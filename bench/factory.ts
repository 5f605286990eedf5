import { TinyPersonFactory } from "../src/index.ts";
import { type FakeProcess, fakeProcess } from "../tests/support/fake-provider/process.ts";
import type { Scenario } from "./harness/scenario.ts";
import { type Metered, startMeter } from "./support/meter.ts";
import { stimulus } from "./support/people.ts";
import { withRun } from "./support/played.ts";

const people = 50;
const concurrency = 4;
const latencyMs = 200;

/** Makes them all at once: names are settled in the order asked, calls go out as the limit allows. */
async function make(url: string, concurrency: number): Promise<Metered> {
  return withRun(url, { concurrency }, async (simulation) => {
    const meter = startMeter();
    const made = Array.from({ length: people }, (_, index) =>
      simulation.generatePerson("A street of small shops in a harbour town", stimulus(index)),
    );
    await Promise.all(made);
    return meter.stop();
  });
}

const drawn = Array.from({ length: people }, (_, index) => ({
  id: String(index + 1).padStart(4, "0"),
  values: { age: 20 + index, sex: index % 2 === 0 ? "female" : "male", schooling: "secondary school" },
  weight: 1,
}));
const sideBySide = 16;
/** A person takes a model many seconds: what is ours shows at half a second already. */
const personMs = 500;

/** Calls and time of a population of draws, over the ideal. */
async function generated(server: FakeProcess, row: Parameters<Scenario["run"]>[0]["row"]): Promise<void> {
  await server.set({ latency: { ms: personMs } });
  const { wallMs, cpuMs } = await generate(server.url);
  const { calls } = await server.stats();
  const scenario = `population, ${people} people`;
  row({ scenario, metric: "calls", value: calls, unit: "calls", goal: { atMost: people + 1 } });
  const metric = `wall over ideal at ${sideBySide} calls at once, ${personMs} ms`;
  const ideal = Math.ceil(people / sideBySide) * personMs;
  row({ scenario, metric, value: wallMs / ideal, unit: "×", goal: { atMost: 1.2 } });
  row({ scenario, metric: "CPU a person", value: cpuMs / people, unit: "ms" });
}

/** A population of draws: names without a model, one call each. */
async function generate(url: string): Promise<Metered> {
  return withRun(url, { concurrency: sideBySide }, async (simulation) => {
    const factory = new TinyPersonFactory(simulation.context);
    const meter = startMeter();
    await factory.generatePeople(drawn, { about: "A street of small shops in a harbour town" });
    return meter.stop();
  });
}

export const scenario: Scenario = {
  measures: "fifty people made from one description and what is special about each: calls, and time over ideal",
  seconds: 5,
  run: async ({ row, progress }) => {
    await using server = await fakeProcess();
    progress("warming up");
    await make(server.url, 64);
    await generate(server.url);
    await server.set({ latency: { ms: latencyMs } });
    progress(`${people} people, ${concurrency} calls at once`);
    const { wallMs, cpuMs } = await make(server.url, concurrency);
    const { calls } = await server.stats();
    const scenario = `factory, ${people} people`;
    row({ scenario, metric: "calls", value: calls, unit: "calls", goal: { atMost: people + 1 } });
    const metric = `wall over ideal at ${concurrency} calls at once, ${latencyMs} ms`;
    const ideal = Math.ceil(people / concurrency) * latencyMs;
    row({ scenario, metric, value: wallMs / ideal, unit: "×", goal: { atMost: 1.05 } });
    row({ scenario, metric: "CPU a person", value: cpuMs / people, unit: "ms" });
    progress(`a population of ${people}, ${sideBySide} calls at once`);
    await generated(server, row);
  },
};
