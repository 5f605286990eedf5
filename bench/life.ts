import { type FakeProcess, fakeProcess } from "../tests/support/fake-provider/process.ts";
import type { Bench, Scenario } from "./harness/scenario.ts";
import { startMeter } from "./support/meter.ts";
import { benchPersona, stimulus } from "./support/people.ts";
import { withRun } from "./support/played.ts";

const chunks = 50;
const lengths = [10, 50, 200, 1_000] as const;
/** Short lives are lived several times: so many turns, at least, make one figure. */
const turnsCounted = 400;

/** The processor time of a turn in lives of so many stimuli, one after another, provider calls included. */
async function live(url: string, stimuli: number, stream: boolean): Promise<number> {
  return withRun(url, { stream, concurrency: 4, ...(stream && { onEvent: () => undefined }) }, async (simulation) => {
    const lives = Math.ceil(turnsCounted / stimuli);
    let cpuMs = 0;
    for (let life = 0; life < lives; life++) {
      const person = await simulation.person(benchPersona(life));
      const meter = startMeter();
      for (let turn = 0; turn < stimuli; turn++) await person.listenAndAct(stimulus(turn), "Ilse");
      cpuMs += meter.stop().cpuMs;
    }
    return cpuMs / (lives * stimuli);
  });
}

async function lives(server: FakeProcess, { row, progress }: Bench, stream: boolean): Promise<void> {
  const scenario = `one person's life, ${stream ? `streamed in ${chunks} chunks` : "not streamed"}`;
  const goal = { atMost: stream ? 4 : 2 };
  const found: number[] = [];
  progress(`${scenario}: warming up`);
  await live(server.url, 1_000, stream);
  for (const stimuli of lengths) {
    progress(`${scenario}: ${stimuli} stimuli`);
    const value = await live(server.url, stimuli, stream);
    found.push(value);
    row({ scenario, metric: `CPU a turn, ${stimuli} stimuli`, value, unit: "ms", goal });
  }
  const [first = Number.NaN] = found;
  const value = (found.at(-1) ?? Number.NaN) / first;
  row({ scenario, metric: "CPU a turn: 1,000 stimuli over 10", value, unit: "×", goal: { atMost: 1.3 } });
}

export const scenario: Scenario = {
  measures: "processor time of a turn, HTTP and store included, over a long life; a provider that answers at once",
  seconds: 40,
  run: async (bench) => {
    await using server = await fakeProcess({ cast: { play: "ring" }, streaming: { chunks } });
    await lives(server, bench, false);
    await lives(server, bench, true);
  },
};
