import { openSimulation, type Simulation } from "../../index.ts";
import { onInterrupt } from "../live/interrupt.ts";
import { createPreparation, type Preparation } from "../live/preparation.ts";
import { createView } from "../live/view.ts";
import type { Session } from "../session.ts";
import { caveat, type ModelFlags, modelOptions } from "./flags.ts";
import { workDetails } from "./study.ts";

/** A run in which a command makes something. */
export interface Making {
  /** What the run is called: the same words go on with the same run. */
  readonly name: string;
  readonly flags: ModelFlags;
  /** What it is, where a model without language has to be excused. */
  readonly what: string;
  /** What the last line says in place of calls and cost. */
  readonly status?: () => string;
  /** Comes over the one that is settled. */
  readonly embedder?: string | undefined;
}

/** The run while it is open. */
export interface OpenMaking {
  readonly simulation: Simulation;
  /** Draws the last line anew. */
  readonly tick: () => void;
  /** Says what is waited for when the work takes longer than two seconds. */
  during<T>(what: string, work: Promise<T>): Promise<T>;
  /** Shows how far the work is that is waited for. */
  readonly onProgress: Preparation["onProgress"];
}

/**
 * Opens a run, shows how far it is, stops it at Ctrl-C after the calls in flight, and ends it as what it was: finished,
 * stopped or failed. Throws what `make` throws.
 */
export async function making<T>(
  session: Session,
  { name, flags, what, status, embedder }: Making,
  make: (open: OpenMaking) => Promise<T>,
): Promise<T> {
  const { err, errStyle: style } = session;
  const now = (): number => performance.now();
  const view = createView({ screen: err, style, thoughts: false, now, ...(status && { status }) });
  const preparation = createPreparation(err, now);
  const interrupt = onInterrupt(session, view);
  let waiting = true;
  const timer = setInterval(() => waiting || view.tick(), 500);
  const during = async <R>(doing: string, work: Promise<R>): Promise<R> => {
    waiting = true;
    try {
      return await preparation.during(doing, work);
    } finally {
      waiting = false;
    }
  };
  try {
    const opening = openSimulation({
      name,
      ...(await modelOptions(session, flags, { preparation })),
      ...(embedder !== undefined && { embedder }),
      ...{ signal: interrupt.signal, details: workDetails(what) },
      onEvent: (event) => view.listener(event),
    });
    await using simulation = await during("Opening the run", opening);
    interrupt.attach(simulation);
    err.say([simulation.choice.reason, caveat(simulation, what) ?? ""].join("\n").trim(), style.dim);
    const made = await make({ simulation, tick: view.tick, during, onProgress: preparation.onProgress }).catch(
      async (error: unknown) => {
        // What went wrong first is what is thrown; that it could not be closed, either, is told as it is disposed of.
        await simulation.close(simulation.context.signal.aborted ? "stopped" : "failed").catch(() => undefined);
        session.run = simulation.run;
        if (simulation.ledger.paid.calls + simulation.ledger.replayed.calls > 0)
          session.farewell ||= "What was paid for is kept: the same command goes on from there.";
        throw error;
      },
    );
    await simulation.close();
    err.print(style.dim(view.end()));
    return made;
  } finally {
    clearInterval(timer);
    view.end();
    interrupt.release();
  }
}
