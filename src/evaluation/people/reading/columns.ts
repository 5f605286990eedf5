import { issueLines } from "../../../kernel/text/issues.ts";
import { nearest } from "../../../kernel/text/nearest.ts";
import { type Issue, TinyTroupeError } from "../../../kernel/values/errors.ts";
import type { AnswersDescription, ItemDescription } from "../description/document.ts";

/** Whose table it is: simulated people's may call its columns otherwise. */
export type Side = "human" | "simulated";

/** Which column is what, in one of the tables. */
export interface Columns {
  readonly id?: string;
  readonly comment?: string;
  readonly weight?: string;
  readonly only: Readonly<Record<string, readonly string[]>>;
  readonly attributes: Readonly<Record<string, string>>;
  /** By item: one column, or one for each option. */
  readonly items: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  /** By item: the column of probabilities. */
  readonly distributions: Readonly<Record<string, string>>;
  /** Others that are needed. */
  readonly rows?: readonly string[];
}

/** The columns of a side. */
export function columnsOf(description: AnswersDescription, side: Side): Columns {
  const own = side === "simulated" ? description.simulated : undefined;
  const id = own?.id ?? description.id;
  const comment = own?.comment ?? description.comment;
  // People's weights, and which of their rows count, say nothing of simulated people.
  const { weight, only = {}, rows } = side === "human" ? description : (own ?? {});
  const items = Object.entries(description.items);
  return {
    ...(id !== undefined && { id }),
    ...(comment !== undefined && { comment }),
    ...(weight !== undefined && { weight }),
    only,
    attributes: own?.attributes ?? description.attributes,
    items: Object.fromEntries(
      items.map(([name, item]) => [name, own?.columns?.[name] ?? writtenIn(name, item, rows !== undefined)]),
    ),
    distributions: {
      ...(rows?.distribution !== undefined && distributionsOf(description)),
      ...own?.distributions,
    },
  };
}

const writtenIn = (name: string, { column, columns }: ItemDescription, byItem: boolean) =>
  (byItem ? undefined : columns) ?? column ?? name;

/** The column of an item's probabilities, once rows by item are put together. */
export const distributionColumn = (item: string): string => `${item} (probabilities)`;

/** Of items of which one option is chosen. */
const distributionsOf = ({ items }: AnswersDescription): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(items).flatMap(([name, { scale, column = name }]) =>
      scale.kind === "nominal" || scale.kind === "ordinal" ? [[name, distributionColumn(column)]] : [],
    ),
  );

/** What is wrong with the columns: each that there is not, and the one that may be meant. */
export function columnIssues(columns: Columns, there: readonly string[]): readonly Issue[] {
  const wanted = [
    ...[columns.id, columns.comment, columns.weight, ...(columns.rows ?? [])].map((column) => ({ column, of: "" })),
    ...Object.keys(columns.only).map((column) => ({ column, of: "only" })),
    ...Object.entries(columns.attributes).map(([name, column]) => ({ column, of: `attributes.${name}` })),
    ...Object.entries(columns.items).flatMap(([name, given]) =>
      (typeof given === "string" ? [given] : Object.values(given)).map((column) => ({ column, of: `items.${name}` })),
    ),
    ...Object.entries(columns.distributions).map(([name, column]) => ({ column, of: `items.${name}` })),
  ];
  return wanted.flatMap(({ column, of }): Issue[] => {
    if (column === undefined || there.includes(column)) return [];
    const [meant] = nearest(column, there);
    const hint = meant === undefined ? `There are: ${there.join(", ")}.` : `Did you mean '${meant}'?`;
    return [{ path: of, message: `There is no column '${column}'. ${hint}` }];
  });
}

/** How columns of a table with a row for each answer are called. */
export const calledByAnswer = {
  ...{ item: /^(?:item|question|variable)$/i, value: /^(?:value|answer|response)$/i },
  ...{ missing: /^missing$/i, distribution: /^distribution$/i },
} as const;

/** What of a description reads a table that has a row for each answer, where it has the columns of such. */
export function byAnswerHint(there: readonly string[], side: Side): readonly string[] {
  const [item, value] = [calledByAnswer.item, calledByAnswer.value].map((name) => there.find((one) => name.test(one)));
  if (item === undefined || value === undefined) return [];
  const rows = `id: …, rows: { item: ${item}, value: ${value} }`;
  return [`It seems to have a row for each answer: \`${placed(rows, side)}\` in the description reads such.`];
}

/** A part of a description, where it stands for a side. */
export const placed = (text: string, side: Side): string => (side === "simulated" ? `simulated: { ${text} }` : text);

/** Columns by which a survey of ours asks somebody several times, or breaks off, and the value that usually counts. */
const askings = { variant: "as-written", sample: undefined, end: "complete" } as const;

/** The rows that count where one person has several, by the columns of a survey of ours: one variant, one sample, complete. */
export function onlyOne(
  there: readonly string[],
  saidIn: (column: string) => readonly string[],
): Readonly<Record<string, string[]>> {
  return Object.fromEntries(
    Object.entries(askings).flatMap(([column, usual]): [string, string[]][] => {
      const said = there.includes(column) ? [...new Set(saidIn(column))] : [];
      const value = usual !== undefined && said.includes(usual) ? usual : column === "end" ? undefined : said[0];
      return said.length < 2 || value === undefined ? [] : [[column, [value]]];
    }),
  );
}

/** ANSWERS_INVALID for a table that is not as it is described; hints say what of the description helps. */
export function invalidAnswers(
  file: string,
  issues: readonly Issue[],
  hints: readonly string[] = [],
): TinyTroupeError<"ANSWERS_INVALID"> {
  const message = [`The answers in ${file} are not as they are described:`, ...issueLines(issues, file)].join("\n");
  return new TinyTroupeError("ANSWERS_INVALID", message, {
    data: { file, issues },
    hint: ["Mend the file or its description.", ...hints].join(" "),
  });
}
