import { type DefineOptions, defineAt, getAt, type Path } from "../../persona/access.ts";
import { loadFragment } from "../../persona/files.ts";
import { type Fragment, type FragmentPolicy, layFragment } from "../../persona/fragment.ts";
import { type Persona, parsePersona } from "../../persona/schema.ts";

/** Who somebody is, and how that changes: what a person has of their persona. */
export abstract class Being {
  abstract readonly name: string;

  /** Who the person is now; never changed in place. */
  abstract get persona(): Persona;

  /** Takes on a changed persona; from the next prompt on it is the one that the model reads. */
  protected abstract become(persona: Persona): this;

  /** What the person is interested in, as the persona says; what is no plain text is left out. */
  get interests(): readonly string[] {
    const { interests = [] } = this.persona.preferences ?? {};
    return interests.filter((interest) => typeof interest === "string");
  }

  /** What the person does regularly, as the persona says: below `behaviors.routines`, or `routines`. */
  get routines(): readonly string[] {
    const places = [this.persona.behaviors?.routines, this.persona["routines"]];
    return places.flatMap((place) => textsOf(place));
  }

  /** What the persona says in a place, by dotted path; undefined where it says nothing. */
  get(path: Path): unknown {
    return getAt(this.persona, path);
  }

  /** Changes one place of the persona, by dotted path. The name stays: see `copy`. Errors as `defineAt`. */
  define(path: Path, value: unknown, options?: DefineOptions): this {
    return this.become(defineAt(this.persona, path, { value, ...options }));
  }

  /**
   * Lays a fragment over the persona, or one from a file, which is awaited; relative to the working folder, as all of
   * Node's: `simulation.pathOf(file)` is relative to the study. Errors as `layFragment`, `loadFragment`.
   */
  importFragment(fragment: Fragment, policy?: FragmentPolicy): this;
  importFragment(file: string, policy?: FragmentPolicy): Promise<this>;
  importFragment(from: Fragment | string, policy?: FragmentPolicy): this | Promise<this> {
    if (typeof from !== "string") return this.become(layFragment(this.persona, from, policy));
    return loadFragment(from).then(({ fragment }) => this.become(layFragment(this.persona, fragment, policy)));
  }

  /**
   * Has a relationship to somebody, beside those that are there; `back`, for a person, says the same from their side.
   * @example
   * lisa.relatedTo(oscar, "Your brother, who owes you money.", "Your sister, to whom you owe money.");
   */
  relatedTo(other: Being, description: string, back?: string): this;
  relatedTo(name: string, description: string): this;
  relatedTo(other: Being | string, description: string, back?: string): this {
    if (typeof other === "string") return this.defineRelationships([{ name: other, description }], { merge: true });
    if (back !== undefined) other.relatedTo(this.name, back);
    return this.relatedTo(other.name, description);
  }

  /** Puts relationships in place of those before, or with `merge` beside them; their keys may be written `Name`, too. */
  defineRelationships(relationships: readonly object[], options: { readonly merge?: boolean } = {}): this {
    const read = parsePersona({ name: this.name, relationships }).relationships ?? [];
    return this.define("relationships", read, { merge: options.merge ?? false });
  }

  /** Knows nobody any more, as far as the persona says. */
  clearRelationships(): this {
    return this.define("relationships", undefined);
  }
}

/** The texts of a place of a persona: of one, of a list, or of lists by name. */
function textsOf(place: unknown): readonly string[] {
  if (typeof place === "string") return [place];
  if (typeof place !== "object" || place === null) return [];
  return Object.values(place).flatMap((inner) => textsOf(inner));
}
