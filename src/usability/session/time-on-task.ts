import type { Move, SystemView } from "../../kernel/contracts/systems/system.ts";

/** Seconds of one operator each: S. K. Card, T. P. Moran and A. Newell, The keystroke-level model, 1980. */
const operators = { keystroke: 0.28, pointing: 1.1, button: 0.2, mental: 1.35 } as const;

/** Words a minute of silent reading (M. Brysbaert, 2019). */
const readingRate = 238;
/** In seconds: who has read so long has seen enough of one page. */
const longestReading = 30;

/**
 * How long a move takes a person: to make up one's mind, to point or to type, and to read what comes back. The system's
 * own time is no part of it, so that it is the same in every run.
 * @example
 * secondsOf({ type: "CLICK", args: { control: "Buy" } }, { text: "" }); // => 2.65
 */
export function secondsOf({ args }: Move, { text }: Pick<SystemView, "text">): number {
  const { keystroke, pointing, button, mental } = operators;
  const { control, ...written } = args;
  const typed = Object.values(written).reduce<number>(
    (sum, value) => sum + (typeof value === "string" ? value.length : 0),
    0,
  );
  const points = control === undefined ? 0 : pointing + button;
  const words = text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
  const reads = Math.min(longestReading, (words / readingRate) * 60);
  return Math.round((mental + points + typed * keystroke + reads) * 100) / 100;
}
