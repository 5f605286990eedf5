import { inLanes } from "../kernel/rows/lanes.ts";
import type { ErrorRecord } from "../kernel/values/errors.ts";
import type { RunId } from "../kernel/values/ids.ts";
import { readConfiguration } from "../simulation/configuration/configuration.ts";
import { type Shared, type TogetherOptions, together } from "../study/forks/together.ts";
import { actorsIn, armedStudy, headed, modelIn } from "./cells/armed.ts";
import { type Cell, cellsOf, inOrderOfPlay, labelsOf, type PlayedArm, playedArms } from "./cells/cells.ts";
import { crossingOf } from "./cells/crossing.ts";
import { type ArmEnd, playArm } from "./cells/play-arm.ts";
import { createProgress, type ExperimentProgress, type Progress } from "./cells/progress.ts";
import type { Experiment } from "./define.ts";
import type { DesignedArm, ExperimentDesign } from "./design/design.ts";
import type { Observation } from "./results/observation.ts";

/** How an experiment is run: as a study is played; a model that is given here plays all, as in a rehearsal. */
export interface RunExperimentOptions extends Omit<TogetherOptions, "onEvent" | "onProgress"> {
  /** Told when an arm of a cell has come to its end. */
  readonly onPlayed?: (played: PlayedCellArm) => void;
  /** Told how far it is: with each call, and with each arm. */
  readonly onExperiment?: (progress: ExperimentProgress) => void;
}

/** One arm of one cell, which came to its end. */
export interface PlayedCellArm {
  readonly cell: string;
  /** The arm, or its label where the experiment is blinded. */
  readonly arm: string;
  readonly wording?: string;
  readonly run?: RunId;
  readonly model: string;
  /** No language model answered: a rehearsal, and no insight. */
  readonly heuristic: boolean;
  readonly error?: ErrorRecord;
  readonly observations: readonly Observation[];
}

/** What became of an experiment. */
export interface ExperimentRun {
  readonly design: ExperimentDesign;
  /** Cell by cell as they are declared, arm by arm. */
  readonly played: readonly PlayedCellArm[];
  readonly observations: readonly Observation[];
  /** What it came to in this start. */
  readonly progress: ExperimentProgress;
}

/** Cells that are played at the same time, each with its arms. */
const cellsAtOnce = 8;

/**
 * Runs an experiment: in each cell the first arm, then the others as its forks, so that people, dice and schedule are the
 * same, and what a difference does not touch is the very same answer, paid once. An arm that fails is a row with its
 * error, and the others go on. Started again it goes on where it was.
 * @throws ABORTED, BUDGET_EXCEEDED and what keeps the machine from asking anybody, once the arms that had begun are home
 * @example
 * const study = defineStudy({
 *   name: "kettles",
 *   run: async (simulation) => {
 *     const lisa = await simulation.person("lisa");
 *     await lisa.listenAndAct("A kettle for 40 euros: what do you say?");
 *   },
 * });
 * const dearer = { edit: { stimulus: (told) => ({ ...told, content: told.content.replace("40", "200") }) } };
 * const metrics = { words: { from: { count: "TALK" } } };
 * const experiment = defineExperiment({ name: "prices", study, arms: { control: {}, dearer }, metrics });
 * const { observations } = await runExperiment(experiment, { model: "builtin" });
 * observations.map(({ arm, person }) => [arm, person]); // => [["control", "lisa-brannigan"], ["dearer", "lisa-brannigan"]]
 */
export async function runExperiment(
  experiment: Experiment,
  { onPlayed, onExperiment, ...options }: RunExperimentOptions = {},
): Promise<ExperimentRun> {
  const { design } = experiment;
  const cells = cellsOf(experiment, options.model !== undefined);
  const arms = playedArms(design);
  const progress = createProgress({ cells: cells.length, arms: arms.length, onExperiment });
  const { budget = design.budget, ...rest } = options;
  const company = { name: `experiment ${design.name}`, configuration: readConfiguration };
  const played = await together({ ...rest, ...(budget && { budget }) }, company, (own) => {
    const shared = { ...actorsIn(experiment, own), ...own };
    return inLanes(
      inOrderOfPlay(cells, design),
      async (cell) => [cell.id, await playCell(cell, { experiment, arms, shared, progress, onPlayed })] as const,
      cellsAtOnce,
    );
  });
  const byCell = new Map(played);
  const all = cells.flatMap(({ id }) => byCell.get(id) ?? []);
  return {
    design,
    played: all,
    observations: all.flatMap(({ observations }) => observations),
    progress: progress.now(),
  };
}

interface Playing {
  readonly experiment: Experiment;
  readonly arms: readonly [PlayedArm, ...PlayedArm[]];
  readonly shared: Shared;
  readonly progress: Progress;
  readonly onPlayed: RunExperimentOptions["onPlayed"];
}

async function playCell(cell: Cell, playing: Playing): Promise<readonly PlayedCellArm[]> {
  const { experiment, arms, shared, progress, onPlayed } = playing;
  const [first, ...others] = arms;
  const play = async (arm: PlayedArm, base?: RunId): Promise<PlayedCellArm> => {
    const place = { experiment, cell, arm };
    const crossing = crossingOf(experiment, arm, cell.id);
    const study = armedStudy(place, base, crossing);
    const configuration = headed(study, shared.configuration);
    const options = { ...shared, seed: cell.dice, configuration, ...modelIn(place, shared.model) };
    const end = await playArm(study, {
      ...{ cell: cell.id, metrics: experiment.design.metrics, crossing, onOpen: progress.open },
      options: { ...options, onEvent: progress.heard },
    });
    const done = asPlayed(end, { cell, arm, design: experiment.design });
    progress.ended(end.error !== undefined);
    onPlayed?.(done);
    return done;
  };
  const base = await play(first);
  const rest = await inLanes(others, (arm) => play(arm, base.run), others.length);
  progress.cell();
  return [base, ...rest];
}

function asPlayed(
  { run, model, heuristic, measured, error }: ArmEnd,
  { cell, arm, design }: { readonly cell: Cell; readonly arm: PlayedArm; readonly design: ExperimentDesign },
): PlayedCellArm {
  const { id, population, seed, replicate } = cell;
  const wording = arm.wording === undefined ? {} : { wording: arm.wording };
  const asked = model ?? id.split("/").slice(3).join("/");
  const head = {
    ...{ cell: id, population, seed, replicate },
    ...{ model: asked === "" ? "none" : asked, ...wording, run: run ?? "none" },
  };
  const labels = labelsOf(design);
  const named = ({ name, levels }: DesignedArm) => ({
    ...{ arm: labels.get(name) ?? name, levels: design.blinded ? {} : levels },
  });
  const inPeriod = (period?: number) => named(arm.order?.[(period ?? 1) - 1] ?? arm.arm);
  const failed = Object.keys(error === undefined ? {} : design.metrics).flatMap((metric) =>
    (arm.order ?? [arm.arm]).map((one, place): Observation => {
      const period = arm.order === undefined ? {} : { period: place + 1 };
      return { ...head, ...named(one), ...period, person: "", metric, value: null, missing: error?.code ?? "failed" };
    }),
  );
  return {
    ...{ cell: id, arm: arm.label, ...wording, ...(run !== undefined && { run }), model: head.model, heuristic },
    ...(error && { error }),
    observations: [
      ...measured.map(
        (one): Observation => ({ ...head, ...inPeriod("period" in one ? one.period : undefined), ...one }),
      ),
      ...failed,
    ],
  };
}
