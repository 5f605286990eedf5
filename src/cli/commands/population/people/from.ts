import { basename, resolve } from "node:path";
import { Command, Option } from "commander";
import {
  type Consent,
  type Depth,
  defineStudy,
  isTinyTroupeError,
  loadSpecification,
  type Manifest,
  type MicrodataRow,
  type PersonResult,
  populationFromInterviews,
  populationFromRows,
  type RecordedInterview,
  readInterviews,
  readMicrodata,
  type Simulation,
  type Specification,
  slug,
  TinyTroupeError,
} from "../../../../index.ts";
import type { Session } from "../../../session.ts";
import { type ModelFlags, wholeNumber, withExamples, withModelFlags } from "../../flags.ts";
import { making } from "../../making.ts";
import { dryRun } from "../../money/dry-run.ts";
import { peopleMade, sayingHowToGoOn, showPopulation } from "./made.ts";

interface FromFlags extends ModelFlags {
  readonly consent?: string;
  readonly until?: string;
  readonly out: string;
  readonly first?: number;
  readonly language?: string;
  readonly specification?: string;
  readonly depth?: Depth;
  readonly about?: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

const help = `
Interviews are texts (.md, .txt, .docx, .pdf), one person a file, or a folder of
them.
What 'population interview' wrote has its consent in the file, anything else
needs --consent. Age, work and the like stand in a persona only where a quote of
the answers says them. Rows are a table (.csv, .tsv, .parquet), one person a
line; columns id, name and weight are what they are called, and without a name
people get one from lists. Who is in the folder is not made again: the same
command goes on where it was, and takes in what came since.`;

/** `tinytroupe population from`: a folder of people who are made from real ones: of interviews, or of rows of a survey. */
export function fromCommand(session: Session): Command {
  const command = withModelFlags(new Command("from"))
    .argument(
      "<sources...>",
      "interviews (.md, .txt, .docx, .pdf, or a folder of them), or one table of rows (.csv, .tsv, .parquet)",
    )
    .description("make people from interviews or from the rows of a survey, with their consent beside each")
    .option("--out <folder>", "where to write them", "people")
    .option("--consent <scope>", "what they agreed to, as in 'simulated interviews until 2027'")
    .option("--until <date>", "the last day for which they agreed, as in 2027-12-31")
    .option("--first <n>", "so many of them, and no more", wholeNumber)
    .option("--language <name>", "of interviews: write the personas in it (default: that of the answers)")
    .option("--specification <file>", "of rows: what the columns mean")
    .addOption(
      new Option("--depth <depth>", "of rows: how much is written of each").choices(["sketch", "standard", "deep"]),
    )
    .option("--about <context>", "of rows: more on their setting")
    .option("--dry-run", "ask no model: say what it would use and cost")
    .option("--json", "for programs: the manifest")
    .action((sources: readonly string[], flags: FromFlags) => makeFrom(session, sources, flags));
  return withExamples(
    command,
    ["population from anna.md --out people", "an interview that 'population interview' wrote"],
    ['population from talks/ --consent "simulated interviews" --dry-run'],
    ['population from survey.csv --consent "the pilot study" --first 20'],
  ).addHelpText("after", help);
}

/** What people are made of, once it is read. */
type Order = (simulation: Simulation, onPerson?: (result: PersonResult) => void) => Promise<Manifest>;

async function makeFrom(session: Session, sources: readonly string[], flags: FromFlags): Promise<void> {
  const { folder } = session.environment;
  const name = `population from ${slug(basename(flags.out))}`;
  const files = sources.map((source) => resolve(folder, source));
  const { count, order: ordered } = await orderOf(files, { ...flags, out: resolve(folder, flags.out) });
  const order: Order = (...given) => ordered(...given).catch(askingForConsent);
  if (flags.dryRun) {
    const run = async (simulation: Simulation): Promise<void> => void (await order(simulation));
    return dryRun(session, defineStudy({ name, run }), flags);
  }
  const progress = peopleMade();
  const run = { name, flags, what: "population", status: progress.line };
  const manifest = await making(session, run, ({ simulation, tick }) =>
    sayingHowToGoOn(session, simulation, order(simulation, progress.counting(count, tick))),
  );
  showPopulation(session, manifest, flags.out);
}

async function orderOf(
  files: readonly string[],
  flags: FromFlags,
): Promise<{ readonly count: number; readonly order: Order }> {
  const tables = files.filter((file) => isTable(file));
  if (tables.length > 1 || (tables.length === 1 && files.length > 1)) throw mixed(files);
  const [table] = tables;
  const first = flags.first ?? Number.POSITIVE_INFINITY;
  if (table !== undefined) {
    const rows = (await readMicrodata(table)).slice(0, first);
    const { specification } = flags;
    const known = specification === undefined ? undefined : await loadSpecification(specification);
    return { count: rows.length, order: ofRows(rows, { table, flags, known }) };
  }
  const interviews = (await readInterviews(...files)).slice(0, first);
  return { count: interviews.length, order: ofInterviews(interviews, flags) };
}

const isTable = (file: string): boolean => /\.(?:csv|tsv|parquet|sav|zsav|dta|xlsx)$/i.test(file);

function ofInterviews(interviews: readonly RecordedInterview[], flags: FromFlags): Order {
  const { out, language } = flags;
  const consent = consentIn(flags);
  return (simulation, onPerson) =>
    populationFromInterviews(simulation, interviews, {
      ...{ folder: out, name: slug(basename(out)) },
      ...(consent && { consent }),
      ...(language !== undefined && { language }),
      ...(onPerson && { onPerson }),
    });
}

interface Rows {
  readonly table: string;
  readonly flags: FromFlags;
  readonly known: Specification | undefined;
}

function ofRows(rows: readonly MicrodataRow[], { table, flags, known }: Rows): Order {
  const { out, depth, about } = flags;
  const consent = consentIn(flags) ?? { given: false, scope: "none" };
  return (simulation, onPerson) =>
    populationFromRows(simulation, rows, {
      ...{ folder: out, name: slug(basename(out)), source: basename(table), consent },
      ...(known && { specification: known }),
      ...(depth !== undefined && { depth }),
      ...(about !== undefined && { about }),
      ...(onPerson && { onPerson }),
    });
}

function consentIn({ consent, until }: FromFlags): Consent | undefined {
  if (consent === undefined) return undefined;
  if (until === undefined) return { given: true, scope: consent };
  if (/^\d{4}-\d{2}-\d{2}$/.test(until) && !Number.isNaN(Date.parse(until))) {
    return { given: true, scope: consent, until };
  }
  throw new TinyTroupeError("OPTION_INVALID", `'${until}' is no day.`, {
    data: { option: "--until", value: until },
    hint: "Give the last day for which they agreed, as in --until 2027-12-31",
  });
}

/** The command's own word on how consent is given. */
function askingForConsent(error: unknown): never {
  if (!isTinyTroupeError(error, "CONSENT_MISSING") || error.data.reason !== "not given") throw error;
  throw new TinyTroupeError("CONSENT_MISSING", error.message, {
    data: error.data,
    hint: 'Ask them, and say what they agreed to, as in --consent "simulated interviews".',
    cause: error,
  });
}

function mixed(files: readonly string[]): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError("OPTION_INVALID", "A table of rows stands alone: not with another, nor with interviews.", {
    data: { option: "sources", value: files.join(", ") },
    hint: "Call it once for each; people from several tables have several folders.",
  });
}
