import { Command } from "commander";
import { type FileReport, type Issue, validateFiles } from "../../../index.ts";
import { exitCodes } from "../../failure.ts";
import { reply } from "../../reply.ts";
import type { Session } from "../../session.ts";
import { harmless } from "../../terminal/text.ts";
import { withExamples } from "../flags.ts";

const help = `
A study is looked over with the personas, fragments and pictures that it names,
each with the line and column of what has to be mended (✗), and what may be a
mistake (!). So are tests of systems, questionnaires, specifications of
populations and of synthetic data, descriptions of answers, anchors and adverts.
Programs are not: 'run --dry-run' plays them without a model.
What could make a person livelier says 'persona show'.
${exitCodes}`;

/** `tinytroupe validate`: what is wrong with files, before anything runs. */
export function validateCommand(session: Session): Command {
  const command = new Command("validate")
    .summary("find mistakes in studies, personas, tests, settings and more")
    .description("Find mistakes in studies, personas, tests of systems, settings and more, without running anything.")
    .argument("<files...>", "study.yaml, ann.json, tinytroupe.config.json, …")
    .option("--json", "for programs")
    .action((files: readonly string[]) => validate(session, files));
  return withExamples(
    command,
    ["validate study.yaml"],
    ["validate *.yaml tinytroupe.config.json", "all studies here, and the settings"],
    ["validate study.yaml --json", "for programs: valid, files"],
  ).addHelpText("after", help);
}

async function validate(session: Session, given: readonly string[]): Promise<void> {
  const files = await validateFiles(...given);
  const valid = files.every(({ issues }) => issues.length === 0);
  session.exitCode = valid ? 0 : 2;
  if (session.json) return reply(session, { valid, files });
  for (const report of files) show(session, report);
}

function show({ out, outStyle: style }: Session, { file, kind, issues, warnings }: FileReport): void {
  out.print(`${issues.length === 0 ? style.good("✓") : style.bad("✗")} ${harmless(file)} ${style.dim(kind)}`);
  const lines = (found: readonly Issue[], mark: string): void => {
    for (const issue of found) {
      const [first = "", ...rest] = out.fold(textOf(file, issue), 4);
      out.print(`  ${mark} ${first}`, ...rest.map((line) => `    ${line}`));
    }
  };
  lines(issues, style.bad("✗"));
  lines(warnings, style.warn("!"));
}

/** As in `study.yaml:5:7 steps.0.ask: …`, which terminals and editors open at the place. */
function textOf(file: string, { path, message, line, column }: Issue): string {
  const place = [file, line, column].filter((part) => part !== undefined).join(":");
  return `${place}${path === "" ? "" : ` ${path}`}: ${message}`;
}
