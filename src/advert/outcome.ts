import { chiSquareFit } from "../statistics/counts/chi-square.ts";
import { meanInterval } from "../statistics/intervals/mean.ts";
import { shareContrast, shareInterval } from "../statistics/intervals/share.ts";
import { isMeasured } from "../statistics/measured.ts";
import { mean } from "../statistics/moments.ts";
import type { AdRow, ChoiceRow } from "./rows.ts";

/** An advert in figures. */
export interface AdFigures {
  readonly ad: string;
  readonly n: number;
  readonly chosen: number;
  /** Of all who were asked, those who chose none included. */
  readonly share: number;
  readonly low: number;
  readonly high: number;
  /** From 0 to 10. */
  readonly appeal: number;
  readonly appealLow?: number;
  readonly appealHigh?: number;
  /** Who noticed something in it, and who told of it later. */
  readonly noticed: number;
  readonly recalled: number;
  readonly recalledLow: number;
  readonly recalledHigh: number;
}

/** The same of those alike in something. */
export interface SegmentRow extends Pick<AdFigures, "ad" | "n" | "chosen" | "share" | "low" | "high"> {
  readonly path: string;
  readonly value: string;
}

/** How often what stood in a place was chosen. */
export interface PositionRow {
  /** From 1. */
  readonly position: number;
  readonly chosen: number;
  readonly share: number;
}

/** What a test of adverts comes to. */
export interface AdOutcome {
  readonly ads: readonly AdFigures[];
  readonly none: number;
  /** Absent where the interval of its lead holds zero. */
  readonly winner?: string;
  /** The same in words. */
  readonly verdict: string;
  /** How far the first is before the second, with the interval for all pairs at once. */
  readonly lead: {
    readonly first: string;
    readonly second: string;
    readonly by: number;
    readonly low: number;
    readonly high: number;
  };
  readonly positions: readonly PositionRow[];
  /** Whether the place mattered: Pearson's χ² against all places alike. */
  readonly positionBias:
    | { readonly p: number; readonly effect: number; readonly found: boolean; readonly rough: boolean }
    | { readonly reason: string };
  readonly segments: readonly SegmentRow[];
}

const level = 0.95;

/** What rows and choices come to. Figures go by those who answered. */
export async function outcomeOf(
  ads: readonly string[],
  rows: readonly AdRow[],
  choices: readonly ChoiceRow[],
): Promise<AdOutcome> {
  const figures = await Promise.all(
    ads.map((ad) =>
      figuresOf(
        ad,
        rows.filter((row) => row.ad === ad),
      ),
    ),
  );
  const ranked = figures.toSorted((one, other) => other.chosen - one.chosen);
  const [first, second] = ranked as [AdFigures, AdFigures];
  const pairs = (ads.length * (ads.length - 1)) / 2;
  const { difference, low, high } = await shareContrast([first.chosen, second.chosen], choices.length, {
    level,
    comparisons: pairs,
  });
  const lead = { first: first.ad, second: second.ad, by: difference, low, high };
  return {
    ads: figures,
    none: choices.filter(({ choice }) => choice === null).length,
    ...(low > 0 && { winner: first.ad }),
    verdict: verdictOf(lead, choices.length),
    lead,
    ...(await positionsOf(ads.length, choices)),
    segments: await segmentsOf(ads, choices),
  };
}

async function figuresOf(ad: string, rows: readonly AdRow[]): Promise<AdFigures> {
  const n = rows.length;
  const chosen = rows.filter((row) => row.chosen).length;
  const recalled = rows.filter((row) => row.recalled).length;
  const [share, memory] = [await shareInterval(chosen, n, level), await shareInterval(recalled, n, level)];
  const appeals = rows.map(({ appeal }) => appeal);
  const appeal = await meanInterval(appeals, level);
  return {
    ...{ ad, n, chosen, share: n === 0 ? 0 : chosen / n, low: share.low, high: share.high },
    appeal: n === 0 ? 0 : mean(appeals),
    ...(isMeasured(appeal) && { appealLow: Math.max(0, appeal.low), appealHigh: Math.min(10, appeal.high) }),
    noticed: rows.filter((row) => row.noticed.length > 0).length,
    ...{ recalled, recalledLow: memory.low, recalledHigh: memory.high },
  };
}

function verdictOf({ first, second, by, low, high }: AdOutcome["lead"], n: number): string {
  const points = (share: number): string => (100 * share).toFixed(1);
  const lead = `${points(by)} points, 95 % interval ${points(low)} to ${points(high)}, of ${n} people`;
  if (by === 0) return `No winner: ${first} and ${second} are level, of ${n} people.`;
  if (low > 0) return `${first} wins: it is before ${second} by ${lead}.`;
  return `No winner: ${first} is before ${second} by ${lead}, which may be chance.`;
}

async function positionsOf(
  places: number,
  choices: readonly ChoiceRow[],
): Promise<Pick<AdOutcome, "positions" | "positionBias">> {
  const counts = Array.from({ length: places }, (_, place) => {
    return choices.filter(({ position }) => position === place + 1).length;
  });
  const all = counts.reduce((sum, count) => sum + count, 0);
  const positions = counts.map((chosen, place) => ({
    position: place + 1,
    chosen,
    share: all === 0 ? 0 : chosen / all,
  }));
  const test = await chiSquareFit(
    counts,
    counts.map(() => 1),
  );
  if (!isMeasured(test)) return { positions, positionBias: test };
  const { p, effect, smallestExpected } = test;
  return { positions, positionBias: { p, effect, found: p < 1 - level, rough: smallestExpected < 5 } };
}

async function segmentsOf(ads: readonly string[], choices: readonly ChoiceRow[]): Promise<readonly SegmentRow[]> {
  const paths = Object.keys(choices[0]?.segments ?? {});
  const found: SegmentRow[] = [];
  for (const path of paths) {
    const groups = Map.groupBy(choices, ({ segments }) => segments[path] ?? "");
    for (const [value, group] of [...groups].sort(([one], [other]) => one.localeCompare(other, "en"))) {
      for (const ad of ads) {
        const chosen = group.filter(({ choice }) => choice === ad).length;
        const { low, high } = await shareInterval(chosen, group.length, level);
        found.push({ path, value, ad, n: group.length, chosen, share: chosen / group.length, low, high });
      }
    }
  }
  return found;
}
