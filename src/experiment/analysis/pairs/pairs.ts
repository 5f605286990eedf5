import type { Contrast } from "./contrasts.ts";
import type { Measure } from "./measures.ts";
import { type NumberedRow, personKey, whyNone } from "./rows.ts";

/** Under which circumstances somebody met all arms. */
export interface Circumstances {
  readonly person: string;
  readonly population: string;
  readonly seed: string;
  readonly replicate: number;
  /** The model that played; of arms that have models of their own all of them, as in `one | other`. */
  readonly model: string;
  readonly wording: string;
}

/** One person under the same circumstances in the arms of both sides. */
export interface ComparedPair extends Circumstances {
  /** Who met; undefined for who met nobody. */
  readonly session: string | undefined;
  /** The rows of each arm. */
  readonly treatment: readonly (readonly NumberedRow[])[];
  readonly control: readonly (readonly NumberedRow[])[];
}

/** Somebody who cannot be compared. */
export interface LostPair extends Circumstances {
  /** In which arms nothing is known of them, and why. */
  readonly missing: readonly { readonly arm: string; readonly side: Side; readonly reason: string }[];
}

type Side = "treatment" | "control";

/** Whoever can be compared, and who cannot. */
export interface Paired {
  readonly pairs: readonly ComparedPair[];
  readonly lost: readonly LostPair[];
}

/** Rows of one metric, paired: the same person in the same cell and wording, in every arm of a contrast. */
export function pairedIn(
  { treatment, control }: Contrast,
  rows: readonly NumberedRow[],
  measures: readonly Measure[],
): Paired {
  const wanted = new Set([...treatment, ...control]);
  const own = rows.filter(({ arm }) => wanted.has(arm));
  const failures = new Map(
    own.flatMap((row) => (row.person === "" ? [[failureKey(row), row.missing ?? "no value"] as const] : [])),
  );
  const units = Map.groupBy(
    own.filter(({ person }) => person !== ""),
    keyOf,
  );
  const pairs: ComparedPair[] = [];
  const lost: LostPair[] = [];
  for (const met of units.values()) {
    const found = (arms: readonly string[]): readonly (readonly NumberedRow[])[] =>
      arms.map((arm) => met.filter((row) => row.arm === arm && whyNone(row, measures) === undefined));
    const sides = { treatment: found(treatment), control: found(control) };
    const why = (arm: string, side: Side) => {
      const reason = reasonOf(arm, met, { measures, failures });
      return { arm, side, reason };
    };
    const missing = [
      ...treatment.flatMap((arm, place) => (sides.treatment[place]?.length === 0 ? [why(arm, "treatment")] : [])),
      ...control.flatMap((arm, place) => (sides.control[place]?.length === 0 ? [why(arm, "control")] : [])),
    ];
    const circumstances = circumstancesOf(met);
    if (missing.length > 0) lost.push({ ...circumstances, missing });
    else pairs.push({ ...circumstances, ...sides, session: sessionOf(met) });
  }
  return { pairs, lost };
}

/** Under which circumstances somebody met arms, from their rows. */
export function circumstancesOf(met: readonly NumberedRow[]): Circumstances {
  const { person = "", population = "", seed = "", replicate = 1, wording = "" } = met[0] ?? {};
  const models = [...new Set(met.map(({ model }) => model))].sort();
  return { person, population, seed, replicate, model: models.join(" | "), wording };
}

const keyOf = ({ cell, person, wording = "" }: NumberedRow): string => JSON.stringify([cell, person, wording]);
const failureKey = ({ cell, arm, wording = "" }: NumberedRow): string => JSON.stringify([cell, arm, wording]);

interface Known {
  readonly measures: readonly Measure[];
  readonly failures: ReadonlyMap<string, string>;
}

function reasonOf(arm: string, met: readonly NumberedRow[], { measures, failures }: Known): string {
  const own = met.find((row) => row.arm === arm);
  if (own !== undefined) return whyNone(own, measures) ?? "no value";
  const [any] = met as [NumberedRow, ...NumberedRow[]];
  return failures.get(failureKey({ ...any, arm })) ?? "no row";
}

/** A session is of one cell; whoever did not meet in every arm is taken to have met where they did. */
function sessionOf(met: readonly NumberedRow[]): string | undefined {
  const row = met.find(({ session }) => session !== undefined);
  return row === undefined ? undefined : JSON.stringify([row.cell, row.session]);
}

/** What a side of a pair comes to in a measure: the mean over its arms. */
export function sideIn(side: ComparedPair["treatment"], measure: Measure): number {
  const means = side.map((rows) => meanOf(rows.flatMap(({ value }) => measure.of(value as number | string) ?? [])));
  return meanOf(means);
}

const meanOf = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0) / values.length;

/** The person of a pair, whatever others of that id there are. */
export const whose = (pair: Circumstances): string => personKey(pair);
