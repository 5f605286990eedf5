import { equivalentMeans } from "../../statistics/means/equivalence.ts";
import { isMeasured, type Unmeasured } from "../../statistics/measured.ts";
import { brownForsythe } from "../../statistics/shapes/spread.ts";
import type { ItemDescription } from "../people/description/document.ts";
import type { Compared } from "./compare-item.ts";
import { type ComparisonFigure, figureId } from "./figures.ts";
import { positionsOf } from "./spaces/single.ts";

type Values = readonly [human: readonly number[], simulated: readonly number[]];

/**
 * Tests of an item on a scale: whether means are equivalent within the margin that was declared (two one-sided tests), and
 * whether both sides scatter alike (Brown and Forsythe's). They know no weights.
 */
export async function testsOf(
  compared: Compared,
  item: ItemDescription,
  level: number,
): Promise<readonly ComparisonFigure[]> {
  const values = valuesOf(compared, item);
  if (values === undefined) return [];
  const why = whyNot(compared, values);
  return [
    await equivalence(compared, { values, why, margin: item.margin, level }),
    await spread(compared, { values, why }),
  ];
}

function valuesOf({ sides: { human, simulated } }: Compared, { scale }: ItemDescription): Values | undefined {
  if (scale.kind !== "ordinal") return undefined;
  const positions = positionsOf(scale.options);
  const values = [human, simulated].map((units) =>
    units.map(({ cells }) => cells.reduce((sum, [cell, share]) => sum + share * (positions[cell] as number), 0)),
  );
  return values as unknown as Values;
}

function whyNot({ sides: { human, simulated } }: Compared, values: Values): Unmeasured | undefined {
  if (values.some((side) => side.length < 2)) return { reason: "fewer than two answers on one side" };
  const weighted = [...human, ...simulated].some(({ weight }, _, all) => weight !== all[0]?.weight);
  return weighted ? { reason: "the test knows no weights" } : undefined;
}

interface Tested {
  readonly values: Values;
  readonly why: Unmeasured | undefined;
}

async function equivalence(
  compared: Compared,
  {
    values: [human, simulated],
    why,
    margin,
    level,
  }: Tested & { readonly margin: number | undefined; readonly level: number },
): Promise<ComparisonFigure> {
  const head = headOf(compared, "equivalence", "equivalence");
  if (margin === undefined) return { ...head, reason: "no margin was declared" };
  const found = why ?? (await equivalentMeans(human, simulated, { margin, alpha: 1 - level }));
  if (!isMeasured(found)) return { ...head, margin, reason: found.reason };
  const { difference, interval, p } = found;
  return { ...head, value: difference, low: interval.low, high: interval.high, level: interval.level, p, margin };
}

async function spread(compared: Compared, { values, why }: Tested): Promise<ComparisonFigure> {
  const { sides } = compared;
  const head = headOf(compared, "brown-forsythe", "dispersion");
  // What is expected of somebody scatters less than what they say.
  const isExpected = [...sides.human, ...sides.simulated].some(({ cells }) => cells.length > 1);
  const unlike = isExpected ? { reason: "the test knows answers, and no probabilities of answers" } : undefined;
  const found = why ?? unlike ?? (await brownForsythe(values));
  return isMeasured(found) ? { ...head, value: found.f, p: found.p } : { ...head, reason: found.reason };
}

function headOf({ item, group, sides }: Compared, measure: string, part: ComparisonFigure["part"]): ComparisonFigure {
  const n = { n: sides.human.length, simulatedN: sides.simulated.length };
  return { id: figureId(item, measure, group), item, measure, part, ...group, ...n };
}
