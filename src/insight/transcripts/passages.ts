import type { TranscriptEntry } from "../../kernel/contracts/events.ts";
import { withoutControls } from "../../kernel/text/controls.ts";
import { clockTime } from "../../kernel/values/clock.ts";
import type { WorldId } from "../../kernel/values/ids.ts";
import { perceivedAs } from "../../kernel/values/transcript.ts";

/** What every document of a transcript says of itself. */
export const notice = "Simulated: what people say here was produced by a program, not by people.";

/** What stands above a document, and above the passages in it. */
export interface Heads {
  readonly title?: string | undefined;
  readonly worlds?: ReadonlyMap<WorldId, string> | undefined;
}

/** Entries that stand together: of one step of a world, or outside of any. */
export interface Passage {
  /** As in `Room · step 3 · 2030-01-31 09:00`; empty for what comes before any world. */
  readonly heading: string;
  readonly entries: readonly TranscriptEntry[];
}

/** The entries by the world and step in which they stand, in their order; worlds are called as `worlds` says. */
export function passagesOf(
  entries: readonly TranscriptEntry[],
  worlds: ReadonlyMap<WorldId, string> = new Map(),
): readonly Passage[] {
  const passages: { heading: string; place: string; entries: TranscriptEntry[] }[] = [];
  for (const entry of entries) {
    const place = JSON.stringify([entry.world, entry.step]);
    const last = passages.at(-1);
    if (last?.place === place) last.entries.push(entry);
    else passages.push({ heading: headingOf(entry, { worlds, isFirst: last === undefined }), place, entries: [entry] });
  }
  return passages;
}

function headingOf(
  { world, step, time }: TranscriptEntry,
  { worlds, isFirst }: { readonly worlds: ReadonlyMap<WorldId, string>; readonly isFirst: boolean },
): string {
  const when = time === undefined ? undefined : clockTime(time);
  const elsewhere = isFirst ? undefined : "elsewhere";
  const where = world === undefined ? elsewhere : (worlds.get(world) ?? world);
  const parts = [where, step === undefined ? undefined : `step ${step}`, when];
  return parts.filter((part) => part !== undefined).join(" · ");
}

/** What somebody does, in a word or two; nothing for talk. */
export function manner({ type }: TranscriptEntry): string {
  if (type === "TALK" || type === "CONVERSATION") return "";
  const kind = perceivedAs(type);
  return type === "THINK" ? "thinks" : kind === type ? type.toLowerCase().replaceAll("_", " ") : kind;
}

/** A text without terminal codes, with line ends of one kind. */
export const plainLines = (text: string): string => withoutControls(text).replace(/\r\n?|[\u0085\u2028\u2029]/g, "\n");

/** The same on one line, for names and titles. */
export const plainLine = (text: string): string => plainLines(text).replace(/\s+/g, " ").trim();
