import type { Difference } from "../../../index.ts";
import type { Session } from "../../session.ts";
import { rewordingOf } from "./change.ts";
import type { KeptFork } from "./source.ts";

/** A difference that knows which of the words that it says otherwise nobody was told. */
export interface Watched {
  readonly difference: Difference;
  missed(): readonly string[];
}

/** Watches a difference that flags or an arm of a study's file describe. */
export function watched(difference: Difference): Watched {
  const { reword = [], arm } = (difference.described ?? {}) as Partial<KeptFork>;
  const inArm = Object.entries((arm?.["reword"] ?? {}) as Readonly<Record<string, string>>);
  const pairs = [...reword.map((edit) => rewordingOf(edit, "--reword")), ...inArm];
  const missed = new Set(pairs.map(([old]) => old));
  const { edit } = difference;
  const change = edit?.stimulus;
  if (change === undefined) return { difference, missed: () => [] };
  const stimulus: typeof change = (told) => {
    // One edit may put there what the next one is of.
    pairs.reduce((text, [old, now]) => {
      if (text.includes(old)) missed.delete(old);
      return text.replaceAll(old, () => now);
    }, told.content);
    return change(told);
  };
  return { difference: { ...difference, edit: { ...edit, stimulus } }, missed: () => [...missed] };
}

/** Says so of each, for the arm where there are several. */
export function tellMissed(session: Session, { missed }: Watched, arm?: string): void {
  const where = arm === undefined ? "see --reword." : `see 'reword' of the arm '${arm}'.`;
  for (const words of missed()) session.err.say(`Nobody was told '${words}': ${where}`, session.errStyle.warn);
}
