import type { CellValue } from "./sheets.ts";

/** What can be computed of a column. */
export const formulas = ["sum", "mean", "min", "max", "count"] as const;

/** One of them. */
export type Formula = (typeof formulas)[number];

/** What came of a formula; `skipped` cells hold words where a number is wanted, or nothing. */
export interface Computed {
  /** Undefined for the mean, the least and the greatest of nothing. */
  readonly value: number | undefined;
  readonly counted: number;
  readonly skipped: number;
}

/** Computes over cells: numbers, and texts that are plain numbers; `count` counts all that is not empty. */
export function compute(formula: Formula, cells: readonly CellValue[]): Computed {
  const filled = cells.filter((cell) => cell !== null && cell !== "");
  const numbers = filled.flatMap((cell) => numberIn(cell) ?? []);
  const counted = formula === "count" ? filled.length : numbers.length;
  return { value: resultOf(formula, { filled, numbers }), counted, skipped: cells.length - counted };
}

interface Material {
  readonly filled: readonly CellValue[];
  readonly numbers: readonly number[];
}

function resultOf(formula: Formula, { filled, numbers }: Material): number | undefined {
  if (formula === "count") return filled.length;
  if (formula === "sum") return sum(numbers);
  if (numbers.length === 0) return undefined;
  if (formula === "mean") return sum(numbers) / numbers.length;
  return numbers.reduce((one, other) => (formula === "min" ? Math.min(one, other) : Math.max(one, other)));
}

/** Sums with what is lost of each addend carried along (Neumaier), so that 0.1 ten times is 1. */
function sum(numbers: readonly number[]): number {
  let [total, lost] = [0, 0];
  for (const number of numbers) {
    const next = total + number;
    lost += Math.abs(total) >= Math.abs(number) ? total - next + number : number - next + total;
    total = next;
  }
  return Number.isFinite(lost) ? total + lost : total;
}

function numberIn(cell: CellValue): number | undefined {
  if (typeof cell === "number") return Number.isFinite(cell) ? cell : undefined;
  if (typeof cell !== "string" || !/^\s*[+-]?\d{1,15}(?:\.\d{1,15})?\s*$/u.test(cell)) return undefined;
  return Number(cell);
}
