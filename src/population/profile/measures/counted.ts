import { type Bin, binOf, binsOf } from "../../../statistics/shapes/bins.ts";
import type { Member } from "../people/people.ts";
import { type Said, spellings, valuesAt } from "../people/values.ts";

/** What is said in one place of a population, person by person. */
export interface Counted {
  readonly path: string;
  /** Several things a person, one each, or a number. */
  readonly kind: "list" | "category" | "number";
  /** The labels of each person, each once; of nobody who says nothing. */
  readonly labels: ReadonlyMap<Member, readonly string[]>;
  /** All labels: numbers in their order, all else by how much weight has them. */
  readonly order: readonly string[];
  /** Numbers alone: each person's, and the ranges that the labels are. */
  readonly numbers?: ReadonlyMap<Member, number>;
  readonly bins?: readonly Bin[];
}

/** Different numbers up to which each stands for itself. */
const mostNumbers = 8;

/** What people say in a place; `bins` are the ranges of numbers, where others were chosen before. */
export function counted(people: readonly Member[], path: string, given?: readonly Bin[]): Counted {
  const said = new Map(people.map((person) => [person, valuesAt(person, path)] as const));
  const all = [...said.values()].flat();
  const one = [...said.values()].every((values) => values.length <= 1);
  if (one && all.length > 0 && all.every((value) => typeof value === "number")) {
    const numbers = new Map(
      [...said].flatMap(([person, [value]]) => (value === undefined ? [] : [[person, value as number]])),
    );
    if (given !== undefined || new Set(all).size > mostNumbers) return inBins(path, numbers, given ?? binsOf(all));
    return { ...named({ path, said, kind: "number" }), numbers };
  }
  return named({ path, said, kind: one ? "category" : "list" });
}

function inBins(path: string, numbers: ReadonlyMap<Member, number>, bins: readonly Bin[]): Counted {
  const labels = new Map([...numbers].map(([person, value]) => [person, [binOf(bins, value)?.label ?? "(outside)"]]));
  const outside = [...labels.values()].some(([label]) => label === "(outside)");
  const order = [...bins.map(({ label }) => label), ...(outside ? ["(outside)"] : [])];
  return { path, kind: "number", labels, order, numbers, bins };
}

function named({
  path,
  said,
  kind,
}: Pick<Counted, "path" | "kind"> & { readonly said: ReadonlyMap<Member, readonly Said[]> }): Counted {
  const spelt = spellings();
  const labels = new Map(
    [...said].flatMap(([person, values]) => {
      const own = [...new Set(values.map(spelt))];
      return own.length === 0 ? [] : [[person, own] as const];
    }),
  );
  const weights = new Map<string, number>();
  for (const [{ weight }, own] of labels)
    for (const label of own) weights.set(label, (weights.get(label) ?? 0) + weight);
  const byWeight = [...weights.keys()].sort(
    (a, b) => (weights.get(b) ?? 0) - (weights.get(a) ?? 0) || (a < b ? -1 : 1),
  );
  return { path, kind, labels, order: kind === "number" ? byWeight.sort((a, b) => Number(a) - Number(b)) : byWeight };
}
