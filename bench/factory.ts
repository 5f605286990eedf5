import { fakeProcess } from "../tests/support/fake-provider/process.ts";
import type { Scenario } from "./harness/scenario.ts";
import { startMeter } from "./support/meter.ts";
import { stimulus } from "./support/people.ts";
import { withRun } from "./support/played.ts";

const people = 50;
const latencyMs = 200;

export const scenario: Scenario = {
  measures: "fifty people made from one description and what is special about each: calls, and time over ideal",
  seconds: 10,
  run: async ({ row, progress }) => {
    await using server = await fakeProcess();
    for (const concurrency of [64, 4]) {
      progress(`${people} people, ${concurrency} calls at once`);
      // Anew each time, the first of them to warm up.
      await server.set({ latency: { ms: latencyMs } });
      const { wallMs, cpuMs } = await withRun(server.url, { concurrency }, async (simulation) => {
        const meter = startMeter();
        const made = Array.from({ length: people }, (_, index) =>
          simulation.generatePerson("A street of small shops in a harbour town", stimulus(index)),
        );
        await Promise.all(made);
        return meter.stop();
      });
      const { calls } = await server.stats();
      const scenario = `factory, ${people} people`;
      const ideal = Math.ceil(people / Math.min(concurrency, people)) * latencyMs;
      if (concurrency !== 4) continue;
      row({ scenario, metric: "calls", value: calls, unit: "calls", goal: { atMost: people + 1 } });
      const metric = `wall over ideal at ${concurrency} calls at once, ${latencyMs} ms`;
      row({ scenario, metric, value: wallMs / ideal, unit: "×", goal: { atMost: 1.05 } });
      row({ scenario, metric: "CPU a person", value: cpuMs / people, unit: "ms" });
    }
  },
};
