import { analyseExperiment, createRandom, proposeAnalysis } from "../../../src/index.ts";
import type { Bench } from "../../harness/scenario.ts";
import { analysed, contrast, errorOf, errors, type Known, round } from "./analysed.ts";
import { madeUp } from "./rows.ts";

const shares: readonly Known[] = [
  { name: "40 people, once", truth: { people: 40, effect: 0.8 } },
  { name: "15 people, 4 seeds", truth: { people: 15, seeds: 4, effect: 0.8 } },
];

/** That a normal value is below. */
function below(value: number): number {
  // By the density itself: what is held to the truth has no part in it.
  const [from, steps] = [-9, 200_000];
  const width = (value - from) / steps;
  let sum = 0;
  for (let step = 0; step < steps; step++) sum += Math.exp(-((from + (step + 0.5) * width) ** 2) / 2);
  return (sum * width) / Math.sqrt(2 * Math.PI);
}

/** How often the interval of an effect on a share holds the truth: values above 5 say yes. */
export async function sharesHold({ row, progress }: Bench): Promise<void> {
  const times = 2_000;
  for (const { name, truth } of shares) {
    progress(`shares: ${name}`);
    // A level and a noise of 1 each lie behind the value of the second arm.
    const known = below((truth.effect as number) / Math.SQRT2) - 0.5;
    let held = 0;
    for (let time = 0; time < times; time++) {
      const rows = madeUp(createRandom(`share ${name} ${time}`), truth).map((one) => ({
        ...one,
        value: (one.value as number) > 5 ? "yes" : "no",
      }));
      const { plan } = proposeAnalysis(rows);
      const { effects } = (await analyseExperiment(plan, rows)).analysis;
      const { low = 9, high = -9 } = effects.find(({ option }) => option === "yes") ?? {};
      held += low <= known && high >= known ? 1 : 0;
    }
    const error = errorOf(0.95, times);
    row({
      ...{ scenario: "intervals hold the truth, nominal 0.95", metric: `a share, ${name}`, value: round(held / times) },
      ...{ unit: `± ${round(error)}`, goal: { atLeast: round(0.94 - errors * error) } },
    });
  }
}

/** How often two arms that differ by the margin are called equivalent. */
export async function margins({ row, progress }: Bench): Promise<void> {
  progress("equivalence at the margin");
  const times = 2_000;
  for (const [name, truth] of [
    ["30 people, once", { people: 30, effect: 0.8 }],
    ["15 people, 4 seeds", { people: 15, seeds: 4, effect: 0.8, byPerson: 0.3 }],
  ] as const) {
    let passed = 0;
    for (let time = 0; time < times; time++) {
      const claim = { metric: "intent", contrast, direction: "equivalent" as const, margin: 0.8 };
      const { claims } = await analysed(madeUp(createRandom(`margin ${name} ${time}`), truth), { same: claim });
      passed += claims[0]?.status === "passed" ? 1 : 0;
    }
    const error = errorOf(0.05, times);
    row({
      ...{ scenario: "the gate, at the margin: called equivalent, nominal 0.05", metric: name },
      ...{ value: round(passed / times), unit: `± ${round(error)}`, goal: { atMost: round(0.05 + errors * error) } },
    });
  }
}
