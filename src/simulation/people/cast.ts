import type { Context } from "../../kernel/contracts/context.ts";
import { type PersonId, slug } from "../../kernel/values/ids.ts";
import type { SavedPerson } from "../../person/state/document.ts";
import { parsePerson } from "../../person/state/parse.ts";
import { TinyPerson } from "../../person/tiny-person.ts";
import { checkConsent } from "../../persona/origin/consent.ts";
import type { Persona } from "../../persona/schema.ts";
import { TinyPersonFactory } from "../../population/factory.ts";
import type { SimulationOptions } from "../options.ts";
import type { Revisions } from "../run/edits/revisions.ts";
import { nameTaken } from "../run/identity.ts";
import {
  asCast,
  type CastOptions,
  cautions,
  fragmentsOf,
  type LoadPeopleOptions,
  languageCaution,
  peopleOf,
  personOf,
  type Sources,
  safetyOf,
} from "./sources.ts";

export interface CastParts {
  readonly context: Context;
  readonly safety: SimulationOptions["safety"];
  readonly revisions: Pick<Revisions, "personasOf">;
  pathOf(path: string): string;
}

/** So many enter before what is on record of them is waited for: it would else pile up in memory. */
const enteringAtOnce = 256;

/** The people of a run, and how they enter it. */
export class Cast {
  readonly #parts: CastParts;
  readonly #sources: Sources;
  readonly #people = new Map<PersonId, TinyPerson>();
  #factory: TinyPersonFactory | undefined;
  #languageTold = false;

  constructor(parts: CastParts) {
    this.#parts = parts;
    this.#sources = { pathOf: parts.pathOf, watch: parts.context.watch };
  }

  get people(): readonly TinyPerson[] {
    return [...this.#people.values()];
  }

  get isEmpty(): boolean {
    return this.#people.size === 0;
  }

  async one(source: string | object, options: CastOptions): Promise<TinyPerson> {
    const faculties = source instanceof TinyPerson ? { faculties: source.faculties } : {};
    return this.#enter(await personOf(source, this.#sources), { ...faculties, ...options });
  }

  async load(names: readonly string[], { where, first, ...options }: LoadPeopleOptions): Promise<TinyPerson[]> {
    const subset = { ...(where !== undefined && { where }), ...(first !== undefined && { first }) };
    const cast: TinyPerson[] = [];
    for (const saved of await peopleOf(names, subset, this.#sources)) cast.push(await this.#enter(saved, options));
    return cast;
  }

  async generate(about: string, particularities: string | undefined, options: CastOptions): Promise<TinyPerson> {
    const fragments = await fragmentsOf(options.fragments, this.#sources);
    this.#factory ??= new TinyPersonFactory(this.#parts.context);
    const taken = this.people.map((person) => person.name);
    const persona = await this.#factory.generatePerson(about, particularities, { taken });
    return this.#enter(parsePerson(persona).person, { ...options, fragments });
  }

  /** Tells of the first whose language the rehearsal does not speak. */
  #cautionLanguage(persona: Persona): void {
    const { context } = this.#parts;
    const isRehearsal = context.models.actor.id === "builtin";
    const message = isRehearsal && !this.#languageTold ? languageCaution(persona) : undefined;
    if (message === undefined) return;
    this.#languageTold = true;
    context.watch({ type: "warning", message });
  }

  /** Has somebody enter as these options want them. */
  async #enter(saved: SavedPerson, { fragments, name, memories, ...options }: CastOptions): Promise<TinyPerson> {
    if (saved.origin !== undefined) checkConsent(saved.origin, saved.persona.name);
    const { context, revisions } = this.#parts;
    const edits = revisions.personasOf(name ?? saved.persona.name);
    const laid = [...(fragments ?? []), ...edits];
    const wanted = { fragments: laid, ...(name !== undefined && { name }), memories: memories ?? true };
    const person = await asCast(saved, wanted, this.#sources);
    const id: PersonId = slug(person.persona.name);
    if (this.#people.has(id)) throw nameTaken(person.persona.name, "person");
    const safety = safetyOf(saved.options?.safety, this.#parts.safety, options.safety);
    for (const message of cautions(person, safety)) context.watch({ type: "warning", message });
    this.#cautionLanguage(person.persona);
    const entering = TinyPerson.restore(person, context.fork(`person:${id}`), { ...options, safety });
    this.#people.set(id, entering);
    if (this.#people.size % enteringAtOnce === 0) await context.journal.settle();
    return entering;
  }
}
