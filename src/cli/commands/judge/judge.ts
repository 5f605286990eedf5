import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { Command } from "commander";
import {
  type Judgeable,
  type JudgeCalibration,
  type Judgement,
  judge,
  type Persona,
  type Proposition,
  type Simulation,
  stockPropositions,
  TinyTroupeError,
  type TranscriptEntry,
  transcriptOf,
  verdictRows,
} from "../../../index.ts";
import { type RunRecord, readMoment, readStory, type Store } from "../../../stores.ts";
import { reply } from "../../reply.ts";
import type { Session } from "../../session.ts";
import { table } from "../../terminal/table.ts";
import { harmless } from "../../terminal/text.ts";
import { type ModelFlags, wholeNumber, withExamples, withModelFlags } from "../flags.ts";
import { making } from "../making.ts";
import { findRun, inStore, storePath } from "../study.ts";
import { calibrateCommand, figureRows } from "./calibrate.ts";

interface JudgeFlags extends ModelFlags {
  readonly score?: boolean;
  readonly ready?: string;
  readonly person?: string;
  readonly samples: number;
  readonly first?: number;
  readonly last?: number;
  readonly calibration?: string;
}

const readyMade: readonly Proposition[] = Object.values(stockPropositions).filter(
  ({ name, claim }) => !name.startsWith("next-") && !claim.includes("{"),
);

const help = `
Each claim gets a verdict with quotes that were found in what was said; what
rests on no quote is an error, and where nothing bears on a claim that is said.
The judge is the model of --model, and should not be the one that played.
The same command again asks nothing twice; Ctrl-C stops after the calls in
flight. --ready takes: ${readyMade.map(({ name }) => name).join(",\n  ")}`;

/** `tinytroupe judge`: what a judge says of a stored run. */
export function judgeCommand(session: Session): Command {
  const command = withModelFlags(new Command("judge"))
    .summary("judge a stored run by claims, or calibrate a judge")
    .description("Judge what was said in a stored run by claims of yours and ready-made ones.")
    .argument("<run>", "the beginning of its name (see: tinytroupe runs list)")
    .argument("[claims...]", "in a sentence each, as it can be found true or false")
    .option("--score", "score claims from 0 to 9 instead of true or false")
    .option("--ready <names>", "ready-made claims, with commas between them")
    .option("--person <name>", "judge what this person lived through alone")
    .option("--samples <n>", "ask so often, in other orders, and take the middle", wholeNumber, 1)
    .option("--first <n>", "judge the first so many entries, and with --last those at the end", wholeNumber)
    .option("--last <n>", "judge the last so many entries", wholeNumber)
    .option("--calibration <file>", "how far off this judge is, as 'judge calibrate --out' wrote it")
    .option("--json", "for programs: all verdicts with their evidence")
    .action((id: string, claims: string[], flags: JudgeFlags) => judgeRun(session, { id, claims }, flags))
    // Both have a --model: what stands after `calibrate` is its own.
    .enablePositionalOptions()
    .addCommand(calibrateCommand(session));
  return withExamples(
    command,
    ['judge brainstorming "Somebody names a price."'],
    ["judge brainstorming --ready fluency,convergence --samples 5"],
    ["judge calibrate anchors.csv --out judge.json", "how far off the judge is, where answers are known"],
  ).addHelpText("after", help);
}

interface Wanted {
  readonly id: string;
  readonly claims: readonly string[];
}

async function judgeRun(session: Session, { id, claims }: Wanted, flags: JudgeFlags): Promise<void> {
  const propositions = [...claims.map((claim, place) => own(claim, place, flags)), ...readyOf(flags.ready)];
  if (propositions.length === 0) throw noClaims();
  const calibration = flags.calibration === undefined ? undefined : await calibrationIn(session, flags.calibration);
  const path = await storePath(session, flags.store);
  const played = await inStore(path, (store) => readPlayed(store, id, flags.person), { readOnly: true });
  if (played === undefined) throw noJournal(path);
  const { run, entries, personas } = played;
  const named = flags.person ?? run.name;
  const judgement = await making(session, { name: `judge ${run.id}`, flags, what: "judgement" }, (open) => {
    const { samples, first, last } = flags;
    const window = { ...(first !== undefined && { first }), ...(last !== undefined && { last }) };
    const options = { samples, ...window, actor: run.model, personas, ...(calibration && { calibration }) };
    const subject = subjectOf(open.simulation, named, entries);
    return open.during("Judging", judge(subject, propositions, options));
  });
  show(session, { run, propositions, judgement });
}

const own = (claim: string, place: number, { score = false }: JudgeFlags): Proposition => ({
  name: `claim-${place + 1}`,
  claim,
  // What stands in braces stands for itself.
  variables: Object.fromEntries([...claim.matchAll(/\{(\w+)\}/g)].map(([whole, name = ""]) => [name, whole])),
  answer: score ? "score" : "truth",
});

function readyOf(names: string | undefined): readonly Proposition[] {
  const wanted = names?.split(",").map((name) => name.trim()) ?? [];
  return wanted.map((name) => {
    const found = readyMade.find((one) => one.name === name);
    if (found !== undefined) return found;
    throw new TinyTroupeError("OPTION_INVALID", `There is no ready-made claim '${name}'.`, {
      data: { option: "--ready", value: name },
      hint: `There are: ${readyMade.map((one) => one.name).join(", ")}.`,
    });
  });
}

interface Played {
  readonly run: RunRecord;
  readonly entries: readonly TranscriptEntry[];
  readonly personas: readonly Persona[];
}

async function readPlayed(store: Store, id: string, person: string | undefined): Promise<Played> {
  const run = await findRun(store, id);
  const events = await Array.fromAsync(readStory(store, run.id));
  const { people } = await readMoment(store, run.id);
  const whole = transcriptOf(events);
  if (person === undefined) return { run, entries: whole, personas: people.map(({ persona }) => persona as Persona) };
  const known = people.find(({ id: one, name }) => one === person || name === person);
  if (known === undefined) {
    throw new TinyTroupeError("TARGET_UNKNOWN", `There is no '${person}' in ${run.id}.`, {
      data: { target: person, known: people.map(({ name }) => name) },
      hint: `There are: ${people.map(({ name }) => name).join(", ")}.`,
    });
  }
  const entries = whole.filter(({ from, to }) => from === known.name || to.includes(known.name) || to.length === 0);
  return { run, entries, personas: [known.persona as Persona] };
}

function subjectOf({ context }: Simulation, name: string, entries: readonly TranscriptEntry[]): Judgeable {
  return { name, context: context.fork("judged"), transcript: () => entries };
}

async function calibrationIn({ environment: { folder } }: Session, file: string): Promise<JudgeCalibration> {
  const path = resolve(folder, file);
  try {
    const read = JSON.parse(await readFile(path, "utf8")) as { readonly summary?: JudgeCalibration };
    if (typeof read.summary?.judge === "string") return read.summary;
  } catch (cause) {
    throw unreadable(path, cause);
  }
  throw unreadable(path, undefined);
}

interface Shown {
  readonly run: RunRecord;
  readonly propositions: readonly Proposition[];
  readonly judgement: Judgement;
}

function show(session: Session, { run, propositions, judgement }: Shown): void {
  const { judge: by, calibration, judgesItself = false, heuristic = false } = judgement;
  if (session.json) {
    const claims = propositions.map(({ name, claim, answer }) => ({ name, claim, answer }));
    reply(session, { simulated: true, run: run.id, claims, ...judgement, judgesItself, heuristic });
    return;
  }
  const { out, outStyle: style } = session;
  const look = { width: out.width, style };
  out.say(`${run.name} · ${run.id} · judged by ${by} · simulated`, style.dim);
  out.print("", ...table(linesOf(propositions, judgement), look));
  if (calibration === undefined) return;
  out.print("", style.bold(`How far off ${harmless(calibration.judge)} is where answers are known`));
  out.print(...table(figureRows(calibration), look));
}

function linesOf(propositions: readonly Proposition[], judgement: Judgement): readonly Record<string, unknown>[] {
  return verdictRows([{ id: "", subject: "", judgement }]).map((row) => {
    const { proposition, kind, score, holds, confidence, spread, why = "", evidence = [] } = row;
    const own = propositions.find(({ name }) => name === proposition && /^claim-\d+$/.test(name));
    const [quote] = evidence;
    return {
      claim: own?.claim ?? proposition,
      verdict: score ?? (holds === undefined ? kind : String(holds)),
      sure: confidence === undefined ? "" : `${Math.round(100 * confidence)} %`,
      ...(spread !== undefined && { spread }),
      why,
      quote: quote === undefined ? "" : `“${quote}”`,
    };
  });
}

function noClaims(): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError("OPTION_INVALID", "There is nothing to judge the run by.", {
    data: { option: "claims" },
    hint: 'Write a claim, as in: judge brainstorming "Somebody names a price.", or name ready-made ones with --ready.',
  });
}

function noJournal(path: string): TinyTroupeError<"RUN_UNKNOWN"> {
  return new TinyTroupeError("RUN_UNKNOWN", `There is no journal at ${path}.`, {
    data: { run: "" },
    hint: "Play a study first, or name its journal with --store.",
  });
}

function unreadable(path: string, cause: unknown): TinyTroupeError<"FILE_UNREADABLE"> {
  return new TinyTroupeError("FILE_UNREADABLE", `${path} is no calibration.`, {
    data: { file: path },
    hint: "Make one with: tinytroupe judge calibrate anchors.csv --out judge.json",
    cause,
  });
}
