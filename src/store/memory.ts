import type { AttemptRecord, CallRecord, ChainLink } from "../kernel/contracts/journal.ts";
import type {
  AttemptStore,
  CallStore,
  EventQuery,
  EventRow,
  EventStore,
  RunQuery,
  RunRecord,
  RunStore,
  Store,
  VectorStore,
} from "../kernel/contracts/store.ts";
import type { Digest } from "../kernel/values/hash.ts";
import type { RunId } from "../kernel/values/ids.ts";
import { runBusy, runNeeded, storeClosed } from "./failures.ts";

interface Kept {
  readonly runs: Map<RunId, RunRecord>;
  readonly events: Map<RunId, EventRow[]>;
  /** Which texts a run's events refer to. */
  readonly eventTexts: Map<RunId, Set<Digest>>;
  readonly calls: Map<RunId, Calls>;
  readonly attempts: Map<RunId, AttemptRecord[]>;
  readonly links: Map<Digest, ChainLink>;
  readonly texts: Map<Digest, string>;
  readonly vectors: Map<Digest, Float32Array>;
  /** Which vectors a run needs. */
  readonly runVectors: Map<RunId, Set<Digest>>;
  readonly owned: Set<RunId>;
}

interface Calls {
  readonly all: CallRecord[];
  readonly byKey: Map<string, CallRecord>;
  readonly byPlace: Map<string, CallRecord>;
}

/**
 * A store that lives as long as the program: for tests, rehearsals and throw-away runs.
 * @example
 * createMemoryStore().location; // => "memory"
 */
export function createMemoryStore(): Store {
  const kept: Kept = {
    runs: new Map(),
    events: new Map(),
    eventTexts: new Map(),
    calls: new Map(),
    attempts: new Map(),
    links: new Map(),
    texts: new Map(),
    vectors: new Map(),
    runVectors: new Map(),
    owned: new Set(),
  };
  let open = true;
  const check = (): void => {
    if (!open) throw storeClosed("memory");
  };
  return {
    location: "memory",
    ...runsIn(kept, check),
    ...eventsIn(kept, check),
    ...callsIn(kept, check),
    ...attemptsIn(kept, check),
    ...vectorsIn(kept, check),
    close: async () => {
      open = false;
    },
  };
}

type Check = () => void;

function runsIn(kept: Kept, check: Check): RunStore {
  return {
    own: async (run) => {
      check();
      if (kept.owned.has(run)) throw runBusy(run);
      kept.owned.add(run);
      return { release: async () => void kept.owned.delete(run) };
    },
    putRun: async (run) => {
      check();
      kept.runs.set(run.id, copy(run));
    },
    getRun: async (id) => {
      check();
      return copy(kept.runs.get(id));
    },
    listRuns: async (query = {}) => {
      check();
      return copy(selectRuns([...kept.runs.values()], query));
    },
    countRuns: async (query = {}) => {
      check();
      return [...kept.runs.values()].filter(fits(query)).length;
    },
    heldRuns: async (ids) => {
      check();
      return new Set(ids.filter((id) => kept.owned.has(id)));
    },
    removeRun: async (...ids) => {
      check();
      for (const id of ids) if (kept.owned.has(id)) throw runBusy(id);
      for (const id of ids) {
        const forks = [...kept.runs.values()].filter((run) => run.parent?.run === id && !ids.includes(run.id));
        if (forks.length > 0)
          throw runNeeded(
            id,
            forks.map((fork) => fork.id),
          );
      }
      const tables = [kept.runs, kept.events, kept.eventTexts, kept.calls, kept.attempts, kept.runVectors];
      for (const id of ids) for (const table of tables) table.delete(id);
      sweep(kept);
    },
  };
}

function selectRuns(runs: readonly RunRecord[], query: RunQuery): RunRecord[] {
  const { limit, offset = 0, order = "created" } = query;
  return runs
    .filter(fits(query))
    .sort((one, other) => compare(other[`${order}At`], one[`${order}At`]) || compare(one.id, other.id))
    .slice(offset, limit === undefined ? undefined : offset + limit);
}

function fits({ name, status, parent, nameStart = "", modelStart = "", idStart = "", idPart = "", ...when }: RunQuery) {
  const { since = "", before } = when;
  return (run: RunRecord): boolean =>
    (name === undefined || run.name === name) &&
    (status === undefined || run.status === status) &&
    (parent === undefined || run.parent?.run === parent) &&
    run.name.startsWith(nameStart) &&
    run.model.startsWith(modelStart) &&
    run.id.startsWith(idStart) &&
    run.id.includes(idPart) &&
    run.updatedAt >= since &&
    (before === undefined || run.updatedAt < before);
}

const compare = (one: string, other: string): number => (one < other ? -1 : Number(one > other));

function eventsIn(kept: Kept, check: Check): EventStore {
  return {
    appendEvents: async (run, rows, texts = new Map()) => {
      check();
      const events = entry(kept.events, run, () => []);
      for (const row of rows) events.push({ ...row, sequence: events.length + 1 });
      const known = entry(kept.eventTexts, run, () => new Set());
      for (const [digest, text] of texts) {
        known.add(digest);
        kept.texts.set(digest, text);
      }
    },
    async *readEvents(run, query = {}) {
      check();
      yield* selectEvents(kept.events.get(run) ?? [], query);
    },
  };
}

function* selectEvents(rows: readonly EventRow[], query: EventQuery): Iterable<EventRow> {
  const { scope, within, types, bodies, afterSequence = 0, limit = Number.POSITIVE_INFINITY } = query;
  let found = 0;
  for (const row of rows.slice(afterSequence)) {
    if (found >= limit) return;
    if ((scope !== undefined && row.scope !== scope) || types?.includes(row.type) === false) continue;
    if (within !== undefined && row.scope !== within && !row.scope.startsWith(`${within}/`)) continue;
    found += 1;
    yield bodies === false ? { ...row, body: "" } : row;
  }
}

function callsIn(kept: Kept, check: Check): CallStore {
  const noCalls = (): Calls => ({ all: [], byKey: new Map(), byPlace: new Map() });
  return {
    putCall: async (run, call, { links, texts }) => {
      check();
      const calls = entry(kept.calls, run, noCalls);
      const own = copy(call);
      calls.all.push(own);
      calls.byKey.set(keyOf(own), own);
      calls.byPlace.set(placeOf(own), own);
      for (const link of links) kept.links.set(link.link, { ...link });
      for (const [digest, text] of texts) kept.texts.set(digest, text);
    },
    findCall: async (run, asked) => {
      check();
      return copy(kept.calls.get(run)?.byKey.get(keyOf(asked)));
    },
    callAt: async (run, scope, ordinal) => {
      check();
      return copy(kept.calls.get(run)?.byPlace.get(placeOf({ scope, ordinal })));
    },
    async *listCalls(run) {
      check();
      yield* copy(kept.calls.get(run)?.all ?? []);
    },
    chain: async (head) => {
      check();
      return chainIn(kept, head);
    },
    text: async (digest) => {
      check();
      return kept.texts.get(digest);
    },
  };
}

function attemptsIn(kept: Kept, check: Check): AttemptStore {
  return {
    putAttempt: async (run, attempt) => {
      check();
      entry(kept.attempts, run, () => []).push(copy(attempt));
    },
    async *listAttempts(run) {
      check();
      yield* copy(kept.attempts.get(run) ?? []);
    },
  };
}

function vectorsIn(kept: Kept, check: Check): VectorStore {
  const needed = (run: RunId): Set<Digest> => entry(kept.runVectors, run, () => new Set());
  return {
    putVectors: async (run, vectors) => {
      check();
      for (const [digest, vector] of vectors) {
        needed(run).add(digest);
        if (!kept.vectors.has(digest)) kept.vectors.set(digest, vector.slice());
      }
    },
    findVectors: async (run, digests) => {
      check();
      const found = new Map<Digest, Float32Array>();
      for (const digest of digests) {
        const vector = kept.vectors.get(digest);
        if (vector === undefined) continue;
        if (run !== undefined) needed(run).add(digest);
        found.set(digest, vector.slice());
      }
      return found;
    },
  };
}

type Key = Pick<CallRecord, "scope" | "key" | "occurrence">;
const keyOf = ({ scope, key, occurrence }: Key): string => JSON.stringify([scope, key, occurrence]);

type Place = Pick<CallRecord, "scope" | "ordinal">;
const placeOf = ({ scope, ordinal }: Place): string => JSON.stringify([scope, ordinal]);

function chainIn(kept: Kept, head: Digest): ChainLink[] {
  const chain: ChainLink[] = [];
  for (let link = kept.links.get(head); link !== undefined; link = kept.links.get(link.previous)) chain.push(link);
  return chain.reverse();
}

/** Drops the links, texts and vectors that no run refers to any more. */
function sweep(kept: Kept): void {
  const calls = [...kept.calls.values()].flatMap(({ all }) => all);
  const links = new Map(calls.flatMap((call) => chainIn(kept, call.head)).map((link) => [link.link, link]));
  const texts = new Set([...kept.eventTexts.values()].flatMap((digests) => [...digests]));
  for (const call of calls) texts.add(call.schema);
  for (const { body } of links.values()) texts.add(body);
  for (const link of kept.links.keys()) if (!links.has(link)) kept.links.delete(link);
  for (const digest of kept.texts.keys()) if (!texts.has(digest)) kept.texts.delete(digest);
  const vectors = new Set([...kept.runVectors.values()].flatMap((digests) => [...digests]));
  for (const digest of kept.vectors.keys()) if (!vectors.has(digest)) kept.vectors.delete(digest);
}

function entry<K, V>(map: Map<K, V>, key: K, initial: () => V): V {
  const found = map.get(key) ?? initial();
  map.set(key, found);
  return found;
}

/** As through a file: what is changed outside stays outside. */
function copy<T>(value: T): T {
  return value === undefined ? value : (JSON.parse(JSON.stringify(value)) as T);
}
