import { unmarkedCsvOf } from "../../kernel/text/files/csv.ts";

/** What several answers that are alike but for space say, and how many they are. */
export interface Said {
  readonly text: string;
  /** One of the answers, to the letter: the first of them by its characters. */
  readonly answer: string;
  readonly count: number;
}

/** Under what answers that differ in space alone are one. */
export const sameText = (answer: string): string => answer.normalize("NFC").replace(/\s+/gu, " ").trim();

/**
 * Each text once, in the order of its characters: what is computed of them does not know in which order they came. Blank
 * answers say nothing.
 */
export function saidIn(answers: readonly string[]): readonly Said[] {
  const found = new Map<string, { answer: string; count: number }>();
  for (const answer of answers) {
    const text = sameText(answer);
    const before = found.get(text);
    if (text === "") continue;
    if (before === undefined) found.set(text, { answer, count: 1 });
    else Object.assign(before, { answer: answer < before.answer ? answer : before.answer, count: before.count + 1 });
  }
  return [...found].map(([text, same]) => ({ text, ...same })).sort((one, other) => (one.text < other.text ? -1 : 1));
}

/**
 * Rows as CSV with the theme of each beside their own columns: nothing says that they are simulated, as answers may be
 * people's. Throws RangeError where there are not as many codes as rows.
 * @example
 * codedCsv([{ why: "Too dear." }], [{ theme: "theme-1", name: "Price", distance: 0.25 }]); // => "why,theme,theme name,distance\r\nToo dear.,theme-1,Price,0.25\r\n"
 */
export function codedCsv(
  rows: readonly Readonly<Record<string, unknown>>[],
  codes: readonly { readonly theme: string; readonly name: string; readonly distance?: number }[],
): string {
  if (rows.length !== codes.length) throw new RangeError(`${rows.length} rows have ${codes.length} codes.`);
  const own = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const free = (name: string): string => (own.includes(name) ? free(`${name} (coded)`) : name);
  return unmarkedCsvOf(
    [...own, ...["theme", "theme name", "distance"].map(free)],
    rows.map((row, at) => {
      const { theme, name, distance } = codes[at] as (typeof codes)[number];
      return [...own.map((column) => row[column]), theme, name, distance && Number(distance.toFixed(4))];
    }),
  );
}
