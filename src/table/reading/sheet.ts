import { issueLines } from "../../kernel/text/issues.ts";
import { type Issue, TinyTroupeError } from "../../kernel/values/errors.ts";

/** A cell of a file as text, and where it begins: of CSV line and column of the text, else row and column of the sheet. */
export interface PlacedCell {
  readonly text: string;
  /** The value that the text is the label of, where a file has both. */
  readonly code?: string;
  /** The file declares that it stands for no answer, and may say why. */
  readonly missing?: string;
  readonly line: number;
  readonly column: number;
}

/** The cells of a file, row by row; empty rows are left out. */
export interface Sheet {
  readonly file: string;
  readonly rows: readonly (readonly PlacedCell[])[];
  /** What stands before the decimals. */
  readonly decimal: "." | ",";
  /** What is asked in a column, where the file says it. */
  readonly titles?: ReadonlyMap<string, string>;
  /** The column by which the file's own program weighs rows. */
  readonly weightedBy?: string;
}

/** A sheet whose first row names its columns; every row has a cell for each. */
export interface NamedSheet extends Sheet {
  readonly columns: readonly string[];
}

/**
 * A sheet by the names in its first row, which are trimmed. Throws FILE_UNREADABLE for an empty file, for columns without
 * a name or with one that is taken, and for rows that have fewer or more cells, each with its place.
 */
export function named({ rows: [head, ...rows], ...sheet }: Sheet): NamedSheet {
  const { file } = sheet;
  if (head === undefined) throw unreadable(file, [{ path: "", message: "The file is empty." }]);
  const columns = head.map(({ text }) => text.trim());
  const issues = head.flatMap(({ line, column }, place): Issue[] => {
    const name = columns[place] ?? "";
    if (name === "") return [{ path: "", message: "This column has no name.", line, column }];
    const again = columns.indexOf(name) !== place;
    return again ? [{ path: "", message: `There is a column '${name}' already.`, line, column }] : [];
  });
  const uneven = rows.find((row) => row.length !== columns.length);
  const [begin] = uneven ?? [];
  if (uneven !== undefined && begin !== undefined) {
    const message = `This line has ${uneven.length} cells; there are ${columns.length} columns.`;
    issues.push({ path: "", message, line: begin.line, column: begin.column });
  }
  if (issues.length > 0) throw unreadable(file, issues);
  return { ...sheet, columns, rows };
}

/** The error of a table that is none, with the places of what is wrong. */
export function unreadable(
  file: string,
  issues: readonly Issue[],
  {
    cause,
    hint = "A table has one line a person, and names its columns in the first.",
  }: { readonly cause?: unknown; readonly hint?: string } = {},
): TinyTroupeError {
  const message = [`The table ${file} cannot be read:`, ...issueLines(issues, file)].join("\n");
  return new TinyTroupeError("FILE_UNREADABLE", message, { data: { file }, hint, cause });
}
