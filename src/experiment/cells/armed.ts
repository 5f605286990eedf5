import type { RunId } from "../../kernel/values/ids.ts";
import { type Configuration, layered } from "../../simulation/configuration/settings.ts";
import type { Study } from "../../study/define.ts";
import { changedBase } from "../../study/forks/differing.ts";
import { forkedArm } from "../../study/forks/fork.ts";
import type { PlayOptions } from "../../study/play.ts";
import type { Experiment } from "../define.ts";
import type { Cell, PlayedArm } from "./cells.ts";

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
export function armedStudy({ experiment, cell, arm: played }: Place, base?: RunId): Study {
  const { design, folder, people } = experiment;
  const { population, seed, replicate } = cell;
  const { arm, wording, run } = played;
  const study = experiment.studyOf({
    ...{ arm: arm.name, levels: arm.levels, ...(wording !== undefined && { wording }) },
    ...{ population, people: people[population] ?? [], seed, replicate },
  });
  const name = design.populations.length === 1 ? design.name : `${design.name} / ${population}`;
  const named = { ...study, name, ...(study.folder === undefined && folder !== undefined && { folder }) };
  const difference = experiment.differenceOf(arm, wording);
  if (base === undefined) return changedBase(named, run, difference);
  return forkedArm(named, difference, { name: run, of: base, replace: true });
}

/** Who plays: the model that plays all, else that of the arm, else that of the cell; else whom project and study settle. */
export function modelIn({ experiment, cell, arm }: Place, all: PlayOptions["model"]): Pick<PlayOptions, "model"> {
  const model = all ?? experiment.differenceOf(arm.arm, arm.wording).edit?.model ?? cell.model;
  return model === undefined ? {} : { model };
}

/** What a study's own head settles; who plays and what may be spent is said by whoever runs the experiment, where they do. */
export function headed({ models, safety, model }: Study, configuration: Configuration): Configuration {
  const own = configuration.settings.model === undefined ? { model } : {};
  return layered(configuration, { ...own, models, safety }, () => "the study");
}
