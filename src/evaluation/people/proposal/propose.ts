import { TinyTroupeError } from "../../../kernel/values/errors.ts";
import { type AnswersDescription, AnswersDocument } from "../description/document.ts";
import { parseAnswersDescription } from "../description/load.ts";
import { readTable, type TableOfAnswers } from "../reading/table-of-answers.ts";
import { folded } from "../reading/value.ts";
import { readingOf } from "./readings.ts";

/** A description that nobody declared. */
export interface ProposedDescription {
  readonly description: AnswersDescription;
  /** The same as it would stand in a file, in YAML. */
  readonly text: string;
  /** What was assumed of each column, and which are left out. */
  readonly assumptions: readonly string[];
}

/** What exports of surveys have beside answers. */
const ofTheExport: readonly string[] = [
  ...["simulated", "startdate", "enddate", "status", "ipaddress", "progress", "finished", "recordeddate"],
  ...["duration (in seconds)", "recipientlastname", "recipientfirstname", "recipientemail", "externalreference"],
  ...["locationlatitude", "locationlongitude", "distributionchannel", "userlanguage", "run", "seed", "model"],
];
const saysWho = /^(?:(?:.*[^a-z])?id|response ?id|respon(?:dent|der)\b.*|participant\b.*|person|name|who|#)$/i;
const silent = new Set(AnswersDocument.shape.missing.parse(undefined).skipped);

/**
 * What two tables of answers seem to hold, by the columns that both have and the values of both together: a description to
 * be read, mended and declared. Throws OPTION_INVALID where they have no
 * item in common, and what reading them throws.
 */
export async function proposeAnswersDescription(
  humanFile: string,
  simulatedFile: string,
): Promise<ProposedDescription> {
  const [human, simulated] = [await readTable(humanFile), await readTable(simulatedFile)];
  const shared = human.columns.filter((column) => simulated.columns.includes(column));
  const id = shared.find(
    (column) => saysWho.test(column) && [human, simulated].every((table) => isDistinct(table, column)),
  );
  const [assumptions, items, attributes] = [[] as string[], {} as Record<string, object>, [] as string[]];
  let comment: string | undefined;
  if (id !== undefined) assumptions.push(`${id}: who it is; people with the same are taken for twins.`);
  for (const name of shared) {
    if (name === id || ofTheExport.includes(name.toLowerCase())) continue;
    const reading = readingOf({ name, human: saidIn(human, name), simulated: saidIn(simulated, name) });
    if ("item" in reading) items[name] = reading.item;
    else if ("as" in reading && reading.as === "attribute") attributes.push(name);
    else if ("as" in reading) comment ??= name;
    assumptions.push(`${name}: ${"left" in reading ? `left out: ${reading.left}` : reading.assumed}.`);
  }
  for (const name of human.columns)
    if (!shared.includes(name)) assumptions.push(`${name}: left out: only ${human.file} has it.`);
  if (Object.keys(items).length === 0) throw nothingShared(human, simulated);
  const document = {
    answers: 1,
    ...(id !== undefined && { id }),
    ...(comment !== undefined && { comment }),
    attributes,
    items,
  };
  const { stringify } = await import("yaml");
  return {
    description: parseAnswersDescription(document),
    text: stringify(document, { flowCollectionPadding: false }),
    assumptions,
  };
}

function saidIn({ columns, rows }: TableOfAnswers, column: string): readonly string[] {
  const place = columns.indexOf(column);
  return rows.flatMap((row) => {
    const text = row[place]?.isMissing ? "" : folded(row[place]?.text ?? "");
    return text === "" || silent.has(text) ? [] : [text];
  });
}

function isDistinct(table: TableOfAnswers, column: string): boolean {
  const said = saidIn(table, column);
  return said.length === table.rows.length && new Set(said).size === said.length;
}

function nothingShared(human: TableOfAnswers, simulated: TableOfAnswers): TinyTroupeError<"OPTION_INVALID"> {
  const message = `${human.file} and ${simulated.file} have no column in common that could be an item.`;
  return new TinyTroupeError("OPTION_INVALID", message, {
    data: { option: "describe", value: simulated.columns.join(", ") },
    hint: `Say which is which with --describe. There are: ${human.columns.join(", ")}; and: ${simulated.columns.join(", ")}.`,
  });
}
