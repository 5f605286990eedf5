import { sentences } from "../../../../kernel/language/stems.ts";
import { type Crosstab, type Figure, figuresInData, figuresInProse, figuresInTable, type Group } from "./figures.ts";

interface Proposed {
  readonly id: string;
  readonly kind: "categorical" | "numeric";
  readonly figures: readonly Figure[];
  readonly basis: "source" | "estimate";
}

const byRules = "Rules read the source, no language model: only figures that stand there in plain patterns were found.";
const nothingFound = "No figures were found in the source: all shares are even, so that there is something to edit.";
const added = (what: string): string => `The source was not found to say ${what}: even shares stand in its place.`;

/** A specification from the figures that a source has in plain patterns; where it has none, that is said. */
export function proposalDraft(request: string): Readonly<Record<string, unknown>> {
  const source = /<source-[0-9a-f]+>\n([\s\S]*)\n<\/source-[0-9a-f]+>/.exec(request)?.[1] ?? request;
  const { groups, table } = read(source);
  const found = groups.flatMap((group, place) => dimensionOf(group, place));
  const told = [...once(found), ...(table === undefined ? [] : marginsOf(table))];
  const age = told.some(({ id }) => id === "age") ? undefined : ageIn(source);
  const known = [...told, ...(age === undefined ? [] : [age])];
  const missing = [evenAge, evenSex].filter(({ id }) => !known.some((one) => one.id === id));
  const needed = known.length === 0 ? missing : [];
  return {
    title: titleIn(source),
    description: "",
    language: "",
    locale: "",
    dimensions: [...known, ...needed].map(proposed),
    tables: table === undefined ? [] : [tableOf(table)],
    dependencies: [],
    rules: [],
    remarks: [
      byRules,
      ...(known.length === 0 ? [nothingFound] : []),
      ...needed.map(({ id }) => added(id === "age" ? "how old they are" : "how many are women")),
    ],
  };
}

function read(source: string): { readonly groups: readonly Group[]; readonly table?: Crosstab } {
  if (/^\s*[[{]/.test(source)) {
    try {
      return { groups: figuresInData(JSON.parse(source)) };
    } catch {
      return { groups: figuresInProse(source) };
    }
  }
  return figuresInTable(source) ?? { groups: figuresInProse(source) };
}

const evenAge: Proposed = { id: "age", kind: "numeric", figures: [{ value: "18-80", share: 1 }], basis: "estimate" };
const evenSex: Proposed = {
  id: "sex",
  kind: "categorical",
  figures: ["female", "male"].map((value) => ({ value, share: 50 })),
  basis: "estimate",
};

const sexes =
  /^(?:wom[ae]n|m[ae]n|(?:fe)?males?|mujer(?:es)?|hombres?|mulher(?:es)?|homens?|frauen|männer|boys?|girls?)$/iu;
const range =
  /^(\d+)(?:\s*(?:-|–|to)\s*(\d+)|\s*\+|\s+(?:and|or)\s+(?:over|older|more))(?:\s*(?:years?(?: old)?|yrs?))?$/iu;

/** A group of figures as a dimension: what is left to a hundred is said to be others. */
function dimensionOf({ name, figures }: Group, place: number): readonly Proposed[] {
  const ranges = figures.map(({ value }) => range.exec(value.trim()));
  const isNumeric = ranges.every((match) => match !== null);
  const isSex = figures.every(({ value }) => sexes.test(value.trim()));
  const id = isSex ? "sex" : (name ?? (isNumeric ? "age" : `group-${place + 1}`));
  const sum = figures.reduce((total, { share }) => total + share, 0);
  if (!(sum > 0)) return [];
  if (isNumeric) return banded(id, figures, ranges as readonly RegExpExecArray[]);
  const rest = figures.some(({ share }) => share > 1) && sum < 98 ? [restOf(figures, isSex, 100 - sum)] : [];
  return [
    { id, kind: "categorical", figures: [...figures, ...rest], basis: rest.length === 0 ? "source" : "estimate" },
  ];
}

const opposites: readonly (readonly [RegExp, string])[] = [
  [/^wom[ae]n$/iu, "men"],
  [/^m[ae]n$/iu, "women"],
  [/^females?$/iu, "male"],
  [/^males?$/iu, "female"],
];

function restOf(figures: readonly Figure[], isSex: boolean, share: number): Figure {
  const [{ value } = { value: "" }] = figures;
  const other = isSex && figures.length === 1 ? opposites.find(([pattern]) => pattern.test(value))?.[1] : undefined;
  return { value: other ?? "others", share: Math.round(share * 100) / 100 };
}

/** Bands in their order, as long as they follow each other; else they are values like any others. */
function banded(id: string, figures: readonly Figure[], ranges: readonly RegExpExecArray[]): readonly Proposed[] {
  const bands = ranges
    .map(([, from, to], place) => ({ from: Number(from), to: to === undefined ? undefined : Number(to), place }))
    .sort((one, other) => one.from - other.from);
  const follow = bands.every(({ from }, rank) => rank === 0 || from === (bands[rank - 1]?.to ?? Number.NaN) + 1);
  if (!follow) return [{ id, kind: "categorical", figures, basis: "source" }];
  const last = (from: number): number => Math.max(90, from + 10);
  const ordered = bands.map(({ from, to, place }) => ({
    value: `${from}-${to ?? last(from)}`,
    share: figures[place]?.share ?? 0,
  }));
  return [{ id, kind: "numeric", figures: ordered, basis: "source" }];
}

/** Ages that are told without shares: `aged 28 to 55`, `between 18 and 65`. */
function ageIn(source: string): Proposed | undefined {
  const match = /(?:aged?|ages|between|from)\s+(\d{1,2})\s*(?:-|–|to|and)\s*(\d{2})\b(?!\s*%)/iu.exec(source);
  const [, from = "", to = ""] = match ?? [];
  if (match === null || Number(from) >= Number(to)) return undefined;
  return { id: "age", kind: "numeric", figures: [{ value: `${from}-${to}`, share: 1 }], basis: "estimate" };
}

/** The first of those that are called the same. */
const once = (dimensions: readonly Proposed[]): readonly Proposed[] =>
  dimensions.filter(({ id }, place) => dimensions.findIndex((one) => one.id === id) === place);

function marginsOf({ of: [down, across], rows, columns, shares }: Crosstab): readonly Proposed[] {
  const sum = (numbers: readonly number[]): number =>
    Math.round(1e6 * numbers.reduce((all, one) => all + one, 0)) / 1e6;
  const byRow = rows.map((value, row) => ({ value, share: sum(shares[row] ?? []) }));
  const byColumn = columns.map((value, column) => ({ value, share: sum(shares.map((row) => row[column] ?? 0)) }));
  const margins = [
    { name: down, figures: byRow },
    { name: across, figures: byColumn },
  ];
  return margins.flatMap(({ name, figures }) => {
    const [dimension] = dimensionOf({ name, figures }, 0);
    return dimension === undefined ? [] : [{ ...dimension, id: name, basis: "estimate" as const }];
  });
}

function tableOf({ of, rows, columns, shares }: Crosstab) {
  const cells = rows.flatMap((value, row) =>
    columns.map((other, column) => ({ values: [value, other], share: shares[row]?.[column] ?? 0 })),
  );
  return { of, cells, basis: "source" };
}

function proposed({ id, kind, figures, basis }: Proposed) {
  const values = figures.map(({ value, share }) => {
    const [from = null, to = null] = kind === "numeric" ? value.split("-").map(Number) : [];
    return { value, from, to, share };
  });
  return { id, title: id, kind, describe: "", sensitive: id === "sex", values, basis };
}

const longestTitle = 80;

/** The first sentence before any figure. */
function titleIn(source: string): string {
  if (/^\s*[[{]/.test(source)) {
    const title = /"title"\s*:\s*"((?:[^"\\]|\\.){1,80})"/.exec(source)?.[1];
    return title ?? "A population";
  }
  const [first = ""] = sentences(source);
  const [plain = ""] = first.split(/[:;(,]|\d/u);
  const short = plain
    .trim()
    .replace(/[.!?]+$/u, "")
    .slice(0, longestTitle);
  return short === "" ? "A population" : short;
}
