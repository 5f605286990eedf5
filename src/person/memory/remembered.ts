import type { TranscriptEntry } from "../../kernel/contracts/events.ts";
import type { MemoryNote } from "../../kernel/contracts/memory/notes.ts";
import { clockTime } from "../../kernel/values/clock.ts";
import { transcriptLine } from "../../kernel/values/transcript.ts";

/** A note on one line, with its time. */
export function noteLine({ text, time }: MemoryNote): string {
  return dated(time, text);
}

/** Something that happened, on one line, with its time. */
export function entryLine(entry: TranscriptEntry): string {
  return dated(entry.time, transcriptLine(entry));
}

function dated(time: string | undefined, text: string): string {
  const told = text.replace(/\s+/gu, " ").trim();
  return time === undefined ? told : `(${clockTime(time)}) ${told}`;
}
