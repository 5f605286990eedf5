import { TinyTroupeError } from "../../../kernel/values/errors.ts";
import type { Remembered } from "../person-memory.ts";
import { listed, type NoteDraft } from "./take-in.ts";

/** A note as somebody gives it to be remembered, at the time that is told or else at this one. OPTION_INVALID. */
export function draftOf(
  { text, kind = "fact", importance = 0.5, time, ...rest }: Remembered,
  written: string | undefined,
): NoteDraft {
  if (text.trim() === "") throw invalid("text", text, "some words");
  if (!(importance >= 0 && importance <= 1)) throw invalid("importance", importance, "a number from 0 to 1");
  const now = time ?? written;
  const { sources = [], drawnFrom = [], about = [], from } = rest;
  return {
    kind,
    text: text.trim(),
    ...(now !== undefined && { time: now }),
    sources,
    ...listed("drawnFrom", drawnFrom),
    ...(from !== undefined && { from }),
    ...listed("about", about),
    importance,
  };
}

function invalid(option: string, value: unknown, wanted: string): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError("OPTION_INVALID", `The note's ${option} is ${JSON.stringify(value)}.`, {
    data: { option, value },
    hint: `Give ${option} as ${wanted}.`,
  });
}
