import type { Random } from "../../kernel/values/random.ts";
import { type DataSplit, splits } from "../items.ts";
import type { Pair } from "./near.ts";

/** What a set is split by. */
export interface Splitting {
  /** Of each item, what it is stratified by. */
  readonly strata: readonly string[];
  /** Who has to stay together. */
  readonly kin: readonly Pair[];
  readonly shares: Readonly<Record<DataSplit, number>>;
  readonly random: Random;
}

/**
 * The split of each item: near copies stay together, and of each stratum every split gets its share as nearly as that
 * allows. The largest groups are placed first, each where the most of its strata is wanting.
 */
export function splitOf({ strata, kin, shares, random }: Splitting): readonly DataSplit[] {
  const sum = splits.reduce((all, split) => all + shares[split], 0);
  const sizes = new Map<string, number>();
  for (const stratum of strata) sizes.set(stratum, (sizes.get(stratum) ?? 0) + 1);
  const key = (split: DataSplit, stratum = ""): string => `${split}/${stratum}`;
  const wanting = new Map<string, number>();
  for (const split of splits) {
    wanting.set(key(split), (strata.length * shares[split]) / sum);
    for (const [stratum, size] of sizes) wanting.set(key(split, ` ${stratum}`), (size * shares[split]) / sum);
  }
  const need = (split: DataSplit, stratum?: string): number =>
    wanting.get(key(split, stratum === undefined ? "" : ` ${stratum}`)) ?? 0;
  const found: DataSplit[] = new Array(strata.length);
  for (const group of groupsOf(strata.length, kin, random)) {
    const open = splits.filter((split) => shares[split] > 0);
    const want = (split: DataSplit): number =>
      group.reduce((all, at) => all + need(split, strata[at]), 0) / group.length;
    const best = open.reduce((one, other) =>
      want(other) > want(one) + 1e-9 || (Math.abs(want(other) - want(one)) <= 1e-9 && need(other) > need(one) + 1e-9)
        ? other
        : one,
    );
    for (const at of group) {
      found[at] = best;
      wanting.set(key(best), need(best) - 1);
      wanting.set(key(best, ` ${strata[at]}`), need(best, strata[at]) - 1);
    }
  }
  return found;
}

/** Whoever is tied to each other, however many lie between: the largest first, and by chance among equals. */
function groupsOf(size: number, kin: readonly Pair[], random: Random): readonly (readonly number[])[] {
  const parent = Array.from({ length: size }, (_, at) => at);
  const rootOf = (at: number): number => {
    let root = at;
    while (parent[root] !== root) root = parent[root] as number;
    parent[at] = root;
    return root;
  };
  for (const { one, other } of kin) parent[rootOf(other)] = rootOf(one);
  const groups = new Map<number, number[]>();
  for (let at = 0; at < size; at++) groups.set(rootOf(at), [...(groups.get(rootOf(at)) ?? []), at]);
  return random.shuffle([...groups.values()]).sort((one, other) => other.length - one.length);
}
