import { linearCorrelation, rankCorrelation } from "../../../statistics/correlation.ts";
import type { Unmeasured } from "../../../statistics/measured.ts";
import type { ComparableScale } from "../../people/description/document.ts";
import { type ComparisonFigure, centred, type Drawn, figureId, intervalOf, valued } from "../figures.ts";
import type { Draw } from "../sampling/draws.ts";
import { sizeOf } from "../sampling/units.ts";
import { positionsOf } from "../spaces/single.ts";
import type { Space } from "../spaces/space.ts";
import { guessesOf, type Twins } from "./twins.ts";

interface Asked {
  readonly item: string;
  readonly scale: ComparableScale;
  readonly space: Space;
}

interface Chance {
  readonly draws: readonly Draw[];
  readonly level: number;
}

/** How near two answers of one person are, from 0 to 1. */
type Nearness = (human: Float64Array, other: Float64Array) => number;

/**
 * How far simulated people answer as those whose twins they are: alike, near on the scale, and in step with each other.
 * Beside each stands the best of what would be guessed without the person, and how much better the twins are than that.
 */
export function individualFigures(asked: Asked, all: readonly Twins[], chance: Chance): readonly Drawn[] {
  const { scale } = asked;
  if (scale.kind !== "nominal" && scale.kind !== "ordinal") return [];
  const positions = positionsOf(scale.options);
  const accuracy = nearnessFigures(asked, all, { name: "accuracy", near: same, chance });
  if (scale.kind === "nominal") return accuracy;
  return [
    ...accuracy,
    ...nearnessFigures(asked, all, { name: "closeness", near: closeOn(positions), chance }),
    inStep(asked, all, { name: "correlation", coefficient: linearCorrelation, positions, chance }),
    inStep(asked, all, { name: "rank-correlation", coefficient: rankCorrelation, positions, chance }),
  ];
}

const same: Nearness = (human, other) => human.reduce((sum, share, cell) => sum + share * (other[cell] as number), 0);

function closeOn(positions: readonly number[]): Nearness {
  const length = (positions.at(-1) as number) - (positions[0] as number);
  return (human, other) => {
    let way = 0;
    for (const [one, from] of positions.entries())
      for (const [two, to] of positions.entries())
        way += (human[one] as number) * (other[two] as number) * Math.abs(from - to);
    return 1 - way / length;
  };
}

const few: Unmeasured = { reason: "fewer than two people are linked to a twin" };

function nearnessFigures(
  asked: Asked,
  all: readonly Twins[],
  { name, near, chance }: { readonly name: string; readonly near: Nearness; readonly chance: Chance },
): readonly Drawn[] {
  const head = headOf(asked.item, all);
  const measured = [name, `${name}-over-baseline`];
  if (all.length < 2) return measured.map((measure) => none(head, asked.item, { measure, reason: few.reason }));
  const credits = all.map(({ human, simulated }) => near(human, simulated));
  const guesses = guessesOf(all, asked).map((guess) => ({
    name: guess.name,
    credits: all.map(({ human }, place) => near(human, guess.of[place] as Float64Array)),
  }));
  const best = guesses.reduce((one, other) => (meanOf(all, other.credits) > meanOf(all, one.credits) ? other : one));
  const gains = credits.map((credit, place) => credit - (best.credits[place] as number));
  const floor = { floor: meanOf(all, best.credits), floorBy: best.name };
  return [
    meanFigure({ ...head, id: figureId(asked.item, name), measure: name, ...floor }, all, {
      values: credits,
      chance,
      low: 0,
      high: 1,
    }),
    meanFigure(
      { ...head, id: figureId(asked.item, measured[1] as string), measure: measured[1] as string, floorBy: best.name },
      all,
      { values: gains, chance, low: -1, high: 1 },
    ),
  ];
}

type Head = Omit<ComparisonFigure, "id" | "measure">;

const headOf = (item: string, all: readonly Twins[]): Head => ({
  item,
  part: "individuals",
  n: all.length,
  simulatedN: all.length,
});

const none = (head: Head, item: string, { measure, reason }: { measure: string; reason: string }): Drawn => ({
  row: { ...head, id: figureId(item, measure), measure, reason },
  draws: new Float64Array(),
});

function meanFigure(
  row: ComparisonFigure,
  all: readonly Twins[],
  {
    values,
    chance,
    ...range
  }: { readonly values: readonly number[]; readonly chance: Chance; readonly low: number; readonly high: number },
): Drawn {
  const value = meanOf(all, values);
  const draws = centred(
    Float64Array.from(chance.draws, ({ human }) => meanOf(all, values, human)),
    value,
  );
  return { row: { ...row, value, ...intervalOf(draws, { ...range, level: chance.level, size: sizeOf(all) }) }, draws };
}

/** NaN where nobody of them was drawn. */
function meanOf(all: readonly Twins[], values: readonly number[], times?: Uint8Array): number {
  let [sum, total] = [0, 0];
  for (const [at, { place, weight }] of all.entries()) {
    const counts = weight * (times === undefined ? 1 : (times[place] as number));
    sum += counts * (values[at] as number);
    total += counts;
  }
  return sum / total;
}

interface InStep {
  readonly name: string;
  readonly coefficient: (xs: readonly number[], ys: readonly number[]) => number | undefined;
  readonly positions: readonly number[];
  readonly chance: Chance;
}

/** Weights count for nothing here: it is about people, not about how many each stands for. */
function inStep({ item }: Asked, all: readonly Twins[], { name, coefficient, positions, chance }: InStep): Drawn {
  const head = headOf(item, all);
  if (all.length < 3)
    return none(head, item, { measure: name, reason: "fewer than three people are linked to a twin" });
  const at = (shares: Float64Array): number =>
    positions.reduce((sum, position, cell) => sum + position * (shares[cell] as number), 0);
  const [xs, ys] = [all.map(({ human }) => at(human)), all.map(({ simulated }) => at(simulated))];
  const value = coefficient(xs, ys);
  if (value === undefined) return none(head, item, { measure: name, reason: "all answers of one side are the same" });
  const drawn = chance.draws.map(({ human: times }) => {
    const places = all.flatMap(({ place }, index) => Array.from({ length: times[place] as number }, () => index));
    return places.length < 3
      ? Number.NaN
      : (coefficient(
          places.map((index) => xs[index] as number),
          places.map((index) => ys[index] as number),
        ) ?? Number.NaN);
  });
  const draws = centred(Float64Array.from(drawn), value);
  const interval = intervalOf(draws, { level: chance.level, size: all.length, low: -1, high: 1 });
  return { row: { ...head, id: figureId(item, name), measure: name, ...valued(value), ...interval }, draws };
}
