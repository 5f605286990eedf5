import type { Cursor } from "./cursor.ts";
import { decoderOf, type Encoded } from "./encoding.ts";
import type { LabelsRecord, Records, VariableRecord } from "./records.ts";

/** A variable of a file, as people know it. */
export interface Variable {
  readonly name: string;
  /** What was asked; empty where nobody wrote it. */
  readonly title: string;
  /** Bytes of text in all; 0 for a number. */
  readonly width: number;
  /** Bytes of each part of a text: SPSS cuts what is longer than 255. */
  readonly parts: readonly number[];
  readonly format: number;
  /** By the value as text. */
  readonly labels: ReadonlyMap<string, string>;
  /** Whether a value was declared to stand for no answer. */
  isMissing(value: number | string): boolean;
}

/** What is known of the variables of a file, and how its texts are read. */
export interface Dictionary {
  readonly variables: readonly Variable[];
  readonly weightedBy: string | undefined;
  readonly text: Encoded;
}

const extension = { longNames: 13, longTexts: 14, labels: 21, missing: 22 } as const;

/** What the records say, with long names, long texts and the encoding of all texts. */
export function dictionaryOf(records: Records, cursor: Cursor): Dictionary {
  const text = decoderOf(records, cursor);
  const longNames = pairsIn(text(records.extensions.get(extension.longNames) ?? new Uint8Array()), /\t/);
  const longTexts = pairsIn(text(records.extensions.get(extension.longTexts) ?? new Uint8Array()), /\0\t?/);
  const own = longLabels(records.extensions.get(extension.labels), cursor, text);
  const silent = longMissing(records.extensions.get(extension.missing), cursor, text);
  const labelled = labelsByPlace(records, { cursor, text });
  const variables: Variable[] = [];
  const byPlace = new Map<number, Variable>();
  const { variables: all } = records;
  for (let place = 0; place < all.length; ) {
    const first = all[place] as VariableRecord;
    const short = text(first.name).trimEnd();
    const parts = partsOf(all, place, Number(longTexts.get(short) ?? first.width));
    const name = longNames.get(short) ?? short;
    const variable: Variable = {
      ...{ name, title: text(first.label ?? new Uint8Array()).trim(), parts, format: first.format },
      width: Number(longTexts.get(short) ?? first.width),
      labels: own.get(name) ?? own.get(short) ?? labelled(place + 1, first),
      isMissing: missingIn(first, { cursor, text, own: silent.get(name) ?? silent.get(short) ?? [] }),
    };
    variables.push(variable);
    byPlace.set(place + 1, variable);
    place += parts.reduce((sum, width) => sum + slots(width), 0);
  }
  if (variables.length === 0) throw new Error("it has no variables");
  return { variables, weightedBy: byPlace.get(records.weightedBy)?.name, text };
}

/** Places of eight bytes that a value takes. */
export const slots = (width: number): number => Math.max(1, Math.ceil(width / 8));

/** Of a text of more than 255 bytes each part is a variable of its own, with 252 of them counted. */
const counted = 252;

function partsOf(all: readonly VariableRecord[], from: number, width: number): readonly number[] {
  const parts: number[] = [];
  const wanted = width > 255 ? Math.ceil(width / counted) : 1;
  for (let place = from; parts.length < wanted; place += slots(parts.at(-1) as number)) {
    const record = all[place];
    if (record === undefined || record.width < 0 || (record.width === 0 && wanted > 1))
      throw new Error(`variable ${place + 1} is damaged`);
    parts.push(record.width);
  }
  return parts;
}

/** Texts such as A=1 and B=2, by the part before the sign. */
function pairsIn(text: string, between: RegExp): ReadonlyMap<string, string> {
  return new Map(
    text.split(between).flatMap((pair): [string, string][] => {
      const sign = pair.indexOf("=");
      return sign < 1 ? [] : [[pair.slice(0, sign), pair.slice(sign + 1).trimEnd()]];
    }),
  );
}

interface Met {
  readonly cursor: Cursor;
  readonly text: Encoded;
}

/** A value of eight bytes as a text, by which labels are found. */
function plainValue(bytes: Uint8Array, { width }: VariableRecord, { cursor, text }: Met): string {
  return width === 0 ? String(cursor.over(bytes).double()) : text(bytes).trimEnd();
}

/** The labels of a variable at a place; variables with the same record share them. */
function labelsByPlace({ labels }: Records, met: Met) {
  const records = new Map(labels.flatMap((record) => record.of.map((place) => [place, record] as const)));
  const read = new Map<LabelsRecord, ReadonlyMap<string, string>>();
  return (place: number, variable: VariableRecord): ReadonlyMap<string, string> => {
    const record = records.get(place);
    if (record === undefined) return new Map();
    const found =
      read.get(record) ??
      new Map(record.labels.map(([value, label]) => [plainValue(value, variable, met), met.text(label).trim()]));
    read.set(record, found);
    return found;
  };
}

function missingIn(
  record: VariableRecord,
  { own, ...met }: Met & { readonly own: readonly string[] },
): Variable["isMissing"] {
  if (record.width !== 0) {
    const values = new Set([...record.missing.map((bytes) => plainValue(bytes, record, met)), ...own]);
    return (value) => values.has(String(value).slice(0, 8).trimEnd());
  }
  const values = record.missing.map((bytes) => met.cursor.over(bytes).double());
  const [low = Number.NaN, high = Number.NaN] = record.isRange ? values : [];
  const single = record.isRange ? values.slice(2) : values;
  return (value) => typeof value === "number" && ((value >= low && value <= high) || single.includes(value));
}

/** Labels of texts of more than eight bytes, by variable. */
function longLabels(bytes: Uint8Array | undefined, cursor: Cursor, text: Encoded) {
  const found = new Map<string, Map<string, string>>();
  for (const part = cursor.over(bytes ?? new Uint8Array()); part.left > 0; ) {
    const name = text(part.take(part.int()));
    part.int();
    const labels = found.get(name) ?? new Map<string, string>();
    for (let left = part.int(); left > 0; left--)
      labels.set(text(part.take(part.int())).trimEnd(), text(part.take(part.int())).trim());
    found.set(name, labels);
  }
  return found;
}

/** Missing values of texts of more than eight bytes, which are told by their first eight, by variable. */
function longMissing(bytes: Uint8Array | undefined, cursor: Cursor, text: Encoded) {
  const found = new Map<string, readonly string[]>();
  for (const part = cursor.over(bytes ?? new Uint8Array()); part.left > 0; ) {
    const name = text(part.take(part.int()));
    const count = part.byte();
    const length = part.int();
    found.set(
      name,
      Array.from({ length: count }, () => text(part.take(length)).trimEnd()),
    );
  }
  return found;
}
