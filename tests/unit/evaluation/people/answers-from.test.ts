import { expect, it } from "vitest";
import { answersFrom, parseAnswersDescription } from "../../../../src/index.ts";

const description = parseAnswersDescription({
  answers: 1,
  id: "who",
  items: {
    order: { column: "Order", separator: "-", scale: { kind: "ranking", options: ["a", "b", "c"] } },
    vote: { scale: { kind: "number", low: 1, high: 5 } },
  },
  simulated: { id: "respondent", columns: { order: "order" } },
});

it("reads a program's rows as a file of them would be read, lists as they are", () => {
  const rows = [
    { respondent: "ann", order: ["c", "a", "b"], vote: 4 },
    { respondent: "bob", order: "a-b-c", vote: null },
  ];
  const { people, source, identified } = answersFrom(rows, description, { source: "the panel" });
  expect([source, identified]).toEqual(["the panel", true]);
  expect(people.map(({ id, answers }) => [id, answers["order"]?.value, answers["vote"]?.value])).toEqual([
    ["ann", ["c", "a", "b"], 4],
    ["bob", ["a", "b", "c"], null],
  ]);
  const own = rows.map(({ respondent: who, order: Order, vote }) => ({ who, Order, vote }));
  expect(answersFrom(own, description, { side: "human" }).people[0]?.answers["order"]).toMatchObject({
    value: ["c", "a", "b"],
    method: "person",
  });
  expect(() => answersFrom([{ respondent: "ann", order: "a-x", vote: 1 }], description)).toThrow(/rows:2:2/);
});
