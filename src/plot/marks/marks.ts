import { lineOf } from "../words.ts";

/** The part of a Vega-Lite specification that a kind of chart has of its own. Names of fields are ours, never the data's. */
export type Marks = Readonly<Record<string, unknown>>;

/** In pixels; a picture is as wide as a page of text, and as high as what is in it. */
export const chartWidth = 460;

/** The labels in the order in which they are first given. `scale.domain` says it as data: no expression is made of it. */
const inOrder = (labels: readonly string[]): readonly string[] => [...new Set(labels)];

/** Rows with their groups, in the order in which these are first named; who has none among others that have is `(none)`. */
export function grouped<T extends { readonly group?: string }, V extends object>(
  rows: readonly T[],
  read: (row: T) => V,
) {
  const some = rows.some(({ group }) => group !== undefined);
  const groupOf = ({ group = "(none)" }: T): string => lineOf(group);
  const values = rows.map((row) => ({ ...read(row), ...(some && { group: groupOf(row) }) }));
  return { values, groups: some ? inOrder(rows.map(groupOf)) : [] };
}

/** An axis of names, one below the other, in the order of the data. */
export function names(field: string, labels: readonly string[], title: string | null = null) {
  return {
    field,
    type: "nominal",
    sort: null,
    title,
    scale: { domain: inOrder(labels) },
    axis: { domain: false, ticks: false, labelPadding: 6, labelExpr },
  };
}

/** Letters of a label on a line, and in all. The expression is ours: labels are what it reads. */
const mostOnLine = 30;
const mostLetters = 84;
const onLines = new RegExp(`(.{1,${mostOnLine}})(?:\\s+|$)`, "g");
const labelExpr = `split(trim(replace(truncate(datum.label, ${mostLetters}), ${onLines}, '$1\\n')), '\\n')`;
const lineHeight = 15;

/** The room of a row whose labels may have several lines; of each of its bars where it has several. */
export function stepFor(labels: readonly string[], least: number, bars = 1): { readonly step: number } {
  const lines = labels.map((label) => label.slice(0, mostLetters).replace(onLines, "$1\n").trim().split("\n").length);
  const most = lines.reduce((one, other) => Math.max(one, other), 1);
  return { step: most === 1 ? least : Math.max(least, Math.ceil((most * lineHeight + 5) / bars)) };
}

/** An axis of amounts, from zero. */
export function amounts(field: string, title: string) {
  return { field, type: "quantitative", title, scale: { zero: true }, axis: { tickCount: 6, domain: false } };
}

/** Colours for named groups. */
export function colours(field: string, labels: readonly string[], range: readonly string[]) {
  return { field, type: "nominal", sort: null, title: null, scale: { domain: labels, range } };
}
