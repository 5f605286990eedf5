import { isTinyTroupeError } from "../index.ts";
import type { Session } from "./session.ts";
import { harmless } from "./terminal/text.ts";

/** Shows an error the way a person can act on it, and returns the exit code that programs can branch on. */
export function reportError(error: unknown, { err, errStyle: style, environment }: Session): number {
  if (!isTinyTroupeError(error)) {
    err.print(`${style.bad("Unexpected error:")} ${harmless(error instanceof Error ? error.message : String(error))}`);
    if (error instanceof Error && environment.variables["TINYTROUPE_DEBUG"]) err.print(harmless(error.stack ?? ""));
    else err.print(style.dim("This is a defect of tinytroupe. TINYTROUPE_DEBUG=1 shows where it happened."));
    return 1;
  }
  err.print(
    `${style.bad(error.code)} ${harmless(error.message)}`,
    ...(error.hint ? [`→ ${harmless(error.hint)}`] : []),
  );
  switch (error.code) {
    case "OPTION_INVALID":
    case "STUDY_INVALID":
    case "PERSONA_INVALID":
      return 2;
    case "BUDGET_EXCEEDED":
      return 3;
    case "ABORTED":
      return 130;
    default:
      return 1;
  }
}
