import type { Stimulus } from "../../kernel/contracts/person.ts";
import type { Simulation } from "../../simulation/simulation.ts";
import type { Periods } from "../../study/interpret.ts";
import type { Experiment } from "../define.ts";
import { beginOf, type Measured, measure } from "../measure/measured.ts";
import type { PlayedArm } from "./cells.ts";

/** What was measured in a period, from 1. */
export type MeasuredInPeriod = Measured & { readonly period: number };

/** A run in which everybody meets all arms, one after the other. */
export interface Crossing {
  readonly periods: Periods;
  /** What people are told from outside, in the arm whose turn it is. */
  readonly stimulus: (told: Stimulus) => Stimulus;
  /** What was measured in each period, once the last has ended. */
  measured(simulation: Simulation): Promise<readonly MeasuredInPeriod[]>;
}

/** A crossing of a run; nothing where each arm is a run of its own. */
export function crossingOf(
  { design, differenceOf }: Experiment,
  { order }: PlayedArm,
  cell: string,
): Crossing | undefined {
  if (order === undefined) return undefined;
  const changes = order.map((arm) => differenceOf(arm).edit?.stimulus);
  let now = 1;
  return {
    stimulus: (told) => changes[now - 1]?.(told) ?? told,
    periods: {
      count: order.length,
      begin: async (period, simulation) => {
        now = period;
        await simulation.checkpoint(beginOf(period));
      },
    },
    measured: async (simulation) => {
      const all: MeasuredInPeriod[] = [];
      for (let period = 1; period <= order.length; period++) {
        const found = await measure(design.metrics, { simulation, result: {}, cell, period });
        all.push(...found.map((one) => ({ ...one, period })));
      }
      return all;
    },
  };
}
