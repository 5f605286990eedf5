import type { Actor } from "../../kernel/contracts/person.ts";
import type { Cell } from "../../kernel/text/files/read-csv.ts";
import { nearest } from "../../kernel/text/nearest.ts";
import type { Issue } from "../../kernel/values/errors.ts";
import { readCsvCells } from "../../table/reading/csv.ts";
import { Roster } from "../delivery/roster.ts";
import { longestType, type RelationGiven } from "./relation.ts";
import { invalidNetwork } from "./saved.ts";

const columns = ["from", "to", "type", "weight"] as const;
/** The column that tables of ours have. */
const marker = "simulated";
type Column = (typeof columns)[number] | typeof marker;

/**
 * The relations that a CSV file lists, with commas, semicolons or tabs: columns `from` and `to` with names or ids of
 * people, and, if need be, `type` and `weight`; each in one direction. Throws FILE_UNREADABLE, and NETWORK_INVALID with
 * file, line and column of all that is wrong.
 * @param people those whom the names may mean
 */
export async function readRelations<P extends Pick<Actor, "id" | "name">>(
  file: string,
  people: readonly P[],
): Promise<readonly RelationGiven<P>[]> {
  const read = await readCsvCells(file);
  if ("fault" in read) throw invalidNetwork([read.fault], file);
  const [head = [], ...rows] = read.rows;
  const issues: Issue[] = [];
  const order = orderOf(head, issues);
  if (issues.length === 0 && rows.length === 0) issues.push(issueAt(head[0], noRows));
  if (issues.length > 0) throw invalidNetwork(issues, file);
  const reader = new RowReader(people, issues, read.decimal);
  const relations = rows.flatMap((row) => reader.read(row, order) ?? []);
  if (issues.length > 0) throw invalidNetwork(issues, file);
  return relations;
}

/** A network without a relation isolates everybody, which nobody needs a file for. */
const noRows = "The columns are named, and no relation follows: nobody would be related to anybody.";

/** The column of each cell of a row. */
function orderOf(head: readonly Cell[], issues: Issue[]): readonly Column[] {
  const order = head.map(({ text }) => text.trim().toLowerCase());
  const isWhole = order.includes("from") && order.includes("to");
  for (const [place, name] of order.entries()) {
    if (![...columns, marker].includes(name as Column)) {
      const [near] = nearest(name, columns);
      if (near === undefined && !isWhole) continue;
      const meant = near === undefined ? `Possible: ${columns.join(", ")}; leave it out.` : `Did you mean ${near}?`;
      issues.push(issueAt(head[place], `There is no column '${name}'. ${meant}`));
    } else if (order.indexOf(name) !== place) issues.push(issueAt(head[place], `There is a column '${name}' already.`));
  }
  if (!isWhole) issues.push(issueAt(head[0], wantedBeside(head)));
  return order as readonly Column[];
}

const shown = { columns: 8, characters: 40 };

/** What the first line has to name, beside what it does. */
function wantedBeside(head: readonly Cell[]): string {
  const wanted = "the first line must name the columns from and to, and may name type and weight";
  if (head.length === 0) return `The file is empty: ${wanted}.`;
  const found = head.slice(0, shown.columns).map(({ text }) => `'${text.trim().slice(0, shown.characters)}'`);
  const more = head.length > found.length ? ", …" : "";
  const there = head.length === 1 ? `is one column, ${found[0]}` : `are the columns ${found.join(", ")}${more}`;
  const split = head.length === 1 ? " Commas, semicolons or tabs separate columns." : "";
  return `Here ${there}; ${wanted}. Rename them, or put such a line first where there is none.${split}`;
}

class RowReader<P extends Pick<Actor, "id" | "name">> {
  readonly #roster = new Roster<P>();
  readonly #issues: Issue[];
  readonly #decimal: "." | ",";
  /** The line of each relation so far. */
  readonly #lines = new Map<string, number>();

  constructor(people: readonly P[], issues: Issue[], decimal: "." | ",") {
    this.#roster.add(people);
    this.#issues = issues;
    this.#decimal = decimal;
  }

  /** The relation of a row; undefined where something is wrong with it. */
  read(row: readonly Cell[], order: readonly Column[]): RelationGiven<P> | undefined {
    const cells = new Map(order.map((column, place) => [column, row[place]]));
    if (row.length !== order.length) {
      return this.#wrong(row.at(-1), `This line has ${row.length} cells; there are ${order.length} columns.`);
    }
    const [from, to] = [this.#person(cells.get("from")), this.#person(cells.get("to"))];
    if (from === undefined || to === undefined) return undefined;
    if (from === to) return this.#wrong(cells.get("to"), `${from.name} cannot be related to themselves.`);
    const type = this.#type(cells.get("type"));
    const weight = this.#weight(cells.get("weight"));
    if (type === undefined || weight === undefined || this.#isKnown([from.id, to.id, type], row[0])) return undefined;
    return { from, to, type, weight };
  }

  #person(cell: Cell | undefined): P | undefined {
    const name = cell?.text.trim() ?? "";
    const byId = this.#roster.get(name);
    if (byId !== undefined) return byId;
    const found = this.#roster.find(name);
    if (found.length === 1) return found[0];
    if (found.length > 1) return this.#wrong(cell, `'${name}' may be ${found.map((one) => one.name).join(" or ")}.`);
    const [near] = this.#roster.near(name);
    return this.#wrong(
      cell,
      `Nobody here is called '${name}'.${near === undefined ? "" : ` Did you mean ${near.name}?`}`,
    );
  }

  #type(cell: Cell | undefined): string | undefined {
    const type = cell?.text.trim() || "acquaintance";
    if (type.length <= longestType) return type;
    return this.#wrong(cell, `A type has at most ${longestType} characters.`);
  }

  #weight(cell: Cell | undefined): number | undefined {
    const written = cell?.text.trim() || "1";
    const plain = this.#decimal === "," ? written.replace(",", ".") : written;
    const weight = /^\d*\.?\d+(?:e[+-]?\d+)?$/i.test(plain) ? Number(plain) : Number.NaN;
    if (Number.isFinite(weight) && weight > 0) return weight;
    return this.#wrong(cell, `'${written}' is no weight: a number above 0 is needed.`);
  }

  #isKnown(relation: readonly string[], cell: Cell | undefined): boolean {
    const key = relation.join("\n");
    const before = this.#lines.get(key);
    if (before !== undefined) this.#wrong(cell, `This relation stands in line ${before} already.`);
    else if (cell !== undefined) this.#lines.set(key, cell.line);
    return before !== undefined;
  }

  #wrong(cell: Cell | undefined, message: string): undefined {
    this.#issues.push(issueAt(cell, message));
  }
}

function issueAt(cell: Cell | undefined, message: string): Issue {
  return { path: "", message, line: cell?.line ?? 1, column: cell?.column ?? 1 };
}
