import { expect, it } from "vitest";
import { answersFrom, compareAnswers, parseAnswersDescription } from "../../../../src/index.ts";

const description = parseAnswersDescription({
  answers: 1,
  missing: { refused: ["no comment"] },
  items: { vote: { scale: { kind: "number", low: 1, high: 5 } } },
});
const votes = (refusals: number) =>
  Array.from({ length: 40 }, (_, place) => ({ vote: place < refusals ? "no comment" : (place % 5) + 1 }));
const compared = async (people: number, simulated: number) =>
  compareAnswers(
    answersFrom(votes(people), description, { side: "human" }),
    answersFrom(votes(simulated), description),
    { resamples: 200 },
  );

it("calls refusal by its name where the simulated refuse more, or less, than people", async () => {
  const more = await compared(1, 20);
  expect(more.figures.find(({ id }) => id === "vote/refused")).toMatchObject({ human: 1 / 40, simulated: 0.5 });
  expect(more.warnings.find(({ name }) => name === "refusal")?.words).toMatch(/^50 % of the simulated refuse/);
  const less = await compared(20, 1);
  expect(less.warnings.map(({ name }) => name)).toContain("refusal");
});

it("has no figure of refusal where nobody refused", async () => {
  const { figures, warnings } = await compared(0, 0);
  expect(figures.some(({ measure }) => measure === "refused")).toBe(false);
  expect(warnings.some(({ name }) => name === "refusal")).toBe(false);
});
