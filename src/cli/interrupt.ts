import type { Simulation } from "../index.ts";
import type { Session } from "./session.ts";

/**
 * Ctrl-C stops a run after the calls in flight; a second one cuts them off. What had returned is kept either way.
 * The returned function gives Ctrl-C back.
 */
export function onInterrupt(session: Session, simulation: Simulation): () => void {
  const { err, errStyle: style } = session;
  let times = 0;
  const interrupt = (): void => {
    times += 1;
    if (times === 1) {
      err.print(style.warn("Stopping after the calls in flight. Ctrl-C again stops at once."));
      simulation.stop("Ctrl-C");
    } else if (times === 2) {
      simulation.abort("Ctrl-C");
    } else {
      process.exit(130);
    }
  };
  process.on("SIGINT", interrupt);
  process.on("SIGTERM", interrupt);
  return () => {
    process.off("SIGINT", interrupt);
    process.off("SIGTERM", interrupt);
  };
}
