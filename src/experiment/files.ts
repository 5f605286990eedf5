import { dirname, extname, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { readTextFile } from "../kernel/text/files/read-text.ts";
import { issuesInWords } from "../kernel/text/issues.ts";
import { readWritten, type Written } from "../kernel/text/written.ts";
import { type Issue, isTinyTroupeError, TinyTroupeError } from "../kernel/values/errors.ts";
import { digest } from "../kernel/values/hash.ts";
import type { Study } from "../study/define.ts";
import type { ArmDocument } from "../study/document/arms.ts";
import { wrongInArm } from "../study/document/checks/checks.ts";
import type { StudyDocument } from "../study/document/document.ts";
import { parseStudyDocument } from "../study/document/parse.ts";
import { loadStudy, readStudyDocument } from "../study/files.ts";
import { armOf } from "../study/forks/arm.ts";
import { type Periods, studyOf } from "../study/interpret.ts";
import {
  type Experiment,
  type ExperimentPlan,
  isExperiment,
  ownCrossover,
  type PlayedCell,
  settledExperiment,
} from "./define.ts";
import { crossoverIssues } from "./design/crossed-over.ts";
import { ExperimentDocument } from "./design/document.ts";
import { invalidExperiment } from "./design/invalid.ts";
import type { Declaration } from "./design/settle.ts";
import { sourceIssues } from "./design/sources.ts";

/** An experiment with a study of ten thousand steps has half a megabyte. In bytes. */
const largestExperiment = 4 * 1024 * 1024;
const programs: readonly string[] = [".ts", ".mts", ".js", ".mjs"];

/**
 * An experiment from a YAML or JSON file, or from a program (.ts, .js, .mjs) whose default export is one.
 * @throws FILE_UNREADABLE, EXPERIMENT_INVALID with file, line and column of all that is wrong, STUDY_INVALID for its study, and
 * SURVEY_INVALID and TARGET_UNKNOWN for its questionnaires
 */
export async function loadExperiment(file: string): Promise<Experiment> {
  const path = resolve(file);
  if (programs.includes(extname(path).toLowerCase())) return fromProgram(path, file);
  const { document, placed } = await readExperimentDocument(path, file);
  try {
    return await fromDocument(document, dirname(path));
  } catch (error) {
    if (!isTinyTroupeError(error, "EXPERIMENT_INVALID")) throw error;
    throw invalidExperiment(error.data.issues.map(placed), file);
  }
}

/** An experiment as its file writes it, and where in the file each part stands. */
export async function readExperimentDocument(
  path: string,
  file = path,
): Promise<{ readonly document: ExperimentDocument } & Pick<Written, "placed">> {
  const text = await readTextFile(path, { mostBytes: largestExperiment });
  const { value, faults, placed } = await readWritten(text, { aliases: 100 });
  if (faults.length > 0) throw invalidExperiment(faults, file);
  const read = ExperimentDocument.safeParse(value);
  if (read.success) return { document: read.data, placed };
  const issues = issuesInWords(read.error.issues, { whole: value, schema: ExperimentDocument });
  throw invalidExperiment(issues.map(placed), file);
}

async function fromDocument(document: ExperimentDocument, folder: string): Promise<Experiment> {
  const {
    $schema: _editors,
    experiment: _version,
    study,
    arms: own,
    factors,
    wordings,
    populations,
    models,
    ...rest
  } = document;
  const played = await playedStudy(document, folder);
  const arms = own ?? (factors === undefined ? played.arms : undefined);
  const issues = [
    ...(await played.sourceIssues(document.metrics)),
    ...armIssues("arms", arms, played.world),
    ...Object.entries(factors ?? {}).flatMap(([factor, levels]) =>
      armIssues(`factors.${factor}`, levels, played.world),
    ),
    ...armIssues("wordings", wordings, played.world),
    ...crossoverIssues(document, { arms, steps: played.steps }),
  ];
  if (issues.length > 0) throw invalidExperiment(issues);
  const differences = (own: Readonly<Record<string, ArmDocument>>) => mapped(own, armOf);
  const plan: ExperimentPlan = {
    ...(rest as Declaration),
    ...{ study: played.study, folder },
    ...(arms && { arms: differences(arms) }),
    ...(factors && { factors: mapped(factors, differences) }),
    ...(wordings && { wordings: differences(wordings) }),
    ...(populations && { populations: mapped(populations, () => []) }),
    ...(models && { models }),
  };
  return settledExperiment(plan, { study: played.digest, arms, factors, wordings, populations });
}

/** What an experiment plays, and what is known of it. */
interface PlayedStudy {
  readonly study: (cell: PlayedCell, periods?: Periods) => Study;
  /** None of a program. */
  readonly steps: StudyDocument["steps"];
  /** Of what the study is: the hash of the design is over it. */
  readonly digest: string;
  /** `unknown` for a program. */
  readonly world: StudyDocument["world"] | "unknown";
  /** Those of a study's file, beside the study as it is: played where an experiment has none of its own. */
  readonly arms?: Readonly<Record<string, ArmDocument>>;
  /** What is wrong with where metrics come from, as far as the study tells. */
  readonly sourceIssues: (metrics: ExperimentDocument["metrics"]) => Promise<readonly Issue[]>;
}

async function playedStudy(
  { name, study: given, populations, crossover }: ExperimentDocument,
  folder: string,
): Promise<PlayedStudy> {
  if (typeof given === "string" && programs.includes(extname(given).toLowerCase())) {
    const path = resolve(folder, given);
    if (populations !== undefined) throw invalidExperiment([{ path: "populations", message: ownPeople }]);
    if (crossover) throw invalidExperiment([{ path: "crossover", message: ownCrossover }]);
    const study = await loadStudy(path);
    const text = await readTextFile(path, { mostBytes: largestExperiment });
    return { study: () => study, steps: [], digest: digest(text), world: "unknown", sourceIssues: async () => [] };
  }
  const path = typeof given === "string" ? resolve(folder, given) : undefined;
  if (typeof given !== "string" && given.people === undefined && populations === undefined)
    throw invalidExperiment([{ path: "study.people", message: "Say who takes part: here, or in `populations`." }]);
  const [first] = Object.values(populations ?? {});
  const written = path === undefined ? { people: first, ...(given as object), name } : undefined;
  const document = path === undefined ? parsed(written) : (await readStudyDocument(path)).document;
  const at = path === undefined ? folder : dirname(path);
  const { arms, ...plain } = document;
  return {
    study: ({ population }, periods) =>
      studyOf({ ...plain, people: populations?.[population] ?? plain.people }, at, periods),
    steps: plain.steps,
    digest: digest(JSON.stringify(plain)),
    world: plain.world,
    ...(arms && { arms: { control: {}, ...arms } }),
    sourceIssues: (metrics) => sourceIssues(metrics, plain, at),
  };
}

const ownPeople =
  "The study is a program, which has people of its own: give populations in a program with defineExperiment.";

/** The study that is written within the experiment; what is wrong with it stands there. */
function parsed(written: unknown): StudyDocument {
  try {
    return parseStudyDocument(written);
  } catch (error) {
    if (!isTinyTroupeError(error, "STUDY_INVALID")) throw error;
    throw invalidExperiment(error.data.issues.map(({ path, message }) => ({ path: `study.${path}`, message })));
  }
}

/** What is wrong with arms or levels; one of them may be without a difference. */
function armIssues(
  path: string,
  arms: Readonly<Record<string, ArmDocument>> = {},
  world: PlayedStudy["world"],
): readonly Issue[] {
  const plain = Object.entries(arms).filter(([, arm]) => Object.keys(arm).length === 0);
  const [, second] = plain;
  return [
    ...Object.entries(arms).flatMap(([name, arm]) =>
      wrongInArm(arm, world === "unknown" || world !== undefined).map((issue) => ({
        ...issue,
        path: [path, name, issue.path].filter((part) => part !== "").join("."),
      })),
    ),
    ...(second === undefined
      ? []
      : [{ path: `${path}.${second[0]}`, message: "Nothing is different here, as in another." }]),
  ];
}

const mapped = <In, Out>(record: Readonly<Record<string, In>>, change: (value: In) => Out): Record<string, Out> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));

async function fromProgram(path: string, file: string): Promise<Experiment> {
  await readTextFile(path, { mostBytes: largestExperiment });
  const program = (await import(pathToFileURL(path).href)) as Readonly<Record<string, unknown>>;
  const experiment = program["default"];
  if (isExperiment(experiment))
    return experiment.folder === undefined ? { ...experiment, folder: dirname(path) } : experiment;
  throw new TinyTroupeError("EXPERIMENT_INVALID", `The program ${file} exports no experiment.`, {
    data: { file, issues: [{ path: "default", message: "is no experiment" }] },
    hint: 'End it with: export default defineExperiment({ name: "…", study, arms: { control: {}, … }, metrics: { … } });',
  });
}
