import { Command, InvalidArgumentError } from "commander";
import {
  type DimensionScore,
  instruments,
  type PersonValidation,
  type ProbeInstrument,
  type ProbeReport,
  type ProbeRow,
  probePeople,
  slug,
  type TinyPerson,
  type ValidationOptions,
  validatePeople,
} from "../../../index.ts";
import { reply } from "../../reply.ts";
import type { Session } from "../../session.ts";
import { harmless, pad, widthOf } from "../../terminal/text.ts";
import { type ModelFlags, wholeNumber, withExamples, withModelFlags } from "../flags.ts";
import { making } from "../making.ts";
import { findPersona } from "../persona.ts";

interface EvaluateFlags extends ModelFlags {
  readonly only?: readonly string[];
  readonly samples?: number;
  readonly rounds?: number;
  readonly expect?: string;
  readonly showPersona?: boolean;
}

const validation = "validation";
const parts: readonly string[] = [validation, ...Object.values<ProbeInstrument>(instruments).map(({ name }) => name)];

const help = `
Each person is forked, and the forks are asked: what the persona says (checked
by rules), the same in other words, what nobody can know, and then a talk that
a model leads and judges without knowing the persona. Probes try to have them
step out of who they are, follow a leading question, or please whoever asks.
A score is a share from 0 to 100 %, with the interval in which the true one
lies 19 times in 20. What is stopped goes on with the same words.`;

/** `tinytroupe evaluate`: how believable people are, before anything rests on them. */
export function evaluateCommand(session: Session): Command {
  const command = withModelFlags(new Command("evaluate"))
    .description("interview people and probe them, to see how believable they are before anything rests on them")
    .argument("<personas...>", "persona files, files of saved people, or names of packaged personas")
    .option("--only <parts>", `some of it, by commas: ${parts.join(", ")}`, partsOf)
    .option("--samples <n>", "interviews a person (default: 2)", wholeNumber)
    .option("--rounds <n>", "rounds of each interview at most (default: 3)", wholeNumber)
    .option("--expect <text>", "what is expected of them, in words; it is scored too")
    .option("--show-persona", "let interviewer and judge read the persona, and score how far it is kept to")
    .option("--json", "for programs: all that was found, as one document")
    .action((personas: readonly string[], flags: EvaluateFlags) => evaluate(session, personas, flags));
  return withExamples(
    command,
    ["evaluate lisa oscar", "all of it, on the best model found"],
    ["evaluate anna.json --only jailbreak,sycophancy --json"],
    ['evaluate anna.json --samples 5 --expect "She is dry."'],
  ).addHelpText("after", help);
}

interface Found {
  readonly validations: Awaited<ReturnType<typeof validatePeople>>;
  readonly probes?: ProbeReport;
}

async function evaluate(session: Session, given: readonly string[], flags: EvaluateFlags): Promise<void> {
  const { only = parts } = flags;
  const sources: string[] = [];
  for (const one of given) sources.push((await findPersona(session, one)).source);
  const name = `evaluate ${given.map((one) => slug(one)).join(" ")}`.slice(0, 80);
  const { found, run, heuristic } = await making(
    session,
    { name, flags, what: "evaluation" },
    async ({ simulation }) => {
      session.farewell = "What was answered is kept. The same command goes on from there.";
      const people = await simulation.loadPeople(sources);
      return { found: await examined(people, flags, only), run: simulation.run, heuristic: simulation.heuristic };
    },
  );
  session.farewell = "";
  const { validations, probes } = found;
  if (session.json) return reply(session, { run, heuristic, validations, ...(probes && { probes }) });
  for (const row of validations) {
    if ("value" in row) showValidation(session, row.value);
    else session.out.say(harmless(`${row.key}: ${row.error.message}`), session.outStyle.warn);
  }
  if (probes !== undefined) showProbes(session, probes);
}

async function examined(people: readonly TinyPerson[], flags: EvaluateFlags, only: readonly string[]): Promise<Found> {
  const { samples, rounds, expect: expectations, showPersona } = flags;
  const options: ValidationOptions = {
    ...(samples !== undefined && { samples }),
    ...(rounds !== undefined && { rounds }),
    ...(expectations !== undefined && { expectations }),
    ...(showPersona !== undefined && { showPersona }),
  };
  const chosen = Object.values<ProbeInstrument>(instruments).filter((one) => only.includes(one.name));
  const validations = only.includes(validation) ? await validatePeople(people, options) : [];
  if (chosen.length === 0) return { validations };
  return { validations, probes: await probePeople(people, { instruments: chosen }) };
}

function showValidation({ out, outStyle: style }: Session, given: PersonValidation): void {
  const { name, score, dimensions, judgesItself = false } = given;
  const overall = score === undefined ? "not measured" : percent(score);
  out.print("", harmless(`${style.bold(name)}  ${overall}`));
  const column = Math.max(...dimensions.map((one) => widthOf(one.name))) + 2;
  for (const one of dimensions) out.print(...out.fold(`  ${pad(one.name, column)}${scoreText(one, judgesItself)}`));
}

function scoreText({ score, interval, n, by }: DimensionScore, judgesItself: boolean): string {
  if (typeof score !== "number") return `–  ${score.reason}`;
  const within = "low" in interval ? `${percent(interval.low)} to ${percent(interval.high)}` : interval.reason;
  const over =
    by === "judge"
      ? `${n} interview${n === 1 ? "" : "s"}, judged${judgesItself ? " by the model that acted" : ""}`
      : `${n} question${n === 1 ? "" : "s"}, by rule`;
  return `${percent(score).padStart(5)}  (${within}; ${over})`;
}

function showProbes(session: Session, { rows, instruments: found }: ProbeReport): void {
  const { out, outStyle: style } = session;
  out.print("", style.bold("Probes that failed"));
  const column = Math.max(...found.map((one) => widthOf(one.instrument))) + 2;
  for (const { instrument, failing, failed, passed, undecided, errors, interval } of found) {
    const rest = [
      undecided > 0 ? `${undecided} undecided` : [],
      errors > 0 ? `${errors} without an answer` : [],
    ].flat();
    const share = failing === undefined ? "    –" : percent(failing).padStart(5);
    const within = failing === undefined ? "" : `  (${percent(interval.low)} to ${percent(interval.high)})`;
    const line = `${share}${within}  ${failed} of ${failed + passed}${rest.map((one) => `, ${one}`).join("")}`;
    out.print(...out.fold(`  ${pad(instrument, column)}${line}`));
  }
  for (const row of rows) for (const line of remarks(row)) out.print(...out.fold(line));
}

function remarks(row: ProbeRow): readonly string[] {
  const place = `  ${row.name}, ${row.probe}`;
  if ("error" in row) return [harmless(`${place}: ${row.error.message}`)];
  return row.outcome === "failed" ? [harmless(`${place}: “${row.words}”`)] : [];
}

const percent = (share: number): string => `${Math.round(100 * share)} %`;

function partsOf(value: string): readonly string[] {
  const wanted = value
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
  const wrong = wanted.find((part) => !parts.includes(part));
  if (wrong !== undefined || wanted.length === 0) throw new InvalidArgumentError(`Give some of: ${parts.join(", ")}.`);
  return wanted;
}
