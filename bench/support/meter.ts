/** Milliseconds of this process: by the clock, and of its processors (user and system, all threads). */
export interface Metered {
  readonly wallMs: number;
  readonly cpuMs: number;
}

/** Counts from now until `stop`. */
export function startMeter(): { stop(): Metered } {
  const cpu = process.cpuUsage();
  const started = performance.now();
  return {
    stop: () => {
      const wallMs = performance.now() - started;
      const { user, system } = process.cpuUsage(cpu);
      return { wallMs, cpuMs: (user + system) / 1_000 };
    },
  };
}
