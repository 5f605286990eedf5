import { shareInterval } from "../../statistics/intervals/share.ts";
import { mean, median } from "../../statistics/moments.ts";
import type { FindingRow, SessionRow } from "../rows.ts";

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
export interface GroupedFinding extends Pick<FindingRow, "system" | "kind" | "severity" | "what" | "did" | "quote"> {
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
      const { system, kind, severity, what, did, quote, person, entry } = rows[0] as FindingRow;
      const people = new Set(rows.map((row) => row.person)).size;
      return { system, kind, severity, what, people, times: rows.length, person, did, quote, entry };
    })
    .toSorted((one, other) => other.severity - one.severity || other.people - one.people);
}

function groupedBy<T>(rows: readonly T[], keyOf: (row: T) => string): readonly (readonly T[])[] {
  return [...Map.groupBy(rows, keyOf).values()];
}
