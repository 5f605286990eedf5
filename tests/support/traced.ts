import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { readCsv } from "../../src/kernel/text/files/read-csv.ts";

/** A row of a table by the names of its columns. */
export type Line = Readonly<Record<string, string>>;

/** The rows of a CSV file. */
export async function linesIn(...path: readonly string[]): Promise<readonly Line[]> {
  const read = readCsv(await readFile(join(...path), "utf8"), { mostRows: 100_000 });
  if ("fault" in read) throw new Error(read.fault.message);
  const [head = [], ...rows] = read.rows;
  return rows.map((row) => Object.fromEntries(head.map(({ text }, place) => [text, row[place]?.text ?? ""])));
}

/** What a report's numbers may come from. */
export interface Sources {
  /** Rows of the files beside it, by the words of a line of the report that say that it is about them. */
  readonly rowsOf: (cells: readonly string[]) => readonly Line[];
  /** Numbers that are told in prose: how many there were, and with which settings. */
  readonly known: readonly unknown[];
  /** The same report of other data: lines that are in both are the report's own words. */
  readonly other: string;
}

const number = /(?<![\p{L}\p{N}.])[+−-]?\d+(?:\.\d+)?(?:e-?\d+)?(?![\p{L}\p{N}])/gu;

/** The numbers of a text, in their order; digests and what stands in quotation marks are names. */
export const numbersIn = (text: string): readonly string[] =>
  (text.replace(/SHA-256|[0-9a-f]{64}/g, "").match(number) ?? []).map((found) => found.replace(/^[+−-]/, ""));

/** Lines of a report in Markdown with numbers that are in none of their sources. */
export function untraced(markdown: string, { rowsOf, known, other }: Sources): readonly string[] {
  const words = new Set(other.split("\n"));
  const told = new Set(known.flatMap((one) => spellings(String(one))));
  return markdown.split("\n").flatMap((line) => {
    if (line === "" || words.has(line)) return [];
    const cells = line
      .replaceAll("\\", "")
      .split("|")
      .map((cell) => cell.trim());
    const rows = rowsOf(cells.length > 2 ? cells.slice(1, -1) : cells);
    const there = new Set([...told, ...rows.flatMap((row) => Object.values(row).flatMap(spellings))]);
    const names = rows.flatMap((row) =>
      Object.values(row).filter((cell) => /\d/.test(cell) && Number.isNaN(Number(cell))),
    );
    const plain = names
      .toSorted((one, next) => next.length - one.length)
      .reduce((text, name) => text.replaceAll(name, ""), line.replaceAll("\\", ""));
    const strange = numbersIn(plain).filter((found) => !there.has(found));
    return strange.length === 0 ? [] : [`${strange.join(", ")} in: ${line}`];
  });
}

/** How a value is written in reports. */
function spellings(cell: string): readonly string[] {
  const value = Math.abs(Number(cell));
  if (cell.trim() === "" || Number.isNaN(value)) return [...numbersIn(cell)];
  const rounded = [0, 1, 2, 3].map((places) => value.toFixed(places));
  const written = [cell, String(value), String(Number(value.toPrecision(3))), String(Math.round(100 * value))];
  return [...written, ...rounded].map((one) => one.replace(/^[+-]/, ""));
}

/** What a page says beside its pictures, tag by tag. */
export const textOfPage = (html: string): string =>
  html
    .replace(/<(style|svg|title)\b[\s\S]*?<\/\1>/g, " ")
    .replace(/<meta[^>]*>/g, " ")
    .replace(/<[^>]+>/g, " ")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&")
    .replace(/&#?\w+;/g, " ");

/** A table of a page, and the heading that it stands under. */
export interface PageTable {
  readonly heading: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** All tables of a page, cell by cell. */
export function tableLinesOf(html: string): readonly PageTable[] {
  const cellsOf = (row: string): readonly string[] =>
    [...row.matchAll(/<t[hd]\b[^>]*>([\s\S]*?)<\/t[hd]>/g)].map(([, cell = ""]) => textOfPage(cell).trim());
  return [...html.matchAll(/<section>([\s\S]*?)<\/section>/g)].flatMap(([, section = ""]) => {
    const heading = textOfPage(section.match(/<h2>([\s\S]*?)<\/h2>/)?.[1] ?? "").trim();
    return [...section.matchAll(/<table>([\s\S]*?)<\/table>/g)].map(([, table = ""]) => {
      const [head = "", ...rows] = [...table.matchAll(/<tr>([\s\S]*?)<\/tr>/g)].map(([, row = ""]) => row);
      return { heading, head: cellsOf(head), rows: rows.map(cellsOf) };
    });
  });
}
