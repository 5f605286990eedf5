import type { AnswersDescription } from "../description/document.ts";
import { type Columns, columnIssues, columnsOf, invalidAnswers, type Side } from "../reading/columns.ts";
import { readTable } from "../reading/table-of-answers.ts";
import { proposedTable } from "./rows.ts";

/** A description as far as two tables bear it. */
export interface FittedDescription {
  readonly description: AnswersDescription;
  /** The same as it would stand in a file, in YAML. */
  readonly text: string;
  /** What each table lacks, and what becomes of it. */
  readonly lacks: Readonly<Record<Side, readonly string[]>>;
}

/**
 * A description with those items alone of which both tables have the columns, and without the columns by which rows count that
 * a table does not have: for what was not written for these tables, as what `answersOfSurvey` makes of a questionnaire. A table
 * with a row for each answer (columns such as `respondent`, `item` and `value`) is read as such. Throws ANSWERS_INVALID where they have no item in common, and what reading them throws.
 */
export async function fitAnswersDescription(
  description: AnswersDescription,
  humanFile: string,
  simulatedFile: string,
): Promise<FittedDescription> {
  const human = await lackIn(humanFile, description, "human");
  const simulated = await lackIn(simulatedFile, description, "simulated");
  const items = Object.fromEntries(
    Object.entries(description.items).filter(([name]) => ![...human.items, ...simulated.items].includes(name)),
  );
  if (Object.keys(items).length === 0) throw nothingIn(human.items.length > 0 ? human : simulated);
  const fitted = {
    ...{ ...description, ...human.own, items },
    simulated: { ...description.simulated, ...simulated.own },
  };
  const { stringify } = await import("yaml");
  return {
    description: fitted,
    text: stringify(fitted, { flowCollectionPadding: false }),
    lacks: { human: human.words, simulated: simulated.words },
  };
}

async function lackIn(file: string, description: AnswersDescription, side: Side) {
  const { own, unsaid, hasRowEach } = await ownOf(file, description, side);
  const described =
    side === "human" ? { ...description, ...own } : { ...description, simulated: { ...description.simulated, ...own } };
  const columns = columnsOf(described, side);
  const { columns: there } = await readTable(file, {
    ...(side === "human" ? described : described.simulated),
    columns,
  });
  const has = (column: string): boolean => there.includes(column);
  const items = Object.entries(columns.items).flatMap(([name, given]) =>
    (typeof given === "string" ? [given] : Object.values(given)).every(has) ? [] : [name],
  );
  const lacking = hasRowEach ? "answer to" : "column of";
  return {
    ...{ file, there, columns, items, own },
    words: [
      ...(items.length > 0 ? [`It has no ${lacking} ${items.join(", ")}, which is left out of the comparison.`] : []),
      ...unsaid.map(([column, values]) => `It has no column ${column}, so that all rows count, ${values} or not.`),
    ],
  };
}

/** What a table says otherwise than the description: which rows count, as far as it has the columns, and rows by answer. */
async function ownOf(file: string, description: AnswersDescription, side: Side) {
  const { table, side: found } = await proposedTable(file);
  const only = Object.entries(columnsOf(description, side).only);
  const [said, unsaid] = [true, false].map((is) => only.filter(([column]) => table.columns.includes(column) === is));
  const counted = Object.fromEntries((said ?? []).map(([column, values]) => [column, [...values]]));
  const isDescribed = (side === "human" ? description : description.simulated)?.rows !== undefined;
  const byAnswer = found.rows !== undefined && !isDescribed ? { id: found.id, rows: found.rows } : {};
  return {
    own: { ...byAnswer, only: { ...(found.rows !== undefined && found.only), ...counted } },
    ...{ unsaid: unsaid ?? [], hasRowEach: found.rows !== undefined },
  };
}

function nothingIn({ file, there, columns }: { file: string; there: readonly string[]; columns: Columns }) {
  return invalidAnswers(file, columnIssues({ ...columns, only: {} }, there), ["Nothing stands in both tables."]);
}
