import { Command, Option } from "commander";
import { loadPopulation, type Population, type PopulationPerson, rowsToCsv } from "../../../../index.ts";
import { refuseTaken, writeNewFile } from "../../../new-file.ts";
import type { Session } from "../../../session.ts";
import { harmlessJson } from "../../../terminal/text.ts";
import { withExamples } from "../../flags.ts";

type Format = "csv" | "jsonl" | "json";

interface ExportFlags {
  readonly to: Format;
  readonly out?: string;
}

const help = `
A table (csv) has the draw of each person, their weight and the name of their
file; lines (jsonl) and one document (json) have the whole personas as well.`;

/** `tinytroupe population export`: the people of a folder, with their draws and weights, for other programs. */
export function exportCommand(session: Session): Command {
  const command = new Command("export")
    .argument("<folder>", "a folder that 'population generate' made")
    .description("the people of a folder with their draws and weights, on standard output or in a file")
    .addOption(new Option("--to <format>", "what is written").choices(["csv", "jsonl", "json"]).default("csv"))
    .option("--out <file>", "where to write it, never over another file")
    .action((folder: string, flags: ExportFlags) => exportPopulation(session, folder, flags));
  return withExamples(
    command,
    ["population export porto > porto.csv"],
    ["population export porto --to jsonl --out porto.jsonl"],
  ).addHelpText("after", help);
}

async function exportPopulation(session: Session, folder: string, { to, out }: ExportFlags): Promise<void> {
  if (out !== undefined) refuseTaken(session, out, "--out");
  const text = writers[to](await loadPopulation(folder));
  if (out === undefined) session.raw(text);
  else await writeNewFile(session, pieces(text), out);
}

async function* pieces(text: string): AsyncIterable<string> {
  yield text;
}

const writers: Readonly<Record<Format, (population: Population) => string>> = {
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

const whole = ({ draw, name, file, edited, persona }: PopulationPerson) => ({ ...draw, name, file, edited, persona });
