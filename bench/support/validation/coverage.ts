import { createRandom } from "../../../src/index.ts";
import type { Bench } from "../../harness/scenario.ts";
import type { Trial } from "../statistics/chance.ts";
import { everybody, some, type World, worlds } from "./everybody.ts";
import { compared, comparedTwins, trials, truths, twinTruths } from "./figures.ts";
import { judges } from "./judges.ts";
import { persons, rarely } from "./persons.ts";

/** Three errors of simulation: a method that is right fails so by chance once in some 700 figures. */
export const errors = 3;
export const round = (value: number): number => Number(value.toFixed(4));
export const errorOf = (times: number): number => Math.sqrt((0.95 * 0.05) / times);

/** How often an interval was there, and held the truth. */
class Count {
  held = 0;
  told = 0;
  add({ low, high }: { readonly low?: number; readonly high?: number }, truth: number): void {
    if (low === undefined || high === undefined) return;
    this.told++;
    // What arithmetic leaves over is none.
    if (low <= truth + 1e-9 && truth <= high + 1e-9) this.held++;
  }
}

interface Held {
  readonly scenario: string;
  readonly times: number;
  /** Fewer than so many intervals say nothing. */
  leastOf(figure: string): number;
}

function rows(counts: ReadonlyMap<string, Count>, { scenario, times, leastOf }: Held, { row }: Bench): void {
  for (const [metric, { held, told }] of counts) {
    if (told < times / 2) continue;
    const error = errorOf(told);
    const without = told === times ? "" : `, none in ${round(1 - told / times)}`;
    row({
      ...{ scenario, metric, value: round(held / told), unit: `± ${round(error)}${without}` },
      goal: { atLeast: round(leastOf(metric) - errors * error) },
    });
  }
}

const counted = (counts: Map<string, Count>, name: string): Count => {
  const count = counts.get(name) ?? new Count();
  counts.set(name, count);
  return count;
};

/** How often intervals of figures hold what these are of all people there could be, as it was worked out. */
async function figuresHold(bench: Bench): Promise<void> {
  const times = 400;
  for (const { what, of, truths: known } of [
    { what: "100 people and 80 simulated", of: compared, truths },
    { what: "80 people and their twins", of: comparedTwins, truths: twinTruths },
  ]) {
    bench.progress(what);
    const counts = new Map<string, Count>();
    for (let time = 0; time < times; time++) {
      const figures = await of(createRandom(`${what} ${time}`));
      for (const [id, truth] of Object.entries(known)) counted(counts, id).add(figures.get(id) ?? {}, truth);
    }
    rows(counts, { scenario: `holds the truth, nominal 0.95, ${what}`, times, leastOf: leastOfFigure }, bench);
  }
}

/**
 * A bootstrap of few is a little short, and more so of distances, which grow by chance; orders of five options, of which
 * two are near, are told by a reach that is a little strict.
 */
function leastOfFigure(id: string): number {
  if (id === "vote/equivalence") return 0.9;
  return /total-variation|first-choice-variation|earth-movers|ks-similarity|distance|order/.test(id) ? 0.9 : 0.93;
}

async function worldHolds(world: World, bench: Bench): Promise<void> {
  bench.progress(world.name);
  const times = 300;
  const truth = await everybody(world);
  const counts = new Map<string, Count>();
  for (let time = 0; time < times; time++)
    for (const [id, row] of await some(world, createRandom(`${world.name} ${time}`), [100, 80])) {
      const known = truth.get(id)?.value;
      if (row.measure !== "score" && known !== undefined) counted(counts, id).add(row, known);
    }
  rows(counts, { scenario: `holds the truth, nominal 0.95, ${world.name}`, times, leastOf: leastOfFigure }, bench);
}

async function judgesHold(bench: Bench): Promise<void> {
  const times = 500;
  for (const { name, truths: known, figures } of judges) {
    bench.progress(name);
    const counts = new Map<string, Count>();
    for (let time = 0; time < times; time++) {
      const found = await figures(createRandom(`${name} ${time}`));
      for (const [figure, truth] of Object.entries(known))
        counted(counts, figure).add({ ...(found as Readonly<Record<string, object>>)[figure] }, truth);
    }
    const leastOf = (figure: string): number => (/kappa|alpha|rank/.test(figure) ? 0.93 : 0.94);
    rows(counts, { scenario: `a judge's calibration, nominal 0.95, ${name}`, times, leastOf }, bench);
  }
}

async function heldIn({ name, times, once }: Trial, { progress }: Bench) {
  progress(name);
  let [held, told] = [0, 0];
  for (let time = 0; time < times; time++) {
    const found = await once(createRandom(`${name} ${time}`));
    if (found === undefined) continue;
    told++;
    held += Number(found);
  }
  const none = told === times ? "" : `, none in ${round(1 - told / times)}`;
  return { metric: name, value: round(held / told), unit: `± ${round(errorOf(told))}${none}`, error: errorOf(told) };
}

async function othersHold(bench: Bench): Promise<void> {
  const all = { "holds the truth, nominal 0.95": trials, "how believable somebody is, nominal 0.95": persons };
  for (const [scenario, group] of Object.entries(all))
    for (const trial of group) {
      const { error, ...row } = await heldIn(trial, bench);
      bench.row({ scenario, ...row, goal: { atLeast: round(0.95 - (trial.allowance ?? 0) - errors * error) } });
    }
  for (const trial of rarely) {
    const { error: _error, ...row } = await heldIn(trial, bench);
    bench.row({ scenario: "… what few interviews do not tell", ...row });
  }
}

/** How often intervals of comparisons, of judges and of how believable people are hold the truth. */
export async function intervalsHold(bench: Bench): Promise<void> {
  await figuresHold(bench);
  for (const world of worlds) await worldHolds(world, bench);
  await judgesHold(bench);
  await othersHold(bench);
}
