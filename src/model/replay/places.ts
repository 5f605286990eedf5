/** Numbers things that are asked for by name, from 0, and takes back those that came to nothing. */
export interface Places<Name> {
  take(name: Name): number;
  /** The lowest number given back is the next one given out. */
  giveBack(name: Name, place: number): void;
}

export function createPlaces<Name>(): Places<Name> {
  const next = new Map<Name, number>();
  const free = new Map<Name, number[]>();
  return {
    take: (name) => {
      const returned = free.get(name)?.shift();
      if (returned !== undefined) return returned;
      const place = next.get(name) ?? 0;
      next.set(name, place + 1);
      return place;
    },
    giveBack: (name, place) => {
      free.set(
        name,
        [...(free.get(name) ?? []), place].sort((one, other) => one - other),
      );
    },
  };
}
