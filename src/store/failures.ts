import { TinyTroupeError } from "../kernel/values/errors.ts";
import type { RunId } from "../kernel/values/ids.ts";

export function runBusy(run: RunId): TinyTroupeError<"RUN_BUSY"> {
  return new TinyTroupeError("RUN_BUSY", `The run "${run}" is being played by another program.`, {
    data: { run },
    hint: "Wait until it has ended or stop it, or give this run another name.",
  });
}

export function storeClosed(location: string): TinyTroupeError<"CLOSED"> {
  return new TinyTroupeError("CLOSED", `The store ${location} is closed.`, {
    data: { what: `store ${location}` },
    hint: "Close the store after everything that uses it has ended.",
  });
}
