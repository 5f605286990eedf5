/** Widths of letters in shares of the size, as in DejaVu Sans, of the usual sans-serif fonts the widest. */
const widths: readonly (readonly [letters: RegExp, share: number])[] = [
  [/\p{M}|\p{Cf}/u, 0],
  [/[iljt.,:;'’‘|!()[\]{}I/\\ ·-]/u, 0.34],
  [/[frs*"“”J]/u, 0.48],
  [/[mwMW@%—…]/u, 0.98],
  [/[+=<>~#]/u, 0.84],
  [/[\p{Lu}&]/u, 0.74],
  [/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]|\p{Extended_Pictographic}/u, 1.2],
];
const usual = 0.63;

/**
 * About how wide a text is, in pixels: without a browser nobody can measure it.
 * @example
 * textWidth("mill", 10); // => 20
 */
export function textWidth(text: string, size: number): number {
  let shares = 0;
  for (const letter of text) shares += widths.find(([letters]) => letters.test(letter))?.[1] ?? usual;
  return Math.round(shares * size * 10) / 10;
}

/**
 * A text on as many lines as it needs to be no wider than so many pixels; a longer word has one of its own.
 * @example
 * linesOf("share of people", 60, 10); // => ["share of", "people"]
 */
export function linesOf(text: string, most: number, size: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && textWidth(longer, size) <= most) lines.splice(-1, 1, longer);
    else lines.push(word);
  }
  return lines;
}
