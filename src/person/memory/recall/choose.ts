/** What may be chosen, with how good it is by itself. */
export interface Candidate {
  readonly score: number;
  readonly tokens: number;
}

export interface Choice<C extends Candidate> {
  readonly most: number;
  readonly tokens: number;
  /** How alike two of them are, in [0, 1]. */
  likeness(one: C, other: C): number;
}

/** From this likeness on two notes are one thought, and the second is left out whatever its score. */
const sameThought = 0.95;

/**
 * The best of the candidates that are not alike, best first, as many as are asked for and have room: maximal marginal
 * relevance (J. Carbonell and J. Goldstein, 1998), where being good and being something else count the same.
 */
export function chooseDiverse<C extends Candidate>(
  candidates: readonly C[],
  { most, tokens, likeness }: Choice<C>,
): readonly C[] {
  const best = Math.max(Number.MIN_VALUE, ...candidates.map(({ score }) => score));
  const left = new Map(candidates.map((candidate) => [candidate, 0]));
  const chosen: C[] = [];
  let room = tokens;
  while (chosen.length < most) {
    let next: { readonly candidate: C; readonly worth: number } | undefined;
    for (const [candidate, alike] of left) {
      const worth = candidate.score / best - alike;
      if (alike < sameThought && candidate.tokens <= room && worth > (next?.worth ?? Number.NEGATIVE_INFINITY))
        next = { candidate, worth };
    }
    if (next === undefined) break;
    const { candidate } = next;
    chosen.push(candidate);
    room -= candidate.tokens;
    left.delete(candidate);
    for (const [other, alike] of left) left.set(other, Math.max(alike, likeness(candidate, other)));
  }
  return chosen;
}
