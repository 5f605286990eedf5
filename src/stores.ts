// The door to stores: the contract, its drivers, and how a run is read back.

export { promptsBefore } from "./evaluation/held-out/prompts.ts";
export { type Query, queryRun } from "./insight/ask/query.ts";
export { type QueryTableName, queryTables } from "./insight/ask/views.ts";
export type {
  AttemptRecord,
  CallBodies,
  CallLog,
  CallRecord,
  ChainLink,
  EarlierEffect,
  EffectLog,
  Journal,
} from "./kernel/contracts/journal.ts";
export type {
  Aside,
  AttemptStore,
  CallStore,
  EventQuery,
  EventRow,
  EventStore,
  NewEventRow,
  Ownership,
  RunQuery,
  RunRecord,
  RunStore,
  Store,
  VectorStore,
} from "./kernel/contracts/store.ts";
export type { Digest } from "./kernel/values/hash.ts";
export { type PastMoment, readMoment } from "./simulation/past/moment.ts";
export { readProvenance } from "./simulation/provenance.ts";
export { readLedger, type StoredLedger } from "./simulation/stored-ledger.ts";
export { createMemoryStore } from "./store/memory.ts";
export { inspectSqliteStore, type StoreFile } from "./store/sqlite/inspect.ts";
export { openSqliteStore, type SqliteOptions } from "./store/sqlite/open.ts";
export { exportJsonl, listForks, readStory, type StoryOptions } from "./store/story.ts";
