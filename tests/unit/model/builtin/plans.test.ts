import { expect, it } from "vitest";
import { openSimulation, PlanningFaculty } from "../../../../src/index.ts";
import { createMemoryStore } from "../../../../src/stores.ts";

/** Twelve days of somebody who is told what to want at their beginning, or is not. */
async function twelveDays(goal: string | undefined, seed: number) {
  const planning = new PlanningFaculty();
  const store = createMemoryStore();
  const run = { name: "plans", seed, model: "builtin", embedder: "lexical", store, startAt: "2030-01-01T09:00:00Z" };
  await using simulation = await openSimulation(run);
  const persona = { name: "Kim Seo-yeon", languages: ["Korean"], goals: ["Open a bakery"] };
  const kim = await simulation.person(persona, { faculties: [planning] });
  if (goal !== undefined) kim.internalizeGoal(goal);
  const world = simulation.world("Home", [kim]);
  for (let day = 0; day < 12; day++) {
    world.broadcast(`Day ${day} begins, and it is cold outside.`);
    await world.run(1, { every: { days: 1 } });
  }
  return planning.plans(kim);
}

it("plays somebody who plans for what they came to want, in their language and by the calendar, and goes on with it", async () => {
  const played = await Promise.all([1, 2, 3, 4].map((seed) => twelveDays("I want to open a repair café.", seed)));
  for (const plans of played) {
    const [first] = plans;
    expect(first).toMatchObject({ goal: "I want to open a repair café.", steps: { length: 4 } });
    expect(first?.steps[0]?.step).toMatch(/\p{sc=Hangul}/u);
    expect(first?.steps[0]?.by).toMatch(/^2030-01-\d\d$/u);
  }
  expect(played.some((plans) => plans[0]?.steps.some(({ done }) => done !== undefined))).toBe(true);
});

it("plays somebody who now and then plans for a goal of their own", async () => {
  const played = await Promise.all([1, 2, 3, 4].map((seed) => twelveDays(undefined, seed)));
  const goals = played.flatMap((plans) => plans.map(({ goal }) => goal));
  expect(goals.length).toBeGreaterThan(0);
  for (const goal of goals) expect(goal).toContain("pen a bakery");
});
