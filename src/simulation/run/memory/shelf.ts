import type { Place, Shelf } from "../../../kernel/contracts/context.ts";
import { Room, type Tenant } from "./room.ts";

/**
 * A shelf with room for so many bytes. What is larger than all of it stands there alone.
 * @example
 * const place = createShelf(10).place();
 * place.put("word", 4);
 * place.take(); // => "word"
 */
export function createShelf(bytes: number): Shelf {
  const room = new Room(bytes);
  return { place: <T>() => new PlaceOnShelf<T>(room) };
}

/** Everybody has two: a class keeps them small. */
class PlaceOnShelf<T> implements Place<T>, Tenant {
  readonly #room: Room;
  #value: { readonly held: T } | undefined;

  constructor(room: Room) {
    this.#room = room;
  }

  take(): T | undefined {
    this.#room.use(this);
    return this.#value?.held;
  }

  put(value: T, bytes: number): void {
    this.#value = { held: value };
    this.#room.use(this, bytes);
  }

  giveWay(): void {
    this.#value = undefined;
  }
}
