import { checkAble } from "../kernel/text/known-keys.ts";
import type { Issue } from "../kernel/values/errors.ts";
import { type ModelSpec, modelId } from "../model/open.ts";
import type { Study } from "../study/define.ts";
import type { Difference } from "../study/forks/difference.ts";
import type { Periods } from "../study/interpret.ts";
import { combined } from "./cells/combined.ts";
import type { DesignedArm, ExperimentDesign } from "./design/design.ts";
import { invalidExperiment } from "./design/invalid.ts";
import { type Declaration, settleDesign } from "./design/settle.ts";

/** What a program is given of the arm and the cell that it plays. */
export interface PlayedCell {
  readonly arm: string;
  readonly levels: Readonly<Record<string, string>>;
  readonly wording?: string;
  readonly population: string;
  /** Who is in that population: what `simulation.loadPeople` takes; nobody where no populations are declared. */
  readonly people: readonly string[];
  readonly seed: string;
  readonly replicate: number;
}

type Differences = Readonly<Record<string, Difference>>;

/** An experiment as a program writes it. */
export interface ExperimentPlan extends Declaration {
  /** What is played; a function of the cell where arms differ in what a study does by itself. */
  readonly study: Study | ((cell: PlayedCell) => Study);
  /** By name, what is different; the first is what the others come from, and may be `{}`. */
  readonly arms?: Differences;
  /** In place of arms: by name, the levels of each factor. */
  readonly factors?: Readonly<Record<string, Differences>>;
  /** The same in other words: each arm is played in each. */
  readonly wordings?: Differences;
  /** By name, who takes part: files, folders, packaged personas. */
  readonly populations?: Readonly<Record<string, readonly string[]>>;
  readonly models?: readonly ModelSpec[];
  /** Where relative paths start. */
  readonly folder?: string;
}

/** An experiment as a value: what `runExperiment` and `tinytroupe experiment run` play. */
export interface Experiment {
  readonly kind: "experiment";
  readonly design: ExperimentDesign;
  readonly folder?: string;
  /** The study of an arm in a cell, without what is different in the arm. */
  studyOf(cell: PlayedCell, periods?: Periods): Study;
  /** What is different in an arm, and in a wording of it. */
  differenceOf(arm: DesignedArm, wording?: string): Difference;
  readonly people: Readonly<Record<string, readonly string[]>>;
  readonly models: Readonly<Record<string, ModelSpec>>;
}

/**
 * Checks and settles an experiment, so that a program can run or export it. The hash of its design is over all that is
 * declared and the text of its functions.
 * @throws EXPERIMENT_INVALID with all that contradicts itself, OPTION_INVALID for a study that cannot be run
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
 * experiment.design.arms.map(({ name }) => name); // => ["control", "dearer"]
 */
export function defineExperiment(plan: ExperimentPlan): Experiment {
  const { study, arms, factors, wordings, populations } = plan;
  if (typeof study !== "function") checkAble(study, "run", "study");
  if (plan.crossover) throw invalidExperiment([{ path: "crossover", message: ownCrossover }]);
  return settledExperiment(plan, described({ study, arms, factors, wordings, populations }));
}

/** A program takes its own steps, and so says itself in which order somebody meets arms. */
export const ownCrossover =
  "A study in a file can be crossed over. In a program, `armOrders` says in which order somebody meets arms, and `order` in rows keeps it.";

/** The study of a file, whose steps can be taken in several periods. */
type StudyInPeriods = (cell: PlayedCell, periods?: Periods) => Study;

/** An experiment of which what is done is known as plain data. */
export function settledExperiment(plan: ExperimentPlan, done: unknown): Experiment {
  const { study, arms, factors, wordings, populations, models = [], folder, ...declaration } = plan;
  const named = Object.fromEntries(models.map((model) => [modelId(model), model]));
  const levels = factors && mapped(factors, (own) => Object.keys(own));
  const design = settleDesign(declaration, {
    ...{ done, models: Object.keys(named) },
    ...(arms && { arms: Object.keys(arms) }),
    ...(levels && { factors: levels }),
    ...(wordings && { wordings: Object.keys(wordings) }),
    ...(populations && { populations: Object.keys(populations) }),
  });
  const partsOf = (arm: DesignedArm, wording?: string): readonly Difference[] => [
    ...(factors === undefined
      ? [arms?.[arm.name] ?? {}]
      : Object.entries(arm.levels).map(([factor, level]) => factors[factor]?.[level] ?? {})),
    ...(wording === undefined ? [] : [wordings?.[wording] ?? {}]),
  ];
  checkCombinations(design, partsOf);
  return Object.freeze({
    ...{ kind: "experiment" as const, design, ...(folder !== undefined && { folder }) },
    studyOf: (cell: PlayedCell, periods?: Periods) =>
      typeof study === "function" ? (study as StudyInPeriods)(cell, periods) : study,
    differenceOf: (arm: DesignedArm, wording?: string) => combined(partsOf(arm, wording)).difference,
    ...{ people: populations ?? {}, models: named },
  });
}

/** Tells whether a program exported an experiment. */
export function isExperiment(value: unknown): value is Experiment {
  return (
    typeof value === "object" && value !== null && Reflect.get(value, "kind") === "experiment" && "design" in value
  );
}

function checkCombinations(
  { arms, wordings }: ExperimentDesign,
  partsOf: (arm: DesignedArm, wording?: string) => readonly Difference[],
): void {
  const ways = wordings.length === 0 ? [undefined] : wordings;
  const issues = arms.flatMap((arm) =>
    ways.flatMap((wording): readonly Issue[] => {
      const at = `arms.${arm.name}${wording === undefined ? "" : ` in the wording ${wording}`}`;
      return combined(partsOf(arm, wording)).issues.map(({ message }) => ({ path: at, message }));
    }),
  );
  if (issues.length > 0) throw invalidExperiment(issues);
}

const mapped = <In, Out>(record: Readonly<Record<string, In>>, change: (value: In) => Out): Record<string, Out> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));

/** A value as plain data: of functions their text, of models their names, of files' arms what they say of themselves. */
function described(value: unknown): unknown {
  if (typeof value === "function") return String(value);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(described);
  if ("generate" in value || "modelId" in value) return modelId(value as ModelSpec);
  const { described: own, ...rest } = value as Readonly<Record<string, unknown>>;
  return own ?? mapped(rest, described);
}
