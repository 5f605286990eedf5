import type { Listener } from "../kernel/contracts/events.ts";
import type { CallLog, EffectLog, Journal, VectorLog } from "../kernel/contracts/journal.ts";
import type { RunRecord, Store } from "../kernel/contracts/store.ts";
import type { Clock } from "../kernel/values/clock.ts";
import type { RunId } from "../kernel/values/ids.ts";
import { earlierEffects, readScope, storyDigests } from "./story.ts";
import { createTeller, type Teller } from "./teller.ts";
import { createWriter, type Writer } from "./writer.ts";

/** What a run is, without what the journal itself keeps up to date. */
export type RunData = Omit<RunRecord, "status" | "createdAt" | "updatedAt" | "takes">;

export interface JournalOptions {
  readonly run: RunData;
  readonly clock: Clock;
  /** Sees every recorded event, told again ones too, and where the run takes another way than before. */
  readonly watch: Listener;
}

export interface OpenJournal {
  /** The root scope, "". */
  readonly journal: Journal;
  /** The how-manieth time the run is opened, from 1. */
  readonly take: number;
  /** Events of earlier takes that stand until they are told differently. */
  readonly resumedEvents: number;
  /**
   * Makes all durable and lets the run go. `finished` ends the story with what this take told;
   * `stopped` and `failed` keep what it did not reach. A take that wrote nothing and is not finished leaves the run as
   * it was.
   */
  finish(status: "finished" | "stopped" | "failed"): Promise<void>;
}

/**
 * Opens a run to be played, anew or once more. What is recorded is compared with the story that the run has so far;
 * from the first difference on, the run tells its story anew, and nothing is deleted. Throws `RUN_BUSY` when another
 * process plays it, and what the store throws.
 */
export async function openJournal(store: Store, { run, clock, watch }: JournalOptions): Promise<OpenJournal> {
  const owner = await store.own(run.id);
  try {
    const known = await store.getRun(run.id);
    const record = await startTake(store, run, known);
    const before = await storyDigests(store, run.id);
    const writer = createWriter(store, run.id);
    const teller = createTeller({ store, run: run.id, take: record.takes, before, writer, clock, watch });
    const effects = earlierEffects(store, run.id, record.takes);
    const calls = callsOf(store, { record, writer });
    const vectors = vectorsOf(store, { run: run.id, writer });
    let ending: Promise<void> | undefined;
    const end = async (status: RunRecord["status"]): Promise<void> => {
      const wrote = status === "finished" || writer.hasRows() || calls.haveRows();
      const kept = wrote || known?.status === "running" ? undefined : known;
      try {
        await teller.end(status === "finished");
        await store.putRun(kept ?? { ...calls.record(), status, updatedAt: now() });
      } finally {
        await owner.release();
      }
    };
    return {
      journal: journalAt("", { run: run.id, store, teller, calls: calls.log, vectors, effects, settle: writer.settle }),
      take: record.takes,
      resumedEvents: [...before.values()].reduce((sum, { length }) => sum + length, 0),
      finish: (status) => (ending ??= end(status)),
    };
  } catch (error) {
    await owner.release();
    throw error;
  }
}

const now = (): string => new Date().toISOString();

async function startTake(store: Store, run: RunData, known: RunRecord | undefined): Promise<RunRecord> {
  const details = { ...known?.details, ...run.details };
  const record: RunRecord = {
    ...known,
    ...run,
    ...(Object.keys(details).length > 0 && { details }),
    status: "running",
    createdAt: known?.createdAt ?? now(),
    updatedAt: now(),
    takes: (known?.takes ?? 0) + 1,
  };
  await store.putRun(record);
  return record;
}

interface JournalParts {
  readonly run: RunId;
  readonly store: Store;
  readonly teller: Teller;
  readonly calls: CallLog;
  readonly vectors: VectorLog;
  readonly effects: EffectLog;
  settle(): Promise<void>;
}

function journalAt(scope: string, parts: JournalParts): Journal {
  const { run, calls, effects, settle, store, teller, vectors } = parts;
  return {
    ...{ run, scope, calls, vectors, effects, settle },
    told: async function* (types) {
      const until = teller.toldIn(scope);
      await settle();
      yield* readScope(store, run, { scope, until, ...(types !== undefined && { types }) });
    },
    record: (body) => teller.tell(scope, body),
    fork: (name) => journalAt(scope === "" ? name : `${scope}/${name}`, parts),
  };
}

interface Calls {
  readonly log: CallLog;
  record(): RunRecord;
  /** This take has made calls. */
  haveRows(): boolean;
}

// As of an attempt, a failure to keep a vector is the writer's to remember.
function vectorsOf(store: Store, { run, writer }: { run: RunId; writer: Writer }): VectorLog {
  return {
    find: (digests) => store.findVectors(run, digests),
    keep: (vectors) => void writer.beside(() => store.putVectors(run, vectors)).catch(() => undefined),
  };
}

/** The run's calls in the store; the first one answered by rules marks the run itself. */
function callsOf(store: Store, parts: { record: RunRecord; writer: Writer }): Calls {
  let { record } = parts;
  let rows = 0;
  const beside = (write: () => Promise<void>): Promise<void> => {
    rows += 1;
    return parts.writer.beside(write);
  };
  const run = record.id;
  const mark = async (): Promise<void> => {
    if (record.heuristic) return;
    record = { ...record, heuristic: true };
    await store.putRun(record);
  };
  return {
    record: () => record,
    haveRows: () => rows > 0,
    log: {
      find: (scope, key, occurrence) => store.findCall(run, { scope, key, occurrence }),
      at: (scope, ordinal) => store.callAt(run, scope, ordinal),
      append: (call, bodies) =>
        beside(async () => {
          await Promise.all([store.putCall(run, call, bodies), call.heuristic && mark()]);
        }),
      // A failure is the writer's to remember: it meets whoever writes next, and the run's end.
      attempted: (attempt) => void beside(() => store.putAttempt(run, attempt)).catch(() => undefined),
      chain: (head) => store.chain(head),
      text: (digest) => store.text(digest),
    },
  };
}
