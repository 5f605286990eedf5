import { createRandom } from "../../kernel/values/random.ts";
import type { ModelSpec } from "../../model/open.ts";
import { williamsDesign } from "../../statistics/designs/latin-square.ts";
import { type Blinding, createBlinding } from "../blinding.ts";
import type { Experiment } from "../define.ts";
import type { DesignedArm, ExperimentDesign } from "../design/design.ts";

/** One population, seed, replicate and model: what arms are paired in. */
export interface Cell {
  readonly id: string;
  readonly population: string;
  readonly seed: string;
  readonly replicate: number;
  /** Absent where the model is left to the project. */
  readonly model?: ModelSpec;
  /** The seed of its runs: that of the cell, and in each further replicate another. */
  readonly dice: string;
}

/** An arm as it is played: under the name that everybody may see, in one wording. */
export interface PlayedArm {
  readonly arm: DesignedArm;
  readonly wording?: string;
  /** In a crossover all arms in the order in which they are met, of which `arm` is the first. */
  readonly order?: readonly DesignedArm[];
  /** What rows and progress call the arm: its label where the experiment is blinded. Of several the labels of all. */
  readonly label: string;
  /** What its runs are called among those of a cell. */
  readonly run: string;
}

/** All cells, in the order in which they are declared; where one model plays all, as in a rehearsal, those of one. */
export function cellsOf({ design, models }: Experiment, isOneModel = false): readonly Cell[] {
  const { populations, seeds, replicates } = design;
  const played = isOneModel || design.models.length === 0 ? [undefined] : design.models;
  return populations.flatMap((population) =>
    seeds.flatMap((seed) =>
      Array.from({ length: replicates }, (_, before) => before + 1).flatMap((replicate) =>
        played.map((name): Cell => {
          const model = name === undefined ? undefined : models[name];
          const dice = replicate === 1 ? seed : `${seed}#${replicate}`;
          const id = [population, seed, replicate, ...(name === undefined ? [] : [name])].join("/");
          return { id, population, seed, replicate, dice, ...(model !== undefined && { model }) };
        }),
      ),
    ),
  );
}

/** The order in which cells are played, by the first seed: whatever changes meanwhile meets no population first. */
export function inOrderOfPlay(cells: readonly Cell[], { seeds }: ExperimentDesign): readonly Cell[] {
  return createRandom(seeds[0] ?? 1)
    .fork("order of cells")
    .shuffle(cells);
}

/**
 * The arms of each cell, each in every wording, or in a crossover every order of Williams' design (E. J. Williams, 1949); the
 * first is what the others are forks of.
 */
export function playedArms(design: ExperimentDesign): readonly [PlayedArm, ...PlayedArm[]] {
  const labels = labelsOf(design);
  if (design.crossover) return inOrders(design, labels);
  const played = design.arms.flatMap((arm): readonly PlayedArm[] => {
    const label = labels.get(arm.name) ?? arm.name;
    if (design.wordings.length === 0) return [{ arm, label, run: label }];
    return design.wordings.map((wording) => ({ arm, wording, label, run: `${label} (${wording})` }));
  });
  return played as unknown as readonly [PlayedArm, ...PlayedArm[]];
}

function inOrders(
  { arms }: ExperimentDesign,
  labels: ReadonlyMap<string, string>,
): readonly [PlayedArm, ...PlayedArm[]] {
  const orders = williamsDesign(arms.length).map((places): PlayedArm => {
    const order = places.map((place) => arms[place] as DesignedArm);
    const label = order.map(({ name }) => labels.get(name) ?? name).join(", ");
    return { arm: order[0] as DesignedArm, order, label, run: label };
  });
  return orders as unknown as readonly [PlayedArm, ...PlayedArm[]];
}

/** What each arm is called in rows and progress: itself, or a label that says nothing. */
export function labelsOf(design: ExperimentDesign): ReadonlyMap<string, string> {
  const names = design.arms.map(({ name }) => name);
  if (!design.blinded) return new Map(names.map((name) => [name, name]));
  const labels = names.map((_, place) => `arm ${place + 1}`);
  const blinding: Blinding<string> = createBlinding({ arms: names, labels, seed: design.seeds[0] ?? 1 });
  const shown = blinding.blind(design.name, Object.fromEntries(names.map((name) => [name, name])));
  return new Map(shown.map(({ label, shown: name }) => [name, label]));
}
