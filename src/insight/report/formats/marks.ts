/**
 * Marks as a reader takes them in: four and more that follow each other by their first and last alone.
 * @example
 * markRanges(["E1", "E2", "E3", "E4", "E9"]); // => [["E1", "E4"], ["E9"]]
 */
export function markRanges(marks: readonly string[]): readonly (readonly [first: string, last?: string])[] {
  const runs: string[][] = [];
  for (const mark of marks) {
    const run = runs.at(-1);
    if (run !== undefined && numberOf(mark) === numberOf(run.at(-1) as string) + 1) run.push(mark);
    else runs.push([mark]);
  }
  return runs.flatMap((run): readonly (readonly [string, string?])[] =>
    run.length < fewest ? run.map((mark) => [mark] as const) : [[run[0] as string, run.at(-1) as string]],
  );
}

/** Two or three are read as fast one by one. */
const fewest = 4;

const numberOf = (mark: string): number => Number(/^E(\d+)$/.exec(mark)?.[1]);
