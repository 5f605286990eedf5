import { shareInterval } from "../../statistics/intervals/share.ts";
import { mean, median } from "../../statistics/moments.ts";
import type { FindingRow, SessionRow } from "../rows.ts";

/** What the figures of visits are in. */
export const visitUnits = {
  share: "of the visits of which it is known; low and high are Wilson's interval at 95 %",
  seconds:
    "time on task of a person by the keystroke-level model, without the system's own; median of those who succeeded",
  ease: "from 1, very difficult, to 7, very easy, as they say it; mean",
} as const;

/** What came of one goal with one system, over all who tried. */
export interface OutcomeRow {
  readonly system: string;
  readonly goal: string;
  readonly visits: number;
  readonly succeeded: number;
  /** Of those of whom it is known, and Wilson's interval at 95 %; null where nobody knows. */
  readonly share: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly gaveUp: number;
  /** Medians of those who succeeded; null where nobody did. */
  readonly steps: number | null;
  readonly seconds: number | null;
  /** The mean of what they say, from 1 to 7; null where nobody was asked. */
  readonly ease: number | null;
}

/** Visits counted by system and goal, in the order in which they first come. */
export async function outcomesOf(sessions: readonly SessionRow[]): Promise<readonly OutcomeRow[]> {
  const groups = groupedBy(sessions, ({ system, goal }) => JSON.stringify([system, goal]));
  return Promise.all(
    groups.map(async (rows): Promise<OutcomeRow> => {
      const { system, goal } = rows[0] as SessionRow;
      const known = rows.filter(({ success }) => success !== null);
      const done = known.filter(({ success }) => success === true);
      const eases = rows.flatMap(({ ease }) => (ease === null ? [] : [ease]));
      const interval = known.length === 0 ? undefined : await shareInterval(done.length, known.length);
      return {
        ...{ system, goal, visits: rows.length, succeeded: done.length },
        share: known.length === 0 ? null : done.length / known.length,
        ...{ low: interval?.low ?? null, high: interval?.high ?? null },
        gaveUp: rows.filter(({ end }) => end === "gave up").length,
        steps: done.length === 0 ? null : median(done.map(({ steps }) => steps)),
        seconds: done.length === 0 ? null : median(done.map(({ seconds }) => seconds)),
        ease: eases.length === 0 ? null : mean(eases),
      };
    }),
  );
}

/** Findings of one kind and wording with one system, as one: how many people met it, and the exchange of the first. */
export interface GroupedFinding
  extends Pick<FindingRow, "system" | "kind" | "severity" | "what" | "did" | "showed" | "said"> {
  readonly people: number;
  readonly times: number;
  /** The first of them, and where it stands. */
  readonly person: string;
  readonly entry: string;
}

/** The gravest first, then what most people met. */
export function groupedFindings(findings: readonly FindingRow[]): readonly GroupedFinding[] {
  return groupedBy(findings, ({ system, kind, what, severity }) => JSON.stringify([system, kind, what, severity]))
    .map((rows): GroupedFinding => {
      const { system, kind, severity, what, did, showed, said, person, entry } = rows[0] as FindingRow;
      const people = new Set(rows.map((row) => row.person)).size;
      return { system, kind, severity, what, people, times: rows.length, person, did, showed, said, entry };
    })
    .toSorted((one, other) => other.severity - one.severity || other.people - one.people);
}

/** What stood in the way of two systems, and with which of them how many people met it. */
export interface SharedFinding extends Pick<GroupedFinding, "kind" | "severity" | "what"> {
  /** People who met it with the first, and with the second. */
  readonly first: number;
  readonly second: number;
  /** The numbers of the findings, from 1, that are it. */
  readonly findings: readonly number[];
}

/** The findings of two systems side by side; those that part them most come first. */
export function sharedFindings(
  grouped: readonly GroupedFinding[],
  first: string,
  second: string,
): readonly SharedFinding[] {
  const numbered = grouped.map((finding, place) => ({ ...finding, number: place + 1 }));
  const theirs = numbered.filter(({ system }) => system === first || system === second);
  return groupedBy(theirs, ({ kind, what, severity }) => JSON.stringify([kind, what, severity]))
    .map((rows): SharedFinding => {
      const { kind, severity, what } = rows[0] as GroupedFinding;
      const people = (name: string): number => rows.find(({ system }) => system === name)?.people ?? 0;
      const findings = rows.map(({ number }) => number);
      return { kind, severity, what, first: people(first), second: people(second), findings };
    })
    .toSorted((one, other) => Math.abs(other.second - other.first) - Math.abs(one.second - one.first));
}

function groupedBy<T>(rows: readonly T[], keyOf: (row: T) => string): readonly (readonly T[])[] {
  return [...Map.groupBy(rows, keyOf).values()];
}
