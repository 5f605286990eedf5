import type { SimulationEvent } from "../src/index.ts";
import type { ModelRequest } from "../src/models.ts";
import { fakeProcess } from "../tests/support/fake-provider/process.ts";
import type { Bench, Scenario } from "./harness/scenario.ts";
import { type Metered, startMeter } from "./support/meter.ts";
import { benchPersona, stimulus } from "./support/people.ts";
import { withRun } from "./support/played.ts";

/** Words are heard in the step after they were said: of 200 people the second step hears what the first one said. */
const worlds = [
  { people: 10, steps: 3, times: 10 },
  { people: 50, steps: 3, times: 2 },
  { people: 200, steps: 2, times: 1 },
] as const;
const flat = 1.3;

interface Heard {
  /** How often each text stood among what was new to a person, by person and text. */
  readonly times: Map<string, number>;
  /** Texts that were said, by who said them. */
  readonly said: Map<string, string>;
}

/** What is new to somebody stands in the last message but one of the prompt. */
function countNew({ messages, scope }: ModelRequest<unknown>, { said, times }: Heard): void {
  const fresh = String(messages.at(-2)?.content);
  for (const [text, speaker] of said) {
    if (!fresh.includes(text)) continue;
    if (scope.endsWith(speaker)) throw new Error(`${speaker} heard what ${speaker} said.`);
    times.set(`${scope} ${text}`, (times.get(`${scope} ${text}`) ?? 0) + 1);
  }
}

/** The delivery of a step: from the first turn that the world takes up to the end of the step, without a call within. */
class DeliveryMeter {
  cpuMs = 0;
  #running: { stop(): Metered } | undefined;

  see({ type }: SimulationEvent): void {
    if (type === "acted") this.#running ??= startMeter();
    if (type !== "step-finished") return;
    this.cpuMs += this.#running?.stop().cpuMs ?? 0;
    this.#running = undefined;
  }
}

async function play(url: string, { people, steps }: { readonly people: number; readonly steps: number }) {
  const heard: Heard = { times: new Map(), said: new Map() };
  const requests: ModelRequest<unknown>[] = [];
  const delivery = new DeliveryMeter();
  const onEvent = (event: SimulationEvent): void => {
    delivery.see(event);
    if (event.type !== "turn") return;
    for (const { type, content } of event.actions) if (type === "TALK") heard.said.set(content ?? "", event.person);
  };
  const onRequest = (request: ModelRequest<unknown>): void => void requests.push(request);
  const cpuMs = await withRun(url, { concurrency: 64, onEvent, onRequest }, async (simulation) => {
    const personas = Array.from({ length: people }, (_, index) => benchPersona(index));
    const cast = await Promise.all(personas.map((persona) => simulation.person(persona)));
    const world = simulation.world("Square", cast).makeEveryoneAccessible();
    const meter = startMeter();
    world.broadcast(stimulus(people), { from: "Ilse" });
    await world.run(steps);
    return meter.stop().cpuMs;
  });
  for (const request of requests) countNew(request, heard);
  // What was said in the last step nobody has been asked about yet.
  const expected = people * (people - 1) * (steps - 1);
  const paidOften = [...heard.times.values()].filter((times) => times > 1).length;
  return { ...{ cpuMs, expected, paidOften }, paid: heard.times.size, deliveryMs: delivery.cpuMs };
}

async function world(url: string, { row, progress }: Bench, size: (typeof worlds)[number]): Promise<number> {
  const { people, steps, times } = size;
  progress(`${people} people, ${steps} steps, ${times === 1 ? "once" : `${times} times`}`);
  let [cpuMs, deliveryMs, expected, paid, paidOften] = [0, 0, 0, 0, 0];
  for (let time = 0; time < times; time++) {
    const played = await play(url, size);
    cpuMs += played.cpuMs;
    deliveryMs += played.deliveryMs;
    expected += played.expected;
    paid += played.paid;
    paidOften += played.paidOften;
  }
  const scenario = `everyone hears everyone, ${people} people`;
  const missing = { goal: { atMost: 0 }, unit: "texts" };
  row({ scenario, metric: "heard and never read by a model", value: expected - paid, ...missing });
  row({ scenario, metric: "heard once and paid as new more than once", value: paidOften, ...missing });
  const turns = people * steps * times;
  row({ scenario, metric: "CPU a turn", value: cpuMs / turns, unit: "ms" });
  const perHearing = (1_000 * deliveryMs) / (turns * (people - 1));
  row({ scenario, metric: "CPU of delivering, for each who hears", value: perHearing, unit: "µs" });
  return perHearing;
}

export const scenario: Scenario = {
  measures:
    "worlds where everyone hears everyone: each text is paid as new once for each who hears it, and delivering is cheap",
  seconds: 20,
  run: async (bench) => {
    await using server = await fakeProcess({ cast: { play: "ring" } });
    bench.progress("warming up");
    await play(server.url, { people: 50, steps: 2 });
    const found: number[] = [];
    for (const size of worlds) found.push(await world(server.url, bench, size));
    const value = (found.at(-1) ?? Number.NaN) / (found[0] ?? Number.NaN);
    const metric = "CPU of delivering, for each who hears: 200 people over 10";
    bench.row({ scenario: "everyone hears everyone", metric, value, unit: "×", goal: { atMost: flat } });
  },
};
