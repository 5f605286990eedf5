import { relative, resolve } from "node:path";
import { Command } from "commander";
import { type Configuration, isTinyTroupeError, noConfiguration, projectStore } from "../../../index.ts";
import { exitCodes } from "../../failure.ts";
import { createPreparation } from "../../live/preparation.ts";
import { reply } from "../../reply.ts";
import type { Session } from "../../session.ts";
import { pad } from "../../terminal/text.ts";
import { configurationOf, type ModelFlags, withExamples, withModelFlags } from "../flags.ts";
import { dollars } from "../money/amounts.ts";
import { type Call, checkChoice, choiceOf, tinyCall } from "./choice.ts";
import { type Check, checkModels, checkStore, fault } from "./machine.ts";

type DoctorFlags = ModelFlags & { readonly call?: boolean };

const help = `
Nothing is changed, and nothing is paid for without --call.
Exit code 0: a run can start, with a model or as a rehearsal; 1: something that
a run needs is broken.
${exitCodes}`;

/** `tinytroupe doctor`: what is here, what a run would use, and what is missing. */
export function doctorCommand(session: Session): Command {
  const command = withModelFlags(new Command("doctor"))
    .summary("see what is here, what a run would use, what is missing")
    .description("What was found on this machine, what a run here would use and why, and what mends what is missing.")
    .option("--call", "make one tiny call to the model: how long it takes, what it costs")
    .option("--json", "for programs")
    .action((flags: DoctorFlags) => examine(session, flags));
  return withExamples(
    command,
    ["doctor"],
    ["doctor --model openai/gpt-5-mini --call", "does it answer, how fast, for how much?"],
    ["doctor --json"],
  ).addHelpText("after", help);
}

async function examine(session: Session, flags: DoctorFlags): Promise<void> {
  const { environment } = session;
  const preparation = createPreparation(session.err, () => performance.now());
  const { configuration, check } = await settled(session, flags);
  const store = resolve(environment.folder, configuration.settings.store ?? projectStore(environment));
  const looking = Promise.all([checkStore(store, environment), checkModels(environment)]);
  const [journal, models] = await preparation.during("Looking at this machine", looking);
  const here = [await program(session), check, journal];
  const choice = await preparation.during("Choosing a model", choiceOf(environment, configuration));
  const usable = await preparation.during(`Looking for ${choice.spec}`, checkChoice(environment, choice.spec));
  const before = [...here, ...models, usable];
  const { prices } = configuration.settings;
  const asked = flags.call ? await asking(before, () => tinyCall(session, choice.spec, { preparation, prices })) : {};
  const calling = asked.check === undefined ? [] : [asked.check];
  const checks = [...before, ...calling];
  const ready = checks.every(({ state }) => state !== "bad");
  session.exitCode = ready ? 0 : 1;
  const { call } = asked;
  if (session.json) {
    return reply(session, { ready, rehearsal: choice.spec === "builtin", choice, checks, ...(call && { call }) });
  }
  show(session, "This machine", here);
  show(session, "Models", models);
  show(session, "A run would use", [{ ...usable, found: `${reasonOf(choice)}: ${usable.found}` }, ...calling]);
  conclude(session, { ready, rehearsal: choice.spec === "builtin", call });
}

/** The one call, and what became of it where there was none. */
async function asking(
  checks: readonly Check[],
  ask: () => Promise<Call>,
): Promise<{ readonly call?: Call; readonly check?: Check }> {
  const what = "call";
  if (checks.some(({ state }) => state === "bad")) {
    return { check: { what, state: "absent", found: "not made: nothing is asked before all is ready" } };
  }
  try {
    return { call: await ask() };
  } catch (error) {
    if (isTinyTroupeError(error, "ABORTED")) throw error;
    return { check: fault(what, error) };
  }
}

async function settled(session: Session, flags: ModelFlags): Promise<{ configuration: Configuration; check: Check }> {
  const what = "configuration";
  try {
    const configuration = await configurationOf(session, flags);
    const { file, warnings } = configuration;
    const found = file === undefined ? "no file here" : relative(session.environment.folder, file);
    const mend = warnings.length === 0 ? {} : { mend: warnings.join(" ") };
    return { configuration, check: { what, state: file || warnings.length > 0 ? "good" : "absent", found, ...mend } };
  } catch (error) {
    return { configuration: noConfiguration, check: fault(what, error) };
  }
}

async function program(session: Session): Promise<Check> {
  const found = `tinytroupe ${await session.version()} on Node.js ${process.versions.node}, ${process.platform} ${process.arch}`;
  return { what: "program", state: "good", found };
}

/** What was chosen and why, as in `builtin (from --model)`. */
const reasonOf = ({ reason }: { readonly reason: string }): string => reason.replace(/^Using |\. Another: .*$/g, "");

const marks = { good: "✓", absent: "·", bad: "✗" } as const;

function show({ out, outStyle: style }: Session, title: string, checks: readonly Check[]): void {
  // Where it is narrow, what was found stands below its name.
  const column = out.width < 60 ? 0 : 14;
  out.print(style.bold(title));
  for (const { what, state, found, mend } of checks) {
    const paint = { good: style.good, absent: style.dim, bad: style.bad }[state];
    const lines = [...out.fold(found, column + 4), ...(mend === undefined ? [] : out.fold(`→ ${mend}`, column + 4))];
    const first = column === 0 ? "" : (lines.shift() ?? "");
    out.print(
      `  ${paint(marks[state])} ${pad(what, column)}${first}`.trimEnd(),
      ...lines.map((line) => `${" ".repeat(column + 4)}${line}`),
    );
  }
  out.print("");
}

function conclude(
  { out, outStyle: style }: Session,
  end: { readonly ready: boolean; readonly rehearsal: boolean; readonly call: Call | undefined },
): void {
  const { ready, rehearsal, call } = end;
  if (call) {
    const { model, latencyMs, input, output, usd } = call;
    const price = usd === null ? "price unknown" : dollars(usd);
    const said = `${model} answered in ${(latencyMs / 1000).toFixed(2)} s: ${input} tokens in, ${output} out, ${price}.`;
    out.say(`${said}\n`);
  }
  const verdict = rehearsal ? "Ready for a rehearsal, without a model." : "Ready to play a study.";
  out.print(ready ? style.good(verdict) : style.bad("Not ready: mend what is marked with ✗."));
}
