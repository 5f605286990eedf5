import { type FakeProcess, fakeProcess } from "../tests/support/fake-provider/process.ts";
import type { Row } from "./harness/row.ts";
import type { Bench, Scenario } from "./harness/scenario.ts";
import { startMeter } from "./support/meter.ts";
import { benchPersona, stimulus } from "./support/people.ts";
import { withRun } from "./support/played.ts";

const steps = 5;

/** One world of people in a ring. */
interface Ring {
  readonly people: number;
  readonly concurrency: number;
  readonly latencyMs: number;
  readonly stream?: true;
}

/** How much longer than ideal a ring may take, by how many calls are in flight and how long each takes. */
const waits = [
  { concurrency: 4, latencyMs: 200, atMost: 1.05 },
  { concurrency: 64, latencyMs: 200, atMost: 1.15 },
  { concurrency: 256, latencyMs: 1_000, atMost: 1.15 },
];

/** Σ over steps of ⌈people ÷ min(concurrency, people)⌉ × latency. */
const idealMs = ({ people, concurrency, latencyMs }: Ring): number =>
  steps * Math.ceil(people / Math.min(concurrency, people)) * latencyMs;

async function play(server: FakeProcess, ring: Ring) {
  const { people, concurrency, latencyMs, stream } = ring;
  await server.set({ cast: { play: "ring", people }, latency: { ms: latencyMs }, streaming: { chunks: 50 } });
  const onEvent = stream && (() => undefined);
  return withRun(server.url, { concurrency, ...(stream && { stream, onEvent }) }, async (simulation) => {
    const personas = Array.from({ length: people }, (_, index) => benchPersona(index));
    const cast = await Promise.all(personas.map((persona) => simulation.person(persona)));
    const world = simulation.world("Ring", cast).makeEveryoneAccessible();
    const meter = startMeter();
    world.broadcast(stimulus(people), { from: "Ilse" });
    const { steps: played } = await world.run(steps);
    await simulation.end();
    const { wallMs, cpuMs } = meter.stop();
    const turns = played.flatMap(({ outcomes }) => outcomes).filter((one) => "turn" in one).length;
    if (turns !== people * steps) throw new Error(`${turns} turns were taken, and not ${people * steps}.`);
    return { wallMs, cpuMs, turns, server: await server.stats() };
  });
}

/** What all rings tell of their costs. */
function costs(scenario: string, { cpuMs, turns, server }: Awaited<ReturnType<typeof play>>): readonly Row[] {
  return [
    { scenario, metric: "calls", value: server.calls, unit: "calls", goal: { atMost: turns } },
    { scenario, metric: "CPU a turn, of the client", value: cpuMs / turns, unit: "ms" },
    { scenario, metric: "CPU a call, of the server", value: server.cpuMs / server.calls, unit: "ms" },
  ];
}

async function overIdeal(server: FakeProcess, { row, progress }: Bench): Promise<void> {
  for (const people of [5, 10, 50, 200, 1_000]) {
    for (const { concurrency, latencyMs, atMost } of waits) {
      const ring = { people, concurrency, latencyMs };
      const ideal = idealMs(ring);
      progress(`${people} people, ${concurrency} at once, ${latencyMs} ms a call: at least ${ideal / 1_000} s`);
      const played = await play(server, ring);
      const scenario = `ring of ${people}, ${steps} steps`;
      const metric = `wall over ideal at ${concurrency} calls at once, ${latencyMs} ms`;
      row({ scenario, metric, value: played.wallMs / ideal, unit: "×", goal: { atMost } });
      if (concurrency === 64) for (const cost of costs(scenario, played)) row(cost);
    }
  }
}

async function fullSpeed(server: FakeProcess, { row, progress }: Bench): Promise<void> {
  for (const people of [200, 1_000]) {
    progress(`${people} people at full speed`);
    const played = await play(server, { people, concurrency: 256, latencyMs: 200 });
    const metric = "turns a second at 256 calls at once, 200 ms";
    const value = (played.turns / played.wallMs) * 1_000;
    const goal = people > 256 ? { goal: { atLeast: 700 } } : {};
    row({ scenario: `ring of ${people}, ${steps} steps`, metric, value, unit: "1/s", ...goal });
  }
}

async function streamed(server: FakeProcess, { row, progress }: Bench): Promise<void> {
  const ring = { people: 200, concurrency: 64, latencyMs: 200, stream: true } as const;
  progress("200 people, streamed in 50 chunks");
  const played = await play(server, ring);
  const scenario = `ring of 200, ${steps} steps, streamed in 50 chunks`;
  const metric = "wall over ideal at 64 calls at once, 200 ms";
  row({ scenario, metric, value: played.wallMs / idealMs(ring), unit: "×", goal: { atMost: 1.15 } });
  for (const cost of costs(scenario, played)) row(cost);
}

export const scenario: Scenario = {
  measures:
    "worlds where everybody talks to the next; ideal is every step in full rounds of the calls that may be out at once, each of the provider's latency",
  seconds: 430,
  run: async (bench) => {
    await using server = await fakeProcess();
    bench.progress("warming up");
    await play(server, { people: 200, concurrency: 64, latencyMs: 0 });
    await overIdeal(server, bench);
    await fullSpeed(server, bench);
    await streamed(server, bench);
  },
};
