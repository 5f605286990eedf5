import { TinyTroupeError } from "../../kernel/values/errors.ts";
import type { RunResult } from "./results.ts";

/**
 * What a run of a world came to. Throws why the whole simulation is over when that is what ended it: a study that went
 * on as if its world had played would tell another story than the one that is to be resumed.
 */
export function endOf({ aborted, reason }: AbortSignal, result: RunResult): RunResult {
  if (!aborted || (result.stopped !== "signal" && result.stopped !== "budget")) return result;
  if (reason instanceof TinyTroupeError) throw reason;
  throw new TinyTroupeError("ABORTED", "The simulation was stopped in the middle of a run.", {
    data: { reason: reason instanceof Error ? reason.message : String(reason) },
    hint: "Nothing is lost: start the same study again and it goes on from here.",
    cause: reason,
  });
}

/** Two runs of one world at once would be two stories. */
export function busy(name: string): TinyTroupeError<"RUN_BUSY"> {
  return new TinyTroupeError("RUN_BUSY", `The world '${name}' is being played already.`, {
    data: { run: name },
    hint: "Await the first run, or read its play to the end, before the next one begins.",
  });
}
