import type { Dimension, Specification } from "../../specification/schema.ts";
import { type Distribution, openDistribution, uniform } from "./distribution.ts";
import type { Levels, NumbersWithin, Range } from "./levels.ts";
import { thresholdsOf } from "./thresholds.ts";

type Numeric = Extract<Dimension, { kind: "numeric" }>;

/** A band as declared, or the whole range where there are none. */
interface Declared extends Range {
  readonly label: string;
  readonly share: number;
}

/** A numeric dimension as levels: its bands, split wherever a test of the specification begins or ends. */
export async function numericLevels(specification: Specification, id: string, dimension: Numeric): Promise<Levels> {
  const { integer = true } = dimension;
  const declared = declaredBands(dimension);
  const whole = {
    from: dimension.from ?? declared?.[0]?.from ?? Number.NEGATIVE_INFINITY,
    to: dimension.to ?? declared?.at(-1)?.to ?? Number.POSITIVE_INFINITY,
  };
  const edges = integer ? { from: whole.from - 0.5, to: whole.to + 0.5 } : whole;
  const named = dimension.distribution && (await openDistribution(dimension.distribution, edges));
  const cuts = thresholdsOf(specification, { id, integer });
  const split = (band: Range): readonly Range[] => splitAt(band, cuts, integer);
  const parts = (declared ?? [{ ...whole, label: "", share: 1 }]).flatMap((band, index) =>
    split(band).map((range) => ({ range, index, band })),
  );
  const within = parts.map(({ band }) => measured(named ?? uniform(...edgesOf(band, integer)), integer));
  const masses = parts.map(({ range }, place) => Math.max(0, (within[place] as Measure).mass(range)));
  const totals = new Map<number, number>();
  for (const [place, { index }] of parts.entries())
    totals.set(index, (totals.get(index) ?? 0) + (masses[place] as number));
  const total = (declared ?? [{ share: 1 }]).reduce((sum, { share }) => sum + share, 0);
  const shares = parts.map(
    ({ index, band }, place) => ((band.share / total) * (masses[place] as number)) / (totals.get(index) || 1),
  );
  const bands = declared
    ? declared.map(({ label, share }) => ({ label, share: share / total }))
    : parts.map(({ range }, place) => ({ label: labelOf(range), share: shares[place] as number }));
  const numbers: NumbersWithin = {
    ranges: parts.map(({ range }) => range),
    value: (level, share) => (within[level] as Measure).at((parts[level] as { range: Range }).range, share),
  };
  return {
    id,
    dimension,
    size: parts.length,
    bands,
    bandOf: Int32Array.from(parts, ({ index }, place) => (declared ? index : place)),
    shares: Float64Array.from(shares),
    numbers,
  };
}

function declaredBands({ bands }: Numeric): readonly Declared[] | undefined {
  return bands?.map((band) => ({ ...band, label: band.label ?? labelOf(band) })).sort((a, b) => a.from - b.from);
}

/** `18-29`, `up to 17`, `65 and more`. */
function labelOf({ from, to }: Range): string {
  if (from === Number.NEGATIVE_INFINITY && to === Number.POSITIVE_INFINITY) return "any";
  if (from === Number.NEGATIVE_INFINITY) return `up to ${to}`;
  if (to === Number.POSITIVE_INFINITY) return `${from} and more`;
  return from === to ? String(from) : `${from}-${to}`;
}

function splitAt({ from, to }: Range, cuts: readonly number[], integer: boolean): readonly Range[] {
  const inside = cuts.filter((cut) => cut > from && (integer ? cut <= to : cut < to));
  const starts = [from, ...inside];
  return starts.map((start, index) => {
    const next = inside[index];
    return { from: start, to: next === undefined ? to : integer ? next - 1 : next };
  });
}

const edgesOf = ({ from, to }: Range, integer: boolean): [number, number] =>
  integer ? [from - 0.5, to + 0.5] : [from, to];

interface Measure {
  /** How much of the distribution lies in a range. */
  mass(range: Range): number;
  /** The number in a range below which `share` of what lies in it lies. */
  at(range: Range, share: number): number;
}

/** A distribution cut off at the ends of a range; whole numbers stand for what is nearer to them than to others. */
function measured(distribution: Distribution, integer: boolean): Measure {
  const span = (range: Range): readonly [number, number] => {
    const [low, high] = edgesOf(range, integer);
    return [
      low === Number.NEGATIVE_INFINITY ? 0 : distribution.below(low),
      high === Number.POSITIVE_INFINITY ? 1 : distribution.below(high),
    ];
  };
  return {
    mass: (range) => {
      const [low, high] = span(range);
      return high - low;
    },
    at: (range, share) => {
      const [low, high] = span(range);
      const value = distribution.at(low + share * (high - low));
      const held = Math.min(range.to, Math.max(range.from, integer ? Math.round(value) : value));
      return integer ? held : below(held, range);
    },
  };
}

/** Rounded as people write numbers, and still below the end of its range. */
function below(value: number, { from, to }: Range): number {
  const written = Number(value.toPrecision(6));
  return written >= from && written < to ? written : value;
}
