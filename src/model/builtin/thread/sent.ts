import type { Message } from "../../../kernel/contracts/model.ts";
import type { Parcel } from "./protocol.ts";

/** What a thing takes there beside its text, in bytes: its number, and what was read of it. */
const bytesOfThing = 500;
const bytesOfCharacter = 2;

/**
 * What a thread was sent, by number, so that each thing crosses over once. When that takes more than so many bytes there,
 * both sides begin afresh: what is needed again is sent again.
 */
export class Sent {
  readonly #bytes: number;
  #numbers = new WeakMap<object, number>();
  #held = 0;
  #last = 0;
  #afresh = false;
  #things: (readonly [number, object])[] = [];

  constructor(bytes: number) {
    this.#bytes = bytes;
  }

  message(message: Message): number {
    const known = this.#numbers.get(message);
    if (known !== undefined) return known;
    const sent = withoutPictures(message);
    return this.#send(message, sent, lengthOf(sent));
  }

  persona(persona: object): number {
    return this.#numbers.get(persona) ?? this.#send(persona, persona, JSON.stringify(persona).length);
  }

  shape(shape: object): number {
    return this.#numbers.get(shape) ?? this.#send(shape, shape, 0);
  }

  /** What has to go over before the questions that name it. */
  take(): Pick<Parcel, "afresh" | "things"> {
    const taken = { afresh: this.#afresh, things: this.#things };
    this.#things = [];
    this.#afresh = this.#held > this.#bytes;
    if (this.#afresh) [this.#numbers, this.#held] = [new WeakMap(), 0];
    return taken;
  }

  #send(thing: object, sent: object, length: number): number {
    this.#last += 1;
    this.#numbers.set(thing, this.#last);
    this.#held += length * bytesOfCharacter + bytesOfThing;
    this.#things.push([this.#last, sent]);
    return this.#last;
  }
}

/** The rules know a picture by its digest. */
function withoutPictures({ role, content }: Message): Message {
  if (typeof content === "string") return { role, content };
  return { role, content: content.map((part) => (part.type === "text" ? part : { ...part, data: new Uint8Array(0) })) };
}

function lengthOf({ content }: Message): number {
  if (typeof content === "string") return content.length;
  return content.reduce((sum, part) => sum + (part.type === "text" ? part.text.length : part.digest.length), 0);
}
