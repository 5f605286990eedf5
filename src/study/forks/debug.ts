import type { Simulation } from "../../simulation/simulation.ts";
import type { Study } from "../define.ts";
import { openStudy, type PlayOptions } from "../play.ts";
import type { Difference } from "./difference.ts";
import { forkOf } from "./fork.ts";

/** A place at which a run waits, before a step or at a checkpoint. */
export interface Pause {
  readonly place: string;
  /** The run, with all people as they are. */
  readonly simulation: Simulation;
  /** This run is the fork that a change has made. */
  readonly isFork: boolean;
  /**
   * Changes something before the run goes on. The first change makes it a fork: the run that was stepped through is left
   * as it is, and the loop comes to the same place once more, in the fork.
   */
  change(change: NonNullable<Difference["change"]>): Promise<void>;
}

/** How a study is stepped through. */
export interface DebugOptions extends PlayOptions {
  /** The name of the fork that a change makes. Default `stepped`. */
  readonly as?: string;
}

interface Session<R> {
  readonly study: Study<R>;
  /** Nothing is shown until the run has come there. */
  readonly from?: string;
}

/**
 * Plays a study step by step: the loop has the run before each step and at each checkpoint, which goes on when the loop
 * does. Who leaves the loop stops the run, to go on later. What was played before is served again, for nothing.
 * @throws as `openSimulation`, and what the study throws
 * @example
 * const study = defineStudy({
 *   name: "stepping",
 *   model: "builtin",
 *   run: async (simulation) => {
 *     const room = simulation.world("Room", await simulation.loadPeople("lisa", "oscar")).makeEveryoneAccessible();
 *     await room.broadcast("What is a good kettle worth?").run(2);
 *   },
 * });
 * for await (const pause of debug(study)) {
 *   for (const { name, pending, state } of pause.simulation.people) console.log(pause.place, name, pending, state);
 *   if (pause.place === "room/2" && !pause.isFork) await pause.change(({ people: [lisa] }) => lisa?.think("Too dear."));
 * }
 */
export async function* debug<R>(
  study: Study<R>,
  { as = "stepped", ...options }: DebugOptions = {},
): AsyncGenerator<Pause, R> {
  let session: Session<R> = { study };
  let opening: PlayOptions = options;
  for (;;) {
    const ended: Ended<R> = yield* stepThrough(session, opening);
    if ("result" in ended) return ended.result;
    const { of, at, change } = ended;
    const { resume: _stepped, ...others } = opening;
    opening = others;
    session = { study: forkOf(study, { name: as, of, at, change, replace: true }), from: at };
  }
}

type Ended<R> =
  | { readonly result: R }
  | { readonly of: string; readonly at: string; readonly change: NonNullable<Difference["change"]> };

async function* stepThrough<R>({ study, from }: Session<R>, options: PlayOptions): AsyncGenerator<Pause, Ended<R>> {
  const simulation = await openStudy(study, options);
  const arrivals = createArrivals();
  simulation.onArrival(arrivals.arrive);
  let isOver = false;
  const playing = study.run(simulation).finally(arrivals.end);
  playing.catch(() => undefined); // told to whoever awaits it below
  try {
    let shown = from === undefined;
    for (let next = await arrivals.next(); next !== undefined; next = await arrivals.next()) {
      shown ||= next.place === from;
      const wanted: NonNullable<Difference["change"]>[] = [];
      const change: Pause["change"] = async (made) => {
        if (from === undefined) wanted.push(made);
        else await made(simulation);
      };
      if (shown) yield { place: next.place, simulation, isFork: from !== undefined, change };
      if (wanted.length > 0) {
        const all = async (fork: Simulation): Promise<void> => {
          for (const made of wanted) await made(fork);
        };
        return { of: simulation.run, at: next.place, change: all };
      }
      next.goOn();
    }
    const result = await playing;
    await simulation.end();
    isOver = true;
    return { result };
  } finally {
    if (!isOver) simulation.stop("The run was left.");
    arrivals.letGo();
    await playing.catch(() => undefined); // thrown above, or of a run that was left
    await simulation.close(isOver ? undefined : "stopped");
  }
}

interface Arrived {
  readonly place: string;
  goOn(): void;
}

/** Hands over one place after the other, each until it is let go. */
function createArrivals() {
  const waiting: Arrived[] = [];
  let shown: Arrived | undefined;
  let wake = Promise.withResolvers<void>();
  let isOver = false;
  let isFree = false;
  return {
    arrive: (place: string): Promise<void> => {
      if (isFree) return Promise.resolve();
      const { promise, resolve: goOn } = Promise.withResolvers<void>();
      waiting.push({ place, goOn });
      wake.resolve();
      return promise;
    },
    end: () => {
      isOver = true;
      wake.resolve();
    },
    next: async (): Promise<Arrived | undefined> => {
      while (waiting.length === 0 && !isOver) {
        await wake.promise;
        wake = Promise.withResolvers();
      }
      shown = waiting.shift();
      return shown;
    },
    letGo: () => {
      isFree = true;
      shown?.goOn();
      for (const { goOn } of waiting.splice(0)) goOn();
    },
  };
}
