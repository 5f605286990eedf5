// The door to stores: the contract, its drivers, and how a run is read back.
export type { CallRecord, Journal } from "./kernel/contracts/journal.ts";
export type { RunQuery, RunRecord, Store } from "./kernel/contracts/store.ts";
export { createMemoryStore } from "./store/memory.ts";
export { openSqliteStore } from "./store/sqlite/open.ts";
export { exportJsonl, readStory } from "./store/story.ts";
