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
