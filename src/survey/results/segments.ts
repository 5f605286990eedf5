import type { RespondentRow, SurveyAnswer } from "../administer/collected.ts";
import { asWritten } from "../administer/variants.ts";

/** Whose answers count how much, and who is told apart. */
export interface SummaryOptions {
  /** Of raking or post-stratification, by respondent. Default: all the same. */
  readonly weights?: ReadonlyMap<string, number>;
  /** By respondent, what they are told apart by. */
  readonly segments?: ReadonlyMap<string, string>;
  /** Default 0.95. */
  readonly level?: number;
  /** How sittings ended, as a run has it: only those count that are complete. Default: all. */
  readonly respondents?: readonly RespondentRow[];
}

/** The answers as written of complete sittings: of all, and of each segment in the order of their names. */
export function groupsOf(
  answers: readonly SurveyAnswer[],
  { segments, respondents }: SummaryOptions,
): readonly (readonly [segment: string, answers: readonly SurveyAnswer[]])[] {
  const complete = respondents?.filter(({ end }) => end === "complete").map(sittingOf);
  const sittings = complete && new Set(complete);
  const own = answers.filter(
    (answer) => answer.variant === asWritten.name && (sittings === undefined || sittings.has(sittingOf(answer))),
  );
  const groups =
    segments === undefined ? [] : Map.groupBy(own, ({ respondent }) => segments.get(respondent) ?? "(none)");
  return [["all", own], ...[...groups].toSorted(([one], [other]) => (one < other ? -1 : 1))];
}

const sittingOf = ({ respondent, variant, sample }: Pick<RespondentRow, "respondent" | "variant" | "sample">): string =>
  JSON.stringify([respondent, variant, sample]);
