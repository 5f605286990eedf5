import { expect, it } from "vitest";
import { openSimulation } from "../../../../src/index.ts";
import { wantedBy } from "../../../../src/model/builtin/speech/listening/question.ts";
import { lifeStoryGuide } from "../../../../src/population/interview/life-story.ts";
import { createMemoryStore } from "../../../../src/stores.ts";

const questions = lifeStoryGuide.sections.flatMap(({ questions: asked }) =>
  asked.map((question) => (typeof question === "string" ? question : question.ask)),
);

it("knows a question on a life from one on a thing", () => {
  expect(questions.filter((question) => !["life", "self"].includes(wantedBy(question)))).toEqual([]);
  for (const other of [
    "Would you use an app for your health?",
    "What do you think of an electric kettle for your home?",
    "How would you feel about a bakery in your street?",
    "Which of these do you prefer, tea or coffee?",
  ])
    expect(wantedBy(other)).not.toBe("life");
});

it("answers a life story from the persona, to the end, and weighs nothing in it", async () => {
  await using simulation = await openSimulation({ name: "life", model: "builtin", store: createMemoryStore() });
  const person = await simulation.person("lisa");
  const answers: string[] = [];
  for (const question of questions) {
    const { actions } = await person.listenAndAct(question, "the interviewer");
    answers.push(actions.flatMap((action) => (action.type === "TALK" ? [action.content] : [])).join(" "));
  }
  expect(answers.filter((answer) => answer === "")).toEqual([]);
  expect(answers.join("\n")).toContain(`I live in ${person.persona.residence}`);
  const weighing =
    /I can see both sides|would sign up|I would say no|I am for the|not made up my mind|an echo of it here/i;
  expect(answers.slice(1).filter((answer) => weighing.test(answer))).toEqual([]);
  // What is known of her comes up, and rarely twice.
  const told = answers.flatMap((answer) => answer.split(/(?<=[.!]) /));
  expect(new Set(told).size).toBeGreaterThan(0.75 * told.length);
});
