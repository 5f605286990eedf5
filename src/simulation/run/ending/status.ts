import type { RunRecord } from "../../../kernel/contracts/store.ts";
import type { OpenJournal } from "../../../store/journal.ts";

/** How a run ends. `left`: without a word, as at the end of a block; nobody can see there whether something was thrown. */
export type Ending = RunRecord["status"] | "left";

/** A program that was left has ended, unless it is behind what it told in an earlier start: then all of that stays. */
export function endOf(status: Ending, journal: OpenJournal): "finished" | "stopped" | "failed" {
  if (status === "left") return journal.isBehind() ? "stopped" : "finished";
  return status === "running" ? "stopped" : status;
}
