import type { Unmeasured } from "../../statistics/measured.ts";
import { type ComparisonFigure, centred, type Drawn, figureId, intervalOf, numberOf, valued } from "./figures.ts";
import type { Draw } from "./sampling/draws.ts";
import {
  ceilingOf,
  type Floor,
  floorIn,
  type Own,
  placeOf,
  type Reference,
  referenceOf,
  type Sides,
} from "./sampling/reference.ts";
import { profileOf, sizeOf } from "./sampling/units.ts";
import type { Measure, Profile } from "./spaces/space.ts";

/** How the chance in figures is told. */
export interface Chances {
  readonly draws: readonly Draw[];
  readonly halves: readonly (readonly [Uint8Array, Uint8Array])[];
  readonly level: number;
  readonly floor: Floor;
}

/** What is compared: an item, of everybody or of a group. */
export interface Compared {
  readonly item: string;
  readonly group?: { readonly attribute: string; readonly group: string };
  readonly sides: Sides;
}

/** Both sides in one draw. */
interface Pair {
  readonly human: Profile;
  readonly simulated: Profile;
}

/**
 * All figures of an item, the score last; of a group those on single options are left out. Fewer than two answers on a
 * side are no distribution: each figure then says so.
 */
export function compareItem(compared: Compared, chances: Chances): readonly Drawn[] {
  const { space, human, simulated } = compared.sides;
  const whole = pairOf(compared.sides);
  const few = human.length < 2 || simulated.length < 2;
  const pairs = few ? [] : chances.draws.map((draw) => pairOf(compared.sides, draw));
  const wanted = space.measures.filter(({ part }) => compared.group === undefined || part !== "share");
  const figures = wanted.map((measure) => {
    const isPlaced = !few && measure.apart !== undefined;
    const own = isPlaced ? ceilingOf(measure, compared.sides, chances.halves) : undefined;
    const reference = own && referenceOf(measure, compared.sides, { own, floor: chances.floor });
    const drawn = figureOfItem(compared, measure, { whole, pairs, few, level: chances.level, own, reference });
    return { measure, reference, drawn };
  });
  const headline = figures.find(({ measure }) => measure.name === space.headline) as (typeof figures)[number];
  const score = scoreOf(compared, headline, { whole, pairs, chances });
  return [...figures.map(({ drawn }) => drawn), score];
}

function pairOf({ space, human, simulated }: Sides, draw?: Draw): Pair {
  return {
    human: profileOf(human, space.cells, draw?.human),
    simulated: profileOf(simulated, space.cells, draw?.simulated),
  };
}

const tooFew: Unmeasured = { reason: "fewer than two answers on one side" };

interface Found {
  readonly whole: Pair;
  readonly pairs: readonly Pair[];
  readonly few: boolean;
  readonly level: number;
  readonly own: Own | Unmeasured | undefined;
  readonly reference: Reference | Unmeasured | undefined;
}

function figureOfItem(
  compared: Compared,
  measure: Measure,
  { whole, pairs, few, level, own, reference }: Found,
): Drawn {
  const found = few ? tooFew : measure.between(whole.human, whole.simulated);
  const draws = typeof found === "number" ? drawsOf(measure, found, pairs) : new Float64Array();
  const interval = intervalOf(draws, { ...measure, level, size: smallerOf(compared.sides) });
  const row: ComparisonFigure = {
    ...headOf(compared, measure),
    ...(measure.of && !few && sidesIn(measure.of, whole)),
    ...(measure.of && measure.part === "share" && peoplesShare(measure.of, { pairs, level, sides: compared.sides })),
    ...valued(found),
    ...(typeof found === "number" && withAgreement(measure, found, { own, interval })),
    ...(reference !== undefined && typeof found === "number" && placed(measure, found, reference)),
  };
  return { row, draws };
}

/** An order can be few values only: moved between them, its draws would leave out the next. */
function drawsOf(measure: Measure, value: number, pairs: readonly Pair[]): Float64Array {
  const draws = Float64Array.from(pairs, (pair) => valueIn(measure, pair));
  return measure.correlates ? draws : centred(draws, value);
}

/**
 * The interval with full agreement in it, where people's own samples lie as far apart: samples never agree quite, and a
 * bootstrap does not hold at the end of what a figure can be (D. W. K. Andrews, 2000). What a test does not rule out is in it.
 */
function withAgreement(
  { apart, low, high }: Measure,
  value: number,
  { own, interval }: Pick<Found, "own"> & { readonly interval: ReturnType<typeof intervalOf> },
): ReturnType<typeof intervalOf> {
  if (interval.low === undefined || apart === undefined || own === undefined || "reason" in own) return interval;
  if (apart(value) > own.reach) return interval;
  return {
    ...interval,
    ...(low !== undefined && apart(low) === 0 && { low }),
    ...(high !== undefined && apart(high) === 0 && { high }),
  };
}

const smallerOf = ({ human, simulated }: Sides): number => Math.min(sizeOf(human), sizeOf(simulated));

function headOf(
  { item, group, sides }: Compared,
  { name, part }: { name: string; part: ComparisonFigure["part"] },
): ComparisonFigure {
  return {
    ...{ id: figureId(item, name, group), item, measure: name, part, ...group },
    ...{ n: sides.human.length, simulatedN: sides.simulated.length },
  };
}

function sidesIn(
  of: NonNullable<Measure["of"]>,
  { human, simulated }: Pair,
): Pick<ComparisonFigure, "human" | "simulated"> {
  const [one, other] = [of(human), of(simulated)];
  return { ...(typeof one === "number" && { human: one }), ...(typeof other === "number" && { simulated: other }) };
}

/** Where the share of people lies, by other samples of them. */
function peoplesShare(
  of: NonNullable<Measure["of"]>,
  { pairs, level, sides }: Pick<Found, "pairs" | "level"> & Pick<Compared, "sides">,
): Pick<ComparisonFigure, "humanLow" | "humanHigh"> {
  const draws = Float64Array.from(pairs, ({ human }) => (human.people === 0 ? Number.NaN : numberOf(of(human))));
  const { low, high } = intervalOf(draws, { level, size: sizeOf(sides.human), low: 0, high: 1 });
  return { ...(low !== undefined && { humanLow: low }), ...(high !== undefined && { humanHigh: high }) };
}

/** What a draw comes to; nothing where nobody of a side was drawn. */
function valueIn({ between }: Measure, { human, simulated }: Pair): number {
  return human.people === 0 || simulated.people === 0 ? Number.NaN : numberOf(between(human, simulated));
}

function placed({ apart }: Measure, value: number, reference: Reference | Unmeasured): Partial<ComparisonFigure> {
  if ("reason" in reference) return { placeReason: reference.reason };
  return { ...reference, place: placeOf((apart as (value: number) => number)(value), reference) };
}

/** Where the headline lies between floor and ceiling, at most at the ceiling; each draw has a floor of its own, as the people in it are others. */
function scoreOf(
  compared: Compared,
  { measure, reference, drawn }: { measure: Measure; reference: Reference | Unmeasured | undefined; drawn: Drawn },
  { whole, pairs, chances }: { whole: Pair; pairs: readonly Pair[]; chances: Chances },
): Drawn {
  const head = headOf(compared, { name: "score", part: "score" });
  const apart = measure.apart as (value: number) => number;
  const reason = drawn.row.reason ?? drawn.row.placeReason;
  if (reason !== undefined || reference === undefined || "reason" in reference)
    return { row: { ...head, reason: reason ?? tooFew.reason }, draws: new Float64Array() };
  const { space, human } = compared.sides;
  const inDraw = (pair: Pair, draw: number): number => {
    const times = chances.draws[draw]?.human;
    const seen = { space, human, people: pair.human, ...(times !== undefined && { times }) };
    const floor = floorIn(measure, { ...seen, by: reference.floorBy });
    return placeOf(apart(valueIn(measure, pair)), { ...reference, floor });
  };
  const value = placeOf(apart(valueIn(measure, whole)), reference);
  const draws = centred(Float64Array.from(pairs, inDraw), value);
  const interval = intervalOf(draws, { level: chances.level, size: smallerOf(compared.sides), high: 1 });
  // Nearer to the people than their own samples is no better than as near: a copy is not worth more than people are.
  const row = { ...head, value: Math.min(1, value), ...interval, ...reference };
  return { row, draws: draws.map((draw) => Math.min(1, draw)) };
}
