import { stat } from "node:fs/promises";
import { type Schedule, type Simulation, SocialFeed } from "../src/index.ts";
import type { Bench, Scenario } from "./harness/scenario.ts";
import { startMeter } from "./support/meter.ts";
import { benchPersona, stimulus } from "./support/people.ts";
import { memoryUsed, withRehearsal } from "./support/rehearsed.ts";

const steps = 10;
const sizes = [1_000, 10_000] as const;
/** Where everybody acts in every step, nobody is at rest for long. */
const peopleMegabytes = 2_000;

/** What a feed of so many people came to. */
interface Played {
  readonly cpuMsOfTurn: number;
  readonly journalBytesOfEvent: number;
}

/** Everybody opens the feed in every step, and is shown a page of posts. */
async function play(people: number, { row, progress }: Bench): Promise<Played> {
  let events = 0;
  const onEvent = (event: object): void => void ("id" in event && events++);
  return withRehearsal({ onEvent, peopleMegabytes }, async (simulation) => {
    const scenario = `social feed of ${people.toLocaleString("en")}, ${steps} steps`;
    const feed = new SocialFeed();
    const before = await memoryUsed();
    for (let number = 0; number < people; number++)
      await simulation.person(benchPersona(number), { faculties: [feed] });
    const world = simulation.world("Feed", simulation.people, feed.parts);
    const idle = ((await memoryUsed()) - before) / people / 1_000;
    row({ scenario, metric: "memory of a person who did nothing yet", value: idle, unit: "KB", goal: { atMost: 50 } });
    world.broadcast(stimulus(people));
    const meter = startMeter();
    let turns = 0;
    for (let step = 1; step <= steps; step++) {
      progress(`${people.toLocaleString("en")} people, step ${step} of ${steps}`);
      const { steps: played } = await world.run(1);
      // A turn is one call to the model, its actions, their effect on the feed, and all of it in the journal.
      turns += played.flatMap(({ outcomes }) => outcomes).filter((one) => "turn" in one && one.turn.event).length;
    }
    await simulation.context.journal.settle();
    const { wallMs, cpuMs } = meter.stop();
    if (turns !== people * steps) throw new Error(`${turns} turns were taken, and not ${people * steps}.`);
    row({ scenario, metric: "a step", value: wallMs / steps / 1_000, unit: "s" });
    row({ scenario, metric: "turns a second", value: (turns / wallMs) * 1_000, unit: "1/s", goal: { atLeast: 2_000 } });
    row({ scenario, metric: "CPU a turn", value: cpuMs / turns, unit: "ms" });
    const after = ((await memoryUsed()) - before) / people / 1_000;
    row({ scenario, metric: `memory of a person after ${steps} turns`, value: after, unit: "KB" });
    const bytes = await journalBytes(simulation);
    row({ scenario, metric: "journal, an event", value: bytes / events, unit: "bytes" });
    row({ scenario, metric: "journal, a turn with all that belongs to it", value: bytes / turns, unit: "bytes" });
    row({ scenario, metric: "most memory of the process", value: process.resourceUsage().maxRSS / 1024, unit: "MiB" });
    return { cpuMsOfTurn: cpuMs / turns, journalBytesOfEvent: bytes / events };
  });
}

async function journalBytes({ storeLocation }: Simulation): Promise<number> {
  const files = await Promise.all(["", "-wal"].map((end) => stat(`${storeLocation}${end}`)));
  return files.reduce((sum, { size }) => sum + size, 0);
}

/** A step in which few of many open the feed costs what those few cost. */
async function fewOfMany(people: number): Promise<number> {
  return withRehearsal({}, async (simulation) => {
    const [active, rounds] = [100, 5];
    const feed = new SocialFeed({ schedule: first(active) });
    for (let number = 0; number < people; number++)
      await simulation.person(benchPersona(number), { faculties: [feed] });
    const world = simulation.world("Feed", simulation.people, feed.parts);
    await world.run(1);
    const meter = startMeter();
    await world.run(rounds);
    return meter.stop().cpuMs / active / rounds;
  });
}

/** The same few act in each step. */
function first(active: number): Schedule {
  return { name: "the first few", plan: ({ people }) => ({ cast: people.slice(0, active), together: true }) };
}

export const scenario: Scenario = {
  measures: "social feeds played by the rehearsal: everybody acts in each step, or a hundred among many who do not",
  seconds: 200,
  run: async (bench) => {
    if (globalThis.gc === undefined) throw new Error("This scenario needs --expose-gc.");
    const [small, large] = [await play(sizes[0], bench), await play(sizes[1], bench)];
    const scenario = "social feed of 10,000 over 1,000";
    const ratio = (metric: string, value: number, atMost: number) =>
      bench.row({ scenario, metric, value, unit: "×", goal: { atMost } });
    ratio("journal, an event", large.journalBytesOfEvent / small.journalBytesOfEvent, 1.1);
    ratio("CPU a turn", large.cpuMsOfTurn / small.cpuMsOfTurn, 1.3);
    bench.progress("a hundred who act among many");
    const few = [await fewOfMany(sizes[0]), await fewOfMany(sizes[1])] as const;
    ratio("CPU a turn, when a hundred act", few[1] / few[0], 1.2);
  },
};
