import { canonicalJson } from "../kernel/values/hash.ts";
import { samplePopulation } from "../population/sampling/sample.ts";
import { parseSpecification } from "../population/specification/parse.ts";
import type { DataSpecification } from "./specification.ts";

/** What an item is to be, before it is written. */
export interface Drawn {
  readonly id: string;
  readonly values: Readonly<Record<string, string>>;
  readonly label?: string;
  /** From 1, among those with the same values. */
  readonly nth: number;
}

/** Draws values and labels, as people of a population are drawn by quota: every share is met within rounding. */
export async function drawItems(
  { name, size, dimensions, labels }: DataSpecification,
  seed: number | string,
): Promise<readonly Drawn[]> {
  const all = { ...dimensions, ...(labels && { label: labels }) };
  const draws = Object.keys(all).length === 0 ? blank(size) : await drawn({ name, all }, size, seed);
  const times = new Map<string, number>();
  return draws.map(({ id, values: { label, ...values } }) => {
    const cell = canonicalJson({ label: label ?? null, values });
    const nth = (times.get(cell) ?? 0) + 1;
    times.set(cell, nth);
    return { id, values, ...(label !== undefined && { label }), nth };
  });
}

interface Values {
  readonly id: string;
  readonly values: Readonly<Record<string, string>>;
}

async function drawn(
  { name, all }: { readonly name: string; readonly all: Readonly<Record<string, Readonly<Record<string, number>>>> },
  size: number,
  seed: number | string,
): Promise<readonly Values[]> {
  const dimensions = Object.fromEntries(
    Object.entries(all).map(([id, shares]) => [id, { kind: "categorical", shares }]),
  );
  const { people } = await samplePopulation(parseSpecification({ specification: 1, name, dimensions }), { size, seed });
  return people.map(({ id, values }) => ({
    id,
    values: Object.fromEntries(Object.entries(values).map(([dimension, value]) => [dimension, String(value)])),
  }));
}

function blank(size: number): readonly Values[] {
  const digits = Math.max(4, String(size).length);
  return Array.from({ length: size }, (_, at) => ({ id: String(at + 1).padStart(digits, "0"), values: {} }));
}
