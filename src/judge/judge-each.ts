import type { Quote, Verdict } from "../kernel/contracts/judging/verdict.ts";
import { eachRow, type RowResult } from "../kernel/rows/rows.ts";
import type { ErrorRecord } from "../kernel/values/errors.ts";
import { createBench, type Judgeable, type Judgement, type JudgeOptions, warnOfBench } from "./bench.ts";
import type { Proposition } from "./proposition.ts";

/** What came of one subject of several: its verdicts, or why there are none. */
export type JudgedSubject =
  | { readonly id: string; readonly subject: string; readonly judgement: Judgement }
  | { readonly id: string; readonly subject: string; readonly error: ErrorRecord };

/** How many are judged at once, and who is told of each. */
export interface JudgeEachOptions extends JudgeOptions {
  /** Default 16. */
  readonly concurrency?: number;
  /** Told of each subject when it comes home. */
  readonly onRow?: (row: JudgedSubject) => unknown;
}

/**
 * Judges many subjects by many propositions, so many at once, each by itself; the results in the order given. Each one's
 * failure is that one's result; when nothing came of any of them, why is thrown, and so is what concerns them all: that the
 * run was stopped, or its budget is spent. Throws OPTION_INVALID as `judge`.
 * @example
 * const rows = await judgeEach([lisa, oscar], [stockPropositions.fluency, stockPropositions.selfConsistency]);
 * verdictRows(rows).map(({ subject, proposition, score }) => [subject, proposition, score]);
 */
export async function judgeEach(
  subjects: readonly Judgeable[],
  propositions: readonly Proposition[],
  { concurrency, onRow, ...options }: JudgeEachOptions = {},
): Promise<readonly JudgedSubject[]> {
  const bench = createBench(propositions, options);
  if (subjects[0] !== undefined) warnOfBench(subjects[0].context, options);
  const judged = (row: RowResult<Judgement>, place: number): JudgedSubject => {
    const { name: subject, id = subject } = subjects[place] as Judgeable;
    return "error" in row ? { id, subject, error: row.error } : { id, subject, judgement: row.value };
  };
  const rows = await eachRow<Judgeable, Judgement>(subjects, (subject) => bench([subject]), {
    key: (_subject, place) => String(place),
    ...(concurrency !== undefined && { concurrency }),
    ...(options.signal && { signal: options.signal }),
    ...(onRow && { onRow: (row, place) => onRow(judged(row, place)) }),
  });
  return rows.map(judged);
}

/** A verdict as a row of a table: what it has none of is absent. */
export interface VerdictRow {
  readonly id: string;
  readonly subject: string;
  readonly proposition: string;
  readonly kind: Verdict["kind"];
  readonly score?: number;
  readonly holds?: boolean;
  readonly confidence?: number;
  /** Between the least and the highest of several samples. */
  readonly spread?: number;
  readonly why?: string;
  readonly evidence?: readonly string[];
  /** The error's code. */
  readonly error?: string;
}

/** What many judgements found, a row a verdict; who has none has one row with the error. */
export function verdictRows(judged: readonly JudgedSubject[]): readonly VerdictRow[] {
  return judged.flatMap((one): readonly VerdictRow[] => {
    const { id, subject } = one;
    if ("error" in one) {
      return [{ id, subject, proposition: "", kind: "error", why: one.error.message, error: one.error.code }];
    }
    return one.judgement.verdicts.map((verdict) => ({ id, subject, ...rowOf(verdict) }));
  });
}

function rowOf(verdict: Verdict): Omit<VerdictRow, "id" | "subject"> {
  const { proposition, kind } = verdict;
  if (verdict.kind === "inapplicable") return { proposition, kind };
  if (verdict.kind === "error") return { proposition, kind, why: verdict.error.message, error: verdict.error.code };
  const spread = verdict.samples && { spread: verdict.samples.spread };
  if (verdict.kind === "undecided") return { proposition, kind, ...spread, why: verdict.why };
  const { confidence, why, evidence } = verdict;
  return {
    ...{ proposition, kind },
    ...(verdict.kind === "score" ? { score: verdict.score } : { holds: verdict.holds }),
    ...(confidence !== undefined && { confidence }),
    ...spread,
    ...{ why, evidence: evidence.map(({ text }: Quote) => text) },
  };
}
