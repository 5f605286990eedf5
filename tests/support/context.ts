import type { Context } from "../../src/kernel/contracts/context.ts";
import type { Embedder } from "../../src/kernel/contracts/embedder.ts";
import type { EventBody, JournalEvent, SimulationEvent } from "../../src/kernel/contracts/events.ts";
import type {
  CallBodies,
  CallLog,
  CallRecord,
  ChainLink,
  EarlierEffect,
  Journal,
  VectorLog,
} from "../../src/kernel/contracts/journal.ts";
import type { Model } from "../../src/kernel/contracts/model.ts";
import { type Clock, createClock } from "../../src/kernel/values/clock.ts";
import { numberedForks } from "../../src/kernel/values/forks.ts";
import { createRandom } from "../../src/kernel/values/random.ts";
import { createVectors } from "../../src/model/embed/vectors.ts";
import { createRevisions } from "../../src/simulation/run/edits/revisions.ts";
import { createDormitory } from "../../src/simulation/run/memory/dormitory.ts";
import { createShelf } from "../../src/simulation/run/memory/shelf.ts";
import { scriptedModel } from "./scripted-model.ts";

export interface TestContextOptions {
  readonly model?: Model;
  readonly judge?: Model;
  /** More models, by name. */
  readonly models?: Readonly<Record<string, Model>>;
  readonly embedder?: Embedder;
  readonly seed?: number | string;
  readonly clock?: Clock;
  readonly signal?: AbortSignal;
  readonly streaming?: boolean;
  readonly shelf?: Context["shelf"];
  /** Default: everything that people hold stays in memory. */
  readonly dormitory?: Context["dormitory"];
  /** Default: everything may happen. */
  readonly approve?: Context["approve"];
  readonly simulating?: Context["simulating"];
  /** Of the environment; default: none. */
  readonly variables?: Readonly<Record<string, string>>;
  /** What earlier openings of the run did, by the effects' ids. */
  readonly effects?: ReadonlyMap<string, EarlierEffect>;
}

export interface TestContext extends Context {
  /** What was recorded in the whole run, in the order of recording. */
  readonly events: JournalEvent[];
  /** What watchers were shown: recorded events and live ones. */
  readonly shown: SimulationEvent[];
  /** How often durability was waited for. */
  readonly settled: { count: number };
  fork(name: string): TestContext;
  forkNext(kind: string): TestContext;
  forkAsking(kind: string, question: unknown): TestContext;
}

/** A context with an in-memory journal; forks share its events, models and clock. */
export function testContext(options: TestContextOptions = {}): TestContext {
  const actor = options.model ?? scriptedModel([]);
  const clock = options.clock ?? createClock();
  const shown: SimulationEvent[] = [];
  const root = memoryJournal({ clock, show: (event) => shown.push(event), effects: options.effects ?? new Map() });
  const embedder = options.embedder ?? noEmbedder;
  const signal = options.signal ?? new AbortController().signal;
  const watch: Context["watch"] = (event) => void shown.push(event);
  const vectors = createVectors({ embedder, log: root.journal.vectors, watch, signal });
  const shelf = options.shelf ?? createShelf(64 * 2 ** 20);
  const dormitory = options.dormitory ?? createDormitory({ bytes: 0, store: {}, watch });
  const at = (scope: string, path: { journal: Journal; random: Context["random"] }): TestContext => ({
    run: "test-run",
    scope,
    random: path.random,
    clock,
    models: {
      ...{ actor, judge: options.judge ?? actor, embedder },
      named: (name) => ({ ...options.models, actor, judge: options.judge ?? actor })[name] ?? noModel(name),
    },
    vectors,
    shelf,
    dormitory,
    journal: path.journal,
    signal,
    cutOff: signal,
    watch,
    approve: options.approve ?? (async () => true),
    simulating: options.simulating ?? false,
    arriveAt: async () => undefined,
    revisions: createRevisions(),
    outside: { variable: (name) => options.variables?.[name], fetch: globalThis.fetch },
    streaming: options.streaming ?? false,
    events: root.events,
    shown,
    settled: root.settled,
    ...numberedForks((name) =>
      at(joined(scope, name), { journal: path.journal.fork(name), random: path.random.fork(name) }),
    ),
  });
  return at("", { journal: root.journal, random: createRandom(options.seed ?? 1) });
}

function noModel(name: string): never {
  throw new Error(`This test has no model '${name}'.`);
}

const joined = (scope: string, name: string): string => (scope === "" ? name : `${scope}/${name}`);

const noEmbedder: Embedder = {
  id: "test/none",
  dimensions: 0,
  embed: () => Promise.reject(new Error("This test has no embedder.")),
};

interface MemoryJournalOptions {
  readonly clock: Clock;
  readonly effects: ReadonlyMap<string, EarlierEffect>;
  show(event: JournalEvent): void;
}

interface MemoryJournal {
  readonly journal: Journal;
  readonly events: JournalEvent[];
  readonly settled: { count: number };
}

/** A journal that lives as long as the test; recorded events are shown, as in a real run. */
function memoryJournal(options: MemoryJournalOptions): MemoryJournal {
  const events: JournalEvent[] = [];
  const settled = { count: 0 };
  const ordinals = new Map<string, number>();
  const calls = memoryCalls();
  const vectors = memoryVectors();
  const at = (scope: string): Journal => ({
    run: "test-run",
    scope,
    record<B extends EventBody>(body: B): JournalEvent<B> {
      const ordinal = ordinals.get(scope) ?? 0;
      ordinals.set(scope, ordinal + 1);
      const time = options.clock.written();
      const event: JournalEvent<B> = {
        ...body,
        id: `${scope}#${ordinal}`,
        ...(time === undefined ? {} : { time }),
      };
      events.push(event as JournalEvent);
      options.show(event as JournalEvent);
      return event;
    },
    settle: async () => {
      settled.count += 1;
    },
    told: async function* (types) {
      const until = ordinals.get(scope) ?? 0;
      const own = events.filter((event) => event.id.startsWith(`${scope}#`)).slice(0, until);
      yield* own.filter((event) => types?.includes(event.type) !== false);
    },
    fork: (name) => at(joined(scope, name)),
    vectors,
    calls,
    effects: { find: async (effect) => options.effects.get(effect) },
  });
  return { journal: at(""), events, settled };
}

function memoryVectors(): VectorLog {
  const kept = new Map<string, Float32Array>();
  return {
    find: async (digests) => new Map(digests.flatMap((key) => (kept.has(key) ? [[key, kept.get(key)!]] : []))),
    keep: (vectors) => {
      for (const [key, vector] of vectors) kept.set(key, vector);
    },
  };
}

function memoryCalls(): CallLog {
  const finished: CallRecord[] = [];
  const links = new Map<string, ChainLink>();
  const texts = new Map<string, string>();
  return {
    find: async (scope, key, occurrence) =>
      finished.findLast((call) => call.scope === scope && call.key === key && call.occurrence === occurrence),
    at: async (scope, ordinal) => finished.findLast((call) => call.scope === scope && call.ordinal === ordinal),
    append: async (call: CallRecord, bodies: CallBodies) => {
      finished.push(call);
      for (const link of bodies.links) links.set(link.link, link);
      for (const [digest, text] of bodies.texts) texts.set(digest, text);
    },
    attempted: () => undefined,
    chain: async (head) => {
      const found: ChainLink[] = [];
      for (let link = links.get(head); link !== undefined; link = links.get(link.previous)) found.unshift(link);
      return found;
    },
    text: async (digest) => texts.get(digest),
  };
}
