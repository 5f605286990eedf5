import type { Random } from "../../../kernel/values/random.ts";
import type { Table } from "../../joint/tree/tables.ts";
import { type Rows, rowsBy } from "../columns.ts";
import { distance, type Goal } from "./goals.ts";

/** The counts of one table while they are moved. */
export interface Board {
  readonly table: Table;
  readonly counts: Int32Array;
  readonly rows: Rows;
  readonly goals: readonly Goal[];
  readonly random: Random;
}

interface Missed {
  readonly goal: Goal;
  readonly index: number;
  readonly over: boolean;
}

const mostMoves = 20_000;
/** How many cells are looked at for a move, on either side. */
const looks = 12;

/**
 * Moves one person at a time from a cell to another of the same row until every class is met, or until no move has
 * helped for long. What cannot be met for a while counts more from then on, so that others give way (breakout local
 * search; Morris 1993). Cells without probability are never entered.
 */
export function improve(board: Board): void {
  const { goals } = board;
  const members = new Map(
    goals.map((goal) => [
      goal,
      rowsBy(
        goal.classes.map((one) => one + 1),
        goal.low.length + 1,
      ),
    ]),
  );
  for (let move = 0; move < mostMoves; move++) {
    const missed = missedOf(goals);
    if (missed.length === 0) return;
    const aim = board.random.pick(missed);
    const best = bestMove(board, aim, members.get(aim.goal) as Rows);
    if (best !== undefined && best.change < 0) apply(board, best.from, best.to);
    else {
      const { weights } = aim.goal;
      weights[aim.index] = (weights[aim.index] as number) * 1.3;
      if (best !== undefined && move % 4 === 3) apply(board, best.from, best.to);
    }
  }
}

function missedOf(goals: readonly Goal[]): readonly Missed[] {
  return goals.flatMap((goal) =>
    Array.from(goal.counts, (count, index) => ({ goal, index, over: count > (goal.high[index] as number) })).filter(
      ({ index }) => distance(goal, index, goal.counts[index] as number) > goal.slack,
    ),
  );
}

interface Move {
  readonly from: number;
  readonly to: number;
  readonly change: number;
}

/** The best of some moves that take one from, or bring one to, the class. */
function bestMove(board: Board, { goal, index, over }: Missed, members: Rows): Move | undefined {
  const { table, rows, counts, random } = board;
  const [first, end] = [members.starts[index + 1] as number, members.starts[index + 2] as number];
  const usable = (cell: number, giving: boolean): boolean =>
    giving ? (counts[cell] as number) > 0 : (table.mass[cell] as number) > 0;
  let best: Move | undefined;
  for (const cell of some(members.cells, { from: first, to: end, random }, (one) => usable(one, over))) {
    const row = table.up[cell] as number;
    const range = { from: rows.starts[row] as number, to: rows.starts[row + 1] as number, random };
    for (const other of some(rows.cells, range, (one) => goal.classes[one] !== index && usable(one, !over))) {
      const [from, to] = over ? [cell, other] : [other, cell];
      const change = changeOf(board, from, to);
      if (best === undefined || change < best.change) best = { from, to, change };
    }
  }
  return best;
}

/** Up to a dozen of the cells in a part of a list, looked for from a chance place on. */
function some(
  cells: Int32Array,
  { from, to, random }: { readonly from: number; readonly to: number; readonly random: Random },
  good: (cell: number) => boolean,
): readonly number[] {
  const span = to - from;
  const found: number[] = [];
  if (span <= 0) return found;
  const start = random.integer(span);
  for (let step = 0; step < span && found.length < looks; step++) {
    const cell = cells[from + ((start + step) % span)] as number;
    if (good(cell)) found.push(cell);
  }
  return found;
}

/** What a move changes in the sum of squared distances, each by its weight. */
function changeOf({ goals }: Board, from: number, to: number): number {
  let change = 0;
  for (const goal of goals) {
    const [left, entered] = [goal.classes[from] as number, goal.classes[to] as number];
    if (left === entered) continue;
    if (left >= 0) change += stepCost(goal, left, -1);
    if (entered >= 0) change += stepCost(goal, entered, 1);
  }
  return change;
}

function stepCost(goal: Goal, index: number, by: 1 | -1): number {
  const count = goal.counts[index] as number;
  const [before, after] = [distance(goal, index, count), distance(goal, index, count + by)];
  return (goal.weights[index] as number) * (after * after - before * before);
}

function apply({ counts, goals }: Board, from: number, to: number): void {
  counts[from] = (counts[from] as number) - 1;
  counts[to] = (counts[to] as number) + 1;
  for (const { classes, counts: have } of goals) {
    const [left, entered] = [classes[from] as number, classes[to] as number];
    if (left >= 0) have[left] = (have[left] as number) - 1;
    if (entered >= 0) have[entered] = (have[entered] as number) + 1;
  }
}
