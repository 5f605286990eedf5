import { describe, expect, it } from "vitest";
import { compareAnswers } from "../../../../src/evaluation/comparison/compare-answers.ts";
import type { AnswerValue } from "../../../../src/kernel/contracts/answers/scale.ts";
import { createRandom } from "../../../../src/kernel/values/random.ts";
import { answersOf, likert } from "./made.ts";

const random = createRandom("warnings");
const many = (make: () => AnswerValue): readonly AnswerValue[] => Array.from({ length: 80 }, make);
const one = <T>(of: readonly T[]): T => of[random.integer(of.length)] as T;
const some = (options: readonly string[]): readonly string[] => options.filter(() => random.next() < 0.5);
const options = ["A", "B", "C", "D"];

interface Scaled {
  readonly item: object;
  /** What people answer, all over the scale. */
  readonly people: () => AnswerValue;
  /** What all of the simulated answer but one in ten. */
  readonly same: AnswerValue;
  readonly looksWell: string;
}

/** Answers on each kind of scale. */
const scales: Readonly<Record<string, Scaled>> = {
  steps: { item: { scale: likert }, people: () => one(["1", "2", "3", "4", "5"]), same: "4", looksWell: "high" },
  options: { item: { scale: { kind: "nominal", options } }, people: () => one(options), same: "A", looksWell: "A" },
  numbers: { item: { scale: { kind: "number" } }, people: () => random.integer(60), same: 50, looksWell: "high" },
  rankings: {
    item: { scale: { kind: "ranking", options }, separator: "-" },
    people: () => random.shuffle(options),
    same: ["A", "C", "B", "D"],
    looksWell: "A",
  },
  choices: {
    item: { scale: { kind: "choices", options }, separator: ";" },
    people: () => some(options),
    same: ["A", "B"],
    looksWell: "A",
  },
  amounts: {
    item: { scale: { kind: "allocation", options: ["A", "B"], total: 100 }, columns: { A: "a", B: "b" } },
    people: () => {
      const first = 5 * random.integer(21);
      return { A: first, B: 100 - first };
    },
    same: { A: 80, B: 20 },
    looksWell: "A",
  },
};

async function warned(
  { item, looksWell }: Scaled,
  [human, other]: readonly [readonly AnswerValue[], readonly (AnswerValue | null)[]],
  level = 0.95,
) {
  const of = (values: readonly (AnswerValue | null)[]) =>
    answersOf(
      { it: { ...item, desirable: looksWell } },
      values.map((value) => ({ answers: { it: value } })),
    );
  const { warnings, figures } = await compareAnswers(of(human), of(other), { resamples: 200, halves: 20, level });
  const ids = new Set(figures.map(({ id }) => id));
  expect(warnings.flatMap((warning) => warning.figures).filter((id) => !ids.has(id))).toEqual([]);
  return warnings.map(({ name }) => name);
}

describe.each(Object.entries(scales))("on a scale of %s", (_, scaled) => {
  const { people, same } = scaled;

  it("one answer that nearly all give is called mode collapse, under-dispersion and social desirability", async () => {
    const collapsed = many(() => (random.next() < 0.1 ? people() : same));
    expect(await warned(scaled, [many(people), collapsed])).toEqual(
      expect.arrayContaining(["mode collapse", "under-dispersion", "social desirability"]),
    );
  });

  it("refusal is called so", async () => {
    const refusing = many(people).map((answer, place) => (place % 3 === 0 ? null : answer));
    expect(await warned(scaled, [many(people), refusing])).toContain("refusal");
  });

  it("answers that are drawn as people's are get no such name", async () => {
    expect(await warned(scaled, [many(people), many(people)], 0.999)).toEqual([]);
  });
});

it("few of the simulated do not agree too much by being few", async () => {
  const { rankings } = scales as { readonly rankings: Scaled };
  let alarms = 0;
  for (let time = 0; time < 20; time++) {
    const few = many(rankings.people).slice(0, 12);
    if ((await warned(rankings, [many(rankings.people), few])).includes("mode collapse")) alarms++;
  }
  expect(alarms).toBeLessThanOrEqual(1);
});
