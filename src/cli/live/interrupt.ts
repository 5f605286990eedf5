import type { Simulation } from "../../index.ts";
import type { Session } from "../session.ts";
import type { LiveView } from "./view.ts";

/** Ctrl-C, and what it means. */
export interface Interrupt {
  /** Aborted at the first Ctrl-C: to be given to what opens the run. */
  readonly signal: AbortSignal;
  /** From now on Ctrl-C stops this run: after the calls in flight; a second one cuts them off. */
  attach(simulation: Simulation): void;
  /** Gives Ctrl-C back. */
  release(): void;
}

/**
 * Takes Ctrl-C, and a request to terminate, for this command. What had returned is kept whenever it comes.
 * @param view where something is shown already, and a word about it belongs
 */
export function onInterrupt({ err, errStyle: style }: Session, view?: LiveView): Interrupt {
  const stop = new AbortController();
  let running: Simulation | undefined;
  let times = 0;
  const interrupt = (): void => {
    times += 1;
    if (times > (running ? 2 : 1)) process.exit(130);
    if (times === 2) {
      running?.abort("Ctrl-C");
      return;
    }
    const word = `Stopping${running ? " after the calls in flight" : ""}. Ctrl-C again stops at once.`;
    if (view && running) view.notice(word);
    else err.print(style.warn(word));
    stop.abort("Ctrl-C");
    running?.stop("Ctrl-C");
  };
  process.on("SIGINT", interrupt);
  process.on("SIGTERM", interrupt);
  return {
    signal: stop.signal,
    attach: (simulation) => {
      running = simulation;
    },
    release: () => {
      process.off("SIGINT", interrupt);
      process.off("SIGTERM", interrupt);
    },
  };
}
