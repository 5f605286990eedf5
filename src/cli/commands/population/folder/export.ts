import { Command, Option } from "commander";
import {
  loadPopulation,
  type Population,
  type PopulationPerson,
  rowsToCsv,
  TinyTroupeError,
  tableOf,
  writeTable,
} from "../../../../index.ts";
import { refuseTaken, writeNewFile } from "../../../new-file.ts";
import type { Session } from "../../../session.ts";
import { harmlessJson } from "../../../terminal/text.ts";
import { withExamples } from "../../flags.ts";

type Format = (typeof formats)[number];
const formats = ["csv", "jsonl", "json", "parquet", "arrow", "xlsx"] as const;

interface ExportFlags {
  readonly to?: Format;
  readonly out?: string;
}

const help = `
A table (csv, parquet, arrow, xlsx) has the draw of each person, their weight
and the name of their file; lines (jsonl) and one document (json) have the whole
personas as well, and where they come from. Without --to the ending of --out
says it. Parquet, Arrow and Excel need a package each, which the error names.`;

/** `tinytroupe population export`: the people of a folder, with their draws and weights, for other programs. */
export function exportCommand(session: Session): Command {
  const command = new Command("export")
    .argument("<folder>", "a folder that 'population generate' or 'population from' made")
    .description("the people of a folder with their draws and weights, on standard output or in a file")
    .addOption(new Option("--to <format>", "what is written (default: as --out ends, else csv)").choices(formats))
    .option("--out <file>", "where to write it, never over another file")
    .action((folder: string, flags: ExportFlags) => exportPopulation(session, folder, flags));
  return withExamples(
    command,
    ["population export porto > porto.csv"],
    ["population export porto --out porto.parquet"],
    ["population export porto --to jsonl --out porto.jsonl"],
  ).addHelpText("after", help);
}

async function exportPopulation(session: Session, folder: string, { to, out }: ExportFlags): Promise<void> {
  if (out !== undefined) refuseTaken(session, out, "--out");
  const format = to ?? formats.find((one) => out?.toLowerCase().endsWith(`.${one}`)) ?? "csv";
  const isBinary = format === "parquet" || format === "arrow" || format === "xlsx";
  if (isBinary && out === undefined) throw nowhere(format);
  const population = await loadPopulation(folder);
  const written = isBinary
    ? await writeTable(tableOf(population.people.map(row)), format, { title: population.manifest.name })
    : writers[format](population);
  if (out !== undefined) return writeNewFile(session, pieces(written), out);
  session.raw(String(written));
}

function nowhere(format: Format): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError("OPTION_INVALID", `The format ${format} is no text for a terminal.`, {
    data: { option: "--out" },
    hint: `Name a file, as in --out people.${format}`,
  });
}

async function* pieces(written: string | Uint8Array): AsyncIterable<string | Uint8Array> {
  yield written;
}

const writers: Readonly<Record<"csv" | "jsonl" | "json", (population: Population) => string>> = {
  csv: ({ people }) => rowsToCsv(people.map(row)),
  jsonl: ({ people }) =>
    people.map((one) => `${harmlessJson(JSON.stringify({ simulated: true, ...whole(one) }))}\n`).join(""),
  json: ({ manifest, people }) => {
    const { name, specification, model, seed } = manifest;
    const document = { simulated: true, name, model, seed, specification, people: people.map(whole) };
    return `${harmlessJson(JSON.stringify(document, null, 2))}\n`;
  },
};

/** A person as a row; a dimension that is called like another column is `draw.name`. */
function row({
  draw: { id, values, weight, household },
  name,
  file,
  edited,
}: PopulationPerson): Record<string, unknown> {
  const after = { weight, household: household?.id, partner: household?.partner, file, edited };
  const drawn = Object.entries(values).map(([key, value]) => {
    const taken = key === "id" || key === "name" || key in after;
    return [taken ? `draw.${key}` : key, value] as const;
  });
  return { id, name, ...Object.fromEntries(drawn), ...after };
}

const whole = ({ draw, name, file, edited, persona, origin }: PopulationPerson) => ({
  ...{ ...draw, name, file, edited, persona },
  ...(origin && { origin }),
});
