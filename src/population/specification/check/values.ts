import type { Band, Dimension } from "../schema.ts";

/** What a band is called where values are named. */
export const bandLabel = ({ from, to, label }: Pick<Band, "from" | "to" | "label">): string => label ?? `${from}-${to}`;

/**
 * The values that a dimension names, in its order: of a numeric one the labels of its bands.
 * @example
 * valuesOf({ kind: "numeric", bands: [{ from: 18, to: 24, share: 1 }] }); // => ["18-24"]
 */
export function valuesOf(dimension: Dimension): readonly string[] {
  switch (dimension.kind) {
    case "categorical":
    case "ordinal":
      return Object.keys(dimension.shares);
    case "numeric":
      return (dimension.bands ?? []).map(bandLabel);
    case "free":
      return [];
  }
}

/** The lowest and the highest number of a numeric dimension; infinite where nothing bounds it. */
export function rangeOf(dimension: Extract<Dimension, { kind: "numeric" }>): readonly [from: number, to: number] {
  const { bands = [], from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY } = dimension;
  if (bands.length === 0) return [from, to];
  return bands.reduce<readonly [number, number]>(
    ([low, high], band) => [Math.min(low, band.from), Math.max(high, band.to)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  );
}
