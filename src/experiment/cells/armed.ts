import type { RunId } from "../../kernel/values/ids.ts";
import { type Configuration, layered } from "../../simulation/configuration/settings.ts";
import type { Study } from "../../study/define.ts";
import { changedBase } from "../../study/forks/differing.ts";
import { forkOf } from "../../study/forks/fork.ts";
import type { PlayOptions } from "../../study/play.ts";
import type { Experiment } from "../define.ts";
import { type Cell, cellsOf, type PlayedArm, playedArms } from "./cells.ts";
import { type Crossing, crossingOf } from "./crossing.ts";

/** Where an arm is played. */
export interface Place {
  readonly experiment: Experiment;
  readonly cell: Cell;
  readonly arm: PlayedArm;
}

/**
 * The study of an arm in a cell, under the name that all arms of the cell have: a fork of the first arm's run, or, as the
 * first and where that could not be opened, a run of its own.
 */
export function armedStudy(
  { experiment, cell, arm: played }: Place,
  base?: RunId,
  crossing: Crossing | undefined = crossingOf(experiment, played, cell.id),
): Study {
  const { design, folder, people } = experiment;
  const { population, seed, replicate } = cell;
  const { arm, wording, run, order } = played;
  const studied = {
    ...{ arm: arm.name, levels: arm.levels, ...(wording !== undefined && { wording }) },
    ...{ population, people: people[population] ?? [], seed, replicate },
  };
  const study = experiment.studyOf(studied, crossing?.periods);
  const name = design.populations.length === 1 ? design.name : `${design.name} / ${population}`;
  const named = { ...study, name, ...(study.folder === undefined && folder !== undefined && { folder }) };
  const inOrder = order?.map((one) => experiment.differenceOf(one).described ?? {});
  const difference =
    crossing === undefined
      ? experiment.differenceOf(arm, wording)
      : { edit: { stimulus: crossing.stimulus }, described: { order: inOrder } };
  if (base === undefined) return changedBase(named, run, difference);
  return forkOf(named, { ...difference, name: run, of: base, replace: true });
}

/** Who plays: the model that plays all, else that of the arm, else that of the cell; else whom project and study settle. */
export function modelIn({ experiment, cell, arm }: Place, all: PlayOptions["model"]): Pick<PlayOptions, "model"> {
  const model = all ?? experiment.differenceOf(arm.arm, arm.wording).edit?.model ?? cell.model;
  return model === undefined ? {} : { model };
}

/** All who play in an experiment, so that one judge has all cells; nothing where one of them is left to the machine. */
export function actorsIn(
  experiment: Experiment,
  { model, configuration }: { readonly model?: PlayOptions["model"]; readonly configuration: Configuration },
): Pick<PlayOptions, "actors"> {
  const cells = new Map(cellsOf(experiment, model !== undefined).map((cell) => [cell.model, cell]));
  const actors = [...cells.values()].flatMap((cell) =>
    playedArms(experiment.design).map((arm) => {
      const place = { experiment, cell, arm };
      return modelIn(place, model).model ?? headed(armedStudy(place), configuration).settings.model;
    }),
  );
  const known = actors.filter((actor) => actor !== undefined);
  return known.length === actors.length ? { actors: [...new Set(known)] } : {};
}

/** What a study's own head settles; who plays and what may be spent is said by whoever runs the experiment, where they do. */
export function headed({ models, judge, safety, model }: Study, configuration: Configuration): Configuration {
  const own = configuration.settings.model === undefined ? { model } : {};
  return layered(configuration, { ...own, models, judge, safety }, () => "the study");
}
