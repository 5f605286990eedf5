import type { Program } from "./program.ts";

/** What is asked of a program: which parts count, and by how much figures may miss. */
export interface Question {
  readonly parts: ReadonlySet<string>;
  /** As a share of all people. */
  readonly most: number;
  /** Only shares of single dimensions may miss. */
  readonly marginsOnly?: boolean;
}

/** Whether these parts can be met together. */
export function canBeMet(program: Program, question: Question): boolean {
  pose(program, question);
  return isSolved(program);
}

/** By how much figures have to miss at least, the worst of them as little as possible; undefined where that does not help. */
export function leastMiss(program: Program, question: Omit<Question, "most">): number | undefined {
  pose(program, { ...question, most: Number.POSITIVE_INFINITY });
  const { model, most } = program;
  model.changeColCost(most, 1);
  const solved = isSolved(program);
  const value = solved ? (model.getSolution().colValue[most] as number) : undefined;
  model.changeColCost(most, 0);
  return value;
}

/**
 * What each soft figure misses by, where none misses by more than `most` and all together by as little as possible: by
 * the place of the figure in the program.
 */
export function misses(program: Program, question: Question): readonly number[] | undefined {
  pose(program, question);
  const { model, figures } = program;
  const columns = figures.flatMap(({ over }) => (over === undefined ? [] : [over, over + 1]));
  for (const column of columns) model.changeColCost(column, 1);
  const values = isSolved(program) ? model.getSolution().colValue : undefined;
  for (const column of columns) model.changeColCost(column, 0);
  return (
    values &&
    figures.map(({ over }) => (over === undefined ? 0 : (values[over] as number) - (values[over + 1] as number)))
  );
}

function pose({ model, highs, figures, most, ruledOut }: Program, question: Question): void {
  const { parts } = question;
  const endless = highs.infinity;
  model.changeColBounds(most, 0, Number.isFinite(question.most) ? question.most : endless);
  for (const [column, by] of ruledOut) {
    model.changeColBounds(column, 0, by.some((part) => parts.has(part)) ? 0 : endless);
  }
  for (const { family, index, row, over } of figures) {
    const softness = question.marginsOnly && family.kind !== "margin" ? 0 : endless;
    for (const column of over === undefined ? [] : [over, over + 1]) model.changeColBounds(column, 0, softness);
    const [low, high] = family.rule === "within" ? [0, 0] : [family.low[index] as number, family.high[index] as number];
    if (parts.has(family.part)) model.changeRowBounds(row, low, high);
    else model.changeRowBounds(row, -endless, endless);
  }
}

function isSolved({ model, highs }: Program): boolean {
  // Each question by itself: going on from the basis of another one has failed in the solver.
  model.clearSolver();
  model.run();
  return model.getModelStatus() === highs.constants.modelStatus.optimal;
}
