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
    axis: { domain: false, ticks: false, labelPadding: 6 },
  };
}

/** An axis of amounts, from zero. */
export function amounts(field: string, title: string) {
  return { field, type: "quantitative", title, scale: { zero: true }, axis: { tickCount: 6, domain: false } };
}

/** Colours for named groups. */
export function colours(field: string, labels: readonly string[], range: readonly string[]) {
  return { field, type: "nominal", sort: null, title: null, scale: { domain: labels, range } };
}
