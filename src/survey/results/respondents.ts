import type { AnswerValue } from "../../kernel/contracts/answers/scale.ts";
import type { RespondentRow, SurveyRun } from "../administer/collected.ts";

/** A respondent with all that they answered, each part of each item a column by its id. */
export type WideRow = Pick<RespondentRow, "respondent" | "name" | "variant" | "sample" | "end"> & {
  readonly checks: number;
} & Readonly<Record<string, AnswerValue | null>>;

/**
 * One row a respondent, variant and sample, with a column for each part of each item: for spreadsheets, and for weights.
 * `checks` counts the attention checks that they did not pass; why an answer is missing stands in the long rows.
 * @example
 * const tea = parseInstrument({ survey: 1, name: "tea", items: [{ id: "drinks", kind: "yes-no", text: "Do you drink tea?" }] });
 * const run = await administer(simulation.context, { instrument: tea, people: [lisa], rehearsal: { drinks: { yes: 1 } }, method: "direct" });
 * respondentRows(run)[0].drinks; // => "yes"
 */
export function respondentRows({
  respondents,
  answers,
}: Pick<SurveyRun, "respondents" | "answers">): readonly WideRow[] {
  const keyOf = (row: Pick<RespondentRow, "respondent" | "variant" | "sample">): string =>
    JSON.stringify([row.respondent, row.variant, row.sample]);
  const given = Map.groupBy(answers, keyOf);
  return respondents.map((row) => {
    const { respondent, name, variant, sample, end, failedChecks } = row;
    const own = (given.get(keyOf(row)) ?? []).flatMap((answer): [string, AnswerValue | null][] => [
      [answer.item, answer.value],
      ...("other" in answer && answer.other !== undefined
        ? [[`${answer.item} (other)`, answer.other] as [string, string]]
        : []),
    ]);
    return {
      ...{ respondent, name, variant, sample, end, checks: failedChecks.length },
      ...Object.fromEntries(own),
    } as WideRow;
  });
}
