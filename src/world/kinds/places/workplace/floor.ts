import type { Actor } from "../../../../kernel/contracts/person.ts";
import type { PersonId } from "../../../../kernel/values/ids.ts";
import type { Ruling } from "../../../resolution/resolution.ts";
import { refused } from "../by-type.ts";

/** Where people can be. */
export interface WorkplacePlace {
  readonly name: string;
  /** What one sees there. */
  readonly about?: string;
  /** Nothing that is said for some is overheard by the others. */
  readonly closed?: boolean;
  /** How many can be there at once. Default: any number. */
  readonly seats?: number;
}

/** From this step on somebody was there. */
export interface Stay {
  readonly step: number;
  readonly person: PersonId;
  readonly name: string;
  readonly place: string;
}

/** Of those who are somewhere, this many are named. */
const namesShown = 8;

/** Who is where. A seat is taken when it is decided; somebody is there once it is their turn in what is done. */
export class Floor {
  readonly places: readonly WorkplacePlace[];
  readonly stays: Stay[] = [];
  readonly #where = new Map<PersonId, WorkplacePlace>();
  readonly #there = new Map<WorkplacePlace, Map<PersonId, Actor>>();
  /** Where people are or are going. */
  readonly #heading = new Map<PersonId, WorkplacePlace>();

  constructor(places: readonly WorkplacePlace[]) {
    this.places = places;
    for (const place of places) this.#there.set(place, new Map());
  }

  where(person: PersonId): string | undefined {
    return this.#where.get(person)?.name;
  }

  isClosed(name: string | undefined): boolean {
    return this.places.find((place) => place.name === name)?.closed === true;
  }

  /** Who is where somebody is, themselves too; those who are nowhere yet are there alone. */
  around(person: PersonId): readonly PersonId[] {
    const place = this.#where.get(person);
    return place === undefined ? [] : [...this.#at(place).keys()];
  }

  /** A seat is kept for somebody who is to begin at this place. */
  keepSeat(person: PersonId, start: string | undefined): void {
    const place = this.#named(start ?? "");
    if (place !== undefined && !this.#where.has(person)) this.#heading.set(person, place);
  }

  /** Somebody who is new here begins at this place, where they are already, or at the first that has a seat. */
  enter(person: Actor, start: string | undefined, step: number): void {
    if (this.#where.has(person.id)) return;
    const free = this.places.find((place) => !this.#isFull(place)) ?? (this.places[0] as WorkplacePlace);
    const place = this.#named(start ?? person.location ?? "") ?? free;
    this.#heading.set(person.id, place);
    this.#put(person, place, step);
    if (person.location !== place.name) this.#arrive(person, place);
  }

  move(person: Actor, target: string, step: number): Ruling {
    const place = this.#named(target);
    const from = this.#heading.get(person.id);
    const names = this.places.map(({ name }) => name).join(", ");
    if (place === undefined) return refused(`There is no ${target} here. There are ${names}.`);
    if (place === from) return refused(`You are at ${place.name} already.`);
    if (this.#isFull(place)) return refused(`${place.name} is full: all ${place.seats} seats are taken.`);
    const witnesses = [...(from === undefined ? [] : this.#at(from).keys()), ...this.#at(place).keys()];
    const to = witnesses.filter((id) => id !== person.id);
    this.#heading.set(person.id, place);
    const text = `${person.name} goes ${from === undefined ? "" : `from ${from.name} `}to ${place.name}.`;
    return {
      outcome: "accepted",
      ...(to.length > 0 && { narration: { text, to, source: person.name } }),
      effect: () => {
        this.#put(person, place, step);
        this.#arrive(person, place);
      },
    };
  }

  /** Who is where, as somebody sees it from where they are: only there they see who it is. */
  seenBy(who: PersonId): string {
    const here = this.#where.get(who);
    const told = this.places.map((place) => {
      const there = [...this.#at(place).values()].filter(({ id }) => id !== who);
      return place === here ? `${place.name} (you are here${withNames(there)})` : `${place.name} (${there.length})`;
    });
    const about = here?.about === undefined ? "" : ` ${here.about}`;
    return `Places, and how many are there: ${told.join(", ")}.${about}`;
  }

  #isFull(place: WorkplacePlace): boolean {
    if (place.seats === undefined) return false;
    return [...this.#heading.values()].filter((one) => one === place).length >= place.seats;
  }

  #named(written: string): WorkplacePlace | undefined {
    const plain = (name: string): string => name.toLowerCase().replace(/^the /u, "").trim();
    return this.places.find(({ name }) => plain(name) === plain(written));
  }

  #at(place: WorkplacePlace): Map<PersonId, Actor> {
    return this.#there.get(place) as Map<PersonId, Actor>;
  }

  #put(person: Actor, place: WorkplacePlace, step: number): void {
    const before = this.#where.get(person.id);
    if (before !== undefined) this.#at(before).delete(person.id);
    this.#where.set(person.id, place);
    this.#at(place).set(person.id, person);
    this.stays.push({ step, person: person.id, name: person.name, place: place.name });
  }

  #arrive(person: Actor, { name }: WorkplacePlace): void {
    if (person.moveTo === undefined) person.observe({ type: "LOCATION", content: name });
    else person.moveTo(name);
  }
}

function withNames(people: readonly Actor[]): string {
  if (people.length === 0) return " alone";
  const more = people.length > namesShown ? ` and ${people.length - namesShown} more` : "";
  return ` with ${people
    .slice(0, namesShown)
    .map(({ name }) => name)
    .join(", ")}${more}`;
}
