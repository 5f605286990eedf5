import type { EventBody, EventType, JournalEvent, Listener } from "../kernel/contracts/events.ts";
import type { CallLog, CallRecord, EffectLog, Journal, VectorLog } from "../kernel/contracts/journal.ts";
import type { Parent, RunRecord, Store } from "../kernel/contracts/store.ts";
import type { Clock } from "../kernel/values/clock.ts";
import type { RunId } from "../kernel/values/ids.ts";
import { callsOf } from "./lineage/calls.ts";
import { isWholeFor, type Lineage, lineageOf, parentOf } from "./lineage/lineage.ts";
import { earlierEffects, readScope, storyDigests } from "./story.ts";
import { createTeller, type Teller } from "./teller.ts";
import { createWriter, type Writer } from "./writer.ts";

/** What a run is, without what the journal itself keeps up to date. */
export type RunData = Omit<RunRecord, "status" | "createdAt" | "updatedAt" | "takes" | "parent"> & {
  /** The run that it is a fork of. */
  readonly parent?: Omit<Parent, "upTo">;
};

export interface JournalOptions {
  readonly run: RunData;
  readonly clock: Clock;
  /** Sees every recorded event, told again ones too, and where the run takes another way than before. */
  readonly watch: Listener;
  /** Told of each call that the run from which a fork comes had answered. */
  readonly reused?: (call: CallRecord) => void;
}

export interface OpenJournal {
  /** The root scope, "". */
  readonly journal: Journal;
  /** The how-manieth time the run is opened, from 1. */
  readonly take: number;
  /** Events of earlier takes that stand until they are told differently. */
  readonly resumedEvents: number;
  /** This take went as an earlier one, which told more. */
  isBehind(): boolean;
  /**
   * Makes all durable and lets the run go. `finished` ends the story with what this take told;
   * `stopped` and `failed` keep what it did not reach. A take that wrote nothing and is not finished leaves the run as
   * it was.
   * @param details what else is to be kept of this take
   */
  finish(status: "finished" | "stopped" | "failed", details?: RunRecord["details"]): Promise<void>;
}

/**
 * Opens a run to be played, anew or once more. What is recorded is compared with the story that the run has so far;
 * from the first difference on, the run tells its story anew, and nothing is deleted. Throws `RUN_BUSY` when another
 * process plays it, and what the store throws.
 */
export async function openJournal(store: Store, options: JournalOptions): Promise<OpenJournal> {
  const { run, clock, watch, reused = () => undefined } = options;
  const owner = await store.own(run.id);
  try {
    const known = await store.getRun(run.id);
    const record = await startTake(store, run, known);
    const lineage = await lineageOf(store, record);
    const before = await storyDigests(store, lineage);
    const isWhole = known === undefined ? await isWholeFor(store, record) : known.status === "finished";
    const writer = createWriter(store, run.id);
    const teller = createTeller({ store, lineage, take: record.takes, before, isWhole, writer, clock, watch });
    const effects = earlierEffects(store, lineage, record.takes);
    const calls = callsOf(store, { record, lineage, writer, reused });
    const vectors = vectorsOf(store, { run: run.id, writer });
    let ending: Promise<void> | undefined;
    const end = async (status: RunRecord["status"], more: RunRecord["details"]): Promise<void> => {
      const wrote = status === "finished" || writer.hasRows() || calls.haveRows();
      const kept = wrote || known?.status === "running" ? undefined : known;
      try {
        await teller.end(status === "finished");
        await store.putRun(kept ?? { ...withDetails(calls.record(), more), status, updatedAt: now() });
      } finally {
        await owner.release();
      }
    };
    return {
      journal: new JournalPlace("", {
        ...{ run: run.id, lineage, store, teller, calls: calls.log, vectors, effects, settle: writer.settle },
      }),
      take: record.takes,
      isBehind: teller.isBehind,
      resumedEvents: [...before.values()].reduce((sum, { length }) => sum + length, 0),
      finish: (status, more = {}) => (ending ??= end(status, more)),
    };
  } catch (error) {
    await owner.release();
    throw error;
  }
}

function withDetails(record: RunRecord, more: RunRecord["details"]): RunRecord {
  const details = { ...record.details, ...more };
  return { ...record, ...(Object.keys(details).length > 0 && { details }) };
}

const now = (): string => new Date().toISOString();

async function startTake(store: Store, run: RunData, known: RunRecord | undefined): Promise<RunRecord> {
  const { parent: given, details, ...data } = run;
  const parent = await parentOf(store, given, known);
  const record: RunRecord = {
    ...withDetails({ ...known, ...data } as RunRecord, details),
    ...(parent !== undefined && { parent }),
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
  readonly lineage: Lineage;
  readonly store: Store;
  readonly teller: Teller;
  readonly calls: CallLog;
  readonly vectors: VectorLog;
  readonly effects: EffectLog;
  settle(): Promise<void>;
}

/** One scope's place. Every person has some: what they share is held once. */
class JournalPlace implements Journal {
  readonly scope: string;
  readonly #parts: JournalParts;

  constructor(scope: string, parts: JournalParts) {
    this.scope = scope;
    this.#parts = parts;
  }

  get run(): RunId {
    return this.#parts.run;
  }

  get calls(): CallLog {
    return this.#parts.calls;
  }

  get vectors(): VectorLog {
    return this.#parts.vectors;
  }

  get effects(): EffectLog {
    return this.#parts.effects;
  }

  record<B extends EventBody>(body: B): JournalEvent<B> {
    return this.#parts.teller.tell(this.scope, body);
  }

  settle(): Promise<void> {
    return this.#parts.settle();
  }

  async *told(types?: readonly EventType[]): AsyncIterable<JournalEvent> {
    const { scope } = this;
    const { lineage, store, teller } = this.#parts;
    const until = teller.toldIn(scope);
    await this.settle();
    yield* readScope(store, lineage, { scope, until, ...(types !== undefined && { types }) });
  }

  fork(name: string): Journal {
    return new JournalPlace(this.scope === "" ? name : `${this.scope}/${name}`, this.#parts);
  }
}

// As of an attempt, a failure to keep a vector is the writer's to remember.
function vectorsOf(store: Store, { run, writer }: { run: RunId; writer: Writer }): VectorLog {
  return {
    find: (digests) => store.findVectors(run, digests),
    keep: (vectors) => void writer.beside(() => store.putVectors(run, vectors)).catch(() => undefined),
  };
}
