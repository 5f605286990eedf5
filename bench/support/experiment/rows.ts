import type { Observation, Random } from "../../../src/index.ts";
import { normals } from "../statistics/chance.ts";

/** What made-up rows of an experiment are like: the truth that an analysis is to find. */
export interface Truth {
  readonly people: number;
  readonly seeds?: number;
  readonly models?: readonly string[];
  /** How many people meet in each session; nobody meets anybody unless told. */
  readonly session?: number;
  /** That each seed has people of its own. */
  readonly fresh?: boolean;
  /** Of the second arm, over the first; by model where they differ. */
  readonly effect: number | ((model: string) => number);
  /** How far, in standard deviations, the effect differs by person, by session, and by seed. */
  readonly byPerson?: number;
  readonly bySession?: number;
  /** Of each value, its own. Default 1. */
  readonly noise?: number;
  /** The chance that a value is missing. */
  readonly missing?: number;
  readonly metrics?: readonly string[];
}

/** Rows of two arms, `control` and `treated`, in which the truth is known. */
export function madeUp(random: Random, truth: Truth): Observation[] {
  const { people, seeds = 1, models = ["m"], session, fresh = false, noise = 1, missing = 0 } = truth;
  const { byPerson = 0, bySession = 0, metrics = ["intent"] } = truth;
  const rows: Observation[] = [];
  const levels = normals(random.fork("levels"), people * seeds);
  const reactions = normals(random.fork("reactions"), people * seeds);
  const chance = random.fork("chance");
  for (const model of models)
    for (let seed = 1; seed <= seeds; seed++) {
      const met = normals(random.fork(`met ${model} ${seed}`), people);
      for (let place = 0; place < people; place++) {
        const who = fresh ? (seed - 1) * people + place : place;
        const group = session === undefined ? undefined : Math.floor(place / session);
        const own = typeof truth.effect === "number" ? truth.effect : truth.effect(model);
        const shift = own + byPerson * (reactions[who] as number) + bySession * (met[group ?? 0] as number);
        for (const metric of metrics)
          for (const [arm, by] of [
            ["control", 0],
            ["treated", shift],
          ] as const) {
            const [error] = normals(chance, 1) as [number];
            const gone = chance.next() < missing;
            rows.push({
              ...{
                cell: `${model} ${seed}`,
                arm,
                levels: {},
                population: "panel",
                seed: String(seed),
                replicate: 1,
                model,
              },
              ...{
                person: `p${who}`,
                ...(group !== undefined && { session: `room ${group}` }),
                metric,
                run: `${model}-${seed}-${arm}`,
              },
              ...(gone
                ? { value: null, missing: "refused" }
                : { value: 5 + (levels[who] as number) + by + noise * error }),
            });
          }
      }
    }
  return rows;
}
