import { Cursor } from "./cursor.ts";

/** How the values of a file are packed: as they are, one byte for small numbers, or that in ZLIB blocks (ZSAV). */
export type Packing = "none" | "bytes" | "zlib";

/** A record of a variable: texts are bytes until the encoding is known. */
export interface VariableRecord {
  readonly name: Uint8Array;
  /** Bytes of text; 0 for a number, -1 for what continues a longer text. */
  readonly width: number;
  readonly label: Uint8Array | undefined;
  /** Of SPSS: which of its formats shows the number. */
  readonly format: number;
  /** Values that stand for no answer, as they are in the file; `isRange`: the first two are its ends. */
  readonly missing: readonly Uint8Array[];
  readonly isRange: boolean;
}

/** What stands before the values of a file. */
export interface Records {
  readonly packing: Packing;
  readonly bias: number;
  /** -1 where the file does not say it. */
  readonly cases: number;
  /** From 1; 0 for none. */
  readonly weightedBy: number;
  readonly variables: readonly VariableRecord[];
  readonly labels: readonly LabelsRecord[];
  /** By their subtype. */
  readonly extensions: ReadonlyMap<number, Uint8Array>;
}

/** Labels of values, and the places of the variables that have them, from 1. */
export interface LabelsRecord {
  readonly labels: readonly (readonly [value: Uint8Array, label: Uint8Array])[];
  readonly of: readonly number[];
}

/** More parts than these no questionnaire has. */
const mostVariables = 100_000;

/**
 * Reads the records before the values, by "System File Format" in the developers' guide of GNU PSPP. The cursor stands at the
 * values afterwards; what is no such file is an error in words.
 */
export function readRecords(bytes: Uint8Array): { readonly records: Records; readonly cursor: Cursor } {
  const magic = String.fromCharCode(...bytes.subarray(0, 4));
  if (magic !== "$FL2" && magic !== "$FL3") throw new Error("it is no file of SPSS (.sav or .zsav)");
  const cursor = orderedCursor(bytes);
  const head = headOf(cursor);
  const variables: VariableRecord[] = [];
  const labels: LabelsRecord[] = [];
  const extensions = new Map<number, Uint8Array>();
  for (let kind = cursor.int(); kind !== 999; kind = cursor.int()) {
    if (kind === 2) variables.push(variableOf(cursor));
    else if (kind === 3) labels.push(labelsOf(cursor));
    else if (kind === 6) cursor.take(80 * cursor.int());
    else if (kind === 7) {
      const subtype = cursor.int();
      const [size, count] = [cursor.int(), cursor.int()];
      extensions.set(subtype, cursor.take(size * count));
    } else throw new Error(`there is a record of the unknown kind ${kind} before byte ${cursor.at}`);
    if (variables.length > mostVariables) throw new Error(`it has more than ${mostVariables} variables`);
  }
  cursor.int();
  return { records: { ...head, variables, labels, extensions }, cursor };
}

/** Where the number stands that tells in which order bytes are. */
const layout = 64;

function orderedCursor(bytes: Uint8Array): Cursor {
  for (const isLittle of [true, false]) {
    const cursor = new Cursor(bytes, isLittle);
    cursor.take(layout);
    if ([2, 3].includes(cursor.int())) return cursor;
  }
  throw new Error("its layout is unknown");
}

function headOf(cursor: Cursor): Pick<Records, "packing" | "bias" | "cases" | "weightedBy"> {
  cursor.int();
  const packing = (["none", "bytes", "zlib"] as const)[cursor.int()];
  if (packing === undefined) throw new Error("its values are packed in an unknown way");
  const [weightedBy, cases, bias] = [cursor.int(), cursor.int(), cursor.double()];
  cursor.take(84);
  return { packing, bias, cases, weightedBy };
}

function variableOf(cursor: Cursor): VariableRecord {
  const [width, isLabelled, count, print] = [cursor.int(), cursor.int(), cursor.int(), cursor.int()];
  cursor.int();
  const name = cursor.take(8);
  const label = isLabelled === 1 ? padded(cursor, cursor.int(), 4) : undefined;
  if (Math.abs(count) > 3 || width < -1 || width > 255)
    throw new Error(`the variable before byte ${cursor.at} is damaged`);
  const missing = Array.from({ length: Math.abs(count) }, () => cursor.take(8));
  return { name, width, label, format: (print >> 16) & 0xff, missing, isRange: count < 0 };
}

function labelsOf(cursor: Cursor): LabelsRecord {
  const labels: [Uint8Array, Uint8Array][] = [];
  for (let left = cursor.int(); left > 0; left--) {
    const value = cursor.take(8);
    const length = cursor.byte();
    // The length's own byte counts towards the eight that a label is filled up to.
    const label = cursor.take(length);
    cursor.take(7 - (length % 8));
    labels.push([value, label]);
  }
  if (cursor.int() !== 4) throw new Error(`labels before byte ${cursor.at} belong to no variable`);
  const of: number[] = [];
  for (let left = cursor.int(); left > 0; left--) of.push(cursor.int());
  return { labels, of };
}

function padded(cursor: Cursor, length: number, unit: number): Uint8Array {
  const text = cursor.take(length);
  cursor.take((unit - (length % unit)) % unit);
  return text;
}
