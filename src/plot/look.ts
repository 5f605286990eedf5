/**
 * Colours for groups, most of them those of M. Okabe and K. Ito (2008), which people with any of the usual kinds of
 * colour blindness tell apart. Each stands out from a white and from a dark ground by 3 to 1 (WCAG 2.2, 1.4.11).
 */
export const groups = ["#0072b2", "#d55e00", "#009e73", "#c06a9a", "#927000", "#808080"] as const;

/** From the lowest to the highest of a scale, brown over grey to blue, with the same contrast. */
export const poles = ["#b35806", "#d2691e", "#8c8c8c", "#4393c3", "#2a6fb5"] as const;

/** What is written and what lines are drawn in: the colour of the text around the picture. */
export const ink = "currentColor";

/** The first colour, for whatever is of one kind alone. */
export const plain = groups[0];

/** A colour for each group; more groups than colours begin anew. */
export function groupColours(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => groups[index % groups.length] as string);
}

/**
 * A colour for each level of a scale, mixed where there are more or fewer than five.
 * @example
 * scaleColours(2); // => ["#b35806", "#2a6fb5"]
 */
export function scaleColours(count: number): readonly string[] {
  if (count === 1) return [poles[2]];
  return Array.from({ length: count }, (_, index) => {
    const place = (index / (count - 1)) * (poles.length - 1);
    const low = Math.floor(place);
    return mixed(poles[low] as string, poles[Math.min(low + 1, poles.length - 1)] as string, place - low);
  });
}

function mixed(one: string, other: string, share: number): string {
  const channel = (colour: string, at: number): number => Number.parseInt(colour.slice(at, at + 2), 16);
  const parts = [1, 3, 5].map((at) => Math.round(channel(one, at) * (1 - share) + channel(other, at) * share));
  return `#${parts.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}
