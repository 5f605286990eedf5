import type { TranscriptEntry } from "../../kernel/contracts/events.ts";
import { TinyTroupeError } from "../../kernel/values/errors.ts";

/** Which entries of a record count: so many from its beginning, and so many up to its end; all where neither is given. */
export interface Window {
  readonly first?: number;
  readonly last?: number;
}

/** Where in a record somebody's entries begin, and how many of theirs were left out just before. */
export interface Section {
  readonly of: string;
  /** The place of its first entry, from 0. */
  readonly from: number;
  readonly omitted: number;
}

/** What can be read: a name, and what happened. */
export interface Readable {
  readonly name: string;
  transcript(): readonly TranscriptEntry[];
}

/** The records of these, one after the other, through a window each. */
export function recordOf(
  subjects: readonly Readable[],
  window: Window,
): { readonly record: readonly TranscriptEntry[]; readonly sections: readonly Section[] } {
  const record: TranscriptEntry[] = [];
  const sections: Section[] = [];
  for (const subject of subjects) {
    for (const { entries, omitted } of through(subject.transcript(), window)) {
      sections.push({ of: subject.name, from: record.length, omitted });
      record.push(...entries);
    }
  }
  return { record, sections };
}

/** OPTION_INVALID unless both ends of a window are whole numbers from 1. */
export function checkWindow(window: Window): void {
  for (const option of ["first", "last"] as const) {
    const count = window[option];
    if (count === undefined || (Number.isInteger(count) && count >= 1)) continue;
    throw new TinyTroupeError("OPTION_INVALID", `The option '${option}' of judge is ${String(count)}.`, {
      data: { option, value: count },
      hint: "Give a whole number from 1, or leave it out.",
    });
  }
}

interface Piece {
  readonly entries: readonly TranscriptEntry[];
  readonly omitted: number;
}

function through(entries: readonly TranscriptEntry[], { first, last }: Window): readonly Piece[] {
  if (first === undefined && last === undefined) return [{ entries, omitted: 0 }];
  const [from, to] = [first ?? 0, entries.length - (last ?? 0)];
  if (to <= from) return [{ entries, omitted: 0 }];
  const head = { entries: entries.slice(0, from), omitted: 0 };
  const tail = { entries: entries.slice(to), omitted: to - from };
  return [head, tail].filter((piece) => piece.entries.length > 0);
}
