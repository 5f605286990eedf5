import type { Grid } from "./browser.ts";

/** The parts of a page by name. */
export type Parts = Readonly<Record<string, Grid>>;

/**
 * How far brightness may lie off, of 35: over all cells of a part, and in the worst of them. Words of another font stand
 * elsewhere in a text, but not in a chart, whose places are computed, nor on a sheet, which brings its fonts.
 */
const tolerances = { placed: { mean: 1, worst: 9 }, other: { mean: 3, worst: 20 } } as const;

/** What is to be seen on one page and not on the other, in words; nothing where they look the same. */
export function differences(golden: Parts, seen: Parts): readonly string[] {
  const names = new Set([...Object.keys(golden), ...Object.keys(seen)]);
  return [...names].flatMap((name) => {
    const [one, other] = [golden[name], seen[name]];
    if (one === undefined || other === undefined) return [`${name}: ${one === undefined ? "new" : "not there"}`];
    const { mean, worst } = tolerances[/^(?:figure|sheet)/.test(name) ? "placed" : "other"];
    const cells = [...one].map((sign, cell) => Math.abs(brightness(sign) - brightness(other[cell])));
    const found = { mean: cells.reduce((sum, cell) => sum + cell, 0) / cells.length, worst: Math.max(...cells) };
    return found.mean <= mean && found.worst <= worst
      ? []
      : [`${name}: ${found.mean.toFixed(1)} off on the mean, ${found.worst} at worst`];
  });
}

/** A word of a PDF: its page, how far it stands from the left and from below in points, and what it says. */
export type Word = readonly [page: number, x: number, y: number, text: string];

/** Words that say something else, or stand further off than three points. */
export function otherWords(golden: readonly Word[], seen: readonly Word[]): readonly string[] {
  return Array.from({ length: Math.max(golden.length, seen.length) }, (_, place) => [golden[place], seen[place]])
    .filter(([one, other]) => !(one && other && alike(one, other)))
    .map(([one, other]) => `${one?.join(" ")} is ${other?.join(" ")}`);
}

const alike = (one: Word, other: Word): boolean =>
  one[0] === other[0] && one[3] === other[3] && Math.hypot(one[1] - other[1], one[2] - other[2]) <= 3;

const brightness = (sign = "0"): number => Number.parseInt(sign, 36);
