import { openSimulation, type Simulation } from "../../../index.ts";
import { onInterrupt } from "../../live/interrupt.ts";
import { createPreparation } from "../../live/preparation.ts";
import type { Session } from "../../session.ts";
import { harmless } from "../../terminal/text.ts";
import { type ModelFlags, modelOptions } from "../flags.ts";
import { workDetails } from "../study.ts";

/** Work that asks models, and plays nobody. */
export interface WithinRun<T> {
  /** Of the run: the same name, seed and model go on with it. */
  readonly name: string;
  readonly flags: ModelFlags;
  /** Comes over what is settled. */
  readonly embedder?: string | undefined;
  readonly work: (context: Simulation["context"], simulation: Simulation) => Promise<T>;
}

/** Opens a run for this work alone; what was paid for is kept when it fails or is stopped, and that is said. */
export async function withinRun<T>(session: Session, { name, flags, embedder, work }: WithinRun<T>): Promise<T> {
  const { err, errStyle: style } = session;
  const preparation = createPreparation(err, () => performance.now());
  const interrupt = onInterrupt(session);
  try {
    const opening = openSimulation({
      name,
      ...(await modelOptions(session, flags, { preparation })),
      ...(embedder !== undefined && { embedder }),
      ...{ signal: interrupt.signal, details: workDetails(name) },
      onEvent: (event) => event.type === "warning" && err.say(harmless(event.message), style.warn),
    });
    await using simulation = await preparation.during("Opening the run", opening);
    interrupt.attach(simulation);
    session.run = simulation.run;
    err.say(simulation.choice.reason, style.dim);
    const done = await work(simulation.context, simulation).catch(async (error: unknown) => {
      await simulation.close(simulation.context.signal.aborted ? "stopped" : "failed");
      session.farewell = "What was paid for is kept: the same command goes on from there.";
      throw error;
    });
    await simulation.close();
    return done;
  } finally {
    interrupt.release();
  }
}
