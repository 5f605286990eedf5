import { setTimeout } from "node:timers/promises";
import { type Simulation, z } from "../src/index.ts";
import { type FakeProcess, fakeProcess } from "../tests/support/fake-provider/process.ts";
import type { Scenario } from "./harness/scenario.ts";
import { startMeter } from "./support/meter.ts";
import { withRun } from "./support/played.ts";

const [people, questions] = [1_000, 10];
const calls = people * questions;
const latency = { ms: 200, spread: 400 };
/** More than the server ever bears, and nobody tells what it does. */
const concurrency = 256;
const phaseMs = 8_000;

/** What the server bears, one after another: so many at once, or so many a minute. */
const phases = [
  { concurrency: 96 },
  { concurrency: 32 },
  { concurrency: 128 },
  { requestsPerMinute: 12_000, retryAfter: "milliseconds" },
  { concurrency: 48 },
  { requestsPerMinute: 6_000, retryAfter: "seconds" },
  { concurrency: 112 },
] as const;

type Phase = (typeof phases)[number];

/** A phase as it was, and for how long. */
interface Played {
  readonly phase: Phase;
  readonly ms: number;
}

const Answer = z.object({ answer: z.string() });

/** Everybody at once asks one question after another; the run's limiter is what lets them through. */
async function askAll(
  { context }: Simulation,
  group: { readonly name: string; readonly people: number },
): Promise<void> {
  const askOneByOne = async (person: number) => {
    for (let question = 0; question < questions; question++) {
      await context.models.actor.generate({
        messages: [{ role: "user", content: `Question ${question} of ${group.name} ${person}: what comes next?` }],
        schema: Answer,
        purpose: "other",
        scope: `${group.name}:${person}`,
      });
    }
  };
  await Promise.all(Array.from({ length: group.people }, (_, person) => askOneByOne(person)));
}

/** Changes what the server bears until the work is over. */
async function changing(server: FakeProcess, work: Promise<unknown>): Promise<readonly Played[]> {
  const over = work.then(
    () => true,
    () => true,
  );
  const played: Played[] = [];
  for (let turn = 0; ; turn++) {
    const phase = phases[turn % phases.length] as Phase;
    await server.change({ limits: phase });
    const began = performance.now();
    const ended = await Promise.race([over, setTimeout(phaseMs, false)]);
    played.push({ phase, ms: performance.now() - began });
    if (ended) return played;
  }
}

/** The least time in which all calls can be answered, when each is with the server for so long. */
function leastMs(played: readonly Played[], heldMs: number): number {
  let [left, least] = [calls, heldMs];
  for (const { phase, ms } of played) {
    const pace = "concurrency" in phase ? phase.concurrency / heldMs : phase.requestsPerMinute / 60_000;
    least += Math.min(ms, left / pace);
    left -= Math.min(left, ms * pace);
  }
  return least;
}

/** How long an answered request is with the server, in milliseconds on the mean: on a busy machine longer than asked. */
async function heldBy(server: FakeProcess): Promise<number> {
  const answered = (await server.requests()).filter(({ done }) => done === "answered");
  return answered.reduce((sum, { at, endedAt = at }) => sum + endedAt - at, 0) / answered.length;
}

export const scenario: Scenario = {
  measures: "10,000 calls against a provider that changes what it bears: the time over the least that its limits allow",
  seconds: 65,
  run: async ({ row, progress }) => {
    await using server = await fakeProcess();
    const scenario = `${calls.toLocaleString("en")} calls at changing limits`;
    await withRun(server.url, { concurrency }, async (simulation) => {
      progress("warming up");
      await askAll(simulation, { name: "early", people: 50 });
      await server.set({ latency, limits: phases[0] });
      const meter = startMeter();
      const work = askAll(simulation, { name: "person", people });
      progress("asking, while the server bears now more and now less");
      const played = await changing(server, work);
      await work;
      const { wallMs, cpuMs } = meter.stop();
      const { cpuMs: serverCpuMs, done, calls: requests } = await server.stats();
      const heldMs = await heldBy(server);
      const value = wallMs / leastMs(played, heldMs);
      row({ scenario, metric: "wall over the least that the limits allow", value, unit: "×", goal: { atMost: 1.3 } });
      row({ scenario, metric: "wall", value: wallMs / 1_000, unit: "s" });
      row({ scenario, metric: "a request is with the server for", value: heldMs, unit: "ms" });
      row({ scenario, metric: "answers", value: done.answered ?? 0, unit: "calls", goal: { atLeast: calls } });
      row({ scenario, metric: "requests refused with 429", value: done.limited ?? 0, unit: "calls" });
      row({ scenario, metric: "CPU a call, of the client", value: cpuMs / calls, unit: "ms" });
      row({ scenario, metric: "CPU a request, of the server", value: serverCpuMs / requests, unit: "ms" });
    });
  },
};
