/** Two ways to end a run: `stop` begins nothing new and lets the calls in flight return; `abort` cuts them off too. */
export interface Signals {
  readonly stopping: AbortSignal;
  readonly aborting: AbortSignal;
  /** A reason that is one of our errors is what calls that did not begin throw. */
  stop(reason?: unknown): void;
  abort(reason?: unknown): void;
}

/** Signals of one run; an outer signal counts as `stop`. */
export function createSignals(outer?: AbortSignal): Signals {
  const soft = new AbortController();
  const hard = new AbortController();
  const stop = (reason: unknown = "The run was stopped."): void => soft.abort(reason);
  if (outer?.aborted) stop(outer.reason);
  else outer?.addEventListener("abort", () => stop(outer.reason), { once: true, signal: soft.signal });
  return {
    stopping: soft.signal,
    aborting: hard.signal,
    stop,
    abort: (reason = "The run was stopped at once.") => {
      soft.abort(reason);
      hard.abort(reason);
    },
  };
}
