import type { PersonId } from "../../kernel/values/ids.ts";

/** One of the things that somebody is to another. */
export interface Bond {
  readonly type: string;
  readonly weight: number;
}

/** All that one person is to another, in the order of coming about. */
export type Bonds = readonly Bond[];

/**
 * Who is what to whom, by both ends. Looking up one relation does not grow with their number, and what is most common,
 * one relation of weight 1, is one list for all pairs.
 */
export class BondBook {
  readonly #out = new Map<PersonId, Map<PersonId, Bonds>>();
  readonly #in = new Map<PersonId, Set<PersonId>>();
  readonly #plain = new Map<string, Bonds>();
  #size = 0;

  /** How many relations there are: one for each direction and type. */
  get size(): number {
    return this.#size;
  }

  between(from: PersonId, to: PersonId): Bonds {
    return this.#out.get(from)?.get(to) ?? [];
  }

  /** Those who are something to this person, and what. */
  from(person: PersonId): ReadonlyMap<PersonId, Bonds> {
    return this.#out.get(person) ?? new Map();
  }

  /** Those to whom this person is something. */
  to(person: PersonId): ReadonlySet<PersonId> {
    return this.#in.get(person) ?? new Set();
  }

  /** Puts a relation down and says which weight it had before. */
  set(from: PersonId, to: PersonId, bond: Bond): number | undefined {
    const known = this.between(from, to);
    const before = known.find((one) => one.type === bond.type);
    if (before?.weight === bond.weight) return before.weight;
    if (before === undefined) this.#size += 1;
    this.#put(from, to, before ? known.map((one) => (one === before ? bond : one)) : [...known, bond]);
    return before?.weight;
  }

  /** Takes a relation away; false when there is none. */
  remove(from: PersonId, to: PersonId, type: string): boolean {
    const known = this.between(from, to);
    const left = known.filter((one) => one.type !== type);
    if (left.length === known.length) return false;
    this.#size -= 1;
    this.#put(from, to, left);
    return true;
  }

  #put(from: PersonId, to: PersonId, bonds: Bonds): void {
    const others = this.#out.get(from) ?? new Map<PersonId, Bonds>();
    const back = this.#in.get(to) ?? new Set<PersonId>();
    if (bonds.length === 0) {
      others.delete(to);
      back.delete(from);
      return;
    }
    others.set(to, this.#shared(bonds));
    back.add(from);
    this.#out.set(from, others);
    this.#in.set(to, back);
  }

  #shared(bonds: Bonds): Bonds {
    const [only] = bonds;
    if (only === undefined || bonds.length > 1 || only.weight !== 1) return bonds;
    const known = this.#plain.get(only.type);
    if (known === undefined) this.#plain.set(only.type, bonds);
    return known ?? bonds;
  }
}
