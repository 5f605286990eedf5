import { tauCoefficient } from "../../statistics/rankings/tau.ts";
import type { Chances, Compared } from "./compare-item.ts";
import { centred, type Drawn, endsOf, figureId, intervalOf } from "./figures.ts";
import type { Sides } from "./sampling/reference.ts";
import { profileOf } from "./sampling/units.ts";

/**
 * The mean of the scores of all items that have one. There is none where people are unanimous on an item and the simulated
 * are not: no floor places what is wrong there, and to leave it out would hide it.
 */
export function meanScore(all: readonly Drawn[], items: readonly Compared[], level: number): Drawn {
  const scores = all.filter(({ row }) => row.measure === "score" && row.attribute === undefined);
  const there = scores.filter(({ row }) => row.value !== undefined);
  const n = { n: most(scores, "n"), simulatedN: most(scores, "simulatedN") };
  const head = { id: "score", measure: "score", part: "score", ...n } as const;
  const reason = scores.length === 1 ? scores[0]?.row.reason : "no item has one";
  if (there.length === 0) return { row: { ...head, reason: reason ?? "no item has one" }, ...none };
  const apart = items.filter(({ sides }) => isApartFromAll(sides)).map(({ item }) => item);
  if (apart.length > 0)
    return { row: { ...head, reason: `all people answer alike, and the simulated not: ${apart.join(", ")}` }, ...none };
  const value = mean(there.map(({ row }) => row.value as number));
  const drawn = Float64Array.from(there[0]?.draws ?? [], (_, draw) =>
    mean(there.map(({ draws }) => draws[draw] as number)),
  );
  const draws = centred(drawn, value).map((draw) => Math.min(1, draw));
  // Where one score's chance cannot be told, that of the mean cannot.
  const isTold = there.every(({ row }) => row.low !== undefined);
  return { row: { ...head, value, ...(isTold && endsOf(draws, level)) }, draws };
}

const none = { draws: new Float64Array() } as const;

/** People all give one answer, and not all of the simulated give it. */
function isApartFromAll({ human, simulated }: Sides): boolean {
  const [own, others] = [human, simulated].map((side) => new Set(side.map(({ cells }) => JSON.stringify(cells))));
  return human.length > 1 && own?.size === 1 && [...(others ?? [])].some((cells) => !own.has(cells));
}

/** Whether the items of a family, which are on one scale, come in the same order by their means on both sides. */
export function orderOfItems(family: string, items: readonly Compared[], { draws, level }: Chances): Drawn {
  const n = Math.min(...items.map(({ sides }) => sides.human.length));
  const simulatedN = Math.min(...items.map(({ sides }) => sides.simulated.length));
  const measure = `order-of-items:${family}`;
  const head = { id: figureId(undefined, measure), measure, part: "items", n, simulatedN } as const;
  const tauIn = (place?: number): number | undefined => {
    const draw = place === undefined ? undefined : draws[place];
    const means = items.map(({ sides: { space, human, simulated } }) => {
      const meanOf = space.measures.find(({ name }) => name === "mean")?.of;
      const of = [profileOf(human, space.cells, draw?.human), profileOf(simulated, space.cells, draw?.simulated)];
      return of.map((profile) => (profile.people === 0 ? undefined : meanOf?.(profile)));
    });
    const there = means.filter((pair): pair is [number, number] => pair.every((one) => typeof one === "number"));
    if (there.length < means.length) return undefined;
    return tauCoefficient(
      there.map(([human]) => human),
      there.map(([, simulated]) => simulated),
    );
  };
  const value = tauIn();
  if (value === undefined)
    return { row: { ...head, reason: "all items are alike on one side" }, draws: new Float64Array() };
  const all = Float64Array.from(draws, (_, place) => tauIn(place) ?? Number.NaN);
  return {
    row: { ...head, value, ...intervalOf(all, { level, size: Math.min(n, simulatedN), low: -1, high: 1 }) },
    draws: all,
  };
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const most = (all: readonly Drawn[], key: "n" | "simulatedN"): number => Math.max(0, ...all.map(({ row }) => row[key]));
