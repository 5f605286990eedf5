import type { AnswersDescription } from "../description/document.ts";
import { type Columns, columnIssues, columnsOf, invalidAnswers, type Side } from "../reading/columns.ts";
import { readTable } from "../reading/table-of-answers.ts";

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
 * a table does not have: for what was not written for these tables, as what `answersOfSurvey` makes of a questionnaire. Throws
 * ANSWERS_INVALID where they have no item in common, and what reading them throws.
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
    ...description,
    only: human.only,
    items,
    simulated: { ...description.simulated, only: simulated.only },
  };
  const { stringify } = await import("yaml");
  return {
    description: fitted,
    text: stringify(fitted, { flowCollectionPadding: false }),
    lacks: { human: human.words, simulated: simulated.words },
  };
}

async function lackIn(file: string, description: AnswersDescription, side: Side) {
  const own = side === "simulated" ? description.simulated : description;
  const columns = columnsOf(description, side);
  const { columns: there } = await readTable(file, { ...own, columns });
  const has = (column: string): boolean => there.includes(column);
  const items = Object.entries(columns.items).flatMap(([name, given]) =>
    (typeof given === "string" ? [given] : Object.values(given)).every(has) ? [] : [name],
  );
  const only = Object.entries(columns.only);
  const unsaid = only.filter(([column]) => !has(column));
  return {
    ...{ file, there, columns, items },
    only: Object.fromEntries(only.filter(([column]) => has(column)).map(([column, values]) => [column, [...values]])),
    words: [
      ...(items.length > 0 ? [`It has no column of ${items.join(", ")}, which is left out of the comparison.`] : []),
      ...unsaid.map(([column, values]) => `It has no column ${column}, so that all rows count, ${values} or not.`),
    ],
  };
}

function nothingIn({ file, there, columns }: { file: string; there: readonly string[]; columns: Columns }) {
  return invalidAnswers(file, columnIssues({ ...columns, only: {} }, there), ["Nothing stands in both tables."]);
}
