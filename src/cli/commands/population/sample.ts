import { extname } from "node:path";
import { Command, Option } from "commander";
import {
  archetypesOf,
  type Draw,
  loadSpecification,
  rowsToCsv,
  type SamplingMethod,
  samplePopulation,
  samplingMethods,
  TinyTroupeError,
} from "../../../index.ts";
import { refuseTaken, writeNewFile } from "../../new-file.ts";
import { reply } from "../../reply.ts";
import type { Session } from "../../session.ts";
import { wholeNumber, withExamples } from "../flags.ts";
import { printArchetypes, printReport } from "./report.ts";

interface SampleFlags {
  readonly size?: number;
  readonly seed: string;
  readonly method: SamplingMethod;
  readonly tolerance?: number;
  readonly archetypes?: number;
  readonly out?: string;
  readonly all?: boolean;
}

const help = `
No model is asked, and nothing is paid: people are drawn as values of their
dimensions. By quota (the default) every figure is met within one person. What
contradicts itself is refused, with the parts that do.`;

/** `tinytroupe population sample`: people drawn from a specification, and how they compare with it. */
export function sampleCommand(session: Session): Command {
  const command = new Command("sample")
    .argument("<specification>", "a file, or the name of one that comes with the package")
    .description("draw people from a specification, without a model, and show how they match it")
    .option("-n, --size <n>", "how many (default: what the specification says)", wholeNumber)
    .option("-s, --seed <seed>", "where all chance comes from; the same seed draws the same people", "0")
    .addOption(new Option("--method <method>", "how they are drawn").choices(samplingMethods).default("quota"))
    .option(
      "--tolerance <points>",
      "percentage points by which figures may give way to each other (default: 0.5)",
      points,
    )
    .option("--archetypes <n>", "so many of them who stand for all, with weights, and what that costs", wholeNumber)
    .option("--out <file>", "where to write the people: draws.csv or draws.jsonl, never over another file")
    .option("--all", "show every figure, not only each table as a whole")
    .option("--json", "for programs: the report, and the people unless --out is given")
    .action((source: string, flags: SampleFlags) => sample(session, source, flags));
  return withExamples(
    command,
    ["population sample buyers.yaml --size 200"],
    ["population sample buyers.yaml --size 200 --out draws.csv"],
    ["population sample buyers.yaml --archetypes 6 --out few.jsonl", "then: population generate few.jsonl"],
    ['population sample buyers.yaml --method "latin hypercube" --json'],
  ).addHelpText("after", help);
}

async function sample(session: Session, source: string, flags: SampleFlags): Promise<void> {
  const { size, seed, method, tolerance, out: file } = flags;
  if (file !== undefined) {
    writerOf(file);
    refuseTaken(session, file, "--out");
  }
  const specification = await loadSpecification(source);
  const options = { seed, method, ...(size !== undefined && { size }), ...(tolerance !== undefined && { tolerance }) };
  // Drawing takes all of the processor while it lasts: the word comes before it, and Ctrl-C ends the program at once.
  if ((size ?? specification.size ?? 0) >= worthAWord) {
    session.err.say("Drawing people. Ctrl-C stops; nothing is written before all are drawn.", session.errStyle.dim);
  }
  const drawn = await samplePopulation(specification, options);
  const { archetypes: count } = flags;
  const few = count === undefined ? undefined : archetypesOf(drawn.people, specification, { count, seed });
  const people = few?.archetypes.map(({ draw, weight }) => ({ ...draw, weight })) ?? drawn.people;
  if (session.json) {
    if (file !== undefined) await writeDraws(session, people, file);
    return reply(session, {
      simulated: true,
      report: drawn.report,
      ...(few && { archetypes: few }),
      ...(file === undefined && { people }),
    });
  }
  printReport(session, drawn.report, { all: flags.all === true });
  if (few !== undefined) printArchetypes(session, few);
  if (file !== undefined) await writeDraws(session, people, file);
}

/** In people: drawing so many may take more than two seconds. */
const worthAWord = 100_000;

const lines = 1_000;

async function writeDraws(session: Session, people: readonly Draw[], file: string): Promise<void> {
  const write = writerOf(file);
  async function* pieces(): AsyncIterable<string> {
    for (let from = 0; from < people.length; from += lines) yield write(people.slice(from, from + lines), from === 0);
  }
  await writeNewFile(session, pieces(), file);
}

type Writer = (people: readonly Draw[], first: boolean) => string;

/** How draws are written, by the ending of the file. Throws OPTION_INVALID. */
function writerOf(file: string): Writer {
  const ending = extname(file).toLowerCase();
  if (ending === ".jsonl") return (people) => people.map((draw) => `${JSON.stringify(draw)}\n`).join("");
  if (ending === ".csv") {
    return (people, first) => {
      const text = rowsToCsv(
        people.map(({ id, values, weight, household }) => ({
          id,
          ...values,
          weight,
          ...(household && { household: household.id, partner: household.partner }),
        })),
      );
      return first ? text : text.slice(text.indexOf("\n") + 1);
    };
  }
  throw new TinyTroupeError("OPTION_INVALID", `${file} is neither .csv nor .jsonl.`, {
    data: { option: "--out", value: file },
    hint: "End the name with .csv for a table, or with .jsonl for one person a line.",
  });
}

/** Percentage points as a share. */
function points(text: string): number {
  const value = Number(text.replace(/\s*%$/, ""));
  if (Number.isFinite(value) && value >= 0 && value <= 100) return value / 100;
  throw new TinyTroupeError("OPTION_INVALID", `'${text}' is no number of percentage points.`, {
    data: { option: "--tolerance", value: text },
    hint: "Give a number from 0 to 100, as in --tolerance 2",
  });
}
