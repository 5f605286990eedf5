import { nearest } from "../../../kernel/text/nearest.ts";
import type { Issue } from "../../../kernel/values/errors.ts";
import type { Dimension, Specification, Where } from "../schema.ts";
import { rangeOf, valuesOf } from "./values.ts";

type Path = readonly (string | number)[];
type Numeric = Extract<Dimension, { kind: "numeric" }>;

/** Gathers what is wrong with a specification, each at its dotted path, in the words of who wrote it. */
export class Findings {
  readonly issues: Issue[] = [];
  readonly specification: Specification;
  readonly #ids: readonly string[];
  readonly #values = new Map<string, ReadonlySet<string>>();

  constructor(specification: Specification) {
    this.specification = specification;
    this.#ids = Object.keys(specification.dimensions);
  }

  add(path: Path, message: string): void {
    this.issues.push({ path: path.join("."), message });
  }

  /** The dimension of an id, told where there is none, or one that has no figures. */
  dimension(id: string, path: Path): Dimension | undefined {
    const { dimensions } = this.specification;
    const found = Object.hasOwn(dimensions, id) ? dimensions[id] : undefined;
    if (found === undefined) this.add(path, `There is no dimension '${id}'.${meant(id, this.#ids)}`);
    else if (found.kind === "free") this.add(path, `'${id}' is free: whoever writes the personas makes it up.`);
    else return found;
    return undefined;
  }

  numeric(id: string, path: Path): Numeric | undefined {
    const found = this.dimension(id, path);
    if (found === undefined || found.kind === "numeric") return found;
    this.add(path, `'${id}' is ${found.kind}: a numeric dimension is expected.`);
    return undefined;
  }

  /** Dimensions that are listed, each once. */
  listed(ids: readonly string[], path: Path): void {
    for (const [place, id] of ids.entries()) {
      const found = this.dimension(id, [...path, place]);
      if (ids.indexOf(id) !== place) this.add([...path, place], `'${id}' stands here twice.`);
      else if (found?.kind === "numeric" && found.bands === undefined)
        this.add([...path, place], `'${id}' has no bands: give it some, so that there are groups.`);
    }
  }

  /** One value of a dimension. */
  level(id: string, value: string | number | boolean, path: Path): void {
    const found = this.dimension(id, path);
    if (found === undefined || this.#valuesOf(id, found).has(String(value))) return;
    if (found.kind === "numeric" && typeof value === "number") this.#number(id, { found, value, path });
    else this.add(path, `'${value}' is no value of ${id}.${otherwise(value, valuesOf(found))}`);
  }

  /** What must hold, dimension by dimension. */
  where(where: Where, path: Path): void {
    for (const [id, test] of Object.entries(where)) {
      const at = [...path, id];
      if (Array.isArray(test)) for (const [place, value] of test.entries()) this.level(id, value, [...at, place]);
      else if (typeof test !== "object") this.level(id, test, at);
      else this.#range(id, test, at);
    }
  }

  /** Shares by value of a dimension. */
  shares(id: string, shares: Readonly<Record<string, number>>, path: Path): void {
    for (const value of Object.keys(shares)) {
      const found = this.dimension(id, path);
      if (found === undefined) return;
      if (!this.#valuesOf(id, found).has(value))
        this.add([...path, value], `'${value}' is no value of ${id}.${meant(value, valuesOf(found))}`);
    }
  }

  #range(id: string, { from, to }: { from?: number | undefined; to?: number | undefined }, path: Path): void {
    const found = this.dimension(id, path);
    if (found === undefined) return;
    if (found.kind !== "numeric") this.add(path, `'${id}' has no numbers.${possible(valuesOf(found))}`);
    else if (from !== undefined && to !== undefined && from > to) this.add(path, `${from} is above ${to}.`);
  }

  #number(id: string, { found, value, path }: { found: Numeric; value: number; path: Path }): void {
    const [from, to] = rangeOf(found);
    if (value < from || value > to) this.add(path, `${value} is no value of ${id}, which goes from ${from} to ${to}.`);
  }

  #valuesOf(id: string, dimension: Dimension): ReadonlySet<string> {
    const known = this.#values.get(id) ?? new Set(valuesOf(dimension));
    this.#values.set(id, known);
    return known;
  }
}

const otherwise = (value: string | number | boolean, known: readonly string[]): string =>
  known.length === 0 ? " It has no bands: write a number, or `from` and `to`." : meant(value, known);

const shownAtMost = 12;

/** What a name may be misspelt for, or all that is possible. */
export function meant(name: string | number | boolean, known: readonly string[]): string {
  const [near] = nearest(String(name), known);
  return near === undefined ? possible(known) : ` Did you mean ${near}?`;
}

function possible(known: readonly string[]): string {
  if (known.length === 0) return "";
  const more = known.length > shownAtMost ? ` and ${known.length - shownAtMost} more` : "";
  return ` Possible: ${known.slice(0, shownAtMost).join(", ")}${more}.`;
}
