import { createHash } from "node:crypto";
import { mkdir, readFile, stat } from "node:fs/promises";
import { extname, join, relative, resolve } from "node:path";
import {
  type AnalysisPlan,
  analyseExperiment,
  analysisTables,
  experimentReport,
  experimentReportHtml,
  loadAnalysis,
  loadExperimentResults,
  type Observation,
  planOfResults,
  proposeAnalysis,
  readObservations,
  TinyTroupeError,
  type TracedAnalysis,
} from "../../../index.ts";
import { createPreparation } from "../../live/preparation.ts";
import { refuseTaken, writeNewFile } from "../../new-file.ts";
import { reply } from "../../reply.ts";
import type { Session } from "../../session.ts";
import { harmless } from "../../terminal/text.ts";
import { readExperiment, resultsFolder } from "./place.ts";
import { showAnalysis } from "./show-analysis.ts";

/** What is analysed, by what, and where that goes. */
export interface AnalyseFlags {
  readonly declared?: string;
  readonly results?: string;
  readonly out?: string;
}

/** `experiment analyse`: what an experiment came to; a claim that does not pass is exit code 1. */
export async function analyse(session: Session, what: string, flags: AnalyseFlags): Promise<void> {
  if (flags.out !== undefined) refuseTaken(session, flags.out, "--out");
  const preparation = createPreparation(session.err, () => performance.now());
  const { plan, observations, file, notes, assumptions } = await preparation.during(
    `Reading ${what}`,
    subjectOf(session, what, flags),
  );
  const digest = createHash("sha256")
    .update(await readFile(file))
    .digest("hex");
  const source = relative(session.environment.folder, file);
  const analysing = analyseExperiment(plan, observations, { source, digest, ...(notes.length > 0 && { notes }) });
  const traced = await preparation.during("Analysing", analysing);
  if (traced.analysis.claims.some(({ status }) => status !== "passed")) session.exitCode = 1;
  if (!session.json) {
    for (const assumption of assumptions) session.out.say(harmless(assumption), session.outStyle.dim);
    showAnalysis(session, traced.analysis);
  }
  if (flags.out !== undefined) await write(session, flags.out, traced);
  if (session.json) reply(session, { ...traced.analysis, assumptions });
}

/** Rows, and what they are analysed by. */
interface Subject {
  readonly plan: AnalysisPlan;
  readonly observations: readonly Observation[];
  readonly file: string;
  readonly notes: readonly string[];
  readonly assumptions: readonly string[];
}

const experiments: readonly string[] = [".yaml", ".yml", ".json", ".ts", ".mts", ".js", ".mjs"];

async function subjectOf(session: Session, what: string, { declared, results }: AnalyseFlags): Promise<Subject> {
  const path = resolve(session.environment.folder, what);
  const isFile = experiments.includes(extname(path).toLowerCase());
  if (isFile || (await isFolder(path))) {
    if (declared !== undefined) throw declaredTwice(what);
    const experiment = isFile ? await readExperiment(session, what) : undefined;
    const found = await loadExperimentResults(isFile ? resultsFolder(session, what, results) : path);
    const planned = planOfResults(found, experiment?.design);
    return { ...planned, observations: found.observations, file: found.file, assumptions: [] };
  }
  const observations = await readObservations(path);
  const head = { observations, file: path, notes: [] };
  if (declared === undefined) return { ...head, ...proposeAnalysis(observations, what) };
  const plan = await loadAnalysis(resolve(session.environment.folder, declared), observations);
  return { ...head, plan, assumptions: [] };
}

const isFolder = async (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );

function declaredTwice(what: string): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError("OPTION_INVALID", `${what} says itself what was declared.`, {
    data: { option: "--declared" },
    hint: "Leave it out, or name the table of rows in its place.",
  });
}

async function write(session: Session, folder: string, traced: TracedAnalysis): Promise<void> {
  await mkdir(resolve(session.environment.folder, folder), { recursive: true });
  const files: readonly (readonly [string, string])[] = [
    ["report.md", experimentReport(traced.analysis)],
    ["report.html", await experimentReportHtml(traced.analysis)],
    ...Object.entries(analysisTables(traced)),
    ["analysis.json", `${JSON.stringify(traced.analysis, null, 2)}\n`],
  ];
  for (const [name, text] of files) await writeNewFile(session, piece(text), join(folder, name));
}

async function* piece(text: string): AsyncIterable<string> {
  yield text;
}
