import { saveOutcome } from "../../../src/cli/outcome.ts";
import { plainResult } from "../../../src/cli/results.ts";
import { openSimulation, type SimulationEvent, type SimulationOptions, type Study } from "../../../src/index.ts";
import { chatModel, openaiAt } from "../served.ts";

export interface PlayInOptions extends Pick<SimulationOptions, "concurrency" | "store" | "embedder"> {
  readonly folder: string;
  /** Where the provider listens. */
  readonly url: string;
  readonly onEvent?: (event: SimulationEvent) => void;
}

export interface PlayedIn {
  readonly run: string;
  readonly result: unknown;
  readonly files: readonly string[];
}

/** Plays a study in a folder, as the command line does, and writes its outcome there. */
export async function playIn(
  study: Study,
  { folder, url, onEvent = () => {}, ...options }: PlayInOptions,
): Promise<PlayedIn> {
  const { run: play, kind: _kind, about: _about, ...head } = study;
  const simulation = await openSimulation({
    ...(head as SimulationOptions),
    ...{ model: chatModel, onEvent, ...options },
    environment: { folder, home: folder, platform: "linux", variables: openaiAt(url) },
  });
  try {
    const result = plainResult(await play(simulation));
    await simulation.end();
    const outcome = { folder: simulation.resultsFolder, title: study.name, events: simulation.story(), result };
    return { run: simulation.run, result, files: await saveOutcome(outcome) };
  } finally {
    await simulation.close("stopped");
  }
}
