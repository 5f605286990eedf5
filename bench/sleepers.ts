import { type Simulation, SocialFeed } from "../src/index.ts";
import type { Bench, Scenario } from "./harness/scenario.ts";
import { startMeter } from "./support/meter.ts";
import { benchPersona, stimulus } from "./support/people.ts";
import { memoryUsed, withRehearsal } from "./support/rehearsed.ts";

const people = 100_000;
const steps = 10;
/** In each step one in so many opens the feed. */
const awake = 50;
const played = `${people.toLocaleString("en")} people, one in ${awake} awake, ${steps} steps`;

async function enter(simulation: Simulation, feed: SocialFeed, { row, progress }: Bench): Promise<void> {
  const before = await memoryUsed();
  const meter = startMeter();
  for (let number = 0; number < people; number++) {
    await simulation.person(benchPersona(number), { faculties: [feed] });
    if (number % 10_000 === 0) progress(`${number.toLocaleString("en")} people have entered`);
  }
  await simulation.context.journal.settle();
  row({ scenario: played, metric: "CPU of one who enters", value: meter.stop().cpuMs / people, unit: "ms" });
  const value = ((await memoryUsed()) - before) / people / 1_000;
  row({ scenario: played, metric: "memory of a person, most of them in the store", value, unit: "KB" });
}

export const scenario: Scenario = {
  measures: `${people.toLocaleString("en")} people in one social feed, of whom those who sleep stand in the store`,
  seconds: 240,
  run: async (bench) => {
    const { row, progress } = bench;
    if (globalThis.gc === undefined) throw new Error("This scenario needs --expose-gc.");
    await withRehearsal({}, async (simulation) => {
      const feed = new SocialFeed({ activity: 1 / awake });
      await enter(simulation, feed, bench);
      const world = simulation.world("Feed", simulation.people, feed.parts);
      world.broadcast(stimulus(people));
      const meter = startMeter();
      let turns = 0;
      for (let step = 1; step <= steps; step++) {
        progress(`step ${step} of ${steps}`);
        const { steps: played } = await world.run(1);
        turns += played.flatMap(({ outcomes }) => outcomes).filter((one) => "turn" in one && one.turn.event).length;
      }
      await simulation.context.journal.settle();
      const { wallMs, cpuMs } = meter.stop();
      row({
        scenario: played,
        metric: "turns",
        value: turns,
        unit: "turns",
        goal: { atLeast: (0.9 * people * steps) / awake },
      });
      row({ scenario: played, metric: "a step", value: wallMs / steps / 1_000, unit: "s" });
      row({ scenario: played, metric: "CPU a turn, with all that sleepers cost", value: cpuMs / turns, unit: "ms" });
      const value = process.resourceUsage().maxRSS / 1024;
      row({ scenario: played, metric: "most memory of the process", value, unit: "MiB", goal: { atMost: 2_000 } });
    });
  },
};
