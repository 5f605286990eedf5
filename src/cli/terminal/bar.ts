/** A value on a line, and the range in which it would be usual. */
export interface Gauge {
  readonly value: number;
  readonly low: number;
  /** Where there is none the range goes on to four times its low end. */
  readonly high?: number;
}

/**
 * A value against a range as a picture of so many columns: `░` is the range, `●` the value; beyond the ends of the line
 * it stands as `◀` or `▶`. The range takes the middle half of the line.
 * @example
 * gaugeBar({ value: 61, low: 24, high: 98 }, 12); // => "───░░░●░░───"
 */
export function gaugeBar({ value, low, high = Math.max(low * 4, low + 1) }: Gauge, width: number): string {
  const span = high - low;
  const at = (place: number): number => Math.floor(((place - low) / span + 0.5) * (width / 2));
  const place = at(value);
  const cells: string[] = Array.from({ length: width }, (_, index) =>
    index >= at(low) && index < at(high) ? "░" : "─",
  );
  if (place < 0) return ["◀", ...cells.slice(1)].join("");
  // The upper end itself is still in the range.
  const shown = value === high ? place - 1 : place;
  if (shown >= width) return [...cells.slice(0, -1), "▶"].join("");
  cells[shown] = "●";
  return cells.join("");
}
