import { z } from "zod";
import type { ArtifactSink } from "../../../document/write/artifacts.ts";
import type { ActionKind, ActorView } from "../../../kernel/contracts/faculty.ts";
import type { Artefact, Notice, Outcome } from "../../../kernel/contracts/person.ts";
import { withoutControls } from "../../../kernel/text/controls.ts";
import { csvOf } from "../../../kernel/text/files/csv.ts";
import { defineAction } from "../../actions/define-action.ts";
import { SharedState } from "../shared-state.ts";
import type { TinyTool } from "../tiny-tool.ts";
import { compute, formulas } from "./formulas.ts";
import {
  type CellValue,
  changedSheets,
  columnOf,
  keyOf,
  nameOf,
  type Sheet,
  type SheetChange,
  type Sheets,
  sheetCalled,
} from "./sheets.ts";

/** How a spreadsheet is set up. */
export interface SpreadsheetOptions {
  /** Who may use it, by name. Default: whoever has it. */
  readonly owner?: string;
}

/** More than this is not read to a person at once. */
const shownRows = 50;
/** As many as a table takes. */
const mostRows = 10_000;

const Name = z
  .string()
  .max(100)
  .refine((text) => nameOf(text) !== "", "has to be a name");
const Cell = z.union([z.string().max(2_000), z.number(), z.boolean(), z.null()]);
const Columns = z
  .array(Name)
  .min(1)
  .max(30)
  .refine((names) => new Set(names.map(keyOf)).size === names.length, "have to have different names");

const Created = z.object({ table: Name, columns: Columns });
const Added = z.object({ table: Name, rows: z.array(z.array(Cell).max(30)).min(1).max(100) });
const Changed = z.object({ table: Name, row: z.number().int().min(1), column: Name, value: Cell });
const Read = z.object({ table: Name, from: z.number().int().min(1).optional() });
const Computed = z.object({ table: Name, column: Name, formula: z.enum(formulas) });

type Plan = { readonly change: SheetChange; readonly text: string } | { readonly refused: Outcome };
type Refused = { readonly refused: Outcome };

/** Who acts, and the tables as they see them. */
interface Desk {
  readonly who: ActorView;
  readonly sheets: Sheets;
}

/**
 * Tables that people share: they create one with columns, add rows, set cells, read it, and compute the sum, mean, min,
 * max or count of a column. In a world everybody acts on what stood there when the step began; nothing of what they
 * write is ever run.
 * @example
 * const sheets = new TinySpreadsheet();
 * const lisa = await simulation.person("lisa", { faculties: [toolUse([sheets])] });
 * sheets.tables; // => []
 */
export class TinySpreadsheet implements TinyTool {
  readonly name = "spreadsheet";
  readonly actions: readonly ActionKind[];
  readonly owner?: string;
  readonly #book = new SharedState<Sheets, SheetChange>(new Map(), changedSheets);

  constructor({ owner }: SpreadsheetOptions = {}) {
    if (owner !== undefined) this.owner = owner;
    this.actions = [...this.#changes(), ...this.#questions()];
  }

  /** All tables, in the order in which they were made. */
  get tables(): readonly Sheet[] {
    return [...this.#book.settled.values()];
  }

  /** Writes each table as a CSV file, marked as simulated, in which nothing is a formula. Throws FILE_UNWRITABLE. */
  async export(exporter: ArtifactSink): Promise<readonly Artefact[]> {
    const artefacts: Artefact[] = [];
    for (const { name, columns, rows } of this.tables) {
      const content = csvOf(
        columns,
        rows.map((row) => row.cells),
      );
      artefacts.push(await exporter.export({ name, kind: "tables", content }, "csv"));
    }
    return artefacts;
  }

  #changes(): readonly ActionKind[] {
    return [
      this.#change({
        type: "CREATE_TABLE",
        description: "make a `table` with these `columns` in the spreadsheet",
        args: Created,
        plan: created,
      }),
      this.#change({
        type: "ADD_ROWS",
        description: "add `rows` to a `table`, each a list of values in the order of its columns",
        args: Added,
        plan: rowsAdded,
      }),
      this.#change({
        type: "SET_CELL",
        description: "put a `value` into the cell of a `row` (its number, from 1) and a `column` of a `table`",
        args: Changed,
        plan: cellSet,
      }),
    ];
  }

  #change<Args extends z.ZodObject>({ plan, ...kind }: Change<Args>): ActionKind {
    return defineAction({
      ...kind,
      kind: "effect",
      // Tables live in this process: they follow from the story, whenever that is told.
      effect: { repeat: "always", settle: (args, who) => this.#settle(args, who) },
      run: async (args, who) => {
        const made = plan(args, { who, sheets: this.#book.seenBy(who.id) });
        if ("refused" in made) return made.refused;
        this.#book.stage(who.id, args, made.change);
        return { text: made.text };
      },
    });
  }

  #settle(args: unknown, who: ActorView): readonly Notice[] {
    const settled = this.#book.settle(who.id, args);
    if (settled === undefined || settled.before !== settled.after) return [];
    const { change } = settled;
    const table = change.kind === "create" ? change.sheet.name : change.table;
    return [{ to: [who.name], content: `Somebody made “${table}” at the same time: what you did to it is not there.` }];
  }

  #questions(): readonly ActionKind[] {
    const seen = (who: ActorView): Desk => ({ who, sheets: this.#book.seenBy(who.id) });
    return [
      defineAction({
        type: "READ_TABLE",
        kind: "query",
        description: "read a `table`, `from` a row on",
        args: Read,
        run: async ({ table, from = 1 }, who) => withTable(seen(who), table, (sheet) => read(sheet, from)),
      }),
      defineAction({
        type: "COMPUTE_COLUMN",
        kind: "query",
        description: `compute a \`formula\` (${formulas.join(", ")}) over a \`column\` of a \`table\``,
        args: Computed,
        run: async (wanted, who) => withTable(seen(who), wanted.table, (sheet) => computed(sheet, wanted)),
      }),
    ];
  }
}

interface Change<Args extends z.ZodObject> {
  readonly type: string;
  readonly description: string;
  readonly args: Args;
  plan(args: z.infer<Args>, desk: Desk): Plan;
}

function created({ table, columns }: z.infer<typeof Created>, { sheets }: Desk): Plan {
  const name = nameOf(table);
  if (sheetCalled(sheets, name) !== undefined) return no("TABLE_TAKEN", "table", `There is a table “${name}” already.`);
  const sheet: Sheet = { name, columns: columns.map(nameOf), rows: [] };
  return { change: { kind: "create", sheet }, text: `“${name}” is made, with ${sheet.columns.join(", ")}.` };
}

function rowsAdded({ table, rows }: z.infer<typeof Added>, { who, sheets }: Desk): Plan {
  const sheet = found(sheets, table);
  if ("refused" in sheet) return sheet;
  const columns = sheet.columns.length;
  const wrong = rows.findIndex((row) => row.length !== columns);
  if (wrong !== -1) return no("ROW_INVALID", `rows.${wrong}`, `A row of “${sheet.name}” has ${columns} values.`);
  if (sheet.rows.length + rows.length > mostRows) {
    return no("TABLE_FULL", "rows", `“${sheet.name}” takes ${mostRows} rows at most.`);
  }
  const before = sheet.rows.filter((row) => row.id.slice(0, row.id.lastIndexOf("-")) === who.id).length;
  const made = rows.map((cells, at) => ({ id: `${who.id}-${before + at + 1}`, cells: cells.map(clean) }));
  const text = `“${sheet.name}” has ${rows.length} more ${rows.length === 1 ? "row" : "rows"}.`;
  return { change: { kind: "add", table: sheet.name, columns, rows: made }, text };
}

function cellSet({ table, row, column, value }: z.infer<typeof Changed>, { sheets }: Desk): Plan {
  const sheet = found(sheets, table);
  if ("refused" in sheet) return sheet;
  const place = columnOf(sheet, column);
  if (place === -1) return noColumn(sheet, column);
  const target = sheet.rows[row - 1];
  if (target === undefined) return no("ROW_UNKNOWN", "row", `“${sheet.name}” has ${sheet.rows.length} rows.`);
  const change: SheetChange = { kind: "set", table: sheet.name, row: target.id, column, value: clean(value) };
  return { change, text: `${sheet.columns[place]} in row ${row} of “${sheet.name}” is ${shown(change.value)}.` };
}

function read({ name, columns, rows }: Sheet, from: number): Outcome {
  const part = rows.slice(from - 1, from - 1 + shownRows);
  const lines = part.map((row, at) => `${from + at}: ${row.cells.map(shown).join(" | ")}`);
  const rest = rows.length - (from - 1) - part.length;
  return {
    text: [
      `“${name}”, ${rows.length} ${rows.length === 1 ? "row" : "rows"}: ${columns.join(" | ")}`,
      ...lines,
      ...(rest > 0 ? [`and ${rest} more`] : []),
    ].join("\n"),
  };
}

function computed(sheet: Sheet, { column, formula }: z.infer<typeof Computed>): Outcome {
  const place = columnOf(sheet, column);
  if (place === -1) return noColumn(sheet, column).refused;
  const { value, counted, skipped } = compute(
    formula,
    sheet.rows.map((row) => row.cells[place] ?? null),
  );
  const what = `${formula} of ${sheet.columns[place]} in “${sheet.name}”`;
  if (value === undefined || !Number.isFinite(value)) return no("NO_NUMBERS", "column", `There is no ${what}.`).refused;
  return { text: `The ${what} is ${value}, over ${counted} cells${skipped > 0 ? `, without ${skipped} others` : ""}.` };
}

function withTable({ sheets }: Desk, name: string, tell: (sheet: Sheet) => Outcome): Outcome {
  const sheet = found(sheets, name);
  return "refused" in sheet ? sheet.refused : tell(sheet);
}

function found(sheets: Sheets, name: string): Sheet | Refused {
  const sheet = sheetCalled(sheets, name);
  if (sheet !== undefined) return sheet;
  const known = [...sheets.values()].map((one) => `“${one.name}”`).slice(0, 20);
  const there = known.length === 0 ? "there is none yet" : `there are ${known.join(", ")}`;
  return no("TABLE_UNKNOWN", "table", `There is no table “${nameOf(name)}”; ${there}.`);
}

function noColumn({ name, columns }: Sheet, column: string): Refused {
  return no("COLUMN_UNKNOWN", "column", `“${name}” has no ${nameOf(column)}; it has ${columns.join(", ")}.`);
}

/** A refusal, and which argument is the matter. */
function no(code: string, path: string, message: string): Refused {
  return { refused: { text: message, failed: { code, issues: [{ path, message }] } } };
}

const clean = (value: CellValue): CellValue => (typeof value === "string" ? withoutControls(value) : value);

const shown = (value: CellValue): string => (value === null ? "" : nameOf(String(value)));
