import type { Message } from "../../../../kernel/contracts/model.ts";
import { sentences } from "../../../../kernel/language/stems.ts";
import { freshIn, type Reader } from "../../reading.ts";

interface Row {
  readonly number: number;
  readonly who: string | undefined;
  readonly asked: string | undefined;
  readonly text: string;
  /** It is a row of a table: columns and what stands in them, and nobody says it. */
  readonly ofTable?: boolean;
}
interface Sentence {
  readonly text: string;
  readonly rows: readonly number[];
}
interface Draft {
  readonly title: string;
  readonly summary: readonly Sentence[];
  readonly sections: readonly { readonly heading: string; readonly sentences: readonly Sentence[] }[];
}

const mostSentences = 8;
const longestTitle = 80;
const longestRow = 240;

/** A reporter who cannot read: counts the rows, and quotes the longest sentence of each, one section for each question. */
export function reportDraft(messages: readonly Message[], reader: Reader): Draft {
  const asked = freshIn(messages, reader);
  const drafts = [...asked.matchAll(/^Part \d+: (\{.*\})$/gmu)].map(([, json = ""]) => JSON.parse(json) as Draft);
  const title = titleOf(asked);
  if (drafts.length > 0) {
    return {
      title,
      summary: drafts.flatMap(({ summary }) => summary),
      sections: drafts.flatMap(({ sections }) => sections),
    };
  }
  const rows = ofColumns(rowsIn(asked));
  const questions = [...new Set(rows.map((row) => row.asked))];
  return {
    title,
    summary: rows.length === 0 ? [] : [{ text: counted(rows), rows: rows.map(({ number }) => number) }],
    sections: questions.map((question) => ({
      heading: question ?? "What stands there",
      sentences: rows
        .filter((row) => row.asked === question)
        .slice(0, mostSentences)
        .map(quoted),
    })),
  };
}

function counted(rows: readonly Row[]): string {
  const { size } = new Set(rows.flatMap(({ who }) => who ?? []));
  if (size === 0) return `There are ${rows.length} rows.`;
  const isTable = rows.every(({ ofTable }) => ofTable === true);
  return isTable
    ? `There are ${rows.length} rows about ${size} people.`
    : `In ${rows.length} rows, ${size} people speak.`;
}

function titleOf(asked: string): string {
  const given = /^Its title: (.+)$/mu.exec(asked)?.[1];
  const task = /^The task of the report: (.+)$/mu.exec(asked)?.[1] ?? "";
  return given ?? (task.length > longestTitle ? `${task.slice(0, longestTitle).trimEnd()}…` : task);
}

function rowsIn(text: string): readonly Row[] {
  const block = /<(rows-[0-9a-f]{8})>\n([\s\S]*?)\n<\/\1>/u.exec(text)?.[2] ?? "";
  return block.split("\n").flatMap((line): Row[] => {
    const match = /^\[(\d+)\] (?:([^:()]{1,80}?)(?: \(asked: (.*?)\))?: )?(.+)$/u.exec(line);
    if (match === null) return [];
    const [, number, who, asked, said = ""] = match;
    return [{ number: Number(number), who, asked, text: said }];
  });
}

/** Rows of a table begin with the name of its first column: nobody of that name speaks, nor does whoever a row is about. */
function ofColumns(rows: readonly Row[]): readonly Row[] {
  const [first, ...more] = rows;
  if (more.length === 0 || rows.some(({ asked }) => asked !== undefined)) return rows;
  if (rows.every(({ who }) => who === undefined)) return rows;
  if (rows.every(({ who }) => who === first?.who))
    return rows.map(({ who, text, ...row }) => ({ ...row, who: undefined, text: `${who}: ${text}`, ofTable: true }));
  const column = columnOf(first);
  const isTable = column !== undefined && rows.every((row) => row.who !== undefined && columnOf(row) === column);
  return isTable ? rows.map((row) => ({ ...row, ofTable: true })) : rows;
}

const columnOf = (row: Row | undefined): string | undefined => /^([^:;]{1,40}): \S/u.exec(row?.text ?? "")?.[1];

/** A row of a table has no sentences, unless it has whole answers. */
function quoted({ number, who, text, ofTable = false }: Row): Sentence {
  const isShort = ofTable && text.length <= longestRow;
  const [longest = text] = isShort ? [] : sentences(text).toSorted((one, other) => other.length - one.length);
  if (who === undefined && !ofTable) return { text: longest, rows: [number] };
  const whose = ofTable ? `The row of ${who}` : who;
  return { text: `${who === undefined ? "" : `${whose}: `}“${longest.replace(/[“”]/gu, "")}”`, rows: [number] };
}
