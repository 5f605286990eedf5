import type { TranscriptEntry } from "../../kernel/contracts/events.ts";
import { isTinyTroupeError } from "../../kernel/values/errors.ts";
import { type Passage, partsOf } from "./passages.ts";

/**
 * What a reader says of each part of a record, in order: of all of it where it fits, else of parts that are cut between
 * entries and read at once. No entry is cut or left out; CONTEXT_EXCEEDED when one alone is too long.
 * @param room tokens that a part may take
 */
export function readInParts<T>(
  entries: readonly TranscriptEntry[],
  room: number,
  read: (passage: Passage) => Promise<T>,
): Promise<readonly T[]> {
  return readParts(partsOf(entries, room), read);
}

async function readParts<T>(
  parts: readonly (readonly TranscriptEntry[])[],
  read: (passage: Passage) => Promise<T>,
): Promise<readonly T[]> {
  const answers = await Promise.allSettled(passages(parts).map(read));
  const failure = answers.find((answer) => answer.status === "rejected");
  if (failure === undefined) return answers.flatMap((answer) => (answer.status === "fulfilled" ? [answer.value] : []));
  // The estimate was too low for this model: cut finer.
  const finer = parts.flatMap(halved);
  if (!isTinyTroupeError(failure.reason, "CONTEXT_EXCEEDED") || finer.length === parts.length) throw failure.reason;
  return readParts(finer, read);
}

function halved(part: readonly TranscriptEntry[]): readonly (readonly TranscriptEntry[])[] {
  const middle = Math.ceil(part.length / 2);
  return part.length < 2 ? [part] : [part.slice(0, middle), part.slice(middle)];
}

function passages(parts: readonly (readonly TranscriptEntry[])[]): readonly Passage[] {
  let first = 1;
  return parts.map((entries, place) => {
    const passage = { entries, first, part: place + 1, of: parts.length };
    first += entries.length;
    return passage;
  });
}
