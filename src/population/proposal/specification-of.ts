import type { Specification, Where } from "../specification/schema.ts";
import type { Condition, Proposal, ProposedDimension } from "./proposal-schema.ts";
import { notStanding, numbersIn } from "./standing.ts";

/** What a proposal is made a specification with. */
export interface Proposing {
  readonly name: string;
  readonly size?: number;
  /** What the model was given. */
  readonly source: string;
}

/** A specification as it was proposed, and what is to be told of it. */
export interface Converted {
  /** Not checked yet. */
  readonly specification: Specification;
  readonly remarks: readonly string[];
}

/**
 * What a model proposed as a specification: all of its figures unverified, and those alone as from the source that code
 * finds there.
 */
export function specificationOf(proposal: Proposal, { name, size, source }: Proposing): Converted {
  const standing = new Standing(source);
  const ids = new Map(proposal.dimensions.map(({ id }) => [id, asId(id)]));
  const idOf = (id: string): string => ids.get(id) ?? asId(id);
  const dimensions = proposal.dimensions.map((one) => [idOf(one.id), dimensionOf(one, standing)] as const);
  const parts: Specification = {
    specification: 1,
    name,
    title: proposal.title,
    ...given("description", proposal.description),
    ...given("language", proposal.language),
    ...(/^[a-z]{2,3}(?:[-_][A-Z]{2})?$/.test(proposal.locale) && { locale: proposal.locale }),
    ...(size !== undefined && { size }),
    dimensions: Object.fromEntries(dimensions),
    ...listed(
      "joints",
      proposal.tables.map((table) => jointOf(table, idOf, standing)),
    ),
    ...listed(
      "conditionals",
      proposal.dependencies.map((one) => conditionalOf(one, idOf, standing)),
    ),
    ...listed(
      "constraints",
      proposal.rules.flatMap((rule) => constraintOf(rule, idOf)),
    ),
  };
  const sources = { given: { title: "What the proposal was made from", note: standing.excerpt } };
  return {
    specification: { ...parts, ...(standing.used && { sources }) },
    remarks: [...proposal.remarks, ...standing.remarks],
  };
}

const longestExcerpt = 200;

/** Tells which figures stand in the source, and keeps those that were only said to. */
class Standing {
  readonly remarks: string[] = [];
  readonly excerpt: string;
  readonly #numbers: ReadonlySet<number>;
  used = false;

  constructor(source: string) {
    this.#numbers = numbersIn(source);
    const line = source.replace(/\s+/gu, " ").trim();
    this.excerpt = line.length > longestExcerpt ? `${line.slice(0, longestExcerpt)} …` : line;
  }

  /** What is said of where figures come from. */
  of(place: string, basis: "source" | "estimate", shares: readonly number[]): { source?: string; unverified: true } {
    if (basis === "estimate") return { unverified: true };
    const missing = notStanding(shares, this.#numbers);
    if (missing !== undefined) {
      this.remarks.push(`${place}: said to be from the source, but ${missing} does not stand there.`);
      return { unverified: true };
    }
    this.used = true;
    return { source: "given", unverified: true };
  }
}

function dimensionOf(one: ProposedDimension, standing: Standing): Specification["dimensions"][string] {
  const { id, kind, title, describe, sensitive, basis, values } = one;
  if (kind === "free") return { kind, describe: describe === "" ? title : describe, ...given("title", title) };
  const about = { ...given("title", title), ...given("describe", describe), ...(sensitive && { sensitive }) };
  const from = standing.of(
    id,
    basis,
    values.map(({ share }) => share),
  );
  if (kind !== "numeric") return { kind, shares: sharesOf(values), ...about, ...from };
  const bands = values.map((band) => bandOf(band));
  const [only] = bands;
  const whole = bands.every((band) => Number.isInteger(band.from) && Number.isInteger(band.to));
  const integer = whole ? {} : { integer: false };
  if (bands.length === 1 && only !== undefined)
    return { kind, from: only.from, to: only.to, ...integer, ...about, ...from };
  return { kind, bands, ...integer, ...about, ...from };
}

/** A band; where the model left its ends out, they are read from the label. */
function bandOf({ value, from, to, share }: ProposedDimension["values"][number]) {
  const [first = Number.NaN, second = first] = (value.match(/\d+(?:\.\d+)?/g) ?? []).map(Number);
  const band = { from: from ?? first, to: to ?? second, share };
  return value === "" || value === `${band.from}-${band.to}` ? band : { ...band, label: value };
}

type IdOf = (id: string) => string;

function jointOf({ of, cells, basis }: Proposal["tables"][number], idOf: IdOf, standing: Standing) {
  const ids = of.map(idOf);
  return {
    of: ids,
    cells: cells.map(({ values, share }) => ({
      when: Object.fromEntries(values.map((value, place) => [ids[place] ?? `value-${place + 1}`, value])),
      share,
    })),
    ...standing.of(
      ids.join(" × "),
      basis,
      cells.map(({ share }) => share),
    ),
  };
}

function conditionalOf({ of, rows, basis }: Proposal["dependencies"][number], idOf: IdOf, standing: Standing) {
  const shares = rows.flatMap((row) => row.shares.map(({ share }) => share));
  return {
    of: idOf(of),
    rows: rows.map(({ when, shares: given }) => ({ when: whereOf(when, idOf), shares: sharesOf(given) })),
    ...standing.of(`${idOf(of)} by others`, basis, shares),
  };
}

function constraintOf(
  { when, must, because }: Proposal["rules"][number],
  idOf: IdOf,
): NonNullable<Specification["constraints"]> {
  const [condition, wanted] = [whereOf(when, idOf), whereOf(must, idOf)];
  const why = given("because", because);
  if (when.length === 0 && must.length === 0) return [];
  if (must.length === 0) return [{ never: condition, ...why }];
  return [when.length === 0 ? { always: wanted, ...why } : { when: condition, must: wanted, ...why }];
}

const whereOf = (conditions: readonly Condition[], idOf: IdOf): Where =>
  Object.fromEntries(
    conditions.map(({ dimension, values, from, to }) => [
      idOf(dimension),
      values.length === 0
        ? { ...(from !== null && { from }), ...(to !== null && { to }) }
        : values.length === 1
          ? (values[0] ?? "")
          : [...values],
    ]),
  );

const sharesOf = (values: readonly { readonly value: string; readonly share: number }[]): Record<string, number> =>
  Object.fromEntries(values.map(({ value, share }) => [value, share]));

const given = <Key extends string>(key: Key, text: string): { [K in Key]?: string } =>
  text.trim() === "" ? {} : ({ [key]: text.trim() } as { [K in Key]?: string });

const listed = <Key extends string, T>(key: Key, items: readonly T[]): { [K in Key]?: T[] } =>
  items.length === 0 ? {} : ({ [key]: [...items] } as { [K in Key]?: T[] });

/** What a proposal has twice: put together it would be lost without a word. */
export function repeatedIn({ dimensions }: Proposal): readonly string[] {
  const twice = (names: readonly string[]): string[] => names.filter((name, place) => names.indexOf(name) !== place);
  return [
    ...twice(dimensions.map(({ id }) => asId(id))).map((id) => `There are two dimensions '${id}'.`),
    ...dimensions.flatMap(({ id, values }) =>
      twice(values.map(({ value }) => value)).map(
        (value) => `dimensions.${id}: The value '${value}' stands there twice.`,
      ),
    ),
  ];
}

/** A name as a specification's ids are written: Latin letters, digits and hyphens. */
export function asId(name: string): string {
  const plain = name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const words = plain.match(/[a-z0-9]+/g) ?? ["dimension"];
  const id = words.join("-");
  return /^[a-z]/.test(id) ? id : `d-${id}`;
}
