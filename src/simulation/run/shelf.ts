import type { Place, Shelf } from "../../kernel/contracts/context.ts";

/**
 * A shelf with room for so many bytes. What is larger than all of it stands there alone.
 * @example
 * const place = createShelf(10).place();
 * place.put("word", 4);
 * place.take(); // => "word"
 */
export function createShelf(room: number): Shelf {
  const held = new Held(room);
  return { place: <T>() => new PlaceOnShelf<T>(held) };
}

/** Who holds something, and how much; who used theirs longest ago gives way. */
class Held {
  readonly #room: number;
  /** In bytes; the one used longest ago comes first. */
  readonly #sizes = new Map<PlaceOnShelf<unknown>, number>();
  #bytes = 0;

  constructor(room: number) {
    this.#room = room;
  }

  /** Notes that a place was used, which holds so many bytes. */
  use(place: PlaceOnShelf<unknown>, size = this.#sizes.get(place)): void {
    if (size === undefined) return;
    this.#remove(place);
    this.#sizes.set(place, size);
    this.#bytes += size;
    for (const oldest of this.#sizes.keys()) {
      if (this.#bytes <= this.#room || this.#sizes.size === 1) return;
      oldest.clear();
      this.#remove(oldest);
    }
  }

  #remove(place: PlaceOnShelf<unknown>): void {
    this.#bytes -= this.#sizes.get(place) ?? 0;
    this.#sizes.delete(place);
  }
}

/** Everybody has two: a class keeps them small. */
class PlaceOnShelf<T> implements Place<T> {
  readonly #held: Held;
  #value: { readonly held: T } | undefined;

  constructor(held: Held) {
    this.#held = held;
  }

  take(): T | undefined {
    this.#held.use(this);
    return this.#value?.held;
  }

  put(value: T, bytes: number): void {
    this.#value = { held: value };
    this.#held.use(this, bytes);
  }

  clear(): void {
    this.#value = undefined;
  }
}
