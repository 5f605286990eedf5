import type { ActOptions, Actor, Reachable } from "../../kernel/contracts/person.ts";
import type { PersonId } from "../../kernel/values/ids.ts";
import { type Circle, reaches } from "./access.ts";
import type { Roster } from "./roster.ts";

/** What a person is told about who can be reached. */
export type Reach = Required<Pick<ActOptions, "reachable" | "alsoReachable">>;

/** Whom each person can address now. */
export interface Circles<P extends Actor> {
  circle(who: P): Circle;
  /** What the other is to somebody. */
  relation?(who: P, whom: P): string | undefined;
}

/**
 * Knows whom each person can reach, and of many names those who matter now: recent partners first, then those who
 * last spoke to everybody, then the next in the list. The work for one person grows with the limit, not with the world.
 */
export class Acquaintance<P extends Actor> {
  readonly #roster: Roster<P>;
  readonly #circles: Circles<P>;
  readonly #limit: number;
  readonly #partners = new Map<PersonId, PersonId[]>();
  readonly #speakers: PersonId[] = [];

  constructor(roster: Roster<P>, circles: Circles<P>, limit: number) {
    this.#roster = roster;
    this.#circles = circles;
    this.#limit = limit;
  }

  /** The two had to do with each other just now. */
  met(one: PersonId, other: PersonId): void {
    this.#note(this.#partnersOf(one), other);
    this.#note(this.#partnersOf(other), one);
  }

  /** Somebody spoke to everybody just now. */
  spoke(person: PersonId): void {
    this.#note(this.#speakers, person);
  }

  /** Whom this person can reach now. */
  of(person: P): Reach {
    const circle = this.#circles.circle(person);
    const total = this.#count(person.id, circle);
    const reachable: Reachable[] = [];
    for (const id of total <= this.#limit ? this.#inOrder(person.id, circle) : this.#byInterest(person.id, circle)) {
      if (reachable.length === this.#limit) break;
      const someone = this.#roster.get(id);
      if (someone === undefined) continue;
      const relation = this.#circles.relation?.(person, someone);
      reachable.push({ name: someone.name, ...(relation !== undefined && { relation }) });
    }
    return { reachable, alsoReachable: total - reachable.length };
  }

  #count(who: PersonId, circle: Circle): number {
    const listed = "only" in circle ? circle.only : circle.everyoneBut;
    let count = 0;
    for (const id of listed) if (id !== who && this.#roster.has(id)) count += 1;
    return "only" in circle ? count : this.#roster.size - (this.#roster.has(who) ? 1 : 0) - count;
  }

  #inOrder(who: PersonId, circle: Circle): Iterable<PersonId> {
    if ("everyoneBut" in circle) return this.#around(-1, { who, circle, seen: new Set() });
    const known = [...circle.only].filter((id) => id !== who);
    return known.sort((one, other) => this.#roster.place(one) - this.#roster.place(other));
  }

  *#byInterest(who: PersonId, circle: Circle): Iterable<PersonId> {
    const seen = new Set<PersonId>();
    for (const id of [...(this.#partners.get(who) ?? []), ...this.#speakers]) {
      if (id === who || seen.has(id) || !reaches(circle, id)) continue;
      seen.add(id);
      yield id;
    }
    yield* this.#around(this.#roster.place(who), { who, circle, seen });
  }

  /** Everybody in the circle who was not seen yet, from the one after a place, all the way round. */
  *#around(
    place: number,
    { who, circle, seen }: { who: PersonId; circle: Circle; seen: ReadonlySet<PersonId> },
  ): Iterable<PersonId> {
    if ("only" in circle) {
      for (const id of circle.only) if (id !== who && !seen.has(id)) yield id;
      return;
    }
    const { list } = this.#roster;
    for (let step = 1; step <= list.length; step++) {
      const id = list[(place + step) % list.length]?.id;
      if (id !== undefined && id !== who && !seen.has(id) && reaches(circle, id)) yield id;
    }
  }

  #partnersOf(id: PersonId): PersonId[] {
    const known = this.#partners.get(id) ?? [];
    this.#partners.set(id, known);
    return known;
  }

  /** To the front of the list, which never gets longer than what is shown. */
  #note(list: PersonId[], id: PersonId): void {
    const before = list.indexOf(id);
    if (before >= 0) list.splice(before, 1);
    list.unshift(id);
    if (list.length > this.#limit) list.pop();
  }
}
