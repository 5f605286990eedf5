import { alonePeople, betweenPeople } from "./between-orders.ts";
import { effectOf, type PairedDifference } from "./effects/effect.ts";
import { type Contrast, contrastsOf } from "./pairs/contrasts.ts";
import { type Measure, measuresOf } from "./pairs/measures.ts";
import { type Paired, pairedIn } from "./pairs/pairs.ts";
import type { NumberedRow } from "./pairs/rows.ts";
import type { AnalysisPlan } from "./plan.ts";

/** What a crossover has to be looked at for. */
export interface CrossoverFigure extends Omit<PairedDifference, "size"> {
  /** By which it is found in all tables: `o1`. */
  readonly id: string;
  /**
   * `first`: the effect where nothing came before. `period`: what is later, less what is first, whatever the arm.
   * `carry-over`: the effect where arms are met first, less that where they are met later.
   */
  readonly kind: "first" | "period" | "carry-over";
  readonly metric: string;
  readonly measure: Measure["name"];
  readonly option?: string;
  readonly contrast: string;
}

/** A figure of a crossover, and what it was made of. */
export interface TracedCrossover {
  readonly figure: CrossoverFigure;
  readonly paired: Paired;
}

/** Two sides, the rows that are theirs, and how a row counts. */
interface Asked extends Pick<CrossoverFigure, "kind" | "contrast"> {
  readonly sides: Omit<Contrast, "name">;
  readonly rows: readonly NumberedRow[];
  readonly counted?: (measure: Measure) => Measure;
}

/**
 * Effects of the period, and what stays of an arm when the next is met, person by person (J. E. Grizzle, 1965): of arms in
 * balanced orders what a period does to all cancels, and what an earlier arm does does not. That an arm does something else in
 * another period by itself is not told apart from it. Whoever met arms in one order alone is held against people of another.
 * None where nobody met arms one after the other.
 */
export async function crossoverFigures(
  plan: AnalysisPlan,
  rows: readonly NumberedRow[],
): Promise<readonly TracedCrossover[]> {
  const last = Math.max(1, ...rows.map(({ period = 1 }) => period));
  if (last === 1) return [];
  const found: TracedCrossover[] = [];
  for (const [metric, { scale }] of Object.entries(plan.metrics)) {
    const own = rows.filter((row) => row.metric === metric && row.period !== undefined);
    const measures = measuresOf(scale);
    const asked = [...byPeriod(own, last), ...contrastsOf(plan).flatMap((contrast) => byContrast(contrast, own))];
    for (const { kind, contrast, sides, rows: of, counted = same } of asked) {
      const within = pairedIn({ name: contrast, ...sides }, of, measures);
      const isWithin = kind === "period" || within.pairs.length > 0;
      const paired = isWithin ? within : alonePeople(sides, of, measures);
      const compare = isWithin ? effectOf : betweenPeople;
      for (const measure of measures) {
        const { size: _size, ...effect } = await compare(paired, counted(measure), plan.level);
        const { treatment: _one, control: _other, ...apart } = effect;
        // Of a difference of two differences neither side is a mean of anything.
        const figure = kind === "carry-over" ? apart : effect;
        const { name, option } = measure;
        const head = { kind, metric, measure: name, ...(option !== undefined && { option }), contrast };
        found.push({ figure: { id: `o${found.length + 1}`, ...head, ...figure }, paired });
      }
    }
  }
  return found;
}

const same = (measure: Measure): Measure => measure;

/** Each later period beside the first, over all arms. */
function byPeriod(rows: readonly NumberedRow[], last: number): readonly Asked[] {
  const named = rows.map((row) => ({ ...row, arm: `period ${row.period}` }));
  return Array.from({ length: last - 1 }, (_, before) => `period ${before + 2}`).map((later) => ({
    ...{ kind: "period" as const, contrast: `${later} - period 1` },
    ...{ sides: { treatment: [later], control: ["period 1"] }, rows: named },
  }));
}

/** A contrast where it is met first, and by how much that is other than where it is met later. */
function byContrast({ name, treatment, control }: Contrast, rows: readonly NumberedRow[]): readonly Asked[] {
  const sideOf = (arm: string): string | undefined =>
    treatment.includes(arm) ? "first side" : control.includes(arm) ? "other side" : undefined;
  const named = rows.flatMap((row) => {
    const side = sideOf(row.arm);
    return side === undefined ? [] : [{ ...row, arm: `${side}, met ${row.period === 1 ? "first" : "later"}` }];
  });
  const first = { treatment: ["first side, met first"], control: ["other side, met first"] };
  const sides = {
    treatment: ["first side, met first", "other side, met later"],
    control: ["other side, met first", "first side, met later"],
  };
  return [
    { kind: "first", contrast: `${name}, met first`, sides: first, rows: named },
    { kind: "carry-over", contrast: `${name}, met first less met later`, sides, rows: named, counted: doubled },
  ];
}

/** Sides are means of two: twice as much is the difference of two differences, which is no share of anybody. */
const doubled = ({ name, of }: Measure): Measure => ({
  name: name === "share" ? "mean" : name,
  of: (value) => {
    const found = of(value);
    return found === undefined ? undefined : 2 * found;
  },
});
