import type { ErrorRecord } from "../kernel/values/errors.ts";

/** What one person made of one advert. */
export interface AdRow {
  /** Their id in the run, and their name. */
  readonly id: string;
  readonly person: string;
  readonly ad: string;
  /** In which place they saw it alone, from 1. */
  readonly shown: number;
  /** In which place it stood beside the others, from 1. */
  readonly beside: number;
  /** They chose it of all. */
  readonly chosen: boolean;
  /** From 0, not at all, to 10, very much: how much it speaks to them, asked right after they saw it. */
  readonly appeal: number;
  /** What caught their eye, without being asked about anything in particular. */
  readonly noticed: readonly string[];
  /** What they felt and thought, in their words. */
  readonly reaction: string;
  /** Whether they told of it later, after something else; and how. */
  readonly recalled: boolean;
  readonly memory: string;
}

/** What one person chose. */
export interface ChoiceRow {
  /** Their id in the run, and their name. */
  readonly id: string;
  readonly person: string;
  /** Null where none of them would do. */
  readonly choice: string | null;
  /** In which place it stood, from 1; null with the choice. */
  readonly position: number | null;
  readonly why: string;
  /** By dotted path of the persona, as asked. */
  readonly segments: Readonly<Record<string, string>>;
}

/** Somebody of whom there is no answer. */
export interface AdFailure {
  /** Their id in the run, and their name. */
  readonly id: string;
  readonly person: string;
  readonly error: ErrorRecord;
}
