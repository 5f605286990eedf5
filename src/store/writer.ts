import type { NewEventRow, Store } from "../kernel/contracts/store.ts";
import type { Digest } from "../kernel/values/hash.ts";
import type { RunId } from "../kernel/values/ids.ts";

/** Takes rows at once and brings them to the store in order, one batch at a time: what is durable has no gaps. */
export interface Writer {
  /** Throws what the first failed write threw: after it nothing more is written, so that the story stays whole. */
  check(): void;
  push(row: NewEventRow, texts?: ReadonlyMap<Digest, string>): void;
  /** Something was pushed. */
  hasRows(): boolean;
  /** Waits until all that was pushed so far is durable; throws what the first failed write threw. */
  settle(): Promise<void>;
  /** Does a write beside the rows, with the same rule about failures. */
  beside(write: () => Promise<void>): Promise<void>;
  /** As `settle`, and waits for what is written beside the rows. */
  end(): Promise<void>;
}

export function createWriter(store: Store, run: RunId): Writer {
  let waiting: NewEventRow[] = [];
  let texts = new Map<Digest, string>();
  let pushed = 0;
  let durable = 0;
  /** Ends when the present batch is durable or has failed; never rejects. */
  let batch: Promise<void> = Promise.resolve();
  let draining = false;
  const faults = createFaults();
  const { check, fail } = faults;

  /** Whoever waits for it holds on to none of the rows. */
  const append = (): Promise<void> => {
    const [rows, bodies] = [waiting, texts];
    const { length } = rows;
    [waiting, texts] = [[], new Map()];
    return store.appendEvents(run, rows, bodies).then(() => {
      durable += length;
    });
  };
  const drain = async (): Promise<void> => {
    draining = true;
    await Promise.resolve(); // rows pushed in one go travel together
    while (waiting.length > 0 && !faults.any()) {
      batch = append().catch(fail);
      await batch;
    }
    draining = false;
  };
  const settle = async (): Promise<void> => {
    const upTo = pushed;
    while (durable < upTo && !faults.any()) await batch;
    check();
  };
  return {
    ...{ check, settle, hasRows: () => pushed > 0, ...writesBeside(faults, settle) },
    push: (row, bodies = new Map()) => {
      check();
      waiting.push(row);
      pushed += 1;
      for (const [digest, text] of bodies) texts.set(digest, text);
      if (!draining) void drain();
    },
  };
}

/** The first failure of a writer, which is the last thing that happens to it. */
interface Faults {
  any(): boolean;
  check(): void;
  fail(error: unknown): void;
}

function createFaults(): Faults {
  let failure: { readonly error: unknown } | undefined;
  return {
    any: () => failure !== undefined,
    check: () => {
      if (failure !== undefined) throw failure.error;
    },
    fail: (error) => {
      failure ??= { error };
    },
  };
}

function writesBeside({ check, fail }: Faults, settle: Writer["settle"]): Pick<Writer, "beside" | "end"> {
  const underWay = new Set<Promise<void>>();
  const begun = async (write: () => Promise<void>): Promise<void> => {
    check();
    return write();
  };
  return {
    // What waits for it holds on to nothing of what is written.
    beside: (write) => {
      const writing = begun(write).catch((error: unknown) => {
        fail(error);
        throw error;
      });
      underWay.add(writing);
      return writing.finally(() => underWay.delete(writing));
    },
    end: async () => {
      await settle();
      await Promise.allSettled(underWay);
      check();
    },
  };
}
