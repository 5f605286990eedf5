import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { Command } from "commander";
import {
  type Judgeable,
  type JudgeCalibration,
  type JudgedSubject,
  judgeEach,
  type Persona,
  type Proposition,
  readyPropositions,
  type Simulation,
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
import { peopleCalled } from "../people-called.ts";
import { inStore, storePath, studiedRun } from "../study.ts";
import { calibrateCommand, figureRows } from "./calibrate.ts";

interface JudgeFlags extends ModelFlags {
  readonly score?: boolean;
  readonly ready?: string;
  readonly person?: string;
  readonly each?: boolean;
  readonly by?: string;
  readonly samples: number;
  readonly first?: number;
  readonly last?: number;
  readonly calibration?: string;
}

const readyMade = readyPropositions();

const help = `
Each claim gets a verdict with quotes that were found in what was said; what
rests on no quote is an error, and where nothing bears on a claim that is said.
The judge is the model of --model; without it the project's judge, else the
first of its model and models that did not play. --by names another of them.
--each judges everybody alone.
The same command again asks nothing twice; Ctrl-C stops after the calls in
flight. --ready takes: ${readyMade.map(({ name }) => name).join(",\n  ")}`;

/** `tinytroupe judge`: what a judge says of a stored run. */
export function judgeCommand(session: Session): Command {
  const command = withModelFlags(new Command("judge"))
    .summary("judge a stored run by claims, or calibrate a judge")
    .description("Judge what was said in a stored run by claims of yours and ready-made ones.")
    .argument("[run]", "the beginning of its name (default: the last played, of twins the control)")
    .argument("[claims...]", "in a sentence each, as it can be found true or false")
    .option("--score", "score claims from 0 to 9 instead of true or false")
    .option("--ready <names>", "ready-made claims, with commas between them")
    .option("--person <name>", "judge what this person lived through alone")
    .option("--each", "judge each person alone, by what they lived through: a verdict a person and claim")
    .option("--by <name>", "who judges: judge, actor, or a name of the project's models")
    .option("--samples <n>", "ask so often, in other orders, and take the middle", wholeNumber, 1)
    .option("--first <n>", "judge the first so many entries, and with --last those at the end", wholeNumber)
    .option("--last <n>", "judge the last so many entries", wholeNumber)
    .option("--calibration <file>", "how far off this judge is, as 'judge calibrate --out' wrote it")
    .option("--json", "for programs: all verdicts with their evidence")
    .action((id: string | undefined, claims: string[], flags: JudgeFlags) => judgeRun(session, { id, claims }, flags))
    // Both have a --model: what stands after `calibrate` is its own.
    .enablePositionalOptions()
    .addCommand(calibrateCommand(session));
  return withExamples(
    command,
    ['judge brainstorming "Somebody names a price."'],
    ["judge brainstorming --ready fluency,convergence --samples 5"],
    ["judge brainstorming --each --ready persona-adherence", "a score for everybody"],
    ["judge calibrate anchors.csv --out judge.json", "how far off the judge is, where answers are known"],
  ).addHelpText("after", help);
}

interface Wanted {
  readonly id: string | undefined;
  readonly claims: readonly string[];
}

async function judgeRun(session: Session, { id, claims }: Wanted, flags: JudgeFlags): Promise<void> {
  const propositions = [...claims.map((claim, place) => own(claim, place, flags)), ...readyOf(flags.ready)];
  if (propositions.length === 0) throw noClaims();
  const calibration = flags.calibration === undefined ? undefined : await calibrationIn(session, flags.calibration);
  const path = await storePath(session, flags.store);
  const readOnly = { readOnly: true };
  const played = await inStore(path, (store) => readPlayed(session, { store, id, flags }), readOnly);
  if (played === undefined) throw noJournal(path);
  const { run, subjects } = played;
  const judged = await making(
    session,
    { name: `judge ${run.id}`, flags: { ...flags, reads: [run.model] }, what: "judgement" },
    (open) => {
      const { samples, first, last, by } = flags;
      const window = { ...(first !== undefined && { first }), ...(last !== undefined && { last }) };
      const who = { actor: run.model, ...(by !== undefined && { by }) };
      const options = { samples, ...window, ...who, ...(calibration && { calibration }) };
      const judgeable = subjects.map((subject) => subjectOf(open.simulation, subject));
      return open.during("Judging", judgeEach(judgeable, propositions, options));
    },
  );
  show(session, { run, propositions, judged, isEach: flags.each === true });
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
  readonly subjects: readonly PlayedSubject[];
}

/** What is judged by itself: all that was said, or what somebody lived through. */
interface PlayedSubject {
  readonly id: string;
  readonly name: string;
  readonly entries: readonly TranscriptEntry[];
  readonly personas: readonly Persona[];
}

interface Reading {
  readonly store: Store;
  readonly id: string | undefined;
  readonly flags: JudgeFlags;
}

async function readPlayed(session: Session, { store, id, flags: { person, each } }: Reading): Promise<Played> {
  const run = await studiedRun(session, store, id);
  const whole = transcriptOf(await Array.fromAsync(readStory(store, run.id)));
  const { people } = await readMoment(store, run.id);
  if (person === undefined && !each) {
    const personas = people.map(({ persona }) => persona as Persona);
    return { run, subjects: [{ id: "", name: run.name, entries: whole, personas }] };
  }
  const known = person === undefined ? people : [personCalled(people, person, run)];
  const subjects = known.map(({ id: own, name, persona }) => ({
    ...{ id: each ? own : "", name, personas: [persona as Persona] },
    entries: whole.filter(({ from, to }) => from === name || to.includes(name) || to.length === 0),
  }));
  return { run, subjects };
}

/** The one person, by id or name. TARGET_UNKNOWN where it is nobody, or may be several. */
function personCalled<P extends { readonly id: string; readonly name: string }>(
  people: readonly P[],
  wanted: string,
  run: RunRecord,
): P {
  const byId = people.find(({ id }) => id === wanted);
  const [found, ...others] = byId === undefined ? peopleCalled(people, wanted) : [byId];
  if (found !== undefined && others.length === 0) return found;
  const names = (some: readonly P[]): readonly string[] => some.map(({ name }) => name);
  const message =
    found === undefined
      ? `There is no '${wanted}' in ${run.id}.`
      : `'${wanted}' may be ${names([found, ...others]).join(" or ")}.`;
  throw new TinyTroupeError("TARGET_UNKNOWN", message, {
    data: { target: wanted, known: names(people) },
    hint: `There are: ${names(people).join(", ")}.`,
  });
}

function subjectOf({ context }: Simulation, { id, name, entries, personas }: PlayedSubject): Judgeable {
  const place = id === "" ? "judged" : `judged:${id}`;
  const people = personas.map((persona) => ({ persona }));
  return { name, context: context.fork(place), transcript: () => entries, people };
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
  readonly judged: readonly JudgedSubject[];
  readonly isEach: boolean;
}

function show(session: Session, shown: Shown): void {
  const { run, propositions, judged, isEach } = shown;
  const judgement = judged.flatMap((one) => ("judgement" in one ? [one.judgement] : []))[0];
  // Where nothing came of anybody, why was thrown.
  const { judge: by = "", calibration, judgesItself = false, heuristic = false } = judgement ?? {};
  if (session.json) {
    const claims = propositions.map(({ name, claim, answer }) => ({ name, claim, answer }));
    const head = { simulated: true, run: run.id, claims };
    if (isEach) reply(session, { ...head, judge: by, judgesItself, heuristic, rows: verdictRows(judged) });
    else reply(session, { ...head, ...judgement, judgesItself, heuristic });
    return;
  }
  const { out, outStyle: style } = session;
  const look = { width: out.width, style };
  const notice = heuristic ? " · by rules: no insight" : "";
  out.say(harmless(`${run.name} · ${run.id} · judged by ${by} · simulated${notice}`), style.dim);
  out.print("", ...table(linesOf(shown), look));
  if (calibration === undefined) return;
  out.print("", style.bold(`How far off ${harmless(calibration.judge)} is where answers are known`));
  out.print(...table(figureRows(calibration), look));
}

function linesOf({ propositions, judged, isEach }: Shown): readonly Record<string, unknown>[] {
  const isRehearsed = judged.some((one) => "judgement" in one && one.judgement.heuristic);
  return verdictRows(judged).map((row) => {
    const { subject, proposition, kind, score, holds, confidence, spread, why = "", evidence = [] } = row;
    const own = propositions.find(({ name }) => name === proposition && /^claim-\d+$/.test(name));
    const [quote] = evidence;
    return {
      ...(isEach && { person: subject }),
      claim: own?.claim ?? proposition,
      verdict: score ?? (holds === undefined ? kind : String(holds)),
      // Rules are not sure of anything.
      ...(!isRehearsed && { sure: confidence === undefined ? "" : `${Math.round(100 * confidence)} %` }),
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
