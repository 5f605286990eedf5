import { describe, expect, it } from "vitest";
import { findLeaks } from "../../../../src/evaluation/held-out/leakage.ts";
import { scoreHeldOut } from "../../../../src/evaluation/held-out/score.ts";
import type { AnswerSet } from "../../../../src/evaluation/people/answers.ts";
import { answersOf, drawn, likert, type Made } from "../comparison/made.ts";

const vote = { vote: { scale: likert } };
const people: readonly Made[] = drawn(80, [1, 2, 4, 2, 1], "people").map((one, place) => ({
  ...one,
  id: `p${place}`,
  attributes: { half: Number(one.answers["vote"]) > 3 ? "high" : "low" },
}));
const human = answersOf(vote, people);

/** Twins that give so much of their probability to what their person answered, and the rest to all options alike. */
const twins = (sure: number): AnswerSet => ({
  ...human,
  people: human.people.map((person) => {
    const shares = Object.fromEntries(
      ["1", "2", "3", "4", "5"].map((option) => [
        option,
        (1 - sure) / 5 + (person.answers["vote"]?.value === option ? sure : 0),
      ]),
    );
    return {
      ...person,
      answers: {
        vote: { item: "vote", value: person.answers["vote"]?.value ?? "1", distribution: shares, method: "file" },
      },
    };
  }),
});
const figure = (found: Awaited<ReturnType<typeof scoreHeldOut>>, by: string, score = "brier") =>
  found.figures.find((one) => one.by === by && one.score === score);

describe("an item that was hidden", () => {
  it("is scored by proper rules beside those who know nobody, with rows for each person", async () => {
    const found = await scoreHeldOut(human, twins(0.5), { item: "vote" });
    // By hand: .6 on what came and .1 on the four others; uniform .2 each.
    expect(figure(found, "twin")?.value).toBeCloseTo(0.4 ** 2 + 4 * 0.01, 12);
    expect(figure(found, "uniform")?.value).toBeCloseTo(0.8, 12);
    expect(figure(found, "twin", "log")?.value).toBeCloseTo(-Math.log(0.6), 12);
    expect(figure(found, "uniform")?.better).toBeCloseTo(0.6, 12);
    expect(figure(found, "marginal")?.interval?.low).toBeGreaterThan(0.4);
    expect(figure(found, "marginal", "ranked-probability")?.better).toBeGreaterThan(0);
    expect(figure(found, "conditional")?.value).toBeLessThan(figure(found, "marginal")?.value ?? 0);
    expect(found.rows.filter(({ by, score }) => by === "twin" && score === "brier")).toHaveLength(80);
  });

  it("is foretold by others without the person's own answer", async () => {
    const alone = answersOf(vote, [
      { id: "a", answers: { vote: "5" } },
      { id: "b", answers: { vote: "1" } },
    ]);
    const found = await scoreHeldOut(alone, alone, { item: "vote" });
    // The other gave another answer: half a person for each option, and one more for theirs.
    expect(figure(found, "marginal")?.value).toBeCloseTo(
      (1 - 0.5 / 3.5) ** 2 + (1.5 / 3.5) ** 2 + 3 * (0.5 / 3.5) ** 2,
      12,
    );
    expect(figure(found, "twin")?.value).toBe(0);
  });

  it("shows no use of twins that know nothing, and none of a twin that is sure and wrong", async () => {
    const nothing = await scoreHeldOut(human, twins(0), { item: "vote" });
    expect(figure(nothing, "uniform")?.better).toBeCloseTo(0, 12);
    expect(figure(nothing, "marginal")?.better).toBeLessThan(0);
    const wrong = answersOf(
      vote,
      people.map((one) => ({ ...one, answers: { vote: one.answers["vote"] === "1" ? "5" : "1" } })),
    );
    const sure = await scoreHeldOut(human, wrong, { item: "vote" });
    expect(figure(sure, "twin", "log")?.reason).toBe("what 80 people answered was held to be impossible");
  });

  it.each([
    ["vot", "Did you mean 'vote'?"],
    ["x", "There are: vote."],
  ])("is one that there is (%s)", async (item, hint) => {
    await expect(scoreHeldOut(human, human, { item })).rejects.toMatchObject({ code: "OPTION_INVALID", hint });
  });

  it("is looked for in what models read: its question, and anybody's words, not what stands there by chance", () => {
    const prompts = [
      { id: "person:lisa", text: "You are Lisa.\nYou said: I would   NEVER buy soup from a bottle." },
      { id: "person:oscar", text: "You are Oscar. You like soup, yes." },
    ];
    const hidden = {
      question: "Would you buy it?",
      answers: { lisa: "I would never buy soup from a bottle", oscar: "yes" },
    };
    expect(findLeaks(prompts, hidden)).toEqual([
      {
        prompt: "person:lisa",
        kind: "answer",
        person: "lisa",
        words: "You are Lisa. You said: I would NEVER buy soup from a bottle.",
      },
    ]);
    expect(findLeaks([{ id: "a", text: "… would you\nbuy it? …" }], hidden)).toMatchObject([{ kind: "question" }]);
  });
});
