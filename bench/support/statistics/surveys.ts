import { type Instrument, itemsOf, parseInstrument, partsOf, type Random, summariseTasks } from "../../../src/index.ts";
import type { Trial } from "./chance.ts";

type Answers = Parameters<typeof summariseTasks>[1];
type Row = Awaited<ReturnType<typeof summariseTasks>>[number];

const worth: Readonly<Record<string, number>> = { "3": 1, "5": 0.2, "9": -1.2, Assam: 0.5, Java: -0.5 };
const conjoint = parseInstrument({
  ...{ survey: 1, name: "tin" },
  items: [
    {
      ...{ id: "tin", kind: "conjoint", text: "Which?", count: 8 },
      attributes: [
        { id: "price", label: "Price", levels: ["3", "5", "9"] },
        { id: "origin", label: "Origin", levels: ["Assam", "Java"] },
      ],
    },
  ],
});

const liking: Readonly<Record<string, number>> = { a: 1, b: 0.4, c: 0, d: -0.4, e: -1 };
const bestWorst = parseInstrument({
  ...{ survey: 1, name: "traits" },
  items: [{ id: "traits", kind: "best-worst", text: "What matters?", options: Object.keys(liking), size: 3 }],
});

const prices = parseInstrument({
  ...{ survey: 1, name: "prices" },
  items: [{ id: "price", kind: "van-westendorp", text: "At what price?", high: 100 }],
});
/** Of 20,000 people by the same dice. */
const optimal = 7.87;

/** One of several by their heights, as chance has it. */
function chosen(heights: readonly number[], random: Random): number {
  const noisy = heights.map((height) => height - Math.log(-Math.log(random.next() || Number.MIN_VALUE)));
  return noisy.indexOf(Math.max(...noisy));
}

type Saying = (give: (item: string, value: string | number) => void, random: Random) => void;

const offers: Saying = (give, random) => {
  const [item] = itemsOf(conjoint);
  for (const [place, task] of (item?.kind === "conjoint" ? (item.tasks ?? []) : []).entries()) {
    const heights = task.map((offer) => Object.values(offer).reduce((all, id) => all + (worth[id] as number), 0));
    give(`tin.${place + 1}`, String(chosen(heights, random) + 1));
  }
};

const extremes: Saying = (give, random) => {
  const tasks = Map.groupBy(itemsOf(bestWorst).flatMap(partsOf), ({ task = "" }) => task);
  for (const [task, [part]] of tasks) {
    const shown = part?.options.map(({ id }) => id) ?? [];
    const best = shown[chosen(heightsOf(shown, 1), random)] as string;
    const left = shown.filter((id) => id !== best);
    give(`${task}.best`, best);
    give(`${task}.worst`, left[chosen(heightsOf(left, -1), random)] as string);
  }
};

const heightsOf = (ids: readonly string[], sign: number): number[] => ids.map((id) => sign * (liking[id] as number));

const four: Saying = (give, random) => {
  let price = 2 + 6 * random.next();
  for (const name of ["too-cheap", "cheap", "expensive", "too-expensive"]) {
    give(`price.${name}`, Math.round(price * 4) / 4);
    price += 0.5 + 4 * random.next();
  }
};

interface Asked {
  readonly instrument: Instrument;
  readonly people: number;
  readonly say: Saying;
  readonly is: Pick<Row, "result" | "figure">;
  readonly truth: number;
}

/** How often the interval of a figure of a survey's tasks holds what people chose by. */
const covers = (name: string, { instrument, people, say, is, truth }: Asked, allowance = 0): Trial => ({
  ...{ name, nominal: 0.95, times: 400, allowance },
  once: async (random) => {
    const answers: Answers[number][] = [];
    for (let person = 0; person < people; person++) {
      const who = { respondent: `p${person}`, name: "", variant: "as-written", sample: 0, method: "direct" };
      say((item, value) => answers.push({ ...who, item, value }), random);
    }
    const rows = await summariseTasks(instrument, answers, { random });
    const row = rows.find(({ result, figure }) => result === is.result && figure === is.figure);
    if (row === undefined || row.low === null || row.high === null) return undefined;
    return row.low <= truth && truth <= row.high;
  },
});

const tin = { instrument: conjoint, people: 40, say: offers };

/** How often an interval of what tasks of a survey come to holds the truth. */
export const surveyIntervals: readonly Trial[] = [
  covers("a part-worth, 40 people, 8 tasks", {
    ...tin,
    ...{ is: { result: "part-worth", figure: "price: 3" }, truth: 1 },
  }),
  covers("an importance, 40 people, 8 tasks", {
    ...tin,
    ...{ is: { result: "importance", figure: "price" }, truth: 2.2 / 3.2 },
  }),
  covers("a utility by best and worst, 40 people", {
    ...{ instrument: bestWorst, people: 40, say: extremes, is: { result: "utility", figure: "b" }, truth: 0.4 },
  }),
  // Percentiles of few people's crossings are known to be short.
  covers(
    "the optimal price, 60 people",
    {
      ...{ instrument: prices, people: 60, say: four, is: { result: "price", figure: "optimal" }, truth: optimal },
    },
    0.04,
  ),
];
