import type { TranscriptEntry } from "../../kernel/contracts/events.ts";
import type { Move } from "../../kernel/contracts/systems/system.ts";
import type { Visit, VisitStep } from "../../kernel/contracts/systems/visit.ts";

/**
 * A move in one line.
 * @example
 * moveText({ type: "TYPE", args: { control: "E-mail", content: "a@b.c" } }); // => "TYPE E-mail: a@b.c"
 */
export function moveText({ type, args }: Move): string {
  const { control, ...others } = args;
  const told = Object.values(others)
    .map((value) => (typeof value === "string" ? value : JSON.stringify(value)))
    .filter((value) => value !== "");
  const head = [type, ...(control === undefined ? [] : [String(control)])].join(" ");
  return told.length === 0 ? head : `${head}: ${told.join(" ")}`;
}

/** The entry of the transcript in which the answer to a step stands; the views of a visit stand there in their order. */
export function answerEntry(visit: Visit, step: VisitStep | undefined): TranscriptEntry | undefined {
  const views = visit.transcript.filter(({ kind, type }) => kind === "stimulus" && type === "VISUAL");
  return views[step === undefined ? 0 : step.number];
}

/** The entry in which the person said how it ended. */
export function endEntry(visit: Visit): TranscriptEntry | undefined {
  return visit.transcript.findLast(({ kind, type }) => kind === "action" && /^(?:GOAL_REACHED|GIVE_UP)$/.test(type));
}
