import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { basename, extname, resolve } from "node:path";
import { Command } from "commander";
import {
  proposeSpecification,
  readMicrodata,
  type Specification,
  saveSpecification,
  specificationFromRows,
  TinyTroupeError,
  unverifiedIn,
} from "../../../index.ts";
import { refuseTaken } from "../../new-file.ts";
import { reply } from "../../reply.ts";
import { type Session, shellWord } from "../../session.ts";
import { harmless } from "../../terminal/text.ts";
import { type ModelFlags, wholeNumber, withExamples, withModelFlags } from "../flags.ts";
import { making } from "../making.ts";
import { specificationTemplate } from "./template.ts";

interface NewFlags extends ModelFlags {
  readonly from?: string;
  readonly rows?: boolean;
  readonly weight?: string;
  readonly joint?: readonly (readonly string[])[];
  readonly dimensions?: readonly string[];
  readonly about?: string;
  readonly size?: number;
}

/** What became of the command: a specification, and what is to be told of it. */
interface Made {
  readonly specification?: Specification;
  readonly remarks: readonly string[];
  readonly heuristic?: boolean;
}

const help = `
Without --from, a small specification to edit is written, and no model is asked.
From a text, a table of shares (CSV) or data (JSON), a model proposes one, in
one call: look it over, every figure in it is unverified. With --rows, a CSV or
Parquet file with one person a line is counted instead, without a model.`;

/** `tinytroupe population new`: a specification to edit, from words, data, or rows of people. */
export function newCommand(session: Session): Command {
  const list = (text: string): readonly string[] => text.split(",").map((word) => word.trim());
  const command = withModelFlags(new Command("new"))
    .argument("<file>", "where to write it: buyers.yaml or buyers.json, never over another file")
    .description("write a specification: one to edit, or one made from a text, from data or from rows of people")
    .option("--from <source>", "a text, or a file: .txt, .md, .csv, .json, .parquet")
    .option("--about <purpose>", "what the population is for, and what matters in it")
    .option("--dimensions <names>", "dimensions that it shall have, as in age,income; of rows: the columns", list)
    .option("-n, --size <n>", "how many people will be drawn", wholeNumber)
    .option("--rows", "the file has one person a line: count them, without a model")
    .option("--weight <column>", "of rows: how many people each stands for")
    .option("--joint <columns>", "of rows: keep how these go together, as in age,sex; may be repeated", joints(list))
    .option("--json", "for programs: the specification and the remarks, beside the file")
    .action((file: string, flags: NewFlags) => create(session, file, flags));
  return withExamples(
    command,
    ["population new buyers.yaml"],
    ['population new buyers.yaml --from "Cargo bike buyers: 58% women"'],
    ["population new voters.yaml --from survey.csv --rows --joint age,sex"],
  ).addHelpText("after", help);
}

const joints =
  (list: (text: string) => readonly string[]) =>
  (text: string, before: readonly (readonly string[])[] = []): readonly (readonly string[])[] => [
    ...before,
    list(text),
  ];

async function create(session: Session, file: string, flags: NewFlags): Promise<void> {
  const ending = extname(file).toLowerCase();
  if (![".yaml", ".yml", ".json"].includes(ending)) throw noSpecification(file);
  refuseTaken(session, file);
  const path = resolve(session.environment.folder, file);
  const name = basename(file, extname(file));
  if (flags.from === undefined) return await template(session, { file, path, name });
  const made = await (isRows(flags) ? counted(session, name, flags) : proposed(session, name, flags));
  if (made.specification !== undefined) await saveSpecification(path, made.specification);
  tell(session, file, made);
}

const isRows = ({ rows, weight, joint, from = "" }: NewFlags): boolean =>
  rows === true || weight !== undefined || joint !== undefined || extname(from).toLowerCase() === ".parquet";

async function template(
  session: Session,
  { file, path, name }: { file: string; path: string; name: string },
): Promise<void> {
  const text = specificationTemplate(name);
  if (extname(file).toLowerCase() === ".json") {
    throw new TinyTroupeError("OPTION_INVALID", "The specification to begin with is YAML, since it explains itself.", {
      data: { option: "file", value: file },
      hint: `Name it ${name}.yaml, or give --from.`,
    });
  }
  await writeFile(path, text, { flag: "wx" });
  if (session.json) return reply(session, { file, remarks: [] });
  session.out.say(`Written to ${harmless(file)}. Edit it, then draw from it: ${next(file)}`);
}

async function counted(session: Session, name: string, flags: NewFlags): Promise<Made> {
  const { from = "", dimensions, weight, joint, size } = flags;
  const rows = await readMicrodata(resolve(session.environment.folder, from));
  const opened = new Date().toISOString().slice(0, 10);
  const { specification, remarks } = specificationFromRows(rows, {
    name,
    source: { title: basename(from), opened },
    ...(dimensions !== undefined && { dimensions }),
    ...(weight !== undefined && { weight }),
    ...(joint !== undefined && { joints: joint }),
  });
  return { specification: { ...specification, ...(size !== undefined && { size }) }, remarks };
}

async function proposed(session: Session, name: string, flags: NewFlags): Promise<Made> {
  const source = await sourceOf(session, flags.from ?? "");
  const { about, dimensions, size } = flags;
  const wishes = { ...(about !== undefined && { about }), ...(dimensions && { dimensions }), ...(size && { size }) };
  const run = { name: `population ${name}`.slice(0, 60), flags, what: "proposal" };
  return making(session, run, ({ simulation: { context } }) =>
    proposeSpecification(context, source, { name, ...wishes }),
  );
}

/** Lines of a table of shares; more are rows of people. */
const mostLines = 200;
const largestSource = 4 * 1024 * 1024;

/** The text that was typed, or what stands in the file that it names. */
async function sourceOf({ environment }: Session, from: string): Promise<string | object> {
  const path = resolve(environment.folder, from);
  const looksLikeFile = /^[^\s]+\.(?:txt|md|csv|tsv|json|ya?ml)$/i.test(from);
  if (!looksLikeFile && (from.trim() === "" || from.length > 500 || !existsSync(path))) return from;
  const bytes = await readFile(path).catch((cause: NodeJS.ErrnoException) => {
    throw unreadable(from, cause.code === "ENOENT" ? "there is no such file" : cause.message, cause);
  });
  if (bytes.length > largestSource)
    throw unreadable(from, `it has ${bytes.length} bytes; at most ${largestSource} are read`);
  const text = bytes.toString("utf8").replace(/^\ufeff/, "");
  if (/\.[ct]sv$/i.test(from) && text.split("\n").length > mostLines) {
    throw new TinyTroupeError(
      "OPTION_INVALID",
      `${from} has more than ${mostLines} lines: that is no table of shares.`,
      {
        data: { option: "--from", value: from },
        hint: "If each line is a person, count them without a model: add --rows.",
      },
    );
  }
  return text;
}

function tell(session: Session, file: string, { specification, remarks, heuristic = false }: Made): void {
  const { out, err, errStyle: style } = session;
  const unverified = specification === undefined ? [] : unverifiedIn(specification);
  if (session.json) {
    reply(session, { file, heuristic, specification, remarks, unverified });
    return;
  }
  for (const remark of remarks) err.say(harmless(remark), style.warn);
  const { dimensions = {}, joints = [], conditionals = [] } = specification ?? {};
  const names = Object.keys(dimensions).join(", ");
  const tables = joints.length + conditionals.length;
  out.say(harmless(`${names}${tables === 0 ? "" : `; ${tables} of how they hang together`}.`));
  if (unverified.length > 0)
    out.say(harmless(`Unverified: ${unverified.join(", ")}. Look these figures up, and name the page in sources.`));
  out.say(`Written to ${harmless(file)}. Look it over, then draw from it: ${next(file)}`);
}

const next = (file: string): string => `tinytroupe population sample ${shellWord(file)}`;

function noSpecification(file: string): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError("OPTION_INVALID", `'${file}' ends in none of .yaml, .yml and .json.`, {
    data: { option: "file", value: file },
    hint: "A specification is a YAML file, as in: tinytroupe population new buyers.yaml",
  });
}

function unreadable(file: string, why: string, cause?: unknown): TinyTroupeError<"FILE_UNREADABLE"> {
  return new TinyTroupeError("FILE_UNREADABLE", `Cannot read ${file}: ${why}.`, {
    data: { file },
    hint: "Check the path, from the folder where you work. A text with spaces is taken as it is.",
    cause,
  });
}
