/**
 * The mean distance between an order and one of all by chance: by how many orders have how many pairs the other way round
 * (M. G. Kendall, 1938). Of an order with ties, a tied pair counts a quarter, as half of a step squared.
 */
export function farFromAny(options: number, ties: number): number {
  const pairs = (options * (options - 1)) / 2;
  // The last t of an order are tied among themselves: t (t - 1) / 2 pairs.
  const last = Math.round((1 + Math.sqrt(1 + 8 * ties)) / 2) * Number(ties > 0);
  let chances: readonly number[] = [1];
  for (let size = Math.max(1, last) + 1; size <= options; size++) {
    const next = Array.from({ length: chances.length + size - 1 }, () => 0);
    for (const [turned, chance] of chances.entries())
      for (let more = 0; more < size; more++) next[turned + more] = (next[turned + more] as number) + chance / size;
    chances = next;
  }
  return chances.reduce((sum, chance, turned) => sum + chance * Math.sqrt((turned + ties / 4) / pairs), 0);
}
