import type { Actor } from "../../../../kernel/contracts/person.ts";
import { NameIndex } from "../../../../kernel/language/names.ts";
import type { PersonId } from "../../../../kernel/values/ids.ts";

/** Whom names mean: each list of people is read once. */
export class Directory {
  #people: readonly Actor[] = [];
  #names = new NameIndex<Actor>();

  /** Who of these people is meant, and which names mean nobody, or several. */
  meant(names: readonly string[], people: readonly Actor[]): { found: readonly Actor[]; unknown: readonly string[] } {
    this.#read(people);
    const found = new Set<Actor>();
    const unknown: string[] = [];
    for (const name of names.map((one) => one.trim()).filter((one) => one !== "")) {
      const [person, ...others] = this.#names.find(name);
      if (person === undefined || others.length > 0) unknown.push(name);
      else found.add(person);
    }
    return { found: [...found], unknown };
  }

  /** The people with these ids who are still here. */
  here(ids: Iterable<PersonId>, people: readonly Actor[]): readonly Actor[] {
    const wanted = new Set(ids);
    return people.filter(({ id }) => wanted.has(id));
  }

  #read(people: readonly Actor[]): void {
    if (people === this.#people) return;
    this.#people = people;
    this.#names = new NameIndex(people);
  }
}
