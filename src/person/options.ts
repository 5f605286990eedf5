import type { Faculty } from "../kernel/contracts/faculty.ts";
import type { ActOptions } from "../kernel/contracts/person.ts";
import { checkKeys, type KeysOf } from "../kernel/text/known-keys.ts";
import { atLeast, checkBringsActions, invalidOption } from "./invalid-option.ts";
import { type MemoryOptions, type MemorySettings, memorySettings } from "./memory/options.ts";
import { type QualityOptions, type QualitySettings, qualitySettings } from "./quality/options.ts";
import type { StanceOptions } from "./quality/stances/stance-keeper.ts";

/** Which safety rules a person's prompt carries; none makes the person step out of the part. */
export interface Safety {
  readonly harmfulContent: boolean;
  readonly copyright: boolean;
}

/** How a person avoids to say the same again. */
export interface RepetitionOptions {
  /** Share of word shingles said before, in (0, 1], from which on a text counts as said before. */
  readonly threshold: number;
  /** How many of the last actions of the same kind and target are compared. */
  readonly lookback: number;
}

/** How a person is set up. What is left out takes the default. */
export interface PersonOptions {
  /** What the person is able to do beyond thinking, talking and reaching out. */
  readonly faculties?: readonly Faculty[];
  /** Most actions in a turn, DONE not counted; 15 unless told. */
  readonly maxActions?: number;
  /** Most questions (`query` actions) asked within one turn; 4 unless told. */
  readonly maxQueries?: number;
  /** What `act` does when nothing new was perceived: `skip` (default) costs no call. */
  readonly idle?: "skip" | "ask";
  /** `false` lets the person repeat themselves. */
  readonly repetition?: boolean | Partial<RepetitionOptions>;
  /** Has what the person is about to say looked at, and mended where it fails; off unless told. */
  readonly quality?: "strict" | QualityOptions;
  /**
   * Keeps a ledger of what the person holds, how firmly and why, and finds changes of mind without a cause; with
   * `feedback` they are told of these. Off unless asked for; small models have none.
   */
  readonly stances?: boolean | StanceOptions;
  /** Both rules are on unless switched off. */
  readonly safety?: Partial<Safety>;
  /** Tokens (estimated) that the history may take in the prompt before its oldest part is shortened. */
  readonly historyTokens?: number;
  /** `false` asks no model what to keep of what happened; on unless told. */
  readonly memory?: boolean | MemoryOptions;
  readonly temperature?: number;
  readonly maxOutputTokens?: number;
}

export interface PersonSettings {
  readonly faculties: readonly Faculty[];
  readonly maxActions: number;
  readonly maxQueries: number;
  readonly idle: "skip" | "ask";
  readonly repetition: RepetitionOptions | undefined;
  readonly quality: QualitySettings | undefined;
  readonly stances: StanceOptions | undefined;
  readonly safety: Safety;
  readonly historyTokens: number | undefined;
  readonly memory: MemorySettings;
  readonly temperature: number | undefined;
  readonly maxOutputTokens: number | undefined;
}

const known: KeysOf<PersonOptions> = {
  ...{ faculties: true, maxActions: true, maxQueries: true, idle: true, repetition: true, quality: true },
  ...{ stances: true, safety: true, historyTokens: true, memory: true, temperature: true, maxOutputTokens: true },
};

/** The names of all options of a turn. */
export const turnOptions: KeysOf<ActOptions> = {
  ...{ signal: true, idle: true, maxActions: true, reachable: true, alsoReachable: true, step: true, label: true },
};

/** What people have who were told nothing else: one object for all of them. */
const usual = {
  safety: { harmfulContent: true, copyright: true },
  repetition: { threshold: 0.5, lookback: 6 },
} as const;

/** Options with their defaults; numbers out of range are refused with `OPTION_INVALID`. */
export function personSettings(options: PersonOptions): PersonSettings {
  checkKeys(options, known, "the options of a person");
  checkBringsActions("faculties", options.faculties ?? [], "faculties: [new RecallFaculty()]");
  return {
    faculties: [...(options.faculties ?? [])],
    maxActions: atLeast(1, "maxActions", options.maxActions ?? 15),
    maxQueries: atLeast(0, "maxQueries", options.maxQueries ?? 4),
    idle: options.idle ?? "skip",
    repetition: repetitionOptions(options.repetition ?? true),
    quality: qualitySettings(options.quality),
    stances: options.stances === true ? {} : options.stances || undefined,
    safety: safetyOf(options.safety),
    historyTokens: options.historyTokens === undefined ? undefined : atLeast(1, "historyTokens", options.historyTokens),
    memory: memorySettings(options.memory),
    temperature: options.temperature,
    maxOutputTokens: options.maxOutputTokens,
  };
}

function safetyOf(asked: Partial<Safety> | undefined): Safety {
  if (asked === undefined) return usual.safety;
  return { harmfulContent: asked.harmfulContent ?? true, copyright: asked.copyright ?? true };
}

function repetitionOptions(asked: boolean | Partial<RepetitionOptions>): RepetitionOptions | undefined {
  if (asked === false) return undefined;
  if (asked === true) return usual.repetition;
  const { threshold = usual.repetition.threshold, lookback = usual.repetition.lookback } = asked;
  if (!(threshold > 0 && threshold <= 1)) throw invalidOption("repetition.threshold", threshold, "a number in (0, 1]");
  return { threshold, lookback: atLeast(1, "repetition.lookback", lookback) };
}
