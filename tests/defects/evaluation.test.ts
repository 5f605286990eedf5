import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { compareAnswers } from "../../src/evaluation/comparison/compare-answers.ts";
import { parseAnswersDescription } from "../../src/evaluation/people/description/load.ts";
import { loadAnswers } from "../../src/evaluation/people/reading/load-answers.ts";
import { answersOf, counts, likert } from "../unit/evaluation/comparison/made.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "defects-"));
});
afterAll(() => rm(folder, { recursive: true }));
const written = async (name: string, text: string): Promise<string> => {
  await writeFile(join(folder, name), text);
  return join(folder, name);
};

it("A38: the scale of an answer is what was declared, whichever values occur, and the same for both sides", async () => {
  const likert = { kind: "ordinal", options: ["1", "2", "3", "4", "5"] };
  const declared = parseAnswersDescription({ answers: 1, items: { vote: { scale: likert } } });
  // Consecutive from one with repeats, and with gaps: the original took the first for a ranking, the second for counts.
  for (const votes of [[1, 2, 2, 3], [2, 2, 5], [3]]) {
    const file = await written("votes.csv", `vote,x\n${votes.map((vote) => `${vote},`).join("\n")}\n`);
    const { items, people } = await loadAnswers(file, declared, "simulated");
    expect(items["vote"]?.scale).toEqual(likert);
    expect(people.map(({ answers }) => answers["vote"]?.value)).toEqual(votes.map(String));
  }
  const strange = await written("strange.csv", "vote,x\nmaybe,\n");
  await expect(loadAnswers(strange, declared)).rejects.toThrow(
    /strange.csv:2:1: vote of row 1: 'maybe' is none of its options/,
  );
});

it("A39: columns that there are not are errors that name what may be meant, and a separator is a text", async () => {
  const file = await written("orders.csv", "who,Order,Other\n1,B|A|C,x|y\n");
  const declared = (more: object) =>
    parseAnswersDescription({
      ...{ answers: 1, id: "who", ...more },
      items: { order: { column: "Order", separator: "|", scale: { kind: "ranking", options: ["A", "B", "C"] } } },
    });
  const { people } = await loadAnswers(file, declared({}));
  expect(people[0]?.answers["order"]?.value).toEqual(["B", "A", "C"]);
  await expect(loadAnswers(file, declared({ comment: "Orders" }))).rejects.toThrow(
    /There is no column 'Orders'. Did you mean 'Order'\?/,
  );
  await expect(loadAnswers(file, declared({ attributes: ["Kids Toy Buying Frequency"] }))).rejects.toThrow(
    /attributes.Kids Toy Buying Frequency: There is no column 'Kids Toy Buying Frequency'. There are: who, Order, Other./,
  );
});

it("A40: constants and single answers have no score but a reason, and a worse simulation has a lower one", async () => {
  const vote = { vote: { scale: likert } };
  const found = async (human: readonly number[], simulated: readonly number[]) => {
    const comparison = await compareAnswers(answersOf(vote, counts(human)), answersOf(vote, counts(simulated)), {
      resamples: 100,
      halves: 20,
    });
    return comparison.figures;
  };
  const scoreOf = async (human: readonly number[], simulated: readonly number[]) =>
    (await found(human, simulated)).find(({ id }) => id === "vote/score");
  expect((await scoreOf([0, 0, 9], [0, 0, 9]))?.value).toBeUndefined();
  expect((await scoreOf([0, 0, 9], [0, 0, 9]))?.reason).toBe(
    "all people answer as the majority does: whoever says so is right",
  );
  expect((await scoreOf([1], [1]))?.reason).toBe("fewer than two answers on one side");
  const one = await found([3, 4, 5], [0, 1]);
  expect(one.filter(({ measure, value }) => measure !== "missing" && value !== undefined)).toEqual([]);
  const text = JSON.stringify([...one, ...(await found([0, 0, 9], [0, 0, 9])), ...(await found([4, 4, 4], [0, 0, 9]))]);
  expect(text).not.toMatch(/null|NaN|Infinity/);
  // What the original scored higher, though it is clearly worse; and what lies wholly below the people, which it gave 1.
  const people = [11, 9, 13, 10, 7];
  const scores = await Promise.all(
    [[10, 10, 14, 9, 7], [4, 12, 20, 10, 4], [0, 2, 30, 16, 2], [50]].map((of) => scoreOf(people, of)),
  );
  const values = scores.map((row) => row?.value ?? Number.NaN);
  expect(values.toSorted((a, b) => b - a)).toEqual(values);
  expect(values.at(-1)).toBeLessThan(0);
});
