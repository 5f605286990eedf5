import type { Chart } from "../../plot/chart.ts";

/** A row that sentences of a report can rest on: what somebody said, what happened, or a row of data. */
export interface EvidenceRow {
  /** Who said or did it; absent for data. */
  readonly who?: string;
  readonly text: string;
  /** The question that it answers. */
  readonly asked?: string;
  /** Where it is found again: the id of an event of the run, or the number of a row. */
  readonly place: string;
}

/** An evidence row with the mark by which a report refers to it: `E1`, `E2`. */
export interface MarkedEvidence extends EvidenceRow {
  readonly mark: string;
}

/**
 * What a report may be taken for. `pilot`: how the study itself works; `theory probe`: what is worth asking people, and
 * nothing about how many; `estimate`: about people, as far as the figures that it was held against bear it.
 */
export type ClaimKind = "pilot" | "theory probe" | "estimate";

/** A sentence and what it rests on. */
export interface ReportSentence {
  readonly text: string;
  /** Marks of evidence rows, at least one. */
  readonly evidence: readonly string[];
}

/** A sentence that was written and is not in the report. */
export interface LeftOut {
  readonly text: string;
  readonly why: string;
}

/** A report, each sentence of which rests on rows that are in it. */
export interface Report {
  readonly title: string;
  readonly task: string;
  readonly kind: ClaimKind;
  /** What an estimate was held against, in words. */
  readonly heldAgainst?: string;
  readonly summary: readonly ReportSentence[];
  readonly sections: readonly { readonly heading: string; readonly sentences: readonly ReportSentence[] }[];
  readonly charts: readonly Chart[];
  /** What sentences rest on, in the order of the marks. */
  readonly evidence: readonly MarkedEvidence[];
  /** How many rows were read. */
  readonly read: number;
  readonly leftOut: readonly LeftOut[];
  /** Set when it rests on rows that were handed in: real people may have given them. */
  readonly handedIn?: true;
  /** Set when rules, not a language model, wrote it. */
  readonly heuristic?: true;
}
