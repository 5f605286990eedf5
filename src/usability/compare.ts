import { TinyTroupeError } from "../kernel/values/errors.ts";
import { type McNemar, mcNemar } from "../statistics/counts/mcnemar.ts";
import { type PairedT, pairedT } from "../statistics/means/paired-t.ts";
import { isMeasured, type Unmeasured } from "../statistics/measured.ts";
import { mean } from "../statistics/moments.ts";
import { holm } from "../statistics/multiplicity.ts";
import { type Wilcoxon, wilcoxon } from "../statistics/ranks/wilcoxon.ts";
import type { SessionRow } from "./rows.ts";

/** A figure of two systems, over the pairs of visits of the same person, goal and session. */
export interface MeasureRow {
  readonly measure: "success" | "steps" | "seconds" | "failures" | "ease";
  /** What its means are in. */
  readonly unit: string;
  /** Pairs that it is known of. For steps and seconds those in which both succeeded: who gives up early is not quick. */
  readonly pairs: number;
  /** Whose pairs they are: each counts once in the tests, by the mean of their pairs. */
  readonly people: number;
  /** Means over pairs, of success the share; null where there is no pair. */
  readonly first: number | null;
  readonly second: number | null;
  readonly difference: number | null;
  /**
   * Of success McNemar's exact test (where people have several pairs, that of the signed ranks of their shares), of all else
   * the paired t test; null where there is none, and `note` says why.
   */
  readonly p: number | null;
  /** Of the signed ranks (Wilcoxon), of all but success. */
  readonly pOfRanks: number | null;
  /** p corrected for the measures being several (Holm). */
  readonly corrected: number | null;
  readonly note: string;
}

/** A pair of visits that ended differently. */
export interface PartedPair {
  readonly goal: string;
  readonly person: string;
  readonly session: number;
  /** The system with which they had it. */
  readonly succeededWith: string;
  /** With the other, the last that they did, what it showed then, and what they said of it. */
  readonly did: string;
  readonly showed: string;
  readonly why: string;
}

/** Two systems side by side. */
export interface SystemComparison {
  readonly first: string;
  readonly second: string;
  readonly measures: readonly MeasureRow[];
  readonly parted: readonly PartedPair[];
  readonly success: McNemar | Unmeasured;
}

/**
 * Two systems that the same people tried for the same goals, pair by pair. Figures of simulated people say nothing of how
 * many real ones would part so. Throws TARGET_UNKNOWN for a system of which there are no visits.
 * @example
 * const visit = { goal: "buy", session: 1, by: "check", end: "reached", failures: 0, seconds: 9, ease: 6, path: "", why: "" };
 * const rows = ["Ann", "Bo"].flatMap((person) => [
 *   { ...visit, person, system: "old", success: true, steps: 3 },
 *   { ...visit, person, system: "new", success: false, steps: 9 },
 * ]);
 * (await compareSystems(rows, "old", "new")).measures[0].difference; // => -1
 */
export async function compareSystems(
  rows: readonly SessionRow[],
  first: string,
  second: string,
): Promise<SystemComparison> {
  for (const system of [first, second]) if (!rows.some((row) => row.system === system)) throw unknown(system, rows);
  const pairs = pairsOf(rows, first, second);
  const known = pairs.filter(([one, other]) => one.success !== null && other.success !== null);
  const alone = (place: 0 | 1): number =>
    known.filter((pair) => pair[place].success && !pair[1 - place]?.success).length;
  const success = mcNemar(alone(0), alone(1));
  const measures = [
    await successRow(known, success),
    ...(await Promise.all(
      (["steps", "seconds", "failures", "ease"] as const).map((measure) => measured(measure, pairs)),
    )),
  ];
  return { first, second, measures: corrected(measures), parted: partedOf(known), success };
}

type Pair = readonly [SessionRow, SessionRow];

function pairsOf(rows: readonly SessionRow[], first: string, second: string): readonly Pair[] {
  const keyOf = ({ goal, person, session }: SessionRow): string => JSON.stringify([goal, person, session]);
  const others = new Map(rows.filter(({ system }) => system === second).map((row) => [keyOf(row), row]));
  return rows.flatMap((row) => {
    const other = row.system === first ? others.get(keyOf(row)) : undefined;
    return other === undefined ? [] : [[row, other] as const];
  });
}

type Plain = Omit<MeasureRow, "corrected">;

const units: Readonly<Record<MeasureRow["measure"], string>> = {
  ...{ success: "share of visits", steps: "moves", seconds: "s, keystroke-level model", failures: "moves" },
  ease: "1 very difficult to 7 very easy",
};

async function successRow(known: readonly Pair[], test: McNemar | Unmeasured): Promise<Plain> {
  const figures = figuresOf(known, ({ success }) => (success ? 1 : 0));
  const row = {
    measure: "success",
    unit: units.success,
    pairs: known.length,
    ...figures.shown,
    pOfRanks: null,
  } as const;
  if (!isMeasured(test) || figures.shown.people === known.length) {
    const note = isMeasured(test)
      ? `${test.first} with the first alone, ${test.second} with the second alone`
      : test.reason;
    return { ...row, p: isMeasured(test) ? test.p : null, note };
  }
  const ranks = await wilcoxon(figures.before, figures.after);
  if (!isMeasured(ranks)) return { ...row, p: null, note: ranks.reason };
  return { ...row, p: ranks.p, note: "by people, each the share of several visits" };
}

async function measured(measure: "steps" | "seconds" | "failures" | "ease", all: readonly Pair[]): Promise<Plain> {
  const bothDone = measure === "steps" || measure === "seconds";
  const pairs = all.filter(
    ([one, other]) =>
      one[measure] !== null &&
      other[measure] !== null &&
      (!bothDone || (one.success === true && other.success === true)),
  );
  const { shown, before, after } = figuresOf(pairs, (row) => row[measure] as number);
  const test: PairedT | Unmeasured = await pairedT(before, after);
  const ranks: Wilcoxon | Unmeasured = await wilcoxon(before, after);
  return {
    ...{ measure, unit: units[measure], pairs: pairs.length, ...shown },
    p: isMeasured(test) ? test.p : null,
    pOfRanks: isMeasured(ranks) ? ranks.p : null,
    note: isMeasured(test) ? "" : test.reason,
  };
}

/** Means over pairs, and one value a person: several visits of one are not independent of each other. */
function figuresOf(pairs: readonly Pair[], figure: (row: SessionRow) => number) {
  const own = [...Map.groupBy(pairs, ([{ person }]) => person).values()];
  const meansOf = (place: 0 | 1): readonly number[] =>
    own.map((theirs) => mean(theirs.map((pair) => figure(pair[place]))));
  const over = (place: 0 | 1): number | null =>
    pairs.length === 0 ? null : mean(pairs.map((pair) => figure(pair[place])));
  const [first, second] = [over(0), over(1)];
  const difference = first === null || second === null ? null : second - first;
  return { shown: { people: own.length, first, second, difference }, before: meansOf(0), after: meansOf(1) };
}

function corrected(rows: readonly Plain[]): readonly MeasureRow[] {
  const tested = rows.filter(({ p }) => p !== null);
  const ps = holm(tested.map(({ p }) => p as number));
  return rows.map((row) => ({ ...row, corrected: ps[tested.indexOf(row)] ?? null }));
}

function partedOf(known: readonly Pair[]): readonly PartedPair[] {
  return known.flatMap(([one, other]) => {
    if (one.success === other.success) return [];
    const [better, worse] = one.success ? [one, other] : [other, one];
    const { goal, person, session } = one;
    const { did, showed, why } = worse;
    return [{ goal, person, session, succeededWith: better.system, did, showed, why }];
  });
}

function unknown(system: string, rows: readonly SessionRow[]): TinyTroupeError<"TARGET_UNKNOWN"> {
  const known = [...new Set(rows.map((row) => row.system))];
  return new TinyTroupeError("TARGET_UNKNOWN", `There are no visits to ${system}.`, {
    data: { target: system, known },
    hint: known.length === 0 ? "Have it tried first." : `There are: ${known.join(", ")}.`,
  });
}
