import type { TranscriptEntry } from "../../kernel/contracts/events.ts";

/** Which entries of a transcript are wanted; all that is given must hold. */
export interface TranscriptFilter {
  /** The id of the world in which it happened. */
  readonly world?: string;
  /** Any of these people did it, or it was meant for them by name: the whole name, in whatever case. */
  readonly people?: readonly string[];
  /** Any of these: `stimulus`, `action`, `narration`, or a type such as `TALK`, in whatever case. */
  readonly kinds?: readonly string[];
  /**
   * From this step of a world on; or from this moment of simulated time, or any beginning of one, as in `2030-02`, as
   * clocks there show it. What has no step or no time is left out.
   */
  readonly from?: number | string;
  /** Up to this step or moment, which is still in it: `2030-02` is the whole month. */
  readonly to?: number | string;
}

/**
 * The entries that are wanted, in their order.
 * @example
 * filterTranscript([{ id: "a#0.0", kind: "action", type: "TALK", from: "Lisa", to: [], text: "Hello." }], { kinds: ["think"] }); // => []
 */
export function filterTranscript(
  entries: readonly TranscriptEntry[],
  { world, people, kinds, from, to }: TranscriptFilter,
): TranscriptEntry[] {
  const persons = people && new Set(people.map(folded));
  const sorts = kinds && new Set(kinds.map(folded));
  return entries.filter((entry) => {
    if (world !== undefined && entry.world !== world) return false;
    if (persons && ![entry.from ?? "", ...entry.to].some((name) => persons.has(folded(name)))) return false;
    if (sorts && !sorts.has(folded(entry.kind)) && !sorts.has(folded(entry.type))) return false;
    return isAfter(entry, from) && isBefore(entry, to);
  });
}

const folded = (text: string): string => text.trim().toLowerCase();

function isAfter({ step, time }: TranscriptEntry, bound: number | string | undefined): boolean {
  if (bound === undefined) return true;
  if (typeof bound === "number") return step !== undefined && step >= bound;
  return time !== undefined && time.slice(0, bound.length) >= bound;
}

function isBefore({ step, time }: TranscriptEntry, bound: number | string | undefined): boolean {
  if (bound === undefined) return true;
  if (typeof bound === "number") return step !== undefined && step <= bound;
  return time !== undefined && time.slice(0, bound.length) <= bound;
}
