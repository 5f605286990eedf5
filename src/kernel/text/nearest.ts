/**
 * The names that a misspelt one may mean, nearest first: those within a third of its length, by optimal string
 * alignment (insertions, deletions, substitutions, swaps of neighbours).
 * @example
 * nearest("opnai", ["openai", "ollama"]); // => ["openai"]
 */
export function nearest(name: string, known: readonly string[]): readonly string[] {
  const far = Math.max(1, Math.floor(name.length / 3));
  return known
    .map((candidate) => ({ candidate, distance: distance(name.toLowerCase(), candidate.toLowerCase()) }))
    .filter((found) => found.distance <= far)
    .sort((one, other) => one.distance - other.distance)
    .map(({ candidate }) => candidate);
}

function distance(one: string, other: string): number {
  let before: readonly number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let row = 1; row <= one.length; row++) {
    const next = [row];
    for (let column = 1; column <= other.length; column++) {
      const same = one[row - 1] === other[column - 1];
      const swapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      next[column] = Math.min(
        (last[column] ?? 0) + 1,
        (next[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
        swapped ? (before[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    [before, last] = [last, next];
  }
  return last[other.length] ?? 0;
}
