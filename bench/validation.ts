import {
  type AnswerSet,
  compareAnswers,
  correctShares,
  createRandom,
  earthMovers,
  learnCorrections,
  predictionPowered,
  type Random,
} from "../src/index.ts";
import type { Bench, Scenario } from "./harness/scenario.ts";
import { normals } from "./support/statistics/chance.ts";
import { errorOf, errors, intervalsHold, round } from "./support/validation/coverage.ts";
import { answersOf, drawnBy, type Truth } from "./support/validation/made.ts";

const steps = [1, 2, 3, 4, 5];
const people = [4, 10, 22, 40, 24].map((share) => share / 100);

/** People who answer by shares, each for themselves. */
const answered = (random: Random, n: number, vote: readonly number[]): AnswerSet =>
  answersOf(drawnBy(random, n, { vote }));

/** The score of simulated people who answer by these shares, with its interval. */
async function scored(random: Random, simulated: Truth, human: Truth = { vote: people }) {
  const [own, others] = [drawnBy(random.fork("human"), 200, human), drawnBy(random.fork("simulated"), 200, simulated)];
  const { figures } = await compareAnswers(answersOf(own), answersOf(others), {
    ...{ resamples: 300, halves: 40, seed: random.path },
  });
  return figures.find(({ measure, item }) => measure === "score" && item !== undefined);
}

interface Damage {
  readonly name: string;
  readonly human: Truth;
  /** None, some and much. */
  readonly simulated: readonly Truth[];
}

const ofVotes = (name: string, by: (much: number) => readonly number[]): Damage => ({
  ...{ name, human: { vote: people } },
  simulated: [0, 0.4, 0.8].map((much) => ({ vote: by(much) })),
});

/** The same shares, or strengths, of other options: neither how far people agree nor how far they scatter is otherwise. */
const ofOrder = (
  item: "shop" | "toys",
  [none, ...worse]: readonly [readonly number[], ...(readonly number[])[]],
): Damage => ({
  ...{ name: `order of ${item === "shop" ? "options" : "rankings"}`, human: { [item]: none } },
  simulated: [none, ...worse].map((shares) => ({ [item]: shares })),
});

const damages: readonly Damage[] = [
  ofVotes("mean", (by) => correctShares(people, steps, { shift: by })),
  ofVotes("dispersion", (by) => correctShares(people, steps, { dispersion: 1 - by })),
  ofVotes("shape (mean and variance stay)", (by) =>
    people.map((share, step) => share + 0.1 * by * ([-0.4, 1.6, -2.4, 1.6, -0.4][step] as number)),
  ),
  ofOrder("shop", [
    [0.55, 0.3, 0.15],
    [0.55, 0.15, 0.3],
    [0.15, 0.3, 0.55],
  ]),
  ofOrder("toys", [
    [8, 4, 2, 1],
    [4, 8, 2, 1],
    [1, 2, 4, 8],
  ]),
];

async function falls({ row, progress }: Bench): Promise<void> {
  const times = 40;
  for (const { name, human, simulated } of damages) {
    progress(`score when ${name} is made worse`);
    const means: number[] = [];
    for (const damaged of simulated) {
      let sum = 0;
      for (let time = 0; time < times; time++)
        sum += (await scored(createRandom(`${name} ${time}`), damaged, human))?.value ?? 0;
      means.push(sum / times);
    }
    const [none = 0, some = 0, much = 0] = means;
    const scenario = "the score, as answers are made worse";
    row({ scenario, metric: `${name}: none`, value: round(none), unit: "" });
    const falls = { "some, less than none by": none - some, "much, less than some by": some - much };
    // A score that does not see it falls by chance as often as not.
    for (const [what, fall] of Object.entries(falls))
      row({ scenario, metric: `${name}: ${what}`, value: round(fall), unit: "", goal: { atLeast: 0.03 } });
  }
}

async function covered({ row, progress }: Bench): Promise<void> {
  progress("intervals of scores");
  const shares = correctShares(people, steps, { shift: -0.5 });
  const times = 300;
  const rows = [];
  for (let time = 0; time < times; time++) rows.push(await scored(createRandom(`coverage ${time}`), { vote: shares }));
  const middle = rows.reduce((sum, found) => sum + (found?.value ?? 0), 0) / times;
  const held = rows.filter((found) => (found?.low ?? 9) <= middle && (found?.high ?? -9) >= middle).length / times;
  const error = errorOf(times);
  row({
    ...{
      scenario: "holds the truth, nominal 0.95",
      metric: "score of a sample: its mean over samples",
      value: round(held),
    },
    ...{ unit: `± ${round(error)}`, goal: { atLeast: round(0.93 - errors * error) } },
  });
}

/** A few people and many simulated, who go along with them as far as `good` and lie too high. */
function fewAndMany(random: Random, good: number) {
  const [n, many] = [40, 600];
  const answers = normals(random.fork("people"), n + many);
  const noise = normals(random.fork("noise"), n + many);
  const predictions = answers.map(
    (answer, place) => 0.7 + good * answer + Math.sqrt(1 - good ** 2) * (noise[place] as number),
  );
  return { answers: answers.slice(0, n), predictions: predictions.slice(0, n), others: predictions.slice(n) };
}

async function powered({ row, progress }: Bench): Promise<void> {
  const times = 2_000;
  for (const good of [0, 0.5, 0.9]) {
    progress(`few and many, ${good}`);
    let [held, worth] = [0, 0];
    for (let time = 0; time < times; time++) {
      const found = await predictionPowered(fewAndMany(createRandom(`${good} ${time}`), good));
      if ("reason" in found) throw new Error(found.reason);
      held += found.interval.low <= 0 && found.interval.high >= 0 ? 1 : 0;
      worth += found.worth / times;
    }
    const error = errorOf(times);
    const metric = `mean by 40 people and 600 simulated, correlation ${good}`;
    row({
      ...{ scenario: "holds the truth, nominal 0.95", metric, value: round(held / times), unit: `± ${round(error)}` },
      goal: { atLeast: round(0.94 - errors * error) },
    });
    row({
      scenario: "what simulated people are worth",
      metric: `40 people, correlation ${good}`,
      value: Math.round(worth),
      unit: "people",
    });
  }
}

/** So many people that a sample's chance is nothing in them. */
const everybody = (vote: readonly number[]): AnswerSet =>
  answersOf(vote.flatMap((share, step) => Array(Math.round(2_000 * share)).fill({ vote: String(step + 1) })));

/** How often the interval of what was learned holds what would be learned of everybody. */
function learnedHold({ row, progress }: Bench): void {
  const times = 300;
  for (const [name, distortion] of distortions) {
    progress(`what is learned: ${name}`);
    const distorted = correctShares(people, steps, distortion);
    const [known] = learnCorrections(everybody(people), everybody(distorted));
    if (known === undefined || "reason" in known) throw new Error(known?.reason);
    const counts = new Map(Object.keys(known.correction).map((part) => [part, { held: 0, told: 0 }]));
    for (let time = 0; time < times; time++) {
      const random = createRandom(`learned ${name} ${time}`);
      const [found] = learnCorrections(
        answered(random.fork("human"), 80, people),
        answered(random.fork("simulated"), 200, distorted),
      );
      if (found === undefined || "reason" in found) throw new Error(found?.reason);
      // Which way is taken has chance in it, too: what another way comes to is another thing.
      if (found.kind !== known.kind) continue;
      for (const [part, count] of counts) {
        const { low = 9, high = -9 } = found.intervals[part as "shift"] ?? {};
        const truth = known.correction[part as "shift"] ?? Number.NaN;
        count.told++;
        if (low <= truth && truth <= high) count.held++;
      }
    }
    for (const [part, { held, told }] of counts)
      row({
        ...{ scenario: "what 80 people teach holds the truth, nominal 0.95", value: round(held / told) },
        ...{ metric: `${known.kind}: ${part}`, unit: `± ${round(errorOf(told))}, taken in ${round(told / times)}` },
        goal: { atLeast: round(0.93 - errors * errorOf(told)) },
      });
  }
}

const distortions = [
  ["shift", { shift: 0.6 }],
  ["dispersion", { dispersion: 0.5 }],
  ["temperature", { temperature: 0.4 }],
] as const;

function corrected({ row, progress }: Bench): void {
  progress("corrections");
  const off = (shares: readonly number[]): number => {
    const found = earthMovers(shares, people);
    return "points" in found ? found.points : Number.NaN;
  };
  for (const [name, distortion] of distortions) {
    const distorted = correctShares(people, steps, distortion);
    let sum = 0;
    for (let time = 0; time < 40; time++) {
      const random = createRandom(`${name} ${time}`);
      const [found] = learnCorrections(
        answered(random.fork("human"), 60, people),
        answered(random.fork("simulated"), 600, distorted),
      );
      if (found === undefined || "reason" in found) throw new Error(found?.reason);
      sum += off(correctShares(distorted, steps, found.correction)) / 40;
    }
    row({
      ...{
        scenario: "what 60 people teach",
        metric: `${name}: earth mover's left, of ${round(off(distorted))}`,
        value: round(sum),
      },
      ...{ unit: "points", goal: { atMost: round(0.65 * off(distorted)) } },
    });
  }
}

export const scenario: Scenario = {
  measures:
    "scores fall as simulated answers get worse in mean, dispersion, shape and order, each alone; intervals hold the truth (nominal 0.95); corrections bring back what was put in",
  seconds: 540,
  run: async (bench) => {
    await falls(bench);
    await covered(bench);
    await intervalsHold(bench);
    await powered(bench);
    corrected(bench);
    learnedHold(bench);
  },
};
