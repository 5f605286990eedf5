import { saveOutcome } from "../../../src/cli/outcome.ts";
import { plainResult } from "../../../src/cli/results.ts";
import {
  defineStudy,
  extract,
  extractEach,
  openSimulation,
  renderTranscript,
  type SimulationEvent,
  type SimulationOptions,
  z,
} from "../../../src/index.ts";
import { chatModel, openaiAt } from "../served.ts";

/** A square whose people act at once, while somebody is interviewed apart; then each and all are read. */
const market = defineStudy({
  name: "market",
  seed: 11,
  run: async (simulation) => {
    const people = await simulation.loadPeople("lisa", "oscar", "marcos");
    const interviewed = await simulation.person("minji");
    const square = simulation.world("Square", people).makeEveryoneAccessible();
    square.broadcast("The fishmonger shouts that all is half price.");
    const interview = async (): Promise<void> => {
      for (const question of ["What do you buy here?", "And what never?"]) await interviewed.listenAndAct(question);
    };
    await Promise.all([square.run(2), interview()]);
    const bought = z.object({ bought: z.string() });
    const each = await extractEach([...people, interviewed], { objective: "What they bought", schema: bought });
    const { rows } = await extract(square, { objective: "Prices", schema: z.object({ rows: z.array(bought) }) });
    const transcripts = [square, interviewed].map((subject) => renderTranscript(subject.transcript()));
    return { each, rows, transcripts };
  },
});

/** A turn of each in each step, two answers, four readings and one. */
export const callsOfMarket = 3 * 2 + 2 + 4 + 1;

export interface MarketOptions extends Pick<SimulationOptions, "concurrency" | "store"> {
  readonly folder: string;
  /** Where the provider listens. */
  readonly url: string;
  readonly onEvent?: (event: SimulationEvent) => void;
}

/** Plays the market in a folder, as the command line plays a study, and writes its outcome there. */
export async function playMarket({ folder, url, onEvent = () => {}, ...options }: MarketOptions): Promise<{
  readonly run: string;
  readonly result: unknown;
  readonly files: readonly string[];
}> {
  const simulation = await openSimulation({
    ...{ name: market.name, seed: market.seed ?? 1, model: chatModel, onEvent, ...options },
    environment: { folder, home: folder, platform: "linux", variables: openaiAt(url) },
  });
  try {
    const result = plainResult(await market.run(simulation));
    await simulation.end();
    const outcome = { folder: simulation.resultsFolder, title: market.name, events: simulation.story(), result };
    return { run: simulation.run, result, files: await saveOutcome(outcome) };
  } finally {
    await simulation.close("stopped");
  }
}
