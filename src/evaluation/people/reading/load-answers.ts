import { basename } from "node:path";
import { z } from "zod";
import type { Answer, Missing } from "../../../kernel/contracts/answers/answer.ts";
import { undefinedIfMissing } from "../../../kernel/text/files/missing.ts";
import { readTextFile } from "../../../kernel/text/files/read-text.ts";
import { fileReason } from "../../../kernel/text/reasons.ts";
import { readJson } from "../../../kernel/text/written.ts";
import { type Issue, isTinyTroupeError } from "../../../kernel/values/errors.ts";
import type { PlacedCell } from "../../../table/reading/sheet.ts";
import type { AnswerSet, ExcludedAnswer, RespondentAnswers } from "../answers.ts";
import type { AnswersDescription, ItemDescription } from "../description/document.ts";
import {
  byAnswerHint,
  type Columns,
  columnIssues,
  columnsOf,
  invalidAnswers,
  onlyOne,
  placed,
  type Side,
} from "./columns.ts";
import { distributionOf } from "./distribution.ts";
import { qualtricsRemarks } from "./qualtrics.ts";
import { readTable, type TableOfAnswers } from "./table-of-answers.ts";
import { folded, type Read, valueAcross, valueIn } from "./value.ts";

/**
 * Reads a file of answers as it is described: CSV, Excel, SPSS, an export of Qualtrics. Throws ANSWERS_INVALID with the place of
 * each column that there is not, of each answer outside its scale (unless such are to be excluded), of weights that are
 * none and of ids that come twice; FILE_UNREADABLE; OPTION_INVALID for other kinds of files.
 * @param side whose answers: a description says what is called otherwise in the table of simulated people
 */
export async function loadAnswers(
  file: string,
  description: AnswersDescription,
  side: Side = "human",
): Promise<AnswerSet> {
  const own = side === "simulated" ? description.simulated : description;
  const table = await readTable(file, { ...own, columns: columnsOf(description, side) });
  const answers = answersIn(table, description, side);
  const { rehearsed, remark } = await ofMetadata(`${file}-metadata.json`);
  return {
    ...answers,
    ...(remark !== undefined && { remarks: [...answers.remarks, remark] }),
    ...(rehearsed && { rehearsed }),
  };
}

/** Whether the metadata that we write beside tables say that no language model answered; a remark where they are there, and nobody can tell. */
async function ofMetadata(file: string): Promise<{ readonly rehearsed?: true; readonly remark?: string }> {
  const unread = (why: string) => {
    return { remark: `Whether it is a rehearsal is not known, as ${basename(file)} cannot be read: ${why}.` };
  };
  try {
    const text = await readTextFile(file, { mostBytes: 1024 * 1024 }).catch(undefinedIfMissing);
    const read = readJson(text ?? "{}");
    if ("fault" in read) return unread("it is no JSON");
    // What somebody else wrote under that name says nothing of it.
    const notes = Metadata.safeParse(read.value).data?.notes ?? [];
    return notes.some(({ heuristic }) => heuristic === true) ? { rehearsed: true } : {};
  } catch (error) {
    if (!isTinyTroupeError(error, "FILE_UNREADABLE")) throw error;
    return unread(fileReason(error.cause));
  }
}

const Metadata = z.object({ notes: z.array(z.object({ heuristic: z.boolean().optional() })) });

/** Answers of a table as it is described. Throws ANSWERS_INVALID. */
export function answersIn(table: TableOfAnswers, description: AnswersDescription, side: Side): AnswerSet {
  const columns = columnsOf(description, side);
  const missing = columnIssues(columns, table.columns);
  if (missing.length > 0) throw invalidAnswers(table.file, missing, byAnswerHint(table.columns, side));
  const reading = new Reading(table, { description, columns, side });
  const counted = table.rows.filter((row) => reading.counts(row));
  const people = counted.map((row, place) => reading.respondent(row, place + 1));
  if (people.length === 0) reading.issues.push({ path: "", message: "There is nobody in it whose row counts." });
  if (reading.issues.length > 0) throw invalidAnswers(table.file, reading.issues, reading.hints());
  return {
    ...{ source: table.file, digest: table.digest, items: withTitles(description, columns, table) },
    ...{ identified: columns.id !== undefined, people, excluded: reading.excluded },
    ...(description.twins !== undefined && { twins: description.twins }),
    leftOut: table.rows.length - counted.length,
    remarks: [...qualtricsRemarks(table, counted), ...weightRemarks(table, columns)],
  };
}

const reasons: readonly Missing[] = ["not-asked", "skipped", "refused", "not-applicable", "failed"];

const isList = (kind: string | undefined): boolean => kind === "choices" || kind === "ranking";

interface Means {
  readonly description: AnswersDescription;
  readonly columns: Columns;
  readonly side: Side;
}

/** What is met while a table is read. */
class Reading {
  readonly issues: Issue[] = [];
  readonly excluded: ExcludedAnswer[] = [];
  readonly #table: TableOfAnswers;
  readonly #means: Means;
  readonly #places: ReadonlyMap<string, number>;
  readonly #silent: ReadonlyMap<string, Missing>;
  readonly #ids = new Map<string, number>();
  readonly #misfits = new Set<string>();
  readonly #unparted = new Set<string>();
  #isTwice = false;

  constructor(table: TableOfAnswers, means: Means) {
    this.#table = table;
    this.#means = means;
    this.#places = new Map(table.columns.map((name, place) => [name, place]));
    const reasons = Object.entries(means.description.missing) as [Missing, readonly string[]][];
    this.#silent = new Map(reasons.flatMap(([reason, texts]) => texts.map((text) => [folded(text), reason] as const)));
  }

  counts(row: readonly PlacedCell[]): boolean {
    return Object.entries(this.#means.columns.only).every(([column, values]) =>
      [this.#text(row, column), this.#cell(row, column)?.code].some((text) => values.includes(text ?? "")),
    );
  }

  /** What of the description helps with what was met. */
  hints(): readonly string[] {
    const { side } = this.#means;
    const of = (names: ReadonlySet<string>, more: string): string =>
      `\`items: { ${[...names].map((name) => `${name}: { ${more} }`).join(", ")} }\``;
    const only = Object.entries(
      onlyOne(this.#table.columns, (column) => this.#table.rows.map((row) => this.#text(row, column))),
    ).map(([column, values]) => `${column}: [${values.join(", ")}]`);
    const rows = placed(`only: { ${only.length === 0 ? "column: [value]" : only.join(", ")} }`, side);
    return [
      ...(this.#isTwice ? [`\`${rows}\` says which rows count, so that everybody has one.`] : []),
      ...(this.#unparted.size > 0 ? [`${of(this.#unparted, 'separator: ";"')} parts the options in a cell.`] : []),
      ...(this.#misfits.size > 0
        ? [`${of(this.#misfits, "outside: exclude")} lists answers outside of a scale instead.`]
        : []),
    ];
  }

  respondent(row: readonly PlacedCell[], number: number): RespondentAnswers {
    const { columns, description } = this.#means;
    const line = row[0]?.line;
    const comment = columns.comment === undefined ? "" : (this.#cell(row, columns.comment)?.text.trim() ?? "");
    const who = { id: this.#idOf(row, number), row: number, ...(line !== undefined && { line }) };
    return {
      ...who,
      weight: columns.weight === undefined ? 1 : this.#weightOf(row, columns.weight),
      attributes: Object.fromEntries(
        Object.entries(columns.attributes).map(([name, column]) => [
          name,
          this.#silence(row, column) === undefined ? this.#text(row, column) : null,
        ]),
      ),
      ...(comment !== "" && { comment }),
      answers: Object.fromEntries(
        Object.entries(description.items).map(([name, item]) => [name, this.#answerOf(row, { name, item, who })]),
      ),
    };
  }

  #answerOf(
    row: readonly PlacedCell[],
    asked: { name: string; item: ItemDescription; who: Pick<RespondentAnswers, "id" | "row" | "line"> },
  ): Answer {
    const { name, item, who } = asked;
    const method = this.#means.side === "human" ? "person" : "file";
    const given = this.#means.columns.items[name] ?? name;
    const column = typeof given === "string" ? given : (Object.values(given)[0] as string);
    const [text, reason] = [this.#text(row, column), this.#silence(row, column)];
    const several = typeof given !== "string";
    if (!several && reason !== undefined) return { item: name, value: null, missing: reason, method };
    const read = several
      ? this.#across(row, item, given)
      : valueIn(item.scale, text, { ...item, ...this.#codeIn(row, column), decimal: this.#table.decimal });
    if ("value" in read) return { item: name, value: read.value, method, ...this.#distribution(row, asked) };
    if ("empty" in read) return { item: name, value: null, missing: reason ?? "skipped", method };
    const shown = several
      ? Object.values(given)
          .map((one) => this.#text(row, one))
          .join(", ")
      : text;
    this.#outside(
      row,
      { item: name, ...who, text: shown, reason: read.misfit },
      { column, excluded: item.outside === "exclude" },
    );
    return { item: name, value: null, missing: "failed", method };
  }

  #across(
    row: readonly PlacedCell[],
    { scale, labels }: ItemDescription,
    given: Readonly<Record<string, string>>,
  ): Read {
    const cells = Object.entries(given).map(([option, column]) => {
      const isSilent = this.#silence(row, column) !== undefined;
      return [option, { text: isSilent ? "" : this.#text(row, column), ...this.#codeIn(row, column) }] as const;
    });
    return valueAcross(scale, new Map(cells), { labels, separator: undefined, decimal: this.#table.decimal });
  }

  #distribution(row: readonly PlacedCell[], { name, item }: { name: string; item: ItemDescription }) {
    const column = this.#means.columns.distributions[name];
    const text = column === undefined ? "" : this.#text(row, column);
    if (column === undefined || text === "") return {};
    const read = distributionOf(item.scale, text);
    if ("distribution" in read) return read;
    this.#wrong(row, column, `${name}: ${read.misfit}.`);
    return {};
  }

  #outside(
    row: readonly PlacedCell[],
    found: ExcludedAnswer,
    { column, excluded }: { readonly column: string; readonly excluded: boolean },
  ): void {
    if (excluded) {
      this.excluded.push(found);
      return;
    }
    const item = this.#means.description.items[found.item];
    const isUnparted = isList(item?.scale.kind) && item?.separator === undefined && found.text.includes(";");
    (isUnparted ? this.#unparted : this.#misfits).add(found.item);
    this.#wrong(row, column, `${found.item} of ${found.id}: ${found.reason}.`);
  }

  #idOf(row: readonly PlacedCell[], number: number): string {
    const { id: column } = this.#means.columns;
    const id = column === undefined ? `row ${number}` : this.#text(row, column);
    const before = this.#ids.get(id);
    if (column !== undefined && id === "") this.#wrong(row, column, "Nobody is named here.");
    else if (column !== undefined && before !== undefined) {
      this.#isTwice = true;
      this.#wrong(row, column, `'${id}' stands in row ${before} already.`);
    }
    this.#ids.set(id, number);
    return id;
  }

  #weightOf(row: readonly PlacedCell[], column: string): number {
    const text = this.#text(row, column);
    const weight = text === "" ? Number.NaN : Number(this.#table.decimal === "," ? text.replace(",", ".") : text);
    if (Number.isFinite(weight) && weight >= 0) return weight;
    this.#wrong(row, column, `The weight is '${text}': a weight is a number from 0, in every row.`);
    return 0;
  }

  /** Why a cell holds no answer: by its text, by the value that this is the label of, or as its file says so. */
  #silence(row: readonly PlacedCell[], column: string): Missing | undefined {
    const { code, missing } = this.#cell(row, column) ?? {};
    const text = this.#text(row, column);
    const declared = this.#silent.get(text) ?? (code === undefined ? undefined : this.#silent.get(code));
    const said = reasons.find((reason) => reason === missing);
    return declared ?? said ?? (text === "" || missing !== undefined ? "skipped" : undefined);
  }

  #codeIn(row: readonly PlacedCell[], column: string): { readonly code?: string } {
    const { code, missing } = this.#cell(row, column) ?? {};
    return code === undefined || missing !== undefined ? {} : { code };
  }

  #wrong(row: readonly PlacedCell[], column: string, message: string): void {
    const cell = this.#cell(row, column);
    this.issues.push({ path: "", message, ...(cell && { line: cell.line, column: cell.column }) });
  }

  #text(row: readonly PlacedCell[], column: string): string {
    return folded(this.#cell(row, column)?.text ?? "");
  }

  #cell(row: readonly PlacedCell[], column: string): PlacedCell | undefined {
    return row[this.#places.get(column) ?? -1];
  }
}

/** A file whose own program weighs its rows, where the description does not. */
function weightRemarks({ weightedBy }: TableOfAnswers, { weight }: Columns): readonly string[] {
  if (weightedBy === undefined || weight !== undefined) return [];
  return [`SPSS weighs these rows by '${weightedBy}', and here each counts as one: \`weight\` says otherwise.`];
}

/** The items, called as the table calls them where the description does not say. */
function withTitles({ items }: AnswersDescription, columns: Columns, { titles }: TableOfAnswers): AnswerSet["items"] {
  return Object.fromEntries(
    Object.entries(items).map(([name, item]) => {
      const column = columns.items[name];
      const title = item.title ?? (typeof column === "string" ? titles.get(column) : undefined);
      return [name, title === undefined ? item : { ...item, title }];
    }),
  );
}
