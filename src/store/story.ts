import type { EffectBegun, EffectDone, EventType, JournalEvent, PersonForked } from "../kernel/contracts/events.ts";
import type { EarlierEffect, EffectLog } from "../kernel/contracts/journal.ts";
import type { EventQuery, EventRow, RunRecord, Store } from "../kernel/contracts/store.ts";
import { inFork, scopeOfFork } from "../kernel/values/forks.ts";
import type { Digest } from "../kernel/values/hash.ts";
import type { PersonId, RunId } from "../kernel/values/ids.ts";
import { runUnknown } from "./failures.ts";
import { type Lineage, lineageOf, readRows } from "./lineage/lineage.ts";
import { cutType, eventOf } from "./rows.ts";

/** What of a run is read. */
export interface StoryOptions {
  /** What a fork of somebody was told and did, by its id (`lisa/interview`), instead of the run's story, which leaves forks out. */
  readonly fork?: PersonId;
  /** Events of these types alone. */
  readonly types?: readonly EventType[];
}

/**
 * The current story of a run, in the order in which it was told: what later takes told differently is left out. The
 * story of a run that is a fork is that of the run it comes from, as far as both go the same way.
 * Throws `RUN_UNKNOWN`.
 */
export async function* readStory(
  store: Store,
  runId: RunId,
  { fork, types }: StoryOptions = {},
): AsyncIterable<JournalEvent> {
  const isTold = fork === undefined ? (scope: string) => !inFork(scope) : ofFork(fork);
  const place = fork === undefined ? {} : { within: scopeOfFork(fork) };
  const lineage = await lineageOf(store, await knownRun(store, runId));
  const cuts = await cutsOf(store, lineage, place);
  for await (const row of readRows(store, lineage, { ...place, ...(types && { types }) })) {
    if (row.type === cutType || !isTold(row.scope)) continue;
    if (!isCut(row, cuts)) yield await eventOf(row, store);
  }
}

/** Whether a scope is that of this fork, or lies below it and is no fork of it in turn. */
function ofFork(fork: PersonId): (scope: string) => boolean {
  const own = scopeOfFork(fork);
  return (scope) => scope === own || (scope.startsWith(`${own}/`) && !inFork(scope.slice(own.length)));
}

/** The forks of people in a run, in the order in which they were made. Throws `RUN_UNKNOWN`. */
export async function listForks(store: Store, runId: RunId): Promise<readonly JournalEvent<PersonForked>[]> {
  const lineage = await lineageOf(store, await knownRun(store, runId));
  const cuts = await cutsOf(store, lineage);
  const forks: JournalEvent<PersonForked>[] = [];
  for await (const row of readRows(store, lineage, { types: ["person-forked"] })) {
    if (!isCut(row, cuts)) forks.push((await eventOf(row, store)) as JournalEvent<PersonForked>);
  }
  return forks;
}

/** The first events of one scope, as the story tells them; of these types alone, where given. */
export async function* readScope(
  store: Store,
  lineage: Lineage,
  { scope, until, types }: { readonly scope: string; readonly until: number; readonly types?: readonly string[] },
): AsyncIterable<JournalEvent> {
  let rows: EventRow[] = [];
  for await (const row of readRows(store, lineage, { scope, ...(types && { types: [...types, cutType] }) })) {
    if (row.type === cutType) rows = rows.filter(({ ordinal }) => ordinal < row.ordinal);
    else rows.push(row);
  }
  for (const row of rows) if (row.ordinal < until) yield await eventOf(row, store);
}

/**
 * A run as lines of JSON: first a header that says that all of this was simulated, then the events of its story.
 * Throws `RUN_UNKNOWN`.
 */
export async function* exportJsonl(store: Store, runId: RunId): AsyncIterable<string> {
  const run = await knownRun(store, runId);
  yield JSON.stringify({ simulated: true, format: "tinytroupe-run", version: 1, run });
  for await (const event of readStory(store, runId)) yield JSON.stringify(event, base64Bytes);
}

function base64Bytes(this: Record<string, unknown>, key: string, value: unknown): unknown {
  const raw = this[key];
  return raw instanceof Uint8Array ? Buffer.from(raw).toString("base64") : value;
}

/** The digests of the current story by scope, each list in the order of its ordinals. */
export async function storyDigests(store: Store, lineage: Lineage): Promise<Map<string, Digest[]>> {
  const scopes = new Map<string, Digest[]>();
  for await (const row of readRows(store, lineage, { bodies: false })) {
    const digests = scopes.get(row.scope) ?? [];
    if (row.type === cutType) digests.length = Math.min(digests.length, row.ordinal);
    else digests.push(row.digest);
    scopes.set(row.scope, digests);
  }
  return scopes;
}

/**
 * The effects that takes before this one came to, by their ids, and all that the runs came to from which this one comes:
 * what was done is done, in whichever story. Read once, when somebody first asks.
 */
export function earlierEffects(store: Store, lineage: Lineage, take: number): EffectLog {
  const whole = lineage.map(({ run }) => ({ run, upTo: Number.POSITIVE_INFINITY })) as unknown as Lineage;
  let reading: Promise<ReadonlyMap<string, EarlierEffect>> | undefined;
  const read = async (): Promise<ReadonlyMap<string, EarlierEffect>> => {
    const found = new Map<string, EarlierEffect>();
    for await (const row of readRows(store, whole, { types: ["effect-begun", "effect-done"] })) {
      if (row.take >= take) continue;
      const event = (await eventOf(row, store)) as EffectBegun | EffectDone;
      found.set(event.effect, withEvent(found.get(event.effect) ?? {}, event));
    }
    return found;
  };
  return {
    find: async (effect) => {
      reading ??= read();
      return (await reading).get(effect);
    },
  };
}

/** What really ran is not forgotten for what a later take told of it. */
function withEvent(known: EarlierEffect, event: EffectBegun | EffectDone): EarlierEffect {
  if (event.type === "effect-begun") return { ...known, begun: event };
  return event.how === "simulated" || known.done?.how === "run" ? known : { ...known, done: event };
}

interface Cut {
  readonly sequence: number;
  readonly ordinal: number;
}

async function cutsOf(
  store: Store,
  lineage: Lineage,
  place: Pick<EventQuery, "within"> = {},
): Promise<ReadonlyMap<string, readonly Cut[]>> {
  const cuts = new Map<string, Cut[]>();
  const marks = readRows(store, lineage, { ...place, types: [cutType], bodies: false });
  for await (const { scope, sequence, ordinal } of marks) {
    cuts.set(scope, [...(cuts.get(scope) ?? []), { sequence, ordinal }]);
  }
  return cuts;
}

function isCut({ scope, sequence, ordinal }: EventRow, cuts: ReadonlyMap<string, readonly Cut[]>): boolean {
  return cuts.get(scope)?.some((mark) => mark.sequence > sequence && mark.ordinal <= ordinal) ?? false;
}

/** The run as the store lists it. Throws `RUN_UNKNOWN`. */
export async function knownRun(store: Store, runId: RunId): Promise<RunRecord> {
  const run = await store.getRun(runId);
  if (run !== undefined) return run;
  throw runUnknown(runId, store.location);
}
