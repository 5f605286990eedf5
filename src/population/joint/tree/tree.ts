/** A group of dimensions that is looked at as one table, in a tree of them. */
export interface Clique {
  readonly dimensions: readonly number[];
  /** The place of its parent in the tree, which comes earlier; -1 for the root. */
  readonly parent: number;
  /** What it has in common with its parent. */
  readonly separator: readonly number[];
}

/**
 * A junction tree: groups of dimensions such that whatever ties dimensions together lies within one group, and a
 * dimension's groups are neighbours. Made by the elimination that adds the smallest table each time (min-weight),
 * and a maximum spanning tree (Jensen & Jensen 1994, Optimal junction trees).
 * @param sizes how many levels each dimension has
 * @param scopes the dimensions of each thing that ties some of them together
 * @param rootWith dimensions that the root must have; all in one scope
 */
export function junctionTree(
  sizes: readonly number[],
  scopes: readonly (readonly number[])[],
  rootWith: readonly number[] = [],
): readonly Clique[] {
  const cliques = maximal(eliminated(sizes, scopes));
  const root = Math.max(
    0,
    cliques.findIndex((clique) => rootWith.every((dimension) => clique.has(dimension))),
  );
  return spanning(cliques, root);
}

function eliminated(sizes: readonly number[], scopes: readonly (readonly number[])[]): readonly Set<number>[] {
  const neighbours = sizes.map(() => new Set<number>());
  const tie = (group: Iterable<number>): void => {
    const members = [...group];
    for (const one of members) for (const other of members) if (one !== other) neighbours[one]?.add(other);
  };
  scopes.forEach(tie);
  const left = new Set(sizes.keys());
  const found: Set<number>[] = [];
  const weight = (dimension: number): number =>
    [dimension, ...(neighbours[dimension] ?? [])].reduce((sum, one) => sum + Math.log(sizes[one] as number), 0);
  while (left.size > 0) {
    const next = [...left].reduce((best, one) => (weight(one) < weight(best) ? one : best));
    const around = neighbours[next] as Set<number>;
    found.push(new Set([next, ...around]));
    tie(around);
    for (const one of around) neighbours[one]?.delete(next);
    left.delete(next);
  }
  return found;
}

const maximal = (groups: readonly Set<number>[]): readonly Set<number>[] =>
  groups.filter(
    (group, index) =>
      !groups.some(
        (other, at) =>
          at !== index && common(group, other).length === group.size && (other.size > group.size || at < index),
      ),
  );

/** Prim's algorithm: each time the group that has most in common with one that is in the tree already. */
function spanning(groups: readonly Set<number>[], root: number): readonly Clique[] {
  const placed = [root];
  const left = new Set(groups.keys());
  left.delete(root);
  const found: Clique[] = [{ dimensions: sorted(groups[root] ?? []), parent: -1, separator: [] }];
  while (left.size > 0) {
    let best: { group: number; parent: number; shared: readonly number[] } | undefined;
    for (const group of left) {
      for (const [parent, at] of placed.entries()) {
        const shared = common(groups[group] ?? new Set(), groups[at] ?? new Set());
        if (best === undefined || shared.length > best.shared.length) best = { group, parent, shared };
      }
    }
    if (best === undefined) break;
    placed.push(best.group);
    left.delete(best.group);
    found.push({
      dimensions: sorted(groups[best.group] ?? []),
      parent: best.parent,
      separator: sorted(best.shared),
    });
  }
  return found;
}

const common = (one: ReadonlySet<number>, other: ReadonlySet<number>): readonly number[] =>
  [...one].filter((member) => other.has(member));

const sorted = (dimensions: Iterable<number>): readonly number[] => [...dimensions].sort((a, b) => a - b);
