import {
  analyseExperiment,
  createRandom,
  type EffectFigure,
  isMeasured,
  proposeAnalysis,
  type Random,
  sampleSize,
} from "../src/index.ts";
import type { Row } from "./harness/row.ts";
import type { Bench, Scenario } from "./harness/scenario.ts";
import { analysed, type Claims, contrast, errorOf, errors, type Known, round } from "./support/experiment/analysed.ts";
import { madeUp, type Truth } from "./support/experiment/rows.ts";
import { margins, sharesHold } from "./support/experiment/shares.ts";
import { sizesHold } from "./support/experiment/sizes.ts";
import { normals } from "./support/statistics/chance.ts";

const designs: readonly Known[] = [
  { name: "40 people, once", truth: { people: 40, effect: 0.4, byPerson: 0.5 } },
  { name: "12 people, once", truth: { people: 12, effect: 0.4, byPerson: 0.5 } },
  { name: "15 people, 4 seeds", truth: { people: 15, seeds: 4, effect: 0.4, byPerson: 0.8 } },
  {
    name: "15 people, 4 seeds, 15 % missing",
    truth: { people: 15, seeds: 4, effect: 0.4, byPerson: 0.8, missing: 0.08 },
  },
  { name: "12 sessions of 5", truth: { people: 60, session: 5, effect: 0.4, bySession: 0.8 } },
  {
    name: "8 seeds of 6 others who meet",
    truth: { people: 6, seeds: 8, session: 6, fresh: true, effect: 0.4, bySession: 0.8 },
  },
  {
    name: "the same 12 people meet in 10 seeds",
    truth: { people: 12, seeds: 10, session: 12, effect: 0.4, byPerson: 0.5, bySession: 0.5 },
  },
  {
    name: "the same 12 people meet in 4 seeds",
    truth: { people: 12, seeds: 4, session: 12, effect: 0.4, byPerson: 0.5, bySession: 0.5 },
  },
];

/** How far effects are off on the mean, and how often their intervals hold the truth. */
async function recovered({ row, progress }: Bench): Promise<void> {
  const times = 2_000;
  for (const { name, truth } of designs) {
    progress(name);
    const values: number[] = [];
    let held = 0;
    for (let time = 0; time < times; time++) {
      const { effects } = await analysed(madeUp(createRandom(`${name} ${time}`), truth));
      const { value = 0, low = 9, high = -9 } = effects[0] as EffectFigure;
      values.push(value);
      held += low <= 0.4 && high >= 0.4 ? 1 : 0;
    }
    const mean = values.reduce((total, value) => total + value, 0) / times;
    const sd = Math.sqrt(values.reduce((total, value) => total + (value - mean) ** 2, 0) / (times - 1));
    const error = sd / Math.sqrt(times);
    row({
      ...{ scenario: "an effect of 0.4", metric: `${name}: off on the mean`, value: round(Math.abs(mean - 0.4)) },
      ...{ unit: `± ${round(error)}`, goal: { atMost: round(errors * error) } },
    });
    const spread = errorOf(0.95, times);
    row({
      ...{ scenario: "intervals hold the truth, nominal 0.95", metric: name, value: round(held / times) },
      ...{ unit: `± ${round(spread)}`, goal: { atLeast: round(0.95 - errors * spread) } },
    });
  }
}

/** Five metrics without any effect, of numbers, steps and options: that any claim passes. */
function nothing(random: Random, options: Partial<Truth>) {
  const rows = madeUp(random, { people: 24, effect: 0, metrics: ["a", "b", "c", "d", "e"], ...options });
  return rows.map((row) => {
    const value = row.value as number;
    if (row.metric === "d") return { ...row, value: value > 5 ? "yes" : "no" };
    return row.metric === "e" ? { ...row, value: String(Math.min(5, Math.max(1, Math.round(value - 2)))) } : row;
  });
}

const claimsOfAll: Claims = Object.fromEntries(
  ["a", "b", "c", "d", "e"].map((metric) => [
    metric,
    { metric, contrast, direction: "different", ...(metric === "d" && { option: "yes" }) },
  ]),
);

async function gate({ row, progress }: Bench): Promise<void> {
  const times = 1_500;
  const options = ["1", "2", "3", "4", "5"];
  for (const [name, truth] of [
    ["24 people, once", {}],
    ["15 people, 3 seeds, who react each in their own way", { people: 15, seeds: 3, byPerson: 0.8 }],
    ["10 sessions of 4", { people: 40, session: 4, bySession: 0.8 }],
  ] as const) {
    progress(`gate: ${name}`);
    let passed = 0;
    for (let time = 0; time < times; time++) {
      const rows = nothing(createRandom(`gate ${name} ${time}`), truth);
      const { plan } = proposeAnalysis(rows);
      const declared = {
        ...plan,
        claims: claimsOfAll,
        metrics: { ...plan.metrics, e: { scale: { kind: "ordinal" as const, options } } },
      };
      const { claims } = (await analyseExperiment(declared, rows)).analysis;
      passed += claims.some(({ status }) => status === "passed") ? 1 : 0;
    }
    const error = errorOf(0.05, times);
    row({
      ...{ scenario: "the gate, nothing there: any of 5 claims passes, nominal 0.05", metric: name },
      ...{ value: round(passed / times), unit: `± ${round(error)}`, goal: { atMost: round(0.05 + errors * error) } },
    });
  }
}

/** How often a claim passes that is true, with as many people as planned. */
async function power({ row, progress }: Bench): Promise<void> {
  progress("power");
  const planned = await sampleSize({ kind: "pairs", effect: 0.5 }, 0.8);
  if (!isMeasured(planned)) throw new Error(planned.reason);
  const times = 2_000;
  const people = planned.n;
  let [passed, wrong] = [0, 0];
  for (let time = 0; time < times; time++) {
    // Two values with a noise of 1 each differ by one of √2.
    const rows = madeUp(createRandom(`power ${time}`), { people, effect: 0.5 * Math.SQRT2 });
    const { claims } = await analysed(rows, {
      up: { metric: "intent", contrast, direction: "greater" },
      much: { metric: "intent", contrast, direction: "greater", least: 0.5 * Math.SQRT2 },
    });
    passed += (claims[0]?.p ?? 1) <= 0.05 ? 1 : 0;
    wrong += claims[1]?.status === "passed" ? 1 : 0;
  }
  const error = errorOf(planned.power, times);
  row({
    ...{ scenario: "power as planned", metric: `d_z 0.5, ${people} people: found, planned ${round(planned.power)}` },
    ...{
      value: round(passed / times),
      unit: `± ${round(error)}`,
      goal: { atLeast: round(planned.power - errors * error) },
    },
  });
  const small = errorOf(0.025, times);
  row({
    ...{
      scenario: "the gate",
      metric: "claimed to be more than it is: passes, nominal 0.025",
      value: round(wrong / times),
    },
    ...{ unit: `± ${round(small)}`, goal: { atMost: round(0.025 + errors * small) } },
  });
}

const spreads = {
  person: 1.2,
  model: 0.5,
  wording: 0.7,
  order: 0.4,
  run: 0.4,
  "arm × person": 0.6,
  residual: 1,
} as const;

/** Values that differ by people, models, wordings, orders, runs, reactions and chance, with a tenth of them lost. */
function split(random: Random) {
  const [people, models, seeds] = [16, 6, 3];
  const of = (name: keyof typeof spreads, n: number) => normals(random.fork(name), n, { sd: spreads[name] });
  const [person, model, run, react] = [
    of("person", people),
    of("model", models),
    of("run", models * seeds),
    of("arm × person", 2 * people),
  ];
  const [wording, order] = [of("wording", 6), of("order", 6)];
  const left = of("residual", people * models * seeds * 2);
  const chance = random.fork("lost");
  return left.flatMap((own, place) => {
    const [who, arm] = [place % people, Math.floor(place / people) % 2];
    const at = Math.floor(place / people / 2);
    const [which, seed] = [at % models, Math.floor(at / models)];
    if (chance.next() < 0.1) return [];
    const [said, met] = [(who + at) % 6, (who + 2 * at + 3 * arm) % 6];
    const parts = [
      person[who],
      model[which],
      wording[said],
      order[met],
      run[at],
      react[2 * who + arm],
      own,
    ] as number[];
    const value = parts.reduce((sum, part) => sum + part, 0);
    return [
      {
        ...{ cell: `${at}`, arm: arm === 1 ? "treated" : "control", levels: {}, population: "panel", seed: `${seed}` },
        ...{ replicate: 1, model: `m${which}`, person: `p${who}`, metric: "intent", run: `${at} ${arm}`, value },
        ...{ wording: `w${said}`, order: `o${met}` },
      },
    ];
  });
}

async function components({ row, progress }: Bench): Promise<void> {
  progress("variance");
  const times = 1_000;
  const found = new Map<string, number[]>();
  for (let time = 0; time < times; time++) {
    const { variance } = await analysed(split(createRandom(`variance ${time}`)));
    const [all] = variance;
    if (all === undefined || "reason" in all) throw new Error("there is no variance");
    for (const { name, raw } of all.components) found.set(name, [...(found.get(name) ?? []), raw]);
  }
  for (const [name, truth] of [
    ...Object.entries(spreads).map(([of, sd]) => [of, sd ** 2] as const),
    ["arm", 0],
    ["arm × model", 0],
  ] as const) {
    const values = found.get(name) ?? [];
    const mean = values.reduce((total, value) => total + value, 0) / times;
    const error = Math.sqrt(values.reduce((total, value) => total + (value - mean) ** 2, 0) / (times - 1) / times);
    row({
      ...{
        scenario: "variance in parts",
        metric: `${name}: off ${round(truth)}`,
        value: round(Math.abs(mean - truth)),
      },
      ...{ unit: `± ${round(error)}`, goal: { atMost: round(errors * error) } },
    });
  }
}

const worlds: readonly {
  readonly name: string;
  readonly truth: Truth;
  readonly along: string;
  readonly goal: NonNullable<Row["goal"]>;
}[] = [
  { name: "no effect, 4 seeds", truth: { people: 30, seeds: 4, effect: 0 }, along: "seed", goal: { atMost: 0.05 } },
  {
    ...{ name: "0.8 with one model, −0.8 with the other", along: "model", goal: { atMost: 0.05 } },
    truth: { people: 40, models: ["one", "other"], effect: (model) => (model === "one" ? 0.8 : -0.8) },
  },
  {
    ...{ name: "0.8 with one model, none with the other", along: "model", goal: { atMost: 0.15 } },
    truth: { people: 40, models: ["one", "other"], effect: (model) => (model === "one" ? 0.8 : 0) },
  },
  {
    ...{ name: "a world of its own in each of 4 seeds: 0.8 ± 1.6", along: "seed", goal: { atMost: 0.15 } },
    truth: { people: 20, seeds: 4, session: 20, effect: 0.8, bySession: 1.6 },
  },
  { name: "0.8 with 4 seeds", truth: { people: 30, seeds: 4, effect: 0.8 }, along: "seed", goal: { atLeast: 0.8 } },
  {
    ...{ name: "0.8 with 3 models", along: "model", goal: { atLeast: 0.8 } },
    truth: { people: 40, models: ["a", "b", "c"], effect: 0.8, byPerson: 0.4 },
  },
];

async function stable({ row, progress }: Bench): Promise<void> {
  const times = 1_000;
  for (const { name, truth, along, goal } of worlds) {
    progress(`stable: ${name}`);
    let count = 0;
    for (let time = 0; time < times; time++) {
      const { effects } = await analysed(madeUp(createRandom(`stable ${name} ${time}`), truth));
      count += effects[0]?.stability.some(({ dimension, verdict }) => dimension === along && verdict === "stable")
        ? 1
        : 0;
    }
    const value = round(count / times);
    row({ scenario: "called stable", metric: name, value, unit: `± ${round(errorOf(0.1, times))}`, goal });
  }
}

export const scenario: Scenario = {
  measures:
    "the analysis of experiments on made-up rows: effects and their intervals, claims that pass where nothing is, power as planned, variance in parts, what is called stable",
  seconds: 90,
  run: async (bench) => {
    await recovered(bench);
    await sharesHold(bench);
    await sizesHold(bench);
    await gate(bench);
    await margins(bench);
    await power(bench);
    await components(bench);
    await stable(bench);
  },
};
