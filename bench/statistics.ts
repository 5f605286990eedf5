import {
  bradleyTerry,
  createRandom,
  type PairComparison,
  powerOf,
  type Random,
  rake,
  randomIntercept,
  welchT,
} from "../src/index.ts";
import type { Bench, Scenario } from "./harness/scenario.ts";
import { answerIntervals } from "./support/statistics/answers.ts";
import { normals, repeated, type Trial } from "./support/statistics/chance.ts";
import { intervals } from "./support/statistics/intervals.ts";
import { locations } from "./support/statistics/locations.ts";
import { surveyIntervals } from "./support/statistics/surveys.ts";
import { falseDiscoveries, tests, warnings } from "./support/statistics/tests.ts";

/** Three errors of simulation: a method that is right fails so by chance once in some 700 figures. */
const errors = 3;

const errorOf = (share: number, times: number): number => Math.sqrt((share * (1 - share)) / times);

/** The share of times that it was so; a time without a figure counts against the method. */
async function shareOf({ name, times, nominal, once }: Trial): Promise<number> {
  const random = createRandom("statistics").fork(name);
  let count = 0;
  for (let time = 0; time < times; time++) if ((await once(random.fork(String(time)))) ?? nominal < 0.5) count++;
  return count / times;
}

async function play(trial: Trial, scenario: string, { row, progress }: Bench): Promise<void> {
  progress(trial.name);
  const { nominal, times, allowance = 0 } = trial;
  const error = errorOf(nominal, times);
  const slack = errors * error + allowance;
  const goal = nominal < 0.5 ? { atMost: round(nominal + slack) } : { atLeast: round(nominal - slack) };
  const value = await shareOf(trial);
  row({ scenario, metric: trial.name, value, unit: `± ${round(error)}`, goal });
}

const round = (value: number): number => Number(value.toFixed(4));

/** The mean of what a simulation gives over so many times, and its error. */
async function meanOver(times: number, once: (random: Random) => Promise<number>) {
  const values: number[] = [];
  for (let time = 0; time < times; time++) values.push(await once(createRandom("mean").fork(String(time))));
  const mean = values.reduce((total, value) => total + value, 0) / times;
  const squares = values.reduce((total, value) => total + (value - mean) ** 2, 0);
  return { mean, error: Math.sqrt(squares / (times - 1) / times) };
}

/** Rows of which too many are young and from towns, weighted to what they should be. */
function rakedWorst(random: Random): number {
  const rows = Array.from({ length: 500 }, () => ({
    age: random.next() < 0.7 ? "young" : "old",
    home: random.next() < 0.8 ? "town" : "country",
  }));
  const raked = rake(rows, { age: { young: 40, old: 60 }, home: { town: 55, country: 45 } });
  return Math.max(...raked.shares.map(({ share, target }) => Math.abs(share - target)));
}

/** Of the effect of position that was put in, 0.4, how much comes out. */
async function positionFound(random: Random): Promise<number> {
  const strength = [0.9, 0.3, 0, -0.4];
  const comparisons = Array.from({ length: 300 }, (): PairComparison<number> => {
    const [first = 0, second = 1] = random.shuffle([0, 1, 2, 3]);
    const ahead = 0.4 + (strength[first] as number) - (strength[second] as number);
    return { first, second, won: random.next() < 1 / (1 + Math.exp(-ahead)) ? "first" : "second" };
  });
  const found = await bradleyTerry(comparisons, { order: true });
  if ("reason" in found) throw new Error(found.reason);
  return found.first?.effect as number;
}

async function recover({ row, progress }: Bench): Promise<void> {
  progress("what was put in comes out");
  const scenario = "what was put in comes out";
  const worst = Math.max(...Array.from({ length: 50 }, (_, time) => rakedWorst(createRandom(time))));
  row({
    scenario,
    metric: "raking: a share off its target, worst of 50",
    value: worst,
    unit: "",
    goal: { atMost: 1e-6 },
  });
  const fdr = await meanOver(1_000, falseDiscoveries);
  const most = round(0.025 + errors * fdr.error);
  row({
    scenario,
    metric: "Benjamini–Hochberg: false of found, nominal 0.025",
    value: fdr.mean,
    unit: `± ${round(fdr.error)}`,
    goal: { atMost: most },
  });
  const position = await meanOver(200, positionFound);
  const off = (what: string, found: { mean: number; error: number }, truth: { value: number; within: number }) =>
    row({
      ...{ scenario, metric: `${what}: off ${truth.value}`, value: Math.abs(found.mean - truth.value) },
      ...{ unit: `± ${round(found.error)}`, goal: { atMost: round(truth.within + errors * found.error) } },
    });
  off("position in pairs", position, { value: 0.4, within: 0.02 });
  const alike = await meanOver(200, async (random) => {
    const { outcome, people } = repeated(random, { people: 40, times: 5 });
    const found = await randomIntercept(outcome, { clusters: people });
    if ("reason" in found) throw new Error(found.reason);
    return found.alike;
  });
  off("share between people", alike, { value: 0.5, within: 0.01 });
  const times = 2_000;
  const foretold = await powerOf({ kind: "two groups", effect: 0.6 }, 40);
  const found = await shareOf({
    ...{ name: "power", nominal: 0.05, times },
    once: async (random) => {
      const test = await welchT(normals(random, 40), normals(random, 40, { mean: 0.6 }));
      return "reason" in test ? undefined : test.p <= 0.05;
    },
  });
  const error = errorOf(foretold, times);
  row({
    scenario,
    metric: "power of two groups: found less foretold",
    value: Math.abs(found - foretold),
    unit: `± ${round(error)}`,
    goal: { atMost: round(errors * error) },
  });
}

export const scenario: Scenario = {
  measures:
    "how often tests find something where there is nothing (nominal 0.05), intervals hold the truth (nominal 0.95), and what was put in comes out; ± is the error of the simulation",
  seconds: 60,
  run: async (bench) => {
    for (const trial of tests) await play(trial, "finds something where there is nothing, nominal 0.05", bench);
    for (const trial of warnings) {
      bench.progress(trial.name);
      const unit = `± ${round(errorOf(0.05, trial.times))}`;
      bench.row({ scenario: "… what it would be otherwise", metric: trial.name, value: await shareOf(trial), unit });
    }
    for (const trial of [...intervals, ...locations, ...surveyIntervals, ...answerIntervals])
      await play(trial, "holds the truth, nominal 0.95", bench);
    await recover(bench);
  },
};
