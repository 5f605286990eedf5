import type { JournalEvent } from "../../kernel/contracts/events.ts";
import type { Simulation } from "../../simulation/simulation.ts";
import type { Metric } from "../design/metric.ts";
import { answersOf } from "./answers.ts";
import { countsOf } from "./counts.ts";
import { fieldsOf } from "./fields.ts";
import type { Reading, Scene } from "./reading.ts";
import { scoresOf } from "./scores.ts";
import { sessionsIn } from "./sessions.ts";

/** One value of one metric. */
export type Measured = Reading & { readonly metric: string; readonly session?: string };

/** What is measured, and of which part of the story: all of it, unless it has periods. */
export interface MeasuredScene {
  readonly simulation: Simulation;
  readonly result: unknown;
  readonly cell: string;
  readonly period?: number;
}

/** The checkpoint at which a period begins, from 1. */
export const beginOf = (period: number): string => `period ${period}`;

/**
 * Measures everybody by all metrics: whoever a metric of people has nothing of was not asked. A claim is scored by the
 * judge of the run, so that it is paid once.
 */
export async function measure(
  metrics: Readonly<Record<string, Metric>>,
  { simulation, result, cell, period }: MeasuredScene,
): Promise<readonly Measured[]> {
  const story = await Array.fromAsync(simulation.story());
  const sessions = sessionsIn(story, cell);
  const scene: Scene = { simulation, result, story: partOf(story, period), group: cell };
  const measured: Measured[] = [];
  for (const [metric, declared] of Object.entries(metrics)) {
    for (const reading of inOrder(await readingsOf(declared, scene), simulation)) {
      const session = sessions.get(reading.person);
      measured.push({ ...reading, metric, ...(session !== undefined && { session }) });
    }
  }
  return measured;
}

/** From the beginning of a period to that of the next. */
function partOf(story: readonly JournalEvent[], period: number | undefined): readonly JournalEvent[] {
  if (period === undefined) return story;
  const placeOf = (label: string): number => story.findIndex((one) => one.type === "checkpoint" && one.label === label);
  const next = placeOf(beginOf(period + 1));
  return story.slice(placeOf(beginOf(period)), next < 0 ? undefined : next);
}

async function readingsOf(metric: Metric, scene: Scene): Promise<readonly Reading[]> {
  const { from } = metric;
  if ("item" in from) return withEverybody(answersOf(from, metric.scale, scene), scene);
  if ("table" in from) return withEverybody(fieldsOf(from, metric.scale, scene), scene);
  if ("count" in from) return countsOf(from, scene);
  return scoresOf(from, scene);
}

/** As people came into the run, and by their orders: who answered first does not matter. */
function inOrder(readings: readonly Reading[], { people }: Simulation): readonly Reading[] {
  const places = new Map<string, number>(people.map(({ id }, place) => [id, place]));
  const placeOf = ({ person }: Reading): number => places.get(person) ?? people.length;
  const orderOf = ({ order = "" }: Reading): string => order;
  return readings.toSorted(
    (one, other) =>
      placeOf(one) - placeOf(other) || (orderOf(one) < orderOf(other) ? -1 : Number(orderOf(one) > orderOf(other))),
  );
}

/** Of whom there is nothing was not asked; a metric of groups has nobody. */
function withEverybody(readings: readonly Reading[], { simulation, group }: Scene): readonly Reading[] {
  const there = new Set(readings.map(({ person }) => person));
  if (there.has(group)) return readings;
  const others = simulation.people.filter(({ id }) => !there.has(id));
  return [...readings, ...others.map(({ id }): Reading => ({ person: id, value: null, missing: "not-asked" }))];
}
