import type { Bed, Dormitory, Sleeper } from "../../kernel/contracts/context.ts";
import type { Message } from "../../kernel/contracts/model.ts";
import { deepFreeze } from "../../persona/plain-data.ts";
import { languagesOf, personaProse } from "../../persona/prose.ts";
import type { Persona } from "../../persona/schema.ts";
import type { PromptShape } from "../prompt/shape/shape.ts";
import { sleepless } from "./sleepless.ts";

/** A persona, and the message that tells a model of it. */
interface Being {
  readonly persona: Persona;
  readonly message: Message;
}

/** Letters of the message stand for it and for the persona as data. */
const bytesOfLetter = 3.5;

/** Who a person is, as data and as a model reads it. */
export class Portrait implements Sleeper {
  readonly #shape: PromptShape;
  readonly #bed: Bed;
  #being: Being | undefined;
  /** Of whom it is as long as nobody looked: a fork takes over what its original has. */
  #unseen: Persona | undefined;
  /** It stands in the store as it is. */
  #isKept = false;

  constructor(persona: Persona, shape: PromptShape, dormitory: Dormitory) {
    this.#shape = shape;
    this.#bed = dormitory.bed(this);
    if (dormitory === sleepless) this.#unseen = persona;
    else this.#bed.brings(this.#take(persona));
  }

  /** Is as another one is, of the same shape. */
  takeOver(other: Portrait): void {
    this.#being = other.#awake;
  }

  get persona(): Persona {
    return this.#awake.persona;
  }

  get message(): Message {
    return this.#awake.message;
  }

  /** The persona read aloud. */
  get prose(): string {
    return personaProse(this.persona, { for: this.#shape.prose });
  }

  become(persona: Persona): void {
    this.#bed.holds(this.#take(persona));
  }

  /** Gives about how many bytes it takes. */
  #take(persona: Persona): number {
    const prose = personaProse(persona, { for: this.#shape.prose });
    const message = this.#shape.persona({ name: persona.name, prose, languages: languagesOf(persona) ?? [] });
    this.#being = { persona, message };
    this.#isKept = false;
    return bytesOfLetter * message.content.length;
  }

  /** As JSON, since V8's own format keeps each object that it wrote or read in memory until the next large collection. */
  putAside(): string | undefined {
    const being = this.#isKept ? undefined : JSON.stringify(this.#being);
    this.#being = undefined;
    this.#isKept = true;
    return being;
  }

  takeUp(being: string): void {
    const { persona, message } = JSON.parse(being) as Being;
    // Who knows a persona by what it is made of may rely on it to stay as it is.
    this.#being = { persona: deepFreeze(persona) as Persona, message };
  }

  get #awake(): Being {
    this.#bed.wake();
    if (this.#being === undefined && this.#unseen !== undefined) this.#take(this.#unseen);
    return this.#being as Being;
  }
}
