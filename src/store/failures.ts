import { TinyTroupeError } from "../kernel/values/errors.ts";
import type { RunId } from "../kernel/values/ids.ts";

export function runBusy(run: RunId): TinyTroupeError<"RUN_BUSY"> {
  return new TinyTroupeError("RUN_BUSY", `The run "${run}" is being played by another program.`, {
    data: { run },
    hint: "Wait until it has ended or stop it, or give this run another name.",
  });
}

export function runUnknown(run: RunId, location: string): TinyTroupeError<"RUN_UNKNOWN"> {
  return new TinyTroupeError("RUN_UNKNOWN", `There is no run '${run}' in ${location}.`, {
    data: { run },
    hint: "See the runs with: tinytroupe runs list",
  });
}

export function runNeeded(run: RunId, forks: readonly RunId[]): TinyTroupeError<"RUN_NEEDED"> {
  const [first = "", ...more] = forks;
  const others = more.length === 0 ? "" : ` and ${more.length} more`;
  return new TinyTroupeError(
    "RUN_NEEDED",
    `The run "${run}" is needed by its fork "${first}"${others}: it tells its story.`,
    {
      data: { run, forks },
      hint: "Remove the forks too: name them as well, or say runs delete --with-forks.",
    },
  );
}

export function storeClosed(location: string): TinyTroupeError<"CLOSED"> {
  return new TinyTroupeError("CLOSED", `The store ${location} is closed.`, {
    data: { what: `store ${location}` },
    hint: "Close the store after everything that uses it has ended.",
  });
}

/** A row whose JSON is none: the file was changed by something else than us. */
export function storeDamaged(location: string, cause: SyntaxError): TinyTroupeError<"STORE_FAILED"> {
  const detail = cause.message;
  return new TinyTroupeError("STORE_FAILED", `The store ${location} cannot be read: it is damaged (${detail}).`, {
    data: { location, detail },
    hint: "Restore it from a copy, or use another file.",
    cause,
  });
}
