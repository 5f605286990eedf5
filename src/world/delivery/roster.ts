import type { Actor } from "../../kernel/contracts/person.ts";
import { NameIndex } from "../../kernel/language/names.ts";
import { TinyTroupeError } from "../../kernel/values/errors.ts";
import type { PersonId } from "../../kernel/values/ids.ts";
import { checkPeople } from "../check-people.ts";

const namesInError = 20;
const mostCompared = 5_000;

/** Who is in a world, in the order of entering. */
export class Roster<P extends Pick<Actor, "id" | "name">> {
  readonly #byId = new Map<PersonId, P>();
  readonly #names = new NameIndex<P>();
  #list: readonly P[] = [];
  #places: ReadonlyMap<PersonId, number> = new Map();

  /** Everybody, in the order of entering; the list itself never changes, a new one takes its place. */
  get list(): readonly P[] {
    return this.#list;
  }

  get size(): number {
    return this.#byId.size;
  }

  /**
   * Adds people. NAME_TAKEN, and nobody is added, when one of them is here or has the name of another; OPTION_INVALID for
   * what is nobody.
   */
  add(people: readonly P[]): void {
    checkPeople(people);
    const added: P[] = [];
    try {
      for (const person of people) {
        if (this.#byId.has(person.id) || this.#names.exact(person.name) !== undefined) throw nameTaken(person.name);
        this.#byId.set(person.id, person);
        this.#names.add(person);
        added.push(person);
      }
    } catch (error) {
      for (const person of added) this.#take(person);
      throw error;
    }
    this.#arrange();
  }

  remove(person: P): void {
    this.#take(person);
    this.#arrange();
  }

  get(id: PersonId): P | undefined {
    return this.#byId.get(id);
  }

  has(id: PersonId): boolean {
    return this.#byId.has(id);
  }

  /** The place in the list, from 0. */
  place(id: PersonId): number {
    return this.#places.get(id) ?? 0;
  }

  exact(name: string): P | undefined {
    return this.#names.exact(name);
  }

  /** Everybody whom a name as somebody wrote it may mean. */
  find(name: string): readonly P[] {
    return this.#names.find(name);
  }

  /** Those whom a name may mean that means nobody; looked for among a few thousand at most. */
  near(name: string): readonly P[] {
    return this.size > mostCompared ? [] : this.#names.near(name);
  }

  /** The one person whom the name means; TARGET_UNKNOWN when it means nobody or several. */
  one(name: string): P {
    const found = this.find(name);
    const [person] = found;
    if (person !== undefined && found.length === 1) return person;
    throw this.#notOne(name, found);
  }

  /** Somebody who is here, given by name or in person; TARGET_UNKNOWN otherwise. */
  member(who: P | string): P {
    if (typeof who === "string") return this.one(who);
    if (this.#byId.get(who.id) === who) return who;
    throw this.#notOne(`${who.name} (${who.id})`, []);
  }

  #notOne(name: string, found: readonly P[]): TinyTroupeError<"TARGET_UNKNOWN"> {
    const known = (found.length > 1 ? found : this.#list).slice(0, namesInError).map((someone) => someone.name);
    const [meant] = found.length > 1 ? [] : this.near(name);
    const names = `Use one of these names: ${known.join(", ") || "(nobody is here)"}.`;
    return new TinyTroupeError(
      "TARGET_UNKNOWN",
      found.length > 1 ? `'${name}' may be ${known.join(" or ")}.` : `Nobody here is called '${name}'.`,
      { data: { target: name, known }, hint: meant === undefined ? names : `Did you mean ${meant.name}? ${names}` },
    );
  }

  #take(person: P): void {
    this.#byId.delete(person.id);
    this.#names.remove(person);
  }

  #arrange(): void {
    this.#list = [...this.#byId.values()];
    this.#places = new Map(this.#list.map((person, place) => [person.id, place]));
  }
}

function nameTaken(name: string): TinyTroupeError<"NAME_TAKEN"> {
  return new TinyTroupeError("NAME_TAKEN", `There is somebody called '${name}' in this world already.`, {
    data: { name },
    hint: "Give one of the two another name, or do not add the same person twice.",
  });
}
