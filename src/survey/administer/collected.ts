import type { Answer } from "../../kernel/contracts/answers/answer.ts";
import type { Forkable } from "../../kernel/contracts/asked/fork.ts";
import type { ErrorRecord } from "../../kernel/values/errors.ts";
import { digestJson } from "../../kernel/values/hash.ts";
import { attentionOf } from "../flow/attention.ts";
import type { Instrument } from "../instrument/document.ts";
import type { Interviewed, ItemCall } from "./answering/interview.ts";

/** An answer, and whose it is. */
export type SurveyAnswer = Answer & {
  /** The person's id. */
  readonly respondent: string;
  readonly name: string;
  readonly variant: string;
  readonly sample: number;
};

/** How somebody's sitting ended. */
export interface RespondentRow {
  readonly respondent: string;
  readonly name: string;
  readonly variant: string;
  readonly sample: number;
  readonly end: "complete" | "screened-out" | "quota-full" | "failed";
  /** Why they were screened out, or the quota that is full. */
  readonly because?: string;
  /** Attention checks that they did not pass. */
  readonly failedChecks: readonly string[];
}

/** Why there is no usable answer. */
export interface SurveyFailure {
  readonly respondent: string;
  readonly name: string;
  readonly variant: string;
  readonly sample: number;
  /** Absent where the whole sitting failed. */
  readonly item?: string;
  readonly error: ErrorRecord;
}

/** What came of a survey, as rows. */
export interface SurveyRun {
  readonly survey: string;
  /** Of the instrument, in its language. */
  readonly digest: string;
  /** Of how it was asked: what would be answered otherwise by another way of asking is told by it. */
  readonly settings: string;
  readonly respondents: readonly RespondentRow[];
  /** One row a respondent and part of an item, those that were not asked too; none of a sitting that failed. */
  readonly answers: readonly SurveyAnswer[];
  readonly failures: readonly SurveyFailure[];
  /** What each item took; those that were answered from the journal too. */
  readonly calls: readonly ItemCall[];
  /** No language model answered, at least in part: a rehearsal. */
  readonly heuristic?: true;
}

/** A sitting that is over. */
export interface Sat {
  readonly person: Forkable;
  readonly variant: string;
  readonly sample: number;
  readonly came?: Interviewed;
  readonly error?: ErrorRecord;
}

interface Collected {
  readonly instrument: Instrument;
  /** The digest of how people were asked. */
  readonly settings: string;
  readonly sat: readonly Sat[];
}

/** Rows from sittings, in the order of people within a variant and sample. */
export function surveyRun({ instrument, settings, sat }: Collected): SurveyRun {
  const of = ({ person, variant, sample }: Sat) => ({ respondent: person.id, name: person.name, variant, sample });
  const heuristic = sat.some(({ came }) => came?.heuristic) && { heuristic: true as const };
  return {
    ...{ survey: instrument.name, digest: digestJson(instrument), settings },
    respondents: sat.map((one) => ({ ...of(one), ...endOf(one, instrument) })),
    answers: sat.flatMap(
      (one) => one.came?.end.answers.map((answer): SurveyAnswer => ({ ...of(one), ...answer })) ?? [],
    ),
    failures: sat.flatMap((one) => [
      ...(one.error === undefined ? [] : [{ ...of(one), error: one.error }]),
      ...(one.came?.failures.map((failure) => ({ ...of(one), ...failure })) ?? []),
    ]),
    calls: sat.flatMap(({ came }) => came?.calls ?? []),
    ...heuristic,
  };
}

function endOf({ came }: Sat, instrument: Instrument): Pick<RespondentRow, "end" | "because" | "failedChecks"> {
  if (came === undefined) return { end: "failed", failedChecks: [] };
  const { reason, because, answers } = came.end;
  const failed = attentionOf(instrument, answers).filter(({ passed }) => passed === false);
  return { end: reason, ...(because !== undefined && { because }), failedChecks: failed.map(({ item }) => item) };
}

/** The sittings of a run that came to something, by their seats. */
export function satIn(
  run: SurveyRun,
  seats: readonly (Pick<Sat, "person" | "variant" | "sample"> & { readonly key: string })[],
): ReadonlyMap<string, Sat> {
  const keyOf = ({ respondent, variant, sample }: Pick<RespondentRow, "respondent" | "variant" | "sample">): string =>
    `${respondent} ${variant} ${sample}`;
  const answers = Map.groupBy(run.answers, keyOf);
  const failures = Map.groupBy(run.failures, keyOf);
  const ended = new Map(run.respondents.map((row) => [keyOf(row), row]));
  const heuristic = run.heuristic === true;
  return new Map(
    seats.flatMap(({ key, person, variant, sample }) => {
      const row = ended.get(key);
      if (row === undefined || row.end === "failed") return [];
      const end = {
        ...{ kind: "end" as const, reason: row.end, notes: [], answers: answers.get(key) ?? [] },
        ...(row.because !== undefined && { because: row.because }),
      };
      const failed = (failures.get(key) ?? []).flatMap(({ item, error }) =>
        item === undefined ? [] : [{ item, error }],
      );
      return [[key, { person, variant, sample, came: { end, calls: [], failures: failed, heuristic } }] as const];
    }),
  );
}
