/** A share of 0 to 1 as a bar of so many columns, and never nothing where there is something. */
export function shareBar(share: number, width: number): string {
  const eighths = Math.max(share > 0 ? 1 : 0, Math.round(Math.min(1, share) * width * 8));
  return "█".repeat(Math.floor(eighths / 8)) + (eighths % 8 === 0 ? "" : ("▏▎▍▌▋▊▉"[(eighths % 8) - 1] as string));
}

export const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** Two or three digits that say something. */
export const rounded = (value: number | undefined): string =>
  value === undefined ? "" : String(Number(value.toPrecision(3)));

/** A p value as journals write it. */
export const pText = (p: number | undefined): string => (p === undefined ? "" : p < 0.001 ? "<0.001" : p.toFixed(3));
