import { TinyTroupeError } from "../../../kernel/values/errors.ts";

/** The calls under way: closing lets them end and takes no new ones. */
export interface Calls {
  /** Throws CLOSED after `close`. */
  run<T>(work: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export function createCalls(model: string): Calls {
  const running = new Set<Promise<unknown>>();
  let closed = false;
  return {
    async run(work) {
      if (closed) {
        throw new TinyTroupeError("CLOSED", `${model} is closed.`, {
          data: { what: model },
          hint: "Open the model again.",
        });
      }
      const call = work();
      running.add(call);
      try {
        return await call;
      } finally {
        running.delete(call);
      }
    },
    async close() {
      closed = true;
      await Promise.allSettled(running);
    },
  };
}
