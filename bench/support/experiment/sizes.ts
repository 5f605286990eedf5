import { createRandom } from "../../../src/index.ts";
import type { Bench } from "../../harness/scenario.ts";
import { analysed, errorOf, errors, round } from "./analysed.ts";
import { madeUp, type Truth } from "./rows.ts";

const truth: Truth = { people: 25, models: ["one", "other"], effect: 0.4, byPerson: 0.5 };

interface Ends {
  readonly low?: number;
  readonly high?: number;
}

/** How often the interval of an effect's size, and that of the effect with one model alone, holds the truth. */
export async function sizesHold({ row, progress }: Bench): Promise<void> {
  progress("sizes and levels");
  const times = 2_000;
  const held = { "d_z, 25 people, once": 0, "with one of two models, 25 people": 0 };
  const holds = ({ low = 9, high = -9 }: Ends, known: number): number => Number(low <= known && known <= high);
  for (let time = 0; time < times; time++) {
    const random = createRandom(`sizes ${time}`);
    const [once] = (await analysed(madeUp(random, { ...truth, models: ["one"] }))).effects;
    // Two values with a noise of 1 each, and a reaction of 0.5.
    held["d_z, 25 people, once"] += holds(once?.size ?? {}, 0.4 / 1.5);
    const [both] = (await analysed(madeUp(random, truth))).effects;
    const [level] = both?.stability.find(({ dimension }) => dimension === "model")?.levels ?? [];
    held["with one of two models, 25 people"] += holds(level ?? {}, 0.4);
  }
  const error = errorOf(0.95, times);
  for (const [metric, count] of Object.entries(held))
    row({
      ...{ scenario: "intervals hold the truth, nominal 0.95", metric, value: round(count / times) },
      ...{ unit: `± ${round(error)}`, goal: { atLeast: round(0.95 - errors * error) } },
    });
}
