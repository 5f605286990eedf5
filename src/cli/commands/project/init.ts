import { existsSync } from "node:fs";
import { mkdir, open, readdir, rm } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { Command } from "commander";
import { TinyTroupeError } from "../../../index.ts";
import { exitCodes } from "../../failure.ts";
import { reply } from "../../reply.ts";
import { installCommand, type Session, shellWord } from "../../session.ts";
import { harmless } from "../../terminal/text.ts";
import { withExamples } from "../flags.ts";
import { studyTemplate, type TemplateFile } from "./template.ts";

interface InitFlags {
  readonly program?: boolean;
  readonly yes?: boolean;
}

const help = `
Nothing that is there is written over. In a folder that holds other things it
asks first, where somebody can answer.
${exitCodes}`;

/** `tinytroupe init`: a folder with a study that runs at once, and an experiment on it. */
export function initCommand(session: Session): Command {
  const command = new Command("init")
    .summary("make a study folder: a person, a study, an experiment, settings")
    .description("Make a folder with a person, a study that runs at once, an experiment on it, and settings.")
    .argument("[folder]", "where (default: here)", ".")
    .option("--program", "a program (main.ts) instead of study.yaml")
    .option("-y, --yes", "do not ask")
    .option("--json", "for programs")
    .action((folder: string, flags: InitFlags) => init(session, folder, flags));
  return withExamples(command, ["init kettles"], ["init --program", "here, as a program in TypeScript"]).addHelpText(
    "after",
    help,
  );
}

async function init(session: Session, given: string, { program, yes }: InitFlags): Promise<void> {
  const folder = resolve(session.environment.folder, given);
  const installed = existsSync(join(packageFor(folder), "package.json"));
  const install = installed ? undefined : installCommand();
  const files = studyTemplate(schemasFrom(folder), { kind: program ? "program" : "yaml", install });
  const there = await readdir(folder).catch((error: NodeJS.ErrnoException): string[] => {
    if (error.code === "ENOENT") return [];
    throw unwritable(folder, error.message, error);
  });
  const inTheWay = files.filter(({ name, mayBeThere }) => there.includes(name) && !mayBeThere);
  if (inTheWay.length > 0) {
    throw unwritable(folder, `these are there already: ${inTheWay.map(({ name }) => name).join(", ")}`);
  }
  if (there.length > 0 && session.interactive && !session.json && !yes) {
    const names = files.map(({ name }) => name).join(", ");
    const question = `There are other things in ${folder}. Write ${names} there?`;
    if (!(await session.confirm(question))) return session.out.print("Nothing was written.");
  }
  const written = await write(folder, files);
  const kept = files.filter(({ name }) => !written.includes(name)).map(({ name }) => name);
  const next = nextCommands(session, { given, folder, install, study: program ? "main.ts" : "study.yaml" });
  if (session.json) return reply(session, { folder, written, kept, next });
  const { out, outStyle: style } = session;
  out.say(`Written to ${given === "." ? "this folder" : given}: ${written.join(", ")}`);
  if (kept.length > 0) out.say(`Left as they were: ${kept.join(", ")}`);
  out.print("", "Go on with:", ...next.map((command) => `  ${style.bold(harmless(command))}`));
}

/** Writes what is not there yet, all of it or nothing, and returns the names; no file that appears meanwhile is written over. */
async function write(folder: string, files: readonly TemplateFile[]): Promise<readonly string[]> {
  const written: string[] = [];
  try {
    await mkdir(folder, { recursive: true });
    for (const { name, text, mayBeThere } of files) {
      const path = join(folder, name);
      if (mayBeThere && existsSync(path)) continue;
      await using file = await open(path, "wx");
      written.push(name);
      await file.writeFile(text);
    }
  } catch (cause) {
    await Promise.all(written.map((name) => rm(join(folder, name), { force: true })));
    throw unwritable(folder, cause instanceof Error ? cause.message : String(cause), cause);
  }
  return written;
}

/** Where the package is, or would be, as a study in the folder finds it: in the nearest `node_modules` that has it. */
function packageFor(folder: string): string {
  const place = "node_modules/tinytroupe";
  let from = folder;
  while (!existsSync(join(from, place)) && dirname(from) !== from) from = dirname(from);
  return join(existsSync(join(from, place)) ? from : folder, place);
}

/** Where the schemas of the package lie, as seen from the folder. */
function schemasFrom(folder: string): string {
  const slashed = relative(folder, join(packageFor(folder), "schemas")).replaceAll("\\", "/");
  return slashed.startsWith(".") ? slashed : `./${slashed}`;
}

interface Made {
  readonly given: string;
  readonly folder: string;
  /** What installs the package there, where it is missing. */
  readonly install: string | undefined;
  readonly study: string;
}

function nextCommands({ program, environment }: Session, { given, folder, install, study }: Made): readonly string[] {
  const here = folder === resolve(environment.folder);
  // A study in YAML imports nothing; npx would fetch a stranger's package of our name where ours is missing.
  const needsPackage = study === "main.ts" || program.startsWith("npx ");
  return [
    ...(here ? [] : [`cd ${shellWord(given)}`]),
    ...(needsPackage && install !== undefined ? [install] : []),
    `${program} run ${study} --model builtin`,
    `${program} doctor`,
    `${program} run ${study}`,
    ...(study === "study.yaml" ? [`${program} experiment show experiment.yaml`] : []),
  ];
}

function unwritable(folder: string, why: string, cause?: unknown): TinyTroupeError<"FILE_UNWRITABLE"> {
  return new TinyTroupeError("FILE_UNWRITABLE", `Nothing was written to ${folder}: ${why}.`, {
    data: { file: folder },
    hint: "Name another folder: tinytroupe init <folder>",
    cause,
  });
}
