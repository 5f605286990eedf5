import { checkWeights, sum } from "./measured.ts";

/** How much more often something occurs in a group than elsewhere. */
export interface LogOdds {
  readonly word: string;
  /** In the group, and elsewhere. */
  readonly count: number;
  readonly elsewhere: number;
  /** The logarithm of the ratio of odds, and how many standard errors it is from none. */
  readonly logOdds: number;
  readonly z: number;
}

/**
 * Which words tell a group from the rest: log-odds ratios with an informative Dirichlet prior (B. L. Monroe, M. P.
 * Colaresi and K. M. Quinn, "Fightin' Words", Political Analysis 16, 2008, equations 15 to 22), the greatest z first. The
 * prior is how often all say each word, and weighs as much as `prior` words.
 */
export function logOdds(
  group: ReadonlyMap<string, number>,
  rest: ReadonlyMap<string, number>,
  { prior = 500 }: { readonly prior?: number } = {},
): readonly LogOdds[] {
  const [counts, others] = [[...group.values()], [...rest.values()]];
  checkWeights("group", counts);
  checkWeights("rest", others);
  checkWeights("prior", [prior]);
  const [all, elsewhere] = [sum(counts), sum(others)];
  if (all === 0 || elsewhere === 0 || prior === 0) return [];
  const words = [...new Set([...group.keys(), ...rest.keys()])];
  const odds = (count: number, before: number, total: number): number =>
    Math.log((count + before) / (total + prior - count - before));
  const found = words.map((word): LogOdds => {
    const [here, there] = [group.get(word) ?? 0, rest.get(word) ?? 0];
    const before = (prior * (here + there)) / (all + elsewhere);
    const difference = odds(here, before, all) - odds(there, before, elsewhere);
    const error = Math.sqrt(1 / (here + before) + 1 / (there + before));
    return { word, count: here, elsewhere: there, logOdds: difference, z: difference / error };
  });
  return found.filter(({ z }) => Number.isFinite(z)).sort((one, other) => other.z - one.z);
}
