import type { CallLog, CallRecord } from "../../kernel/contracts/journal.ts";
import type { RunRecord, Store } from "../../kernel/contracts/store.ts";
import type { RunId } from "../../kernel/values/ids.ts";
import type { Writer } from "../writer.ts";
import type { Lineage } from "./lineage.ts";

export interface Calls {
  readonly log: CallLog;
  record(): RunRecord;
  /** This take has made calls. */
  haveRows(): boolean;
}

/** So many answers by rules wait to be durable at most, with nobody waiting for them. */
const mostUnawaited = 4_096;
/** After so many of them the event loop has its turn: what is to be written leaves, and signals come in. */
const inOneGo = 32;

interface Parts {
  readonly record: RunRecord;
  readonly lineage: Lineage;
  readonly writer: Writer;
  /** Told of each call that a run answered from which this one comes. */
  readonly reused: (call: CallRecord) => void;
}

/**
 * The calls of a run in the store, and behind them those of the runs that it comes from, whenever these made them; the
 * first one answered by rules marks the run itself.
 */
export function callsOf(store: Store, { lineage, writer, reused, ...parts }: Parts): Calls {
  let { record } = parts;
  let rows = 0;
  const beside = (write: () => Promise<void>): Promise<void> => {
    rows += 1;
    return writer.beside(write);
  };
  const run = record.id;
  const nearest = lineage.map((generation) => generation.run).reverse();
  const unawaited = createUnawaited();
  const mark = async (): Promise<void> => {
    if (record.heuristic) return;
    record = { ...record, heuristic: true };
    await store.putRun(record);
  };
  return {
    record: () => record,
    haveRows: () => rows > 0,
    log: {
      find: async (scope, key, occurrence) => {
        const [call, from] = await first(nearest, (each) => store.findCall(each, { scope, key, occurrence }));
        if (call !== undefined && from !== run) reused(call);
        return call;
      },
      at: async (scope, ordinal) => (await first(nearest, (each) => store.callAt(each, scope, ordinal)))[0],
      append: async (call, bodies) => {
        writer.check();
        // Nothing here holds on to what was handed to the store, which takes long enough for it to grow old.
        const kept = beside(() => both(store.putCall(run, call, bodies), call.heuristic ? mark() : undefined));
        return call.heuristic ? unawaited.add(kept) : kept;
      },
      // A failure is the writer's to remember: it meets whoever writes next, and the run's end.
      attempted: (attempt) => void beside(() => store.putAttempt(run, attempt)).catch(() => undefined),
      chain: (head) => store.chain(head),
      text: (digest) => store.text(digest),
    },
  };
}

const both = (one: Promise<void>, other: Promise<void> | undefined): Promise<void> =>
  other === undefined ? one : Promise.all([one, other]).then(() => undefined);

/**
 * Writes that nobody has to wait for: their answers cost nothing to have again, and a crowd's turns go on while they are
 * written. A failure is the writer's to remember.
 */
function createUnawaited() {
  let waiting = 0;
  let added = 0;
  let turn: Promise<void> | undefined;
  const nextTurn = (): Promise<void> =>
    (turn ??= new Promise((resolve) =>
      setImmediate(() => {
        [added, turn] = [0, undefined];
        resolve();
      }),
    ));
  return {
    /** Resolves when the next may be begun. */
    add: async (write: Promise<void>): Promise<void> => {
      waiting += 1;
      const durable = write.catch(() => undefined).finally(() => (waiting -= 1));
      added += 1;
      if (waiting >= mostUnawaited) await durable;
      else if (added >= inOneGo) await nextTurn();
    },
  };
}

async function first<Found>(
  runs: readonly RunId[],
  find: (run: RunId) => Promise<Found | undefined>,
): Promise<readonly [Found, RunId] | readonly []> {
  for (const run of runs) {
    const found = await find(run);
    if (found !== undefined) return [found, run];
  }
  return [];
}
