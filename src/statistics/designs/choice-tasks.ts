import { createRandom, type Random } from "../../kernel/values/random.ts";

/** What choice tasks are made of. */
export interface ChoiceDesignOptions {
  /** How many levels each attribute has. */
  readonly levels: readonly number[];
  readonly tasks: number;
  readonly alternatives: number;
}

/** Tasks of alternatives of levels, by number. */
export type ChoiceTasks = readonly (readonly (readonly number[])[])[];

const draws = 60;

/**
 * Choice tasks for a conjoint study: each attribute's levels stand in the first alternatives equally often, and each further
 * alternative shifts them, so that alternatives share as little as can be (D. S. Bunch, J. J. Louviere and D. Anderson, "A
 * comparison of experimental design strategies for multinomial logit models", 1996); of so many such designs by chance the
 * one of the highest D-efficiency. The same numbers give the same design.
 * @example
 * choiceTasks({ levels: [2, 2], tasks: 4, alternatives: 2 }).every(([one, other]) => one?.[0] !== other?.[0]); // => true
 */
export function choiceTasks(options: ChoiceDesignOptions): ChoiceTasks {
  const random = createRandom(`choices ${options.levels.join(" ")} ${options.tasks} ${options.alternatives}`);
  let best = drawn(options, random.fork("0"));
  let most = choiceEfficiency(best, options.levels);
  for (let draw = 1; draw < draws; draw++) {
    const tasks = drawn(options, random.fork(String(draw)));
    const efficiency = choiceEfficiency(tasks, options.levels);
    if (efficiency > most) [best, most] = [tasks, efficiency];
  }
  return best;
}

/**
 * The D-efficiency of choice tasks where nobody has any preference: the determinant of the information that a multinomial
 * logit has per task, to the power of one by the number of parameters, with orthonormal coding. 1 is what a design
 * of pairs without any level in common comes to for attributes of two levels; 0 where some effect cannot be told at all.
 */
export function choiceEfficiency(tasks: ChoiceTasks, levels: readonly number[]): number {
  const coded = tasks.map((alternatives) =>
    alternatives.map((profile) => profile.flatMap((level, attribute) => coding(level, levels[attribute] ?? 0))),
  );
  const size = levels.reduce((sum, count) => sum + count - 1, 0);
  const information = Array.from({ length: size }, () => Array.from({ length: size }, () => 0));
  for (const alternatives of coded) {
    const mean = Array.from(
      { length: size },
      (_, place) => alternatives.reduce((sum, one) => sum + (one[place] ?? 0), 0) / alternatives.length,
    );
    for (const one of alternatives) {
      const away = one.map((value, place) => value - (mean[place] ?? 0));
      for (const [row, left] of away.entries()) {
        for (const [column, right] of away.entries()) {
          (information[row] as number[])[column] =
            (information[row]?.[column] ?? 0) + (left * right) / alternatives.length / tasks.length;
        }
      }
    }
  }
  return determinant(information) ** (1 / Math.max(1, size));
}

function drawn({ levels, tasks, alternatives }: ChoiceDesignOptions, random: Random): ChoiceTasks {
  const columns = levels.map((count, attribute) => {
    const even = Array.from({ length: tasks }, (_, task) => task % count);
    const turned = random.fork(`levels ${attribute}`).shuffle(Array.from({ length: count }, (_, level) => level));
    return random
      .fork(`column ${attribute}`)
      .shuffle(even)
      .map((level) => turned[level] as number);
  });
  // Of several shifts that part the alternatives, each attribute has one by chance, so that not all move together.
  const shifts = levels.map((count, attribute) =>
    random
      .fork(`shifts ${attribute}`)
      .shuffle(Array.from({ length: count }, (_, shift) => shift))
      .filter((shift) => shift !== 0),
  );
  return Array.from({ length: tasks }, (_, task) =>
    Array.from({ length: alternatives }, (_, alternative) =>
      columns.map((column, attribute) => {
        const count = levels[attribute] as number;
        const steps = shifts[attribute] as readonly number[];
        const shift = alternative % count === 0 ? 0 : (steps[(alternative % count) - 1] as number);
        return ((column[task] as number) + shift) % count;
      }),
    ),
  );
}

/** Orthonormal contrasts of a level, scaled to a mean square of 1 each (Helmert). */
function coding(level: number, count: number): readonly number[] {
  return Array.from({ length: count - 1 }, (_, place) => {
    const step = place + 1;
    const scale = Math.sqrt(count / (step * (step + 1)));
    if (level > step) return 0;
    return level === step ? -step * scale : scale;
  });
}

/** By elimination with the largest pivot. */
function determinant(matrix: readonly (readonly number[])[]): number {
  const rows = matrix.map((row) => [...row]);
  let product = 1;
  for (let column = 0; column < rows.length; column++) {
    const rest = rows.slice(column).map((row) => Math.abs(row[column] ?? 0));
    const largest = column + rest.indexOf(Math.max(...rest));
    [rows[column], rows[largest]] = [rows[largest] as number[], rows[column] as number[]];
    const pivot = rows[column]?.[column] ?? 0;
    if (Math.abs(pivot) < 1e-12) return 0;
    if (largest !== column) product = -product;
    product *= pivot;
    for (const row of rows.slice(column + 1)) {
      const factor = (row[column] ?? 0) / pivot;
      for (let place = column; place < row.length; place++)
        row[place] = (row[place] ?? 0) - factor * (rows[column]?.[place] ?? 0);
    }
  }
  return Math.max(0, product);
}
