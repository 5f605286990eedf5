import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { parseAnswersDescription } from "../../src/evaluation/people/description/load.ts";
import { loadAnswers } from "../../src/evaluation/people/reading/load-answers.ts";

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
