import { TinyTroupeError } from "../../../kernel/values/errors.ts";
import type { Random } from "../../../kernel/values/random.ts";
import type { Joint } from "../../joint/joint.ts";
import type { Table } from "../../joint/tree/tables.ts";
import { rowsBy, statesOfPeople } from "../columns.ts";
import { unmet } from "./met.ts";
import { roundTables } from "./round.ts";
import { solveWhole } from "./whole.ts";

interface Drawing {
  readonly size: number;
  readonly random: Random;
}

/** How often tables are rounded one by one before all are looked at together. */
const tries = 2;

/**
 * Draws as many people of each combination as there should be, within rounding (controlled rounding; Cox 1987). Counts
 * are rounded table by table along the junction tree; where what was settled in one table leaves another no way to meet
 * its figures, an integer program looks at all of them. Who of those who are alike in one table gets which combination
 * of the next is chance. Throws SPECIFICATION_CONFLICT where a quota of whole people cannot be met.
 */
export async function drawByQuota(
  joint: Joint,
  tables: readonly Table[],
  { size, random }: Drawing,
): Promise<readonly Int32Array[]> {
  const counts = await countsOf(joint, tables, { size, random });
  const cellOf: Int32Array[] = [];
  for (const [at, table] of tables.entries()) {
    const states = at === 0 ? new Int32Array(size) : statesOfPeople(table, cellOf);
    cellOf.push(handedOut(table, { states, counts: counts[at] as Int32Array, random: random.fork(`people/${at}`) }));
  }
  return cellOf;
}

async function countsOf(joint: Joint, tables: readonly Table[], drawing: Drawing): Promise<readonly Int32Array[]> {
  const { size, random } = drawing;
  let best: { readonly counts: readonly Int32Array[]; readonly missed: number } | undefined;
  for (let attempt = 0; attempt < tries; attempt++) {
    const counts = roundTables(joint, tables, { size, random: random.fork(`counts/${attempt}`) });
    const missed = unmet(joint, tables, { counts, size }).length;
    if (missed === 0) return counts;
    if (best === undefined || missed < best.missed) best = { counts, missed };
  }
  const whole = await solveWhole(joint, tables, { size, random: random.fork("whole") });
  const found = whole ?? (best?.counts as readonly Int32Array[]);
  const broken = unmet(joint, tables, { counts: found, size }).filter(({ family }) => family.kind === "quota");
  if (broken.length > 0) throw quotaConflict([...new Set(broken.map(({ family }) => family.part))], size);
  return found;
}

function quotaConflict(parts: readonly string[], size: number): TinyTroupeError<"SPECIFICATION_CONFLICT"> {
  return new TinyTroupeError(
    "SPECIFICATION_CONFLICT",
    `${size} whole people cannot meet ${parts.join(", ")} beside the other figures, though shares of people could.`,
    { data: { parts }, hint: "Draw more people, or give a quota a range with `atLeast` and `atMost`." },
  );
}

interface Handing {
  /** What each person has in common with the parent. */
  readonly states: Int32Array;
  readonly counts: Int32Array;
  readonly random: Random;
}

/** Gives each person of a state one of its cells, by chance. */
function handedOut(table: Table, { states, counts, random }: Handing): Int32Array {
  const people = rowsBy(states, table.states);
  const rows = rowsBy(table.up, table.states);
  const cellOf = new Int32Array(states.length);
  const order = people.cells;
  for (let state = 0; state < table.states; state++) {
    const [from, to] = [people.starts[state] as number, people.starts[state + 1] as number];
    for (let last = to - 1; last > from; last--) {
      const other = from + random.integer(last - from + 1);
      const held = order[last] as number;
      order[last] = order[other] as number;
      order[other] = held;
    }
    let next = from;
    for (let at = rows.starts[state] as number; at < (rows.starts[state + 1] as number); at++) {
      const cell = rows.cells[at] as number;
      for (let count = counts[cell] as number; count > 0; count--) cellOf[order[next++] as number] = cell;
    }
  }
  return cellOf;
}
