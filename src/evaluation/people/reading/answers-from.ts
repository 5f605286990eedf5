import { textOfCell } from "../../../kernel/text/files/csv.ts";
import { digestJson } from "../../../kernel/values/hash.ts";
import { named } from "../../../table/reading/sheet.ts";
import type { AnswerSet } from "../answers.ts";
import type { AnswersDescription } from "../description/document.ts";
import { byPerson } from "./by-item.ts";
import { columnsOf, type Side } from "./columns.ts";
import { answersIn } from "./load-answers.ts";

/** Whose rows they are. */
export interface RowsOfAnswers {
  /** Default: those of simulated people. */
  readonly side?: Side;
  /** What they are called in a report. Default: `rows`. */
  readonly source?: string;
}

/**
 * Answers from rows that a program has, one a person (or, where the description has `rows`, one an answer), as they would be read from a file; the lists of rankings and choices
 * stay lists. Throws ANSWERS_INVALID as `loadAnswers`.
 * @example
 * const items = { vote: { scale: { kind: "number", low: 1, high: 5 } } };
 * const description = parseAnswersDescription({ answers: 1, items });
 * answersFrom([{ vote: 4 }, { vote: 5 }], description).people.length; // => 2
 */
export function answersFrom(
  rows: readonly object[],
  description: AnswersDescription,
  { side = "simulated", source = "rows" }: RowsOfAnswers = {},
): AnswerSet {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const separators = separatorsOf(description, side);
  const cell = (value: unknown, line: number, place: number) => {
    const between = separators.get(columns[place] ?? "");
    const list = (of: readonly unknown[]): string => (between === undefined ? JSON.stringify(of) : of.join(between));
    const text = Array.isArray(value) ? list(value) : textOfCell(value);
    return { text, line, column: place + 1 };
  };
  const cells = [columns, ...rows.map((row) => columns.map((name) => Reflect.get(row, name) as unknown))];
  const sheet = {
    file: source,
    decimal: ".",
    rows: cells.map((row, at) => row.map((value, place) => cell(value, at + 1, place))),
  } as const;
  const digest = digestJson(cells);
  const whole = named(sheet);
  const byItem = (side === "simulated" ? description.simulated : description)?.rows;
  const table = byItem === undefined ? whole : byPerson(whole, byItem, columnsOf(description, side));
  return answersIn({ ...table, digest, titles: new Map(), headers: 1 }, description, side);
}

/** What stands between the options of a cell, by its column. */
function separatorsOf(description: AnswersDescription, side: Side): ReadonlyMap<string, string> {
  const { items } = columnsOf(description, side);
  return new Map(
    Object.entries(description.items).flatMap(([name, { separator }]): [string, string][] => {
      const column = items[name];
      return typeof column === "string" && separator !== undefined ? [[column, separator]] : [];
    }),
  );
}
