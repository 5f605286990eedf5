import type { TranscriptEntry } from "../events.ts";
import type { MemoryNote } from "./notes.ts";

/** What an actor remembers, as faculties ask it. */
export interface ActorMemory {
  /**
   * The notes that have most to do with something, best first, no two of one thought. Those whose content the actor has
   * before their eyes are not left out.
   */
  recall(about: string, bounds: RecallBounds): Promise<readonly MemoryNote[]>;
  /** What happened that shares most words with something, in its order. */
  recallEpisodes(about: string, bounds: RecallBounds): readonly TranscriptEntry[];
  /** All notes, oldest first. */
  kept(): Promise<readonly MemoryNote[]>;
  /** All that happened before what is new now, each thing once, in order. */
  readonly happened: readonly TranscriptEntry[];
}

/** How much is wanted. */
export interface RecallBounds {
  readonly most: number;
  /** Estimated. */
  readonly tokens: number;
}
