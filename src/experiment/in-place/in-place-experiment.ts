import { TinyTroupeError } from "../../kernel/values/errors.ts";
import { digestJson } from "../../kernel/values/hash.ts";
import type { InPlaceArm, InPlaceDocument } from "./document.ts";
import { checkResults, type InPlaceResults, mergedResults } from "./results.ts";
import { sharedFile } from "./shared-file.ts";

/** How an experiment's file is shared. */
export interface InPlaceOptions {
  /** Milliseconds that a program waits for others who change the file: 10,000 unless given. */
  readonly patienceMs?: number;
}

/** How results are added. */
export interface AddResultsOptions {
  /** The run that they come from: what a run gives under one name counts once, however often it is given. */
  readonly run?: string;
  /** Puts each name's value in the place of all that stood there. */
  readonly replace?: boolean;
}

/** How far an experiment is. */
export interface InPlaceState {
  readonly active: string | undefined;
  /** All arms, in the order in which they were added; names that are whole numbers come first. */
  readonly arms: readonly string[];
  readonly finished: readonly string[];
  readonly unfinished: readonly string[];
  /** By arm; of one that has none yet there is an empty object. */
  readonly results: Readonly<Record<string, InPlaceResults>>;
  /** What the file said that no JSON can say: the numbers NaN and Infinity, which are null here. */
  readonly notes: readonly string[];
}

/**
 * The file by which a program that is started once for each arm knows which one it plays. Methods throw TARGET_UNKNOWN for an
 * arm that there is not.
 */
export interface InPlaceExperiment {
  state(): Promise<InPlaceState>;
  /** Adds arms at the end; those that are there stay as they are. Also after all others are finished. */
  addArms(...arms: readonly string[]): Promise<void>;
  /**
   * The arm to play: that which is named, reopened where it was finished; else the active one, which a killed program so
   * comes back to; else the first unfinished one. `undefined` when all are finished; OPTION_INVALID when there are none.
   */
  activate(arm: string): Promise<string>;
  activate(): Promise<string | undefined>;
  finish(arm: string): Promise<void>;
  /**
   * Adds what came of an arm: lists are appended, objects merged name by name. Throws OPTION_INVALID where a single value
   * contradicts another, where a run gives something else under a name than before, and for NaN and Infinity.
   */
  addResults(arm: string, results: InPlaceResults, options?: AddResultsOptions): Promise<void>;
}

/**
 * An experiment in one file of JSON, in the style of the original: the program is started again for each arm and asks which
 * one it plays. Programs at once lose nothing of each other; each change replaces the file whole. The original's
 * `experiment_config.json` can be gone on with, and stays readable for it. Throws STUDY_INVALID for another file,
 * STORE_LOCKED, FILE_UNREADABLE and FILE_UNWRITABLE.
 * @example
 * const experiment = inPlaceExperiment("kettles.json");
 * await experiment.addArms("plain", "warm");
 * const arm = await experiment.activate();
 * await experiment.addResults(arm, { intent: [4, 5] }, { run: "kettles-1" });
 * await experiment.finish(arm);
 * (await experiment.state()).unfinished; // => ["warm"]
 */
export function inPlaceExperiment(file: string, { patienceMs = 10_000 }: InPlaceOptions = {}): InPlaceExperiment {
  const shared = sharedFile(file, patienceMs);
  const change = (by: (document: InPlaceDocument) => InPlaceDocument): Promise<void> =>
    shared.change((document) => ({ document: by(document), told: undefined }));
  function activate(arm: string): Promise<string>;
  function activate(): Promise<string | undefined>;
  function activate(arm?: string): Promise<string | undefined> {
    return shared.change((document) => {
      const next = arm ?? document.active_experiment ?? firstUnfinished(document);
      return { document: activated(document, next), told: next };
    });
  }
  return {
    state: async () => stateOf(await shared.read()),
    addArms: (...arms) => change((document) => withArms(document, arms)),
    activate,
    finish: (arm) => change((document) => finished(document, arm)),
    addResults: (arm, results, options = {}) => {
      return change((document) => {
        checkResults(results);
        const grown = withResults(armOf(document, arm), results, options);
        return { ...document, experiments: { ...document.experiments, [arm]: grown } };
      });
    },
  };
}

function stateOf(document: InPlaceDocument): InPlaceState {
  const arms = Object.keys(document.experiments);
  return {
    active: document.active_experiment ?? undefined,
    arms,
    finished: document.finished_experiments,
    unfinished: arms.filter((arm) => !document.finished_experiments.includes(arm)),
    results: Object.fromEntries(Object.entries(document.experiments).map(([arm, { results = {} }]) => [arm, results])),
    notes: document.notes ?? [],
  };
}

function withArms(document: InPlaceDocument, arms: readonly string[]): InPlaceDocument {
  const added = arms.filter((arm) => !Object.hasOwn(document.experiments, arm));
  if (added.length === 0) return document;
  const experiments = { ...document.experiments, ...Object.fromEntries(added.map((arm) => [arm, {}])) };
  return { ...document, experiments, finished_all_experiments: false };
}

function firstUnfinished(document: InPlaceDocument): string | undefined {
  const { arms, unfinished } = stateOf(document);
  if (arms.length > 0) return unfinished[0];
  throw new TinyTroupeError("OPTION_INVALID", "The experiment has no arms yet.", {
    data: { option: "arms" },
    hint: 'Name them first, as in: await experiment.addArms("control", "treatment")',
  });
}

function activated(document: InPlaceDocument, arm: string | undefined): InPlaceDocument {
  if (arm === undefined) return document;
  armOf(document, arm);
  // The original leaves an arm that it plays again among those that are finished.
  if (arm === document.active_experiment && !document.finished_experiments.includes(arm)) return document;
  return settled({
    ...document,
    active_experiment: arm,
    finished_experiments: document.finished_experiments.filter((other) => other !== arm),
  });
}

function finished(document: InPlaceDocument, arm: string): InPlaceDocument {
  armOf(document, arm);
  return settled({
    ...document,
    active_experiment: document.active_experiment === arm ? null : document.active_experiment,
    finished_experiments: [...new Set([...document.finished_experiments, arm])],
  });
}

/** Whether all are finished follows from which are. */
const settled = (document: InPlaceDocument): InPlaceDocument => ({
  ...document,
  finished_all_experiments: stateOf(document).unfinished.length === 0,
});

function armOf({ experiments }: InPlaceDocument, arm: string): InPlaceArm {
  const found = Object.hasOwn(experiments, arm) ? experiments[arm] : undefined;
  if (found !== undefined) return found;
  throw new TinyTroupeError("TARGET_UNKNOWN", `The experiment has no arm '${arm}'.`, {
    data: { target: arm, known: Object.keys(experiments) },
    hint: "Check the name, or add the arm first.",
  });
}

function withResults(arm: InPlaceArm, results: InPlaceResults, { run, replace }: AddResultsOptions): InPlaceArm {
  const { results: before = {}, runs = {} } = arm;
  if (replace) {
    // What runs gave under these names is gone, and may be given again.
    const others = Object.entries(runs).map(([one, given]) => [one, without(given, results)] as const);
    const kept = { ...arm, results: without(before, results), runs: Object.fromEntries(others) };
    return withResults(kept, results, run === undefined ? {} : { run });
  }
  if (run === undefined) return { ...arm, results: merging(before, results) };
  const given = runs[run] ?? {};
  const fresh = Object.fromEntries(
    Object.entries(results).filter(([name, value]) => isFresh(given[name], value, name)),
  );
  const digests = Object.fromEntries(Object.entries(fresh).map(([name, value]) => [name, digestJson(value)]));
  return { ...arm, results: merging(before, fresh), runs: { ...runs, [run]: { ...given, ...digests } } };
}

const merging = (before: InPlaceArm["results"] & object, added: InPlaceResults) =>
  mergedResults(before, added) as InPlaceArm["results"] & object;

function without<T>(all: Readonly<Record<string, T>>, names: object): Record<string, T> {
  return Object.fromEntries(Object.entries(all).filter(([name]) => !Object.hasOwn(names, name)));
}

/** Whether a run gives something for the first time under a name. */
function isFresh(before: string | undefined, value: unknown, name: string): boolean {
  if (before === undefined) return true;
  if (before === digestJson(value)) return false;
  throw new TinyTroupeError("OPTION_INVALID", `The run has given something else as results.${name} before.`, {
    data: { option: `results.${name}`, value },
    hint: "Give all values of a run under one name at once, or pass { replace: true }.",
  });
}
