import { isMeasured, sum } from "../../../statistics/measured.ts";
import { type Summary, summary } from "../../../statistics/moments.ts";
import { type Diversity, diversity } from "../../../statistics/shares.ts";
import type { Member } from "../people/people.ts";
import { type Counted, counted } from "./counted.ts";

/** How many people have a value. */
export interface ValueRow {
  readonly path: string;
  readonly value: string;
  /** Heads, whatever their weight. */
  readonly people: number;
  /** Of the weight of all who say anything there; of several things a person the shares add up to more than 1. */
  readonly share: number;
}

/** What a population says in one place. */
export interface Distribution {
  readonly path: string;
  readonly kind: Counted["kind"];
  /** People who say something there, and who do not. */
  readonly answered: number;
  readonly missing: number;
  readonly rows: readonly ValueRow[];
  /** Values that have no row of their own, and how many people have one of these. */
  readonly more?: { readonly values: number; readonly people: number };
  /** Numbers alone. */
  readonly numbers?: Summary;
  /** Over all values; absent where nobody says anything. */
  readonly diversity?: Diversity;
}

/**
 * How often each value occurs in a dotted place of the personas, weights respected: of numbers in ranges, of lists by how
 * many people have an item.
 */
export function distributionOf(
  people: readonly Member[],
  path: string,
  { top = 15 }: { readonly top?: number } = {},
): Distribution {
  const found = counted(people, path);
  const all = sum([...found.labels.keys()].map(({ weight }) => weight));
  const tallies = new Map(found.order.map((label) => [label, { people: 0, weight: 0 }]));
  for (const [{ weight }, labels] of found.labels) {
    for (const label of labels) {
      const tally = tallies.get(label) as { people: number; weight: number };
      tally.people += 1;
      tally.weight += weight;
    }
  }
  const rows = [...tallies].map(([value, { people: heads, weight }]) => ({
    path,
    value,
    people: heads,
    share: all === 0 ? 0 : weight / all,
  }));
  const shown = found.kind === "number" ? rows : rows.slice(0, top);
  const hidden = new Set(rows.slice(shown.length).map(({ value }) => value));
  const varied = diversity([...tallies.values()].map(({ weight }) => weight));
  return {
    path,
    kind: found.kind,
    answered: found.labels.size,
    missing: people.length - found.labels.size,
    rows: shown,
    ...(hidden.size > 0 && { more: { values: hidden.size, people: havingAny(found, hidden) } }),
    ...numbersOf(found),
    ...(isMeasured(varied) && { diversity: varied }),
  };
}

const havingAny = ({ labels }: Counted, wanted: ReadonlySet<string>): number =>
  [...labels.values()].filter((own) => own.some((label) => wanted.has(label))).length;

function numbersOf({ numbers }: Counted): { readonly numbers?: Summary } {
  if (numbers === undefined) return {};
  const weights = [...numbers.keys()].map(({ weight }) => weight);
  const even = weights.every((weight) => weight === weights[0]);
  const found = summary([...numbers.values()], even ? undefined : weights);
  return isMeasured(found) ? { numbers: found } : {};
}
