import { extractEach } from "../src/index.ts";
import { fakeProcess } from "../tests/support/fake-provider/process.ts";
import type { Scenario } from "./harness/scenario.ts";
import { type Metered, startMeter } from "./support/meter.ts";
import { benchPersona, stimulus } from "./support/people.ts";
import { withRun } from "./support/played.ts";

const people = 50;
const concurrency = 16;
const latencyMs = 500;

/** Everybody hears something, and is read about at once: the calls of the reading alone are timed. */
async function read(url: string): Promise<Metered> {
  return withRun(url, { concurrency }, async (simulation) => {
    const personas = Array.from({ length: people }, (_, index) => benchPersona(index));
    const cast = await Promise.all(personas.map((persona) => simulation.person(persona)));
    for (const person of cast) person.listen(stimulus(people));
    const meter = startMeter();
    const rows = await extractEach(cast, {
      objective: "What each would pay.",
      fields: ["price", "reason"],
      concurrency,
    });
    const found = rows.filter((row) => "value" in row).length;
    if (found !== people) throw new Error(`${found} of ${people} have a row.`);
    return meter.stop();
  });
}

export const scenario: Scenario = {
  measures:
    "an extraction from fifty people; ideal is full rounds of the calls that may be out at once, each of the provider's latency",
  seconds: 4,
  run: async ({ row, progress }) => {
    await using server = await fakeProcess();
    progress("warming up");
    await read(server.url);
    await server.set({ latency: { ms: latencyMs } });
    progress(`${people} people, ${concurrency} calls at once`);
    const { wallMs, cpuMs } = await read(server.url);
    const { calls } = await server.stats();
    const scenario = `extraction, ${people} people`;
    row({ scenario, metric: "calls", value: calls, unit: "calls", goal: { atMost: people } });
    const ideal = Math.ceil(people / concurrency) * latencyMs;
    const metric = `wall over ideal at ${concurrency} calls at once, ${latencyMs} ms`;
    row({ scenario, metric, value: wallMs / ideal, unit: "×", goal: { atMost: 1.2 } });
    row({ scenario, metric: "CPU a person", value: cpuMs / people, unit: "ms" });
  },
};
