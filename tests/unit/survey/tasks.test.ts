import { describe, expect, it } from "vitest";
import type { AnswerValue } from "../../../src/kernel/contracts/answers/scale.ts";
import { createRandom, type Random } from "../../../src/kernel/values/random.ts";
import { isMeasured } from "../../../src/statistics/measured.ts";
import { borda } from "../../../src/statistics/rankings/counted.ts";
import { bradleyTerry } from "../../../src/statistics/rankings/strengths/bradley-terry.ts";
import { plackettLuce } from "../../../src/statistics/rankings/strengths/plackett-luce.ts";
import type { SurveyAnswer } from "../../../src/survey/administer/collected.ts";
import { itemsOf } from "../../../src/survey/instrument/document.ts";
import { partsOf } from "../../../src/survey/instrument/items.ts";
import { summariseTasks } from "../../../src/survey/results/tasks/summarise.ts";
import type { TaskFigure } from "../../../src/survey/results/tasks/task-figure.ts";
import { surveyOf } from "./instruments.ts";

const people = Array.from({ length: 60 }, (_, place) => `p${place}`);
const given = (respondent: string, item: string, value: AnswerValue): SurveyAnswer => ({
  ...{ respondent, name: respondent, variant: "as-written", sample: 0, item, value, method: "direct" },
});
/** One of several by their heights, as somebody chooses whose taste is theirs and chance. */
function chosenBy(heights: readonly number[], random: Random): number {
  const noisy = heights.map((height) => height - Math.log(-Math.log(random.next() || Number.MIN_VALUE)));
  return noisy.indexOf(Math.max(...noisy));
}
const rowsOf = (rows: readonly TaskFigure[], result: string) =>
  new Map(rows.filter((row) => row.result === result).map((row) => [row.figure, row]));

describe("conjoint tasks", () => {
  const conjoint = {
    ...{ id: "tin", kind: "conjoint", text: "Which?", none: "Neither", count: 8 },
    attributes: [
      { id: "price", label: "Price", levels: ["3", "5", "9"] },
      { id: "origin", label: "Origin", levels: ["Assam", "Java"] },
    ],
  };
  const worth: Readonly<Record<string, number>> = { "3": 1, "5": 0.2, "9": -1.2, Assam: 0.5, Java: -0.5 };
  const instrument = surveyOf([conjoint]);
  const [item] = itemsOf(instrument);
  const random = createRandom(3);
  const answers = people.flatMap((person) => {
    const tasks = item?.kind === "conjoint" ? (item.tasks ?? []) : [];
    return tasks.map((task, place) => {
      const heights = [...task.map((one) => Object.values(one).reduce((all, id) => all + (worth[id] ?? 0), 0)), -0.4];
      const chosen = chosenBy(heights, random);
      return given(person, `tin.${place + 1}`, chosen === task.length ? "none" : String(chosen + 1));
    });
  });

  it("come to part-worths near those that choices were made by, and importances of attributes", async () => {
    const rows = await summariseTasks(instrument, answers);
    const worths = rowsOf(rows, "part-worth");
    expect([...worths.keys()]).toEqual(["price: 3", "price: 5", "price: 9", "origin: Assam", "origin: Java", "none"]);
    for (const [figure, { low, high, n }] of worths) {
      const truth = figure === "none" ? -0.4 : (worth[figure.split(": ")[1] as string] as number);
      expect([figure, (low ?? 9) < truth && truth < (high ?? -9), n]).toEqual([figure, true, 60]);
    }
    const price = ["3", "5", "9"].map((id) => worths.get(`price: ${id}`)?.value ?? 0);
    expect(price.reduce((all, one) => all + one, 0)).toBeCloseTo(0, 9);
    const important = rowsOf(rows, "importance");
    const [first, second] = [important.get("price"), important.get("origin")];
    expect((first?.value ?? 0) + (second?.value ?? 0)).toBeCloseTo(1, 9);
    // 2.2 of 3.2.
    expect((first?.low ?? 1) < 0.6875 && 0.6875 < (first?.high ?? 0)).toBe(true);
  });

  it("are of each segment and by weights, and say why they are nothing", async () => {
    const segments = new Map(people.map((person, place) => [person, place < 30 ? "a" : "b"]));
    const weights = new Map(people.map((person, place) => [person, place < 30 ? 1 : 0]));
    const rows = await summariseTasks(instrument, answers, { segments });
    const of = (segment: string, all = rows) =>
      all.find((row) => row.segment === segment && row.figure === "price: 3") as TaskFigure;
    expect([of("a").n, of("b").n]).toEqual([30, 30]);
    const weighed = of("all", await summariseTasks(instrument, answers, { weights }));
    expect(weighed.value).toBeCloseTo(of("a").value as number, 9);
    const few = await summariseTasks(instrument, answers.slice(0, 8));
    expect(few.every(({ value, why }) => value === null && why === "fewer than two people chose")).toBe(true);
  });
});

describe("best and worst", () => {
  const liking: Readonly<Record<string, number>> = { taste: 1, smell: 0.3, price: 0, brand: -1.3 };
  const options = Object.keys(liking);
  const instrument = surveyOf([{ id: "traits", kind: "best-worst", text: "What matters?", options, size: 3 }]);
  const random = createRandom(5);
  const tasks = Map.groupBy(itemsOf(instrument).flatMap(partsOf), ({ task = "" }) => task);
  const answers = people.flatMap((person) =>
    [...tasks].flatMap(([task, [part]]) => {
      const shown = part?.options.map(({ id }) => id) ?? [];
      const best = shown[
        chosenBy(
          shown.map((id) => liking[id] as number),
          random,
        )
      ] as string;
      const left = shown.filter((id) => id !== best);
      const worst = left[
        chosenBy(
          left.map((id) => -(liking[id] as number)),
          random,
        )
      ] as string;
      return [given(person, `${task}.best`, best), given(person, `${task}.worst`, worst)];
    }),
  );

  it("come to scores by counting, and utilities near those that choices were made by", async () => {
    const rows = await summariseTasks(instrument, answers);
    const shown = [...tasks.values()].filter(([part]) => part?.options.some(({ id }) => id === "taste")).length;
    const votes = answers.filter(({ value }) => value === "taste");
    const net = votes.reduce((all, { item }) => all + (item.endsWith("best") ? 1 : -1), 0);
    expect(rowsOf(rows, "score").get("taste")?.value).toBeCloseTo(net / (shown * people.length), 12);
    for (const [option, { value, low, high }] of rowsOf(rows, "utility")) {
      const truth = liking[option] as number;
      expect([option, (low ?? 9) < truth && truth < (high ?? -9), (value ?? 9) - truth < 0.5]).toEqual([
        option,
        true,
        true,
      ]);
    }
    const shares = [...rowsOf(rows, "share").values()];
    expect(shares.reduce((all, { value }) => all + (value ?? 0), 0)).toBeCloseTo(1, 12);
    expect(shares.every(({ value, low, high }) => (low ?? 1) < (value ?? 0) && (value ?? 1) < (high ?? 0))).toBe(true);
  });
});

describe("pairs", () => {
  it("come to the strengths of Bradley and Terry's model, with errors by person", async () => {
    const instrument = surveyOf([
      { id: "duel", kind: "pairwise", text: "Which?", options: ["tea", "coffee", "cocoa"] },
    ]);
    const random = createRandom(9);
    const heights: Readonly<Record<string, number>> = { tea: 0.6, coffee: 0.1, cocoa: -0.7 };
    const answers = people.flatMap((person) =>
      itemsOf(instrument)
        .flatMap(partsOf)
        .map(({ id, options }) => {
          const pair = options.map((option) => option.id);
          return given(
            person,
            id,
            pair[
              chosenBy(
                pair.map((one) => heights[one] as number),
                random,
              )
            ] as string,
          );
        }),
    );
    const found = await bradleyTerry(
      answers.map(({ item, value }) => {
        const [first = "", second = ""] = item.replace("duel.", "").split("~");
        return { first, second, won: value === first ? "first" : "second" } as const;
      }),
    );
    const rows = await summariseTasks(instrument, answers);
    if (!isMeasured(found)) throw new Error(found.reason);
    for (const { option, strength, logStrength } of found.rows) {
      expect(rowsOf(rows, "share").get(option)?.value).toBeCloseTo(strength, 9);
      expect(rowsOf(rows, "utility").get(option)?.value).toBeCloseTo(logStrength, 9);
    }
    const won = answers.filter(({ value }) => value === "tea").length;
    expect(rowsOf(rows, "score").get("tea")?.value).toBeCloseTo(won / (2 * people.length), 12);
  });
});

describe("rankings", () => {
  const options = ["tea", "coffee", "cocoa", "milk"];
  const heights = [0.9, 0.3, -0.2, -1];
  const random = createRandom(5);
  const orders = people.map(() => {
    let left = options;
    return options.map(() => {
      const one = left[
        chosenBy(
          left.map((option) => heights[options.indexOf(option)] as number),
          random,
        )
      ] as string;
      left = left.filter((option) => option !== one);
      return one;
    });
  });

  it.each([
    ["all", { kind: "rank" }, 4],
    ["the best two", { kind: "top", most: 2 }, 2],
  ])("of %s come to Borda's points and the strengths of Plackett and Luce's model", async (_what, kind, length) => {
    const ranked = orders.map((order) => order.slice(0, length));
    const instrument = surveyOf([{ id: "drinks", text: "?", options, ...kind }]);
    const rows = await summariseTasks(
      instrument,
      people.map((person, place) => given(person, "drinks", ranked[place] as string[])),
    );
    const points = borda(ranked, options);
    if (!Array.isArray(points)) throw new Error("There are no points.");
    for (const row of points) {
      const found = rowsOf(rows, "score").get(row.option) as TaskFigure;
      expect(found.value).toBeCloseTo(row.points, 12);
      expect((found.low ?? 9) < row.points && row.points < (found.high ?? -9)).toBe(true);
    }
    const model = await plackettLuce(ranked, options);
    if (!isMeasured(model)) throw new Error(model.reason);
    for (const { option, strength } of model.rows)
      expect(rowsOf(rows, "share").get(option)?.value).toBeCloseTo(strength, 6);
    expect([...rowsOf(rows, "utility").keys()]).toEqual(options);
  });

  it("count by the weights of people", async () => {
    const instrument = surveyOf([{ id: "drinks", kind: "rank", text: "?", options: ["tea", "coffee"] }]);
    const answers = [
      given("a", "drinks", ["tea", "coffee"]),
      given("b", "drinks", ["coffee", "tea"]),
      given("c", "drinks", ["tea", "coffee"]),
    ];
    const weights = new Map([
      ["a", 1],
      ["b", 6],
      ["c", 1],
    ]);
    const rows = await summariseTasks(instrument, answers, { weights });
    expect(rowsOf(rows, "score").get("tea")?.value).toBeCloseTo(0.25, 12);
    expect(rowsOf(rows, "share").get("tea")?.value).toBeCloseTo(0.25, 6);
  });
});

describe("four prices and a recommendation", () => {
  const instrument = surveyOf([
    { id: "price", kind: "van-westendorp", text: "?", high: 100 },
    { id: "nps", kind: "net-promoter", text: "?" },
  ]);
  const prices = (person: string, base: number) =>
    ["too-cheap", "cheap", "expensive", "too-expensive"].map((name, place) =>
      given(person, `price.${name}`, base + ([0, 2, 5, 8][place] as number)),
    );

  it("have intervals by person", async () => {
    const answers = people.flatMap((person, place) => [
      ...prices(person, 1 + (place % 6)),
      given(person, "nps", String(place % 11)),
    ]);
    const rows = await summariseTasks(instrument, answers);
    for (const [figure, { value, low, high, n }] of rowsOf(rows, "price")) {
      expect([figure, (low ?? 99) <= (value ?? 0), (value ?? 99) <= (high ?? 0), n]).toEqual([figure, true, true, 60]);
      expect((high ?? 99) - (low ?? 0)).toBeLessThan(4);
    }
    const score = rowsOf(rows, "net promoter").get("score") as TaskFigure;
    const points: number[] = people.map((_, place) => (place % 11 >= 9 ? 100 : place % 11 <= 6 ? -100 : 0));
    const mean = points.reduce((all, one) => all + one, 0) / 60;
    const error = Math.sqrt(points.reduce((all, one) => all + (one - mean) ** 2, 0) / 59 / 60);
    expect(score.value).toBeCloseTo(mean, 12);
    // Of eleven points two promote, two are passive and seven detract; 60 people have five whole rounds and the points 0 to 4.
    const groups = ["promoters", "passives", "detractors"].map(
      (figure) => rowsOf(rows, "net promoter").get(figure) as TaskFigure,
    );
    expect(groups.map(({ value }) => value)).toEqual(
      [10, 10, 40].map((count) => expect.closeTo((100 * count) / 60, 9)),
    );
    // Wilson's interval of 10 in 60, by statsmodels' proportion_confint.
    expect([groups[0]?.low, groups[0]?.high]).toEqual([
      expect.closeTo(9.31317697919145, 9),
      expect.closeTo(28.031613163614537, 9),
    ]);
    // Student's t with 59 degrees of freedom.
    expect(score.high).toBeCloseTo(mean + 2.000995 * error, 3);
  });

  it("know samples of one person and weights, and who named no rising prices", async () => {
    const once = people.slice(0, 2).map((person, place) => given(person, "nps", place === 0 ? "10" : "0"));
    const again = { ...(once[0] as SurveyAnswer), sample: 1, value: "0" };
    const rows = await summariseTasks(instrument, [...once, again]);
    expect(rowsOf(rows, "net promoter").get("score")).toMatchObject({ n: 2, value: -50 });
    expect([...rowsOf(rows, "price").values()].map(({ value, why }) => [value, why])).toEqual(
      Array.from({ length: 4 }, () => [null, "nobody has four prices that rise"]),
    );
  });
});
