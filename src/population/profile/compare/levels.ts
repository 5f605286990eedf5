import type { Dimension, Specification } from "../../specification/schema.ts";

/** A value of a dimension with the share that is wanted. */
export interface TargetLevel {
  readonly label: string;
  readonly share: number;
  /** Of bands of numbers: whether one lies in it. */
  readonly holds?: (value: number) => boolean;
}

/** A dimension as declared: its margin, or why it has none. */
export interface Target {
  readonly id: string;
  /** Where personas say it. */
  readonly place: readonly string[];
  readonly levels: readonly TargetLevel[];
  readonly unverified: boolean;
  readonly reason?: string;
}

/** The margins that a specification declares. */
export function targetsOf({ dimensions }: Specification): readonly Target[] {
  return Object.entries(dimensions).flatMap(([id, dimension]) => {
    if (dimension.kind === "free") return [];
    const levels = levelsOf(dimension);
    const { persona, unverified = false } = dimension;
    const target = { id, place: persona === undefined ? placesFor(id) : [persona], levels, unverified };
    return [
      levels.length === 0 ? { ...target, reason: "a range without bands has no shares to compare with" } : target,
    ];
  });
}

function levelsOf(dimension: Exclude<Dimension, { kind: "free" }>): readonly TargetLevel[] {
  if (dimension.kind !== "numeric") {
    return scaled(Object.entries(dimension.shares).map(([label, share]) => ({ label, share })));
  }
  const { bands = [], integer = true } = dimension;
  return scaled(
    bands.map(({ from, to, share, label = `${from}-${to}` }) => {
      const holds = (value: number): boolean => value >= from && (integer ? value <= to : value < to);
      return { label, share, holds };
    }),
  );
}

function scaled<T extends { readonly share: number }>(levels: readonly T[]): readonly T[] {
  const all = levels.reduce((total, { share }) => total + share, 0);
  return levels.map((level) => ({ ...level, share: level.share / all }));
}

const places: Readonly<Record<string, readonly string[]>> = {
  sex: ["gender"],
  occupation: ["occupation.title"],
  country: ["country_of_residence"],
};
const placesFor = (id: string): readonly string[] => places[id] ?? [id.replaceAll("-", "_")];
