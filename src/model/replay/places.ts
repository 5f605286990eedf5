/** Numbers things that are asked for by name, from 0, and takes back those that came to nothing. */
export interface Places {
  take(name: string): number;
  /** The lowest number given back is the next one given out. */
  giveBack(name: string, place: number): void;
}

export function createPlaces(): Places {
  const next = new Map<string, number>();
  const free = new Map<string, number[]>();
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
