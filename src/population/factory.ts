import type { Context } from "../kernel/contracts/context.ts";
import { TinyTroupeError } from "../kernel/values/errors.ts";
import { slug } from "../kernel/values/ids.ts";
import type { Persona } from "../persona/schema.ts";
import type { Draw } from "./draw.ts";
import { type PersonOrder, personMessages } from "./factory-prompt.ts";
import { fullSchema, personaFrom, smallSchema } from "./factory-schema.ts";
import { generatePeople } from "./generation/generate.ts";
import type { GeneratePeopleOptions, PersonResult } from "./generation/people.ts";

/** How a factory of persons is made. */
export interface TinyPersonFactoryOptions {
  /** Its place in the run, `factory` by default. Two factories in one run need two names. */
  readonly name?: string;
  /** Names that nobody made here may have. */
  readonly taken?: readonly string[];
}

/** How one person is made. */
export interface GeneratePersonOptions {
  /** More names that this person may not have. */
  readonly taken?: readonly string[];
  readonly temperature?: number;
  readonly signal?: AbortSignal;
}

/** Tokens: a full person takes about 2,500, and models that reason first need room for that. */
const mostTokens = { full: 12_000, small: 1_500 } as const;

/**
 * Makes people up from descriptions, one model call each, and sees to it that no two have the same name.
 * @example
 * const factory = new TinyPersonFactory(context);
 * const banker = await factory.generatePerson("A large Brazilian bank", "A vice-president of product, under pressure");
 */
export class TinyPersonFactory {
  readonly #context: Context;
  readonly #taken: string[];
  #made = 0;
  /** Names are settled in the order of the calls, whichever answer comes first. */
  #settled: Promise<unknown> = Promise.resolve();

  constructor(context: Context, options: TinyPersonFactoryOptions = {}) {
    this.#context = context.fork(options.name ?? "factory");
    this.#taken = [...(options.taken ?? [])];
  }

  /** The names that are given away, in the order of the calls. */
  get taken(): readonly string[] {
    return [...this.#taken];
  }

  /**
   * One person from a setting and, if you like, what is special about this one. A name that is taken is asked for once
   * more, with that name forbidden. Throws NAME_TAKEN when it comes again, OPTION_INVALID where nothing is said, and the
   * errors of the model.
   */
  async generatePerson(
    context: string,
    particularities?: string,
    options: GeneratePersonOptions = {},
  ): Promise<Persona> {
    if (context.trim() === "") throw nothingSaid();
    const place = this.#context.fork(String(this.#made));
    this.#made += 1;
    const { following } = place.models.actor.limits;
    const order: PersonOrder = {
      context,
      ...(particularities !== undefined && { particularities }),
      taken: [...this.#taken, ...(options.taken ?? [])],
      following,
    };
    const answer = ask(place, order, options);
    answer.catch(() => undefined); // it is awaited below, perhaps only after an earlier call's
    const settled = this.#settled.then(() => this.#settle(answer, { place, order, options }));
    this.#settled = settled.catch(() => undefined); // whoever asked for that person hears of the failure
    return settled;
  }

  /**
   * A person of each draw, one call each, side by side, with a name from lists that are offline; the results stand in the
   * order of the draws. What was drawn is laid on the persona, and a text that contradicts it is asked for once more;
   * temper and talk are drawn from the distributions of people, so that not all are as models like them. Who cannot be
   * written is a result with an error. Throws PACKAGE_MISSING, OPTION_INVALID, what concerns the whole run, and what all
   * met where nobody could be written.
   * @example
   * const draws = [{ id: "0001", values: { age: 44, sex: "female" }, weight: 1 }];
   * const [one] = await new TinyPersonFactory(context).generatePeople(draws, { about: "Adults in Porto" });
   */
  async generatePeople(draws: readonly Draw[], options: GeneratePeopleOptions = {}): Promise<readonly PersonResult[]> {
    const taken = [...this.#taken, ...(options.taken ?? [])];
    const results = await generatePeople(this.#context.forkNext("population"), draws, { ...options, taken });
    this.#taken.push(...results.map(({ name }) => name));
    return results;
  }

  async #settle(answer: Promise<Persona>, { place, order, options }: Asking): Promise<Persona> {
    const first = await answer;
    const person = this.#isFree(first.name, order) ? first : await this.#again(first.name, { place, order, options });
    this.#taken.push(person.name);
    return person;
  }

  async #again(name: string, { place, order, options }: Asking): Promise<Persona> {
    const taken = [...new Set([...order.taken, ...this.#taken, name])];
    const second = await ask(place, { ...order, taken }, options);
    if (this.#isFree(second.name, order)) return second;
    throw new TinyTroupeError("NAME_TAKEN", `The model gave the name '${second.name}' again, though it is taken.`, {
      data: { name: second.name },
      hint: "Name the person in the particularities, or use a model that follows instructions better.",
    });
  }

  #isFree(name: string, order: PersonOrder): boolean {
    return ![...this.#taken, ...order.taken].some((taken) => slug(taken) === slug(name));
  }
}

interface Asking {
  readonly place: Context;
  readonly order: PersonOrder;
  readonly options: GeneratePersonOptions;
}

async function ask(place: Context, order: PersonOrder, options: GeneratePersonOptions): Promise<Persona> {
  const schema = order.following === "small" ? smallSchema : fullSchema;
  const { value } = await place.models.actor.generate<Parameters<typeof personaFrom>[0]>({
    messages: personMessages(order),
    schema,
    purpose: "generate",
    scope: place.scope,
    maxOutputTokens: mostTokens[order.following],
    rehearsal: { others: order.taken },
    ...(options.temperature !== undefined && { temperature: options.temperature }),
    ...(options.signal !== undefined && { signal: options.signal }),
  });
  return personaFrom(value);
}

function nothingSaid(): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError("OPTION_INVALID", "Nothing is said of the person who is to be made.", {
    data: { option: "context" },
    hint: 'Describe the person, as in "a tram driver in Porto".',
  });
}
