import { atLeast, invalidOption } from "../invalid-option.ts";
import { type RecallOptions, type RecallSettings, recallSettings } from "./recall/options.ts";

/** How a person's memory is set up. What is left out takes the default. */
export interface MemoryOptions {
  /** Events (perceived or done) that gather before a model is asked what to keep of them; 25 unless told. */
  readonly consolidateAfter?: number;
  /** Importance of notes that adds up before reflections are drawn from them, ten of the middle by default: 5. */
  readonly reflectAfter?: number;
  /** Most notes kept, what was read in documents not counted; 1,000 unless told. */
  readonly capacity?: number;
  /** Days of simulated time in which a note loses half of its strength; 90 unless told. */
  readonly halfLifeDays?: number;
  /** What comes to mind by itself. */
  readonly recall?: RecallOptions;
}

export interface MemorySettings {
  /** Whether a model is asked what to keep; without it there are the notes that others make. */
  readonly consolidates: boolean;
  readonly consolidateAfter: number;
  readonly reflectAfter: number;
  readonly capacity: number;
  readonly halfLifeDays: number;
  readonly recall: RecallSettings;
}

/** What people have who were told nothing else: one object for all of them. */
const usual: MemorySettings = {
  ...{ consolidates: true, consolidateAfter: 25, reflectAfter: 5, capacity: 1_000, halfLifeDays: 90 },
  recall: recallSettings(),
};

/** Options with their defaults; numbers out of range are refused with `OPTION_INVALID`. */
export function memorySettings(options: boolean | MemoryOptions = true): MemorySettings {
  if (typeof options === "boolean") return options ? usual : { ...usual, consolidates: false };
  const { consolidateAfter = 25, reflectAfter = 5, capacity = 1_000, halfLifeDays = 90, recall } = options;
  return {
    consolidates: true,
    consolidateAfter: atLeast(1, "memory.consolidateAfter", consolidateAfter),
    reflectAfter: above0("memory.reflectAfter", reflectAfter),
    capacity: atLeast(1, "memory.capacity", capacity),
    halfLifeDays: above0("memory.halfLifeDays", halfLifeDays),
    recall: recallSettings(recall),
  };
}

function above0(option: string, value: number): number {
  if (value > 0) return value;
  throw invalidOption(option, value, "a number above 0");
}
