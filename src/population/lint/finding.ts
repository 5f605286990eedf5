import type { ErrorRecord } from "../../kernel/values/errors.ts";
import type { LintRule, Severity } from "../../persona/findings/finding.ts";
import type { LogOdds } from "../../statistics/log-odds.ts";

/** What a finding in a population is about: a rule of single personas, or one of many. */
export type PopulationRule =
  | LintRule
  | "alike"
  | "invalid-persona"
  | "judged-cliche"
  | "judged-contradiction"
  | "judged-stereotype"
  | "monoculture"
  | "reading-level"
  | "same-name"
  | "shared-sentence"
  | "stereotype"
  | "unreadable"
  | "worn-first-name"
  | "worn-job";

/** Something in a population that a careful author would look at again. */
export interface PopulationFinding {
  readonly rule: PopulationRule;
  readonly severity: Severity;
  /** Whom it is about; absent where it is about all. */
  readonly person?: { readonly id: string; readonly name: string };
  /** Dotted; empty for a whole persona or population. */
  readonly path: string;
  readonly message: string;
  /** Of a model's finding, the words of the persona that it rests on. */
  readonly quotes?: readonly string[];
}

/** How a model looked people over. */
export interface JudgedPeople {
  readonly model: string;
  /** People whom it read. */
  readonly people: number;
  readonly failed: readonly { readonly id: string; readonly name: string; readonly error: ErrorRecord }[];
  /** Findings that were left out, as their quotes are not in the persona. */
  readonly unfounded: number;
  /** Rules, not a language model, stood in: nothing was judged. */
  readonly heuristic?: true;
}

/** A word that one group has far more often than all others: people who have it, not times it is said. */
export interface StereotypeRow extends LogOdds {
  /** The place and the value, as in `gender` and `female`. */
  readonly path: string;
  readonly group: string;
  /** People in the group, and all others. */
  readonly people: number;
  readonly others: number;
}

/** How a text reads, against what its person has learned. */
export interface ReadingRow {
  readonly id: string;
  readonly name: string;
  /** Years of school that the text takes (Flesch–Kincaid); absent where it was not measured. */
  readonly grade?: number;
  /** Years of education, as far as the words tell. */
  readonly years?: number;
  /** Why it was not measured. */
  readonly reason?: string;
}
