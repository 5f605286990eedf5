import { TinyTroupeError } from "../../../kernel/values/errors.ts";
import { isCount } from "../answers.ts";
import { type AnswersDescription, AnswersDocument } from "../description/document.ts";
import { parseAnswersDescription } from "../description/load.ts";
import type { TableOfAnswers } from "../reading/table-of-answers.ts";
import { readingOf } from "./readings.ts";
import { isWho, type ProposedTable, proposedTable, saidIn } from "./rows.ts";

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
  const [people, others] = [await proposedTable(humanFile), await proposedTable(simulatedFile)];
  const [human, simulated] = [people.table, others.table];
  const shared = human.columns.filter((column) => simulated.columns.includes(column));
  const [own, theirs] = idsOf(people, others, shared);
  const assumptions = [...people.assumptions, ...others.assumptions].map((assumed) => `${assumed}.`);
  const [items, attributes] = [{} as Record<string, object>, [] as string[]];
  let comment: string | undefined;
  if (own !== undefined) assumptions.push(linkage(own, [...saidIn(human, own), ...saidIn(simulated, theirs ?? own)]));
  const beside = [...ofTheExport, ...people.beside, ...others.beside];
  for (const name of shared) {
    if (name === own || name === theirs || beside.includes(name.toLowerCase())) continue;
    const reading = readingOf({ name, human: spoken(human, name), simulated: spoken(simulated, name) });
    if ("item" in reading) items[name] = reading.item;
    else if ("as" in reading && reading.as === "attribute") attributes.push(name);
    else if ("as" in reading) comment ??= name;
    assumptions.push(`${name}: ${"left" in reading ? `left out: ${reading.left}` : reading.assumed}.`);
  }
  for (const name of human.columns)
    if (!shared.includes(name) && name !== own && !people.beside.includes(name))
      assumptions.push(`${name}: left out: only ${human.file} has it.`);
  if (Object.keys(items).length === 0) throw nothingShared(human, simulated);
  const other = { ...(theirs !== own && { id: theirs }), ...others.side };
  const document = {
    ...{ answers: 1, ...(own !== undefined && { id: own }), ...people.side },
    ...(comment !== undefined && { comment }),
    ...{ attributes, items },
    ...(Object.keys(other).length > 0 && { simulated: other }),
  };
  const { stringify } = await import("yaml");
  return {
    description: parseAnswersDescription(document),
    text: stringify(document, { flowCollectionPadding: false }),
    assumptions,
  };
}

/** The columns that say who it is: one that both have, or one of each. */
function idsOf(
  people: ProposedTable,
  others: ProposedTable,
  shared: readonly string[],
): readonly [human: string | undefined, simulated: string | undefined] {
  const both = shared.find(
    (column) => isWho(column) && [people, others].every(({ table }) => isDistinct(table, column)),
  );
  const find = ({ table, side }: ProposedTable): string | undefined =>
    side.id ?? both ?? table.columns.find((column) => isWho(column) && isDistinct(table, column));
  const each = [find(people), find(others)] as const;
  return each.includes(undefined) && people.side.rows === undefined && others.side.rows === undefined
    ? [both, both]
    : each;
}

function linkage(column: string, ids: readonly string[]): string {
  return isCount(ids)
    ? `${column}: who it is; it counts rows, so that nobody is taken for a twin unless \`twins: true\` is declared.`
    : `${column}: who it is; people with the same are taken for twins.`;
}

const spoken = (table: TableOfAnswers, column: string): readonly string[] =>
  saidIn(table, column).filter((text) => text !== "" && !silent.has(text));

function isDistinct(table: TableOfAnswers, column: string): boolean {
  const said = spoken(table, column);
  return said.length === table.rows.length && new Set(said).size === said.length;
}

function nothingShared(human: TableOfAnswers, simulated: TableOfAnswers): TinyTroupeError<"OPTION_INVALID"> {
  const message = `${human.file} and ${simulated.file} have no column in common that could be an item.`;
  return new TinyTroupeError("OPTION_INVALID", message, {
    data: { option: "describe", value: simulated.columns.join(", ") },
    hint: `Say which is which with --describe. There are: ${human.columns.join(", ")}; and: ${simulated.columns.join(", ")}.`,
  });
}
