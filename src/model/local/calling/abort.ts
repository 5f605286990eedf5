import { TinyTroupeError } from "../../../kernel/values/errors.ts";

/** The error of a call or a transfer that was given up; a reason that is one of our errors speaks for itself. */
export function aborted(signal?: AbortSignal): TinyTroupeError {
  if (signal?.reason instanceof TinyTroupeError) return signal.reason;
  const reason = signal?.reason instanceof Error ? signal.reason.message : String(signal?.reason ?? "");
  return new TinyTroupeError("ABORTED", "The call was stopped.", {
    data: { reason },
    hint: "Start it again to go on.",
    cause: signal?.reason,
  });
}

/** The work, or ABORTED as soon as the signal fires: the work then ends by itself a little later. */
export async function orAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  let stop: () => void = () => {};
  const stopped = new Promise<never>((_resolve, reject) => {
    stop = () => reject(aborted(signal));
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
  try {
    return await Promise.race([work, stopped]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}
