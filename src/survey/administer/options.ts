import type { Forkable } from "../../kernel/contracts/asked/fork.ts";
import type { WantedElicitation } from "../elicitation/choice.ts";
import type { ElicitationSettings } from "../elicitation/elicitation.ts";
import type { Instrument } from "../instrument/document.ts";
import type { SurveyMemory } from "./answering/sitting.ts";
import type { SurveyRun } from "./collected.ts";
import type { SurveyVariant } from "./variants.ts";

/** What is asked of whom, and how. */
export interface AdministerOptions extends WantedElicitation, ElicitationSettings {
  readonly instrument: Instrument;
  readonly people: readonly Forkable[];
  /**
   * What tells this asking from others of the same questionnaire in one run, as in `before` and `after`. Without it the same
   * people who are asked the same again are asked anew, each time as the next one of the run.
   */
  readonly name?: string;
  /**
   * What people remember of the questionnaire while they answer. Default `none`: each item is asked of a fork of its own, so
   * that no answer colours the next, and prompts stay short.
   */
  readonly memory?: SurveyMemory;
  /** Ways in which the same is asked otherwise: each person answers each of them, on forks that do not know of the others. */
  readonly variants?: readonly SurveyVariant[];
  /** Independent answers of each person. Default 1. */
  readonly samples?: number;
  /** Where the instrument's pictures are. Default: the working folder. */
  readonly folder?: string;
  /** Sittings at once. Default 16. */
  readonly concurrency?: number;
  /** A pilot that some of them took in this run already: they are not asked again. */
  readonly pilot?: SurveyRun;
  readonly signal?: AbortSignal;
  /** Told of each item that somebody passed, and of each sitting that has ended. */
  readonly onProgress?: (progress: SurveyProgress) => unknown;
}

/** How far a survey is. */
export interface SurveyProgress {
  /** Sittings that ended, of all: people, times variants and samples. */
  readonly done: number;
  readonly of: number;
  /** Items answered so far. */
  readonly items: number;
  /** Sittings that ended without answers. */
  readonly failed: number;
}
