import type { Specification } from "../specification/schema.ts";
import { type GivenWay, reconcile, tooLarge } from "./conflict/conflict.ts";
import type { Family } from "./figures/family.ts";
import { type Figures, figuresOf } from "./figures/figures.ts";
import { levelsOf } from "./levels/open.ts";
import { balance } from "./tree/balance.ts";
import { type Fit, fit, type Placed, placed } from "./tree/fit.ts";
import { classesIn, homeOf, type Table, tablesOf } from "./tree/tables.ts";
import { type Clique, junctionTree } from "./tree/tree.ts";

/** The distribution that a specification describes, with the most entropy of all that meet it. */
export interface Joint extends Figures {
  readonly tables: readonly Table[];
  readonly placed: readonly Placed[];
  readonly fit: Fit;
  /** Figures that gave way to others. */
  readonly gave: readonly GivenWay[];
}

/** What depends on how people are drawn. */
export interface JointOptions {
  /** How many people: quotas are counts of them. */
  readonly size: number;
  /** Dimensions that have to stand in the first table together. */
  readonly together?: readonly string[];
  /** By how much figures may give way to each other, as a share of all people. Default: 0.005. */
  readonly tolerance?: number;
}

/** Published shares are rounded to whole percents at the coarsest. */
const roundedShares = 0.005;
const quick = { miss: 1e-9, sweeps: 200 };
/** Where combinations are possible that nobody may have if all figures are to be met, it only comes nearer and nearer. */
const patient = { miss: 1e-7, sweeps: 3_000 };

/**
 * Fits the distribution. Throws SPECIFICATION_CONFLICT where figures contradict each other by more than the tolerance.
 */
export async function jointOf(specification: Specification, options: JointOptions): Promise<Joint> {
  const { size, together = [], tolerance = roundedShares } = options;
  const levels = await levelsOf(specification);
  const figures = figuresOf(specification, levels, size);
  const first = levels.flatMap(({ id }, place) => (together.includes(id) ? [place] : []));
  const scopes = [...figures.families, ...figures.exclusions, ...figures.boosts].map(({ scope }) => scope.dimensions);
  const cliques = junctionTree(
    levels.map((one) => one.size),
    [...scopes, first],
    first,
  );
  // Quotas count those who are drawn: where groups are boosted, these are others than the figures tell of.
  const [later, now] = split(figures.families, ({ kind }) => kind === "quota" && figures.boosts.length > 0);
  const aims = { ...figures, families: now };
  const soon = fitted(cliques, aims, quick);
  if (soon.fit.miss <= quick.miss) return withQuotas({ ...aims, ...soon, gave: [] }, later);
  const { families, gave } = await reconcile(aims, { cliques, size, tolerance });
  const agreed = { ...aims, families };
  return withQuotas({ ...agreed, ...fitted(cliques, agreed, patient), gave }, later);
}

function withQuotas(joint: Joint, quotas: readonly Family[]): Joint {
  const families = [...joint.families, ...quotas];
  return { ...joint, families, placed: placed(joint.tables, families) };
}

function split<T>(items: readonly T[], is: (item: T) => boolean): readonly [T[], T[]] {
  return [items.filter(is), items.filter((item) => !is(item))];
}

function fitted(
  cliques: readonly Clique[],
  figures: Figures,
  limits: typeof quick,
): Pick<Joint, "tables" | "placed" | "fit"> {
  const tables = tablesOf(cliques, figures);
  if (tables === undefined) throw tooLarge(figures, cliques);
  const homes = placed(tables, figures.families);
  return { tables, placed: homes, fit: fit(tables, homes, limits) };
}

/** The distribution from which people are drawn: groups that are boosted have more than their share. */
export function boosted({ tables, boosts }: Pick<Joint, "tables" | "boosts">): readonly Table[] {
  if (boosts.length === 0) return tables;
  const raised = tables.map((table) => ({ ...table, mass: weightsOf(tables, table) }));
  for (const { scope, mask, times } of boosts) {
    const table = raised[homeOf(tables, scope)] as Table;
    const classes = classesIn(table, { scope, classOf: Int32Array.from(mask) });
    for (let cell = 0; cell < table.size; cell++)
      if (classes[cell] === 1) table.mass[cell] = (table.mass[cell] as number) * times;
  }
  balance(raised);
  return raised;
}

/** Probabilities as weights whose product is the distribution: what a table has beyond what its parent has already. */
function weightsOf(tables: readonly Table[], table: Table): Float64Array {
  if (table.parent < 0) return table.mass.slice();
  const parent = tables[table.parent] as Table;
  const sums = new Float64Array(table.states);
  for (let cell = 0; cell < parent.size; cell++) {
    const state = table.above[cell] as number;
    sums[state] = (sums[state] as number) + (parent.mass[cell] as number);
  }
  return table.mass.map((mass, cell) => {
    const sum = sums[table.up[cell] as number] as number;
    return sum === 0 ? 0 : mass / sum;
  });
}
