import type { Random } from "../../../kernel/values/random.ts";
import { add, agreements, modelOf, noRows, openHighs, type Rows } from "../../joint/conflict/linear.ts";
import type { Joint } from "../../joint/joint.ts";
import type { Placed } from "../../joint/tree/fit.ts";
import type { Table } from "../../joint/tree/tables.ts";
import { aimsOf } from "./met.ts";

/** How many branches the solver goes into: no clock, so that every machine finds the same. */
const mostNodes = 2_000;
/** Larger programs are not tried. */
const mostCells = 50_000;
/** A count of a cell may be as far from what is expected, beyond rounding. */
const room = 1;

/**
 * Whole counts of all tables together such that every figure is met, as an integer program: near what is expected of
 * each cell, by chance among the ways that are equally near. Undefined where there is none, or none was found.
 */
export async function solveWhole(
  joint: Joint,
  tables: readonly Table[],
  { size, random }: { readonly size: number; readonly random: Random },
): Promise<readonly Int32Array[] | undefined> {
  const cells = tables.reduce((sum, table) => sum + table.size, 0);
  if (cells > mostCells) return undefined;
  const rows = noRows();
  const offsets: number[] = [];
  tables.reduce((at, table) => {
    offsets.push(at);
    return at + table.size;
  }, 0);
  agreements(rows, tables, { offsets, total: size });
  for (const one of joint.placed) figureRows(rows, one, { offset: offsets[one.home] as number, tables, size });
  const highs = await openHighs();
  const expected = Float64Array.from(tables.flatMap((table) => Array.from(table.mass, (mass) => mass * size)));
  const model = modelOf(highs, rows, {
    lower: expected.map((count) => Math.max(0, Math.floor(count) - room)),
    upper: expected.map((count) => (count < 1e-9 ? 0 : Math.ceil(count) + room)),
    // What is expected less often costs more, and chance decides among the rest.
    cost: expected.map((count) => 1 - (count % 1) + random.next() / 4),
    whole: true,
  });
  try {
    model.options.set({ mip_max_nodes: mostNodes, mip_rel_gap: 0.05 });
    model.run();
    const { colValue } = model.getSolution();
    const counts = tables.map((table, at) =>
      Int32Array.from({ length: table.size }, (_, cell) => Math.round(colValue[(offsets[at] as number) + cell] ?? 0)),
    );
    const total = counts[0]?.reduce((sum, count) => sum + count, 0);
    return total === size && model.info.get("primal_solution_status") === 2 ? counts : undefined;
  } finally {
    model.dispose();
  }
}

interface Figures {
  readonly offset: number;
  readonly tables: readonly Table[];
  readonly size: number;
}

/** Within one of what is aimed at, with a little less than that for what is left of fitting. */
const nearly = 0.999_99;

function figureRows(rows: Rows, one: Placed, { offset, tables, size }: Figures): void {
  const { family, classes } = one;
  const shares = aimsOf(one, tables);
  for (const index of family.labels.keys()) {
    const within = family.rule === "within";
    const entries: [number, number][] = [];
    for (const [cell, held] of classes.entries()) {
      const value = (held === index ? 1 : 0) - (within && held >= 0 ? (shares[index] as number) : 0);
      if (value !== 0) entries.push([offset + cell, value]);
    }
    const aim = within ? 0 : (shares[index] as number) * size;
    if (family.rule === "bounds") {
      add(rows, entries, [
        Math.round((family.low[index] as number) * size),
        Math.round((family.high[index] as number) * size),
      ]);
    } else add(rows, entries, [aim - nearly, aim + nearly]);
  }
}
