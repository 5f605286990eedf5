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

describe("few, weighed and silent people", () => {
  const said = (votes: readonly (string | null)[], weights: readonly number[] = []) =>
    answersOf(
      vote,
      votes.map((answer, place) => ({ id: `p${place}`, weight: weights[place] ?? 1, answers: { vote: answer } })),
    );

  it("are counted as unanswered, and by their weights", async () => {
    const found = await scoreHeldOut(said(["1", "2", "3"], [3, 1, 1]), said(["1", "1", null]), { item: "vote" });
    expect([found.n, found.unanswered]).toEqual([2, 1]);
    // Right with weight 3, wrong (1 + 1) with weight 1.
    expect(figure(found, "twin")?.value).toBeCloseTo((3 * 0 + 1 * 2) / 4, 12);
  });

  it("have no interval where they are fewer than eight, or all alike", async () => {
    const seven = await scoreHeldOut(said([..."1213212"]), said([..."2213212"]), { item: "vote" });
    expect(figure(seven, "uniform")).toMatchObject({ better: expect.any(Number), reason: "fewer than 8 people" });
    const alike = await scoreHeldOut(said([..."111111111"]), said([..."111111111"]), { item: "vote" });
    expect(figure(alike, "uniform")).toMatchObject({ better: expect.closeTo(0.8, 12), reason: "all are alike" });
    expect(figure(alike, "uniform")?.interval).toBeUndefined();
  });
});

describe("short answers in prompts", () => {
  const hidden = {
    question: "How often do you drink tea at work?",
    options: ["Never", "Often"],
    answers: { ann: "Often", ben: "Never" },
  };
  it.each([
    ["beside the question's words", "ann", "You drink tea often, at work as well.", 1],
    ["as a part of a word", "ann", "Tea softens you; you drink it at work.", 0],
    ["about something else", "ann", "You often go fishing at dawn.", 0],
    ["in another's prompt", "ben", "You drink tea often, at work as well.", 0],
    ["in the list of options", "ann", "Do you drink tea at work? Never, or often?", 0],
  ])("%s", (_, person, text, leaks) => {
    expect(findLeaks([{ id: "x", person, text }], hidden)).toHaveLength(leaks);
  });
});
