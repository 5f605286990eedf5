import type { Message } from "../../../../kernel/contracts/model.ts";
import { sentences } from "../../../../kernel/language/stems.ts";
import { freshIn, type Reader } from "../../reading.ts";

interface Row {
  readonly number: number;
  readonly who: string | undefined;
  readonly asked: string | undefined;
  readonly text: string;
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
  const names = [...new Set(rows.flatMap(({ who }) => who ?? []))];
  const counted =
    names.length === 0 ? `There are ${rows.length} rows.` : `In ${rows.length} rows, ${names.length} people speak.`;
  const questions = [...new Set(rows.map((row) => row.asked))];
  return {
    title,
    summary: rows.length === 0 ? [] : [{ text: counted, rows: rows.map(({ number }) => number) }],
    sections: questions.map((question) => ({
      heading: question ?? "What stands there",
      sentences: rows
        .filter((row) => row.asked === question)
        .slice(0, mostSentences)
        .map(quoted),
    })),
  };
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

/** Rows of a table begin with the name of its first column, and nobody of that name speaks. */
function ofColumns(rows: readonly Row[]): readonly Row[] {
  const [first, ...more] = rows;
  const isTable = more.length > 0 && rows.every(({ who, asked }) => who === first?.who && asked === undefined);
  return isTable ? rows.map((row) => ({ ...row, who: undefined, text: wordsOf(row) })) : rows;
}

const wordsOf = ({ who, text }: Row): string => (who === undefined ? text : `“${who}: ${text.replace(/[“”]/gu, "")}”`);

function quoted({ number, who, text }: Row): Sentence {
  const [longest = text] = sentences(text).toSorted((one, other) => other.length - one.length);
  return { text: who === undefined ? longest : `${who}: “${longest.replace(/[“”]/gu, "")}”`, rows: [number] };
}
