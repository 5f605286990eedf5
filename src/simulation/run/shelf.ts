import type { Place, Shelf } from "../../kernel/contracts/context.ts";

/**
 * A shelf with room for so many bytes. What is larger than all of it stands there alone.
 * @example
 * const place = createShelf(10).place();
 * place.put("word", 4);
 * place.take(); // => "word"
 */
export function createShelf(room: number): Shelf {
  /** Who holds something, and how many bytes; the one used longest ago comes first. */
  const held = new Map<{ clear(): void }, number>();
  let bytes = 0;
  const remove = (holder: { clear(): void }): void => {
    bytes -= held.get(holder) ?? 0;
    held.delete(holder);
  };
  const makeRoom = (): void => {
    for (const oldest of held.keys()) {
      if (bytes <= room || held.size === 1) return;
      oldest.clear();
      remove(oldest);
    }
  };
  return {
    place: <T>(): Place<T> => {
      let value: { readonly held: T } | undefined;
      const holder = {
        clear: () => {
          value = undefined;
        },
      };
      const hold = (size: number): void => {
        remove(holder);
        held.set(holder, size);
        bytes += size;
      };
      return {
        take: () => {
          const size = held.get(holder);
          if (size !== undefined) hold(size);
          return value?.held;
        },
        put: (next, size) => {
          value = { held: next };
          hold(size);
          makeRoom();
        },
      };
    },
  };
}
