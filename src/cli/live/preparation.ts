import type { Progress } from "../../index.ts";
import type { Screen } from "../terminal/screen.ts";
import { fit, harmless, widthOf } from "../terminal/text.ts";

/** Shows how far something is that comes before the run: fetching, checking, loading, opening. */
export interface Preparation {
  readonly onProgress: (progress: Progress) => void;
  /** Says what is waited for when the work takes longer than two seconds. */
  during<T>(what: string, work: Promise<T>): Promise<T>;
}

/** Milliseconds after which waiting needs a word, and after which a log gets the next line. */
const patience = { word: 2000, log: 10_000 } as const;

/**
 * Progress in the last line of a terminal; in a log, a line after two seconds and then every ten.
 * @param now a clock in milliseconds
 */
export function createPreparation(screen: Screen, now: () => number): Preparation {
  let current = { what: "", begun: 0, had: 0, logged: Number.NEGATIVE_INFINITY };
  let told = Number.NEGATIVE_INFINITY;
  const tell = (what: string, had: number, line: (seconds: number) => string): void => {
    const time = now();
    if (current.what !== what) current = { what, begun: time, had, logged: Number.NEGATIVE_INFINITY };
    const elapsed = time - current.begun;
    if (screen.live) screen.footer([line(elapsed / 1000)]);
    else if (elapsed >= patience.word && time - current.logged >= patience.log) {
      current.logged = time;
      screen.print(line(elapsed / 1000));
    }
  };
  return {
    onProgress: (progress) => {
      told = now();
      if (progress.total !== undefined && progress.done >= progress.total) {
        current = { ...current, what: "" };
        screen.footer([]);
      } else {
        const { what, done } = progress;
        tell(what, done, (seconds) => progressLine(progress, { width: screen.width - 2, seconds, had: current.had }));
      }
    },
    during: async (what, work) => {
      const begun = now();
      const timer = setInterval(() => {
        if (now() - begun < patience.word || now() - told < patience.word) return;
        tell(what, 0, () => `${what} … ${Math.floor((now() - begun) / 1000)} s`);
      }, 500);
      try {
        return await work;
      } finally {
        clearInterval(timer);
        screen.footer([]);
      }
    },
  };
}

/**
 * A bar with percent; where bytes are counted, how many and how long still, as the width allows.
 * @param shown.seconds since the beginning, and how much was there by then: for the time that is left
 */
export function progressLine(
  { what, unit, done, total }: Progress,
  { width, seconds, had }: { readonly width: number; readonly seconds: number; readonly had: number },
): string {
  const name = harmless(what);
  const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);
  if (!total) return fit(`${name}  ${unit === "bytes" ? `${megabytes(done)} MB` : "…"}`, width);
  const share = Math.min(1, done / total);
  const left = seconds > 2 && done > had ? (seconds / (done - had)) * (total - done) : undefined;
  const parts = [
    name,
    `${String(Math.round(share * 100)).padStart(3)} %`,
    unit === "bytes" ? `${megabytes(done)} of ${megabytes(total)} MB` : "",
    left === undefined ? "" : `${spanOf(left)} left`,
  ].filter(Boolean);
  while (parts.length > 2 && widthOf(parts.join("  ")) > width) parts.pop();
  const room = Math.min(24, width - widthOf(parts.join("  ")) - 2);
  if (room >= 6) parts.splice(1, 0, "█".repeat(Math.round(share * room)).padEnd(room, "░"));
  return fit(parts.join("  "), width);
}

function spanOf(seconds: number): string {
  return seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.round(seconds / 60)} min`;
}
