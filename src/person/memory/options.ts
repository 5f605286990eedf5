import { TinyTroupeError } from "../../kernel/values/errors.ts";
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

/** Options with their defaults; numbers out of range are refused with `OPTION_INVALID`. */
export function memorySettings(options: boolean | MemoryOptions = true): MemorySettings {
  const { consolidateAfter = 25, reflectAfter = 5, capacity = 1_000, halfLifeDays = 90, recall } = objectOf(options);
  return {
    consolidates: options !== false,
    consolidateAfter: within("consolidateAfter", consolidateAfter, wholeFromOne),
    reflectAfter: within("reflectAfter", reflectAfter, positive),
    capacity: within("capacity", capacity, wholeFromOne),
    halfLifeDays: within("halfLifeDays", halfLifeDays, positive),
    recall: recallSettings(recall),
  };
}

const objectOf = (options: boolean | MemoryOptions): MemoryOptions => (typeof options === "boolean" ? {} : options);

interface Range {
  readonly holds: (value: number) => boolean;
  readonly said: string;
}

const wholeFromOne: Range = {
  holds: (value) => Number.isInteger(value) && value >= 1,
  said: "a whole number from 1 on",
};
const positive: Range = { holds: (value) => value > 0, said: "a number above 0" };

function within(option: string, value: number, range: Range): number {
  if (range.holds(value)) return value;
  throw new TinyTroupeError("OPTION_INVALID", `The person's option memory.${option} is ${String(value)}.`, {
    data: { option: `memory.${option}`, value },
    hint: `Give memory.${option} as ${range.said}.`,
  });
}
