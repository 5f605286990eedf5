import type { Specification } from "../../specification/schema.ts";
import type { Levels } from "../levels/levels.ts";
import { type Family, whereText } from "./family.ts";
import { levelsWith, maskOver, placesOf, type Scope, scopeOf } from "./where.ts";

type Conditional = NonNullable<Specification["conditionals"]>[number];

/** One family a row: the shares of values among those of whom this row, and none before it, holds. */
export function conditionalFamilies(all: readonly Levels[], given: Conditional, part: string): readonly Family[] {
  const of = all.findIndex(({ id }) => id === given.of);
  const wheres = given.rows.map(({ when }) => when);
  const region = scopeOf(
    all,
    placesOf(all, wheres).filter((place) => place !== of),
  );
  const scope = scopeOf(all, [of, ...region.dimensions]);
  const taken = new Uint8Array(scope.size);
  return given.rows.map(({ when, shares }) => {
    const mask = maskOver(all, scope, when);
    for (let cell = 0; cell < scope.size; cell++) {
      if (taken[cell] === 1) mask[cell] = 0;
      else if (mask[cell] === 1) taken[cell] = 1;
    }
    return rowFamily(all[of] as Levels, { part, given, scope, mask, when, shares, at: scope.dimensions.indexOf(of) });
  });
}

interface RowOf {
  readonly part: string;
  readonly given: Conditional;
  readonly scope: Scope;
  readonly mask: Uint8Array;
  readonly when: object;
  readonly shares: Readonly<Record<string, number>>;
  /** Where the dimension stands in the scope. */
  readonly at: number;
}

function rowFamily(levels: Levels, row: RowOf): Family {
  const { scope, mask, at } = row;
  const entries = Object.entries(row.shares);
  const total = entries.reduce((sum, [, share]) => sum + share, 0);
  const classOfLevel = new Int32Array(levels.size).fill(entries.length);
  for (const [index, [key]] of entries.entries()) {
    const known = levels.bands.some(({ label }) => label === key);
    const good = levelsWith(levels, known ? key : Number(key));
    for (let level = 0; level < levels.size; level++) if (good[level] === 1) classOfLevel[level] = index;
  }
  const [stride, size] = [scope.strides[at] as number, scope.sizes[at] as number];
  const target = Float64Array.from([...entries.map(([, share]) => share / total), 0]);
  return {
    part: row.part,
    kind: "conditional",
    about: `${row.given.of} | ${whereText(row.when) || "all others"}`,
    scope,
    classOf: Int32Array.from(mask, (is, cell) =>
      is === 1 ? (classOfLevel[Math.floor(cell / stride) % size] as number) : -1,
    ),
    labels: [...entries.map(([key]) => key), "any other"],
    rule: "within",
    low: target,
    high: target,
    unverified: row.given.unverified === true,
  };
}
