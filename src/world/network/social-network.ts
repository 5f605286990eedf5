import type { Actor } from "../../kernel/contracts/person.ts";
import type { Relation, RelationChange } from "../../kernel/contracts/world/network.ts";
import { checkAble } from "../../kernel/text/known-keys.ts";
import type { PersonId } from "../../kernel/values/ids.ts";
import type { Random } from "../../kernel/values/random.ts";
import { Roster } from "../delivery/roster.ts";
import { within } from "../visibility/hops.ts";
import type { WorldNetwork } from "../visibility/visibility.ts";
import { type Bond, BondBook } from "./bonds.ts";
import { type NetworkReach, type NetworkWay, neighboursOf } from "./neighbours.ts";
import { checkedBond, type RelationGiven, type RelationOptions, type SavedNetwork, toThemselves } from "./relation.ts";
import type { Topology } from "./topologies/topology.ts";

/** The relations of a network: drawn, or listed one by one. */
export type NetworkPlan<P> = Topology<P> | Iterable<RelationGiven<P>>;

const isListed = <P>(plan: NetworkPlan<P>): plan is Iterable<RelationGiven<P>> =>
  typeof plan === "object" && plan !== null && Symbol.iterator in plan;

/**
 * Who is what to whom among some people: relations with a direction, a type and a weight, several between two people,
 * each at most once. A world that is given one lets words go along it, shows people what others are to them, and puts
 * on record what changes.
 * @example
 * const family = new TinySocialNetwork([lisa, oscar]).addRelation("Lisa", "Oscar", { type: "brother" });
 * family.isInRelationWith("Oscar", lisa); // => true
 */
export class TinySocialNetwork<P extends Actor = Actor> implements WorldNetwork {
  readonly #roster = new Roster<P>();
  readonly #book = new BondBook();
  readonly #listeners = new Set<(change: RelationChange) => void>();

  /** A network of these people, without relations. NAME_TAKEN when two have the same name. */
  constructor(people: readonly P[] = []) {
    this.add(...people);
  }

  /** Everybody who is in it, in the order of entering. */
  get people(): readonly P[] {
    return this.#roster.list;
  }

  /** How many relations there are: one for each direction and type. */
  get size(): number {
    return this.#book.size;
  }

  /** Takes people in who have no relations yet. NAME_TAKEN, and nobody comes in, when a name is here already. */
  add(...people: readonly P[]): this {
    this.#roster.add(people);
    return this;
  }

  /** Takes in those who are not here yet; a world does so with all who enter. Throws as `add`. */
  admit(people: readonly P[]): void {
    const newcomers = people.filter((person) => this.#roster.get(person.id) !== person);
    if (newcomers.length > 0) this.add(...newcomers);
  }

  /**
   * Lets `to` be something to `from`; one that is there gets this weight. TARGET_UNKNOWN when somebody is not in the
   * network, OPTION_INVALID for a weight or type that is none, or for one person alone.
   */
  addRelation(from: P | string, to: P | string, options: RelationOptions = {}): this {
    const [one, other] = [this.#member(from), this.#member(to)];
    if (one === other) throw toThemselves(one.name);
    this.#set(one.id, other.id, checkedBond(options));
    return this;
  }

  /**
   * Lets two be something to each other: the same, or `back` in the other direction. Throws as `addRelation`.
   * @example
   * new TinySocialNetwork([lisa, oscar]).addMutualRelation(lisa, oscar, { type: "brother", back: "sister" }).size; // => 2
   */
  addMutualRelation(
    one: P | string,
    other: P | string,
    { back, ...options }: RelationOptions & { readonly back?: string } = {},
  ): this {
    const opposite = back === undefined ? options : { ...options, type: back };
    checkedBond(opposite);
    return this.addRelation(one, other, options).addRelation(other, one, opposite);
  }

  /** Puts down relations one by one, as `addRelation`. */
  addRelations(relations: Iterable<RelationGiven<P>>): this {
    for (const { from, to, ...options } of relations) this.addRelation(from, to, options);
    return this;
  }

  /**
   * Puts down relations as they are listed, or as a topology draws them among all who are here. Throws as these do, and
   * OPTION_INVALID for what is neither.
   */
  grow(plan: NetworkPlan<P>, random: Random): this {
    if (isListed(plan)) return this.addRelations(plan);
    checkAble(plan, "ties", "network");
    const { people } = this;
    for (const { from, to, ...options } of plan.ties(people, random)) {
      this.addRelation(people[from] as P, people[to] as P, options);
    }
    return this;
  }

  /** Ends a relation, by default all that `to` is to `from`; what is not there cannot end. TARGET_UNKNOWN as `addRelation`. */
  removeRelation(from: P | string, to: P | string, { type }: Pick<RelationOptions, "type"> = {}): this {
    const [one, other] = [this.#member(from).id, this.#member(to).id];
    for (const bond of this.#book.between(one, other)) {
      if (type !== undefined && bond.type !== type) continue;
      this.#book.remove(one, other, bond.type);
      this.#tell({ from: one, to: other, type: bond.type, weight: 0, before: bond.weight });
    }
    return this;
  }

  /** Whether one is something to the other, whichever of the two, in this way or in any. TARGET_UNKNOWN as `addRelation`. */
  isInRelationWith(one: P | string, other: P | string, type?: string): boolean {
    const [id, otherId] = [this.#member(one).id, this.#member(other).id];
    const bonds = [...this.#book.between(id, otherId), ...this.#book.between(otherId, id)];
    return bonds.some((bond) => type === undefined || bond.type === type);
  }

  /** All that `to` is to `from`, as in `brother, colleague`; undefined for nothing. */
  describe(from: P | PersonId, to: P | PersonId): string | undefined {
    const bonds = this.#book.between(this.#member(from).id, this.#member(to).id);
    return bonds.length === 0 ? undefined : bonds.map((bond) => bond.type).join(", ");
  }

  /** What others are to this person. TARGET_UNKNOWN when they are not in the network. */
  relationsOf(who: P | string): readonly Relation[] {
    return [...this.#from(this.#member(who).id)];
  }

  *relations(): Generator<Relation> {
    for (const person of this.people) yield* this.#from(person.id);
  }

  /** Those who are one such relation away; in both directions, some may come twice. TARGET_UNKNOWN as `addRelation`. */
  neighbours(who: P | string, way: NetworkWay = {}): Iterable<PersonId> {
    return neighboursOf(this.#member(who).id, this.#book, way);
  }

  /** Whom somebody's words reach over these relations, nearest first. TARGET_UNKNOWN as `addRelation`. */
  reachedFrom(who: P | string, { hops = 1, ...way }: NetworkReach = {}): Set<PersonId> {
    return new Set(within(hops, this.#member(who).id, (one) => neighboursOf(one, this.#book, way)));
  }

  /** Calls the listener for each relation that comes about, changes or ends; the returned function ends that. */
  onChange(listener: (change: RelationChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The network as data: `networkFrom` makes it again. */
  toJSON(): SavedNetwork {
    const people = this.people.map(({ id, name }) => ({ id, name }));
    return { people, relations: [...this.relations()].map(({ from, to, type, weight }) => [from, to, type, weight]) };
  }

  #member(who: P | string): P {
    return (typeof who === "string" && this.#roster.get(who)) || this.#roster.member(who);
  }

  *#from(id: PersonId): Generator<Relation> {
    for (const [to, bonds] of this.#book.from(id)) for (const bond of bonds) yield { from: id, to, ...bond };
  }

  #set(from: PersonId, to: PersonId, bond: Bond): void {
    const before = this.#book.set(from, to, bond) ?? 0;
    if (before !== bond.weight) this.#tell({ from, to, ...bond, before });
  }

  #tell(change: RelationChange): void {
    for (const listener of this.#listeners) listener(change);
  }
}
