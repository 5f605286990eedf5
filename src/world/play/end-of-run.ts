import { withArticle } from "../../kernel/text/known-keys.ts";
import { TinyTroupeError } from "../../kernel/values/errors.ts";
import type { RunSoFar, Termination } from "../termination/termination.ts";
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

/** Why a termination ends the run, or nothing. OPTION_INVALID where it answers with anything but a reason. */
export async function reasonToEnd(termination: Termination | undefined, run: RunSoFar): Promise<string | undefined> {
  const reason: unknown = await termination?.(run);
  if (reason === undefined || typeof reason === "string") return reason;
  throw new TinyTroupeError("OPTION_INVALID", `The termination answers with ${withArticle(reason)}.`, {
    data: { option: "termination" },
    hint:
      typeof reason === "function"
        ? "Call what makes it, as in termination: whenQuiet()."
        : "Have it answer with the reason as a text, or with undefined while the run goes on.",
  });
}

/** Two runs of one world at once would be two stories. */
export function busy(name: string): TinyTroupeError<"RUN_BUSY"> {
  return new TinyTroupeError("RUN_BUSY", `The world '${name}' is being played already.`, {
    data: { run: name },
    hint: "Await the first run, or read its play to the end, before the next one begins.",
  });
}
