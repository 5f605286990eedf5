import type { Answer } from "../../kernel/contracts/answers/answer.ts";
import type { ItemDescription } from "./description/document.ts";

/** Which table answers were read from, and of how many people they are. */
export interface AnswersSource {
  readonly source: string;
  readonly digest?: string;
  readonly people: number;
}

/** What somebody answered, or was simulated to. */
export interface RespondentAnswers {
  /** Who it is; `row 3` where no column says it. */
  readonly id: string;
  /** Of those that count in the file, from 1. */
  readonly row: number;
  /** Where in the file it begins. */
  readonly line?: number;
  /** How many people they stand for. */
  readonly weight: number;
  /** By name; null where nothing is said. */
  readonly attributes: Readonly<Record<string, string | null>>;
  readonly comment?: string;
  /** One for each item. */
  readonly answers: Readonly<Record<string, Answer>>;
}

/** An answer that was left out, as it is none on the scale. */
export interface ExcludedAnswer {
  readonly item: string;
  readonly id: string;
  readonly row: number;
  readonly line?: number;
  /** What stands there. */
  readonly text: string;
  readonly reason: string;
}

/** What people answered, on scales that were declared. */
export interface AnswerSet {
  /** A file, or what else it is called. */
  readonly source: string;
  /** SHA-256 of the file. */
  readonly digest?: string;
  readonly items: Readonly<Record<string, ItemDescription>>;
  /** A column says who they are, so that both sides can be linked. */
  readonly identified: boolean;
  /** Whether those with the same id on both sides are one person and their twin. Default: unless ids only count rows. */
  readonly twins?: boolean;
  readonly people: readonly RespondentAnswers[];
  readonly excluded: readonly ExcludedAnswer[];
  /** Rows that do not count, by what was declared. */
  readonly leftOut: number;
  /** What may be a mistake. */
  readonly remarks: readonly string[];
  /** By the metadata beside the file no language model answered: a rehearsal, and no insight. */
  readonly rehearsed?: true;
}

/**
 * Which table answers were read from, for whoever reports on them.
 * @example
 * answersSource({ source: "people.csv", items: {}, identified: false, people: [], excluded: [], leftOut: 0, remarks: [] }); // => { source: "people.csv", people: 0 }
 */
export const answersSource = ({ source, digest, people }: AnswerSet): AnswersSource => ({
  ...{ source, ...(digest !== undefined && { digest }) },
  people: people.length,
});

/** Whether ids only count rows: the whole numbers from 0 or 1 on, of which half may have been left out. */
export function isCount(ids: readonly string[]): boolean {
  const numbers = [...new Set(ids)].map((id) => (/^\d+$/.test(id) ? Number(id) : Number.NaN));
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
  return low <= 1 && high <= 2 * numbers.length;
}
