import type { ItemDescription } from "../people/description/document.ts";
import type { ComparisonFigure } from "./figures.ts";

/** What simulated people are known to do, by its name, where the figures show it. */
export interface ComparisonWarning {
  readonly name:
    | "under-dispersion"
    | "mode collapse"
    | "missing answers"
    | "refusal"
    | "social desirability"
    | "straight-lining"
    | "no better than a baseline";
  readonly item?: string;
  readonly words: string;
  /** The ids of the figures that show it. */
  readonly figures: readonly string[];
}

/** So many times as often as people the simulated give one answer, or two of them the same. */
const collapse = 1.5;
/** Of answers with many parts and of numbers, of which people give many: less agreement than this leaves most apart. */
const leastAlike = 0.1;

/** What the figures of everybody show; chance is left room for: the interval must lie beyond what people do. */
export function warningsIn(
  rows: readonly ComparisonFigure[],
  items: Readonly<Record<string, ItemDescription>>,
): readonly ComparisonWarning[] {
  const everybody = rows.filter(({ attribute }) => attribute === undefined);
  return everybody.flatMap((row) => {
    const found = warningOf(row, row.item === undefined ? undefined : items[row.item]);
    return found === undefined
      ? []
      : [{ ...found, ...(row.item !== undefined && { item: row.item }), figures: [row.id] }];
  });
}

function warningOf(
  row: ComparisonFigure,
  item: ItemDescription | undefined,
): Pick<ComparisonWarning, "name" | "words"> | undefined {
  const { measure, value, low, high, human = 0, simulated = 0 } = row;
  if (value === undefined || low === undefined || high === undefined) return undefined;
  if (measure === "dispersion-ratio" && high < 1)
    return {
      name: "under-dispersion",
      words: `Simulated answers scatter ${percent(value)} as much as people's (${percent(low)} to ${percent(high)}).`,
    };
  if (measure === "diversity" && high < 0)
    return {
      name: "under-dispersion",
      words: `Two of the simulated differ in ${percent(simulated)} of pairs, two of the people in ${percent(human)}.`,
    };
  if (measure === "mode-share" && low > 0 && simulated >= collapse * human)
    return {
      name: "mode collapse",
      words: `One answer takes ${percent(simulated)} of the simulated; of people ${percent(human)} agree on one.`,
    };
  if (measure === "same-answer" && low > 0 && simulated >= Math.max(leastAlike, collapse * human))
    return {
      name: "mode collapse",
      words: `Two of the simulated give the very same answer in ${percent(simulated)} of pairs, two of the people in ${percent(human)}.`,
    };
  if (measure === "missing" && (low > 0 || high < 0))
    return {
      name: "missing answers",
      words: `${percent(simulated)} of the simulated give no answer, and ${percent(human)} of people.`,
    };
  if (measure === "refused" && (low > 0 || high < 0))
    return {
      name: "refusal",
      words: `${percent(simulated)} of the simulated refuse to answer, and ${percent(human)} of people.`,
    };
  if (measure.startsWith("straight-lining:") && low > 0)
    return {
      name: "straight-lining",
      words: `${percent(simulated)} of the simulated answer ${measure.slice(16)} all alike, and ${percent(human)} of people.`,
    };
  if (measure === "score" && high <= 0)
    return {
      name: "no better than a baseline",
      words:
        row.floorBy === undefined
          ? "Over all items, answers that know nobody are nearer to the people."
          : `The ${row.floorBy} baseline, which knows no single person, is nearer to the people.`,
    };
  return desirable(row, item?.desirable);
}

function desirable(
  { measure, low = 0, high = 0, human = 0, simulated = 0 }: ComparisonFigure,
  end: string | undefined,
) {
  const upwards = end === "high" && measure === "mean" && low > 0;
  const downwards = end === "low" && measure === "mean" && high < 0;
  if (upwards || downwards)
    return {
      name: "social desirability",
      words: `The simulated lie nearer to the end that looks well: ${figure(simulated)} on the mean, people ${figure(human)}.`,
    } as const;
  const [, more] = ofOption.find(([name]) => end !== undefined && measure === `${name}:${end}`) ?? [];
  if (more !== undefined && low > 0)
    return {
      name: "social desirability",
      words: `The simulated ${more}: ${percent(simulated)}, people ${percent(human)}.`,
    } as const;
  return undefined;
}

/** What is measured of the option that looks well, on each kind of scale. */
const ofOption = [
  ["share", "choose what looks well more often"],
  ["first-choice", "put what looks well first more often"],
  ["amount", "give more to what looks well"],
] as const;

const percent = (share: number): string => `${Math.round(100 * share)} %`;
const figure = (value: number): string => value.toFixed(2);
