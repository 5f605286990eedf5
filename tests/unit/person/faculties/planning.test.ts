import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LivedTurn } from "../../../../src/kernel/contracts/faculty.ts";
import type { Action } from "../../../../src/kernel/contracts/person.ts";
import { createZone, type Zone } from "../../../../src/kernel/time/zone.ts";
import { createClock } from "../../../../src/kernel/values/clock.ts";
import { PlanningFaculty } from "../../../../src/person/faculties/planning/planning-faculty.ts";
import { TinyPerson } from "../../../../src/person/tiny-person.ts";
import { testContext } from "../../../support/context.ts";
import { promptOf, testPerson, textOf } from "../../../support/person.ts";
import { scriptedModel } from "../../../support/scripted-model.ts";

const done = { type: "DONE" };
const plan = {
  type: "PLAN",
  goal: "Open a repair café",
  steps: [{ step: "Find a room", by: "2030-01-04" }, { step: "Ask for helpers" }],
};

/** Somebody who does these, one answer a turn, from 1 January 2030 on. */
async function lives(turns: readonly (readonly object[])[], zone?: Zone) {
  const planning = new PlanningFaculty();
  const clock = createClock(new Date("2030-01-01T09:00:00Z"), zone);
  const script = turns.map((actions) => ({ actions: [...actions, done] }));
  const one = testPerson(script, { faculties: [planning], context: { clock } });
  for (const _ of turns) await one.person.listenAndAct("And?", "Ilse");
  const present = (): string => textOf(one.model.requests.at(-1)?.messages.at(-1));
  return { ...one, planning, clock, present };
}

describe("a person with plans", () => {
  it("is shown the kinds of actions, and reads nothing of it without the faculty", async () => {
    const { model } = await lives([[]]);
    const rules = textOf(model.requests[0]?.messages[0]).split("\n");
    expect(rules.filter((line) => /^- [A-Z_]*PLAN|^- STEP_DONE/u.test(line))).toMatchInlineSnapshot(`
      [
        "- PLAN: set out to reach a \`goal\` that takes days, in at most 8 \`steps\`, each with the day \`by\` which (2026-12-31) where it has one; nobody hears it. What you plan stands in <now> until it is done or dropped",
        "- STEP_DONE: you really have done the current step of \`plan\`, by its number",
        "- REVISE_PLAN: put other \`steps\`, or other days, in place of those of \`plan\` that are not done",
        "- DROP_PLAN: give \`plan\` up, and \`because\` of what",
      ]
    `);
    const plain = testPerson([{ actions: [done] }]);
    await plain.person.listenAndAct("And?", "Ilse");
    expect(promptOf(plain.model.requests[0])).not.toContain("PLAN");
  });

  it("has the current step before their eyes, and whether it is overdue", async () => {
    const { person, model, clock } = await lives([[plan], []]);
    expect(textOf(model.requests[1]?.messages.at(-1))).toContain(
      "- Your plan 1, “Open a repair café”: step 1 of 2, by 2030-01-04: Find a room",
    );
    clock.set(new Date("2030-01-04T23:00:00Z"));
    await person.listenAndAct("Still there?", "Ilse").catch(() => undefined);
    expect(textOf(model.requests[2]?.messages.at(-1))).not.toContain("overdue");
    clock.set(new Date("2030-01-05T09:00:00Z"));
    await person.act().catch(() => undefined);
    expect(textOf(model.requests[3]?.messages.at(-1))).toContain("by 2030-01-04, overdue: Find a room");
  });

  it("is late by the calendar of where the simulation takes place", async () => {
    const july = { ...plan, steps: [{ step: "Find a room", by: "2030-07-04" }] };
    const { person, clock, present } = await lives([[july], []], createZone("Europe/Lisbon"));
    clock.set(new Date("2030-07-04T23:30:00Z")); // half past midnight there
    await person.listenAndAct("Still there?", "Ilse").catch(() => undefined);
    expect(present()).toContain("by 2030-07-04, overdue: Find a room");
  });

  it("goes on step by step until it is done, and no longer reads of it then", async () => {
    const step = { type: "STEP_DONE", plan: 1 };
    const { planning, person, present } = await lives([[plan], [step], [step], []]);
    const [first] = planning.plans(person);
    expect(first).toMatchObject({ status: "done", made: expect.stringMatching(/^person:lisa#\d+\.0$/u) });
    expect(first?.steps.every(({ done: at }) => at !== undefined)).toBe(true);
    expect(present()).not.toContain("Your plan");
  });

  it("changes what is still to be done, and gives up", async () => {
    const revised = { type: "REVISE_PLAN", plan: 1, steps: [{ step: "Use the library's cellar" }] };
    const dropped = { type: "DROP_PLAN", plan: 1, because: "The cellar is damp." };
    const { planning, person } = await lives([[plan], [{ type: "STEP_DONE", plan: 1 }], [revised], [dropped]]);
    expect(planning.plans(person)).toMatchObject([
      {
        ...{ status: "dropped", because: "The cellar is damp." },
        steps: [{ step: "Find a room" }, { step: "Use the library's cellar" }],
      },
    ]);
  });

  it("is told in the next turn alone when nothing came of it", async () => {
    const { model } = await lives([[{ type: "STEP_DONE", plan: 7 }], [], []]);
    const slip = "Nothing came of STEP_DONE: you have no open plan 7.";
    expect(textOf(model.requests[1]?.messages.at(-1))).toContain(slip);
    expect(textOf(model.requests[2]?.messages.at(-1))).not.toContain(slip);
  });

  it("has five open plans at most, of eight steps each", async () => {
    const seven = Array.from({ length: 7 }, (_, index) => [{ ...plan, goal: `Goal ${index}` }]);
    const { planning, person, present } = await lives([...seven, []]);
    expect(planning.plans(person).map(({ goal }) => goal)).toEqual(["Goal 0", "Goal 1", "Goal 2", "Goal 3", "Goal 4"]);
    expect(present()).toContain("Nothing came of the plan “Goal 6”: you have 5 already.");
    const nine = { ...plan, steps: Array.from({ length: 9 }, () => ({ step: "On." })) };
    const long = testPerson([{ actions: [nine, done] }, { actions: [done] }], { faculties: [planning] });
    await long.person.listenAndAct("And?", "Ilse");
    expect(promptOf(long.model.requests[1])).toContain("INVALID_ACTION");
    expect(planning.plans(long.person)).toEqual([]);
  });

  it("keeps a wish before them until there is a plan for it, or it has passed", async () => {
    const planning = new PlanningFaculty();
    const script = [[], [{ ...plan, goal: "A boat of my own" }], [plan], []].map((actions) => ({
      actions: [...actions, done],
    }));
    const { person, model } = testPerson(script, { faculties: [planning] });
    await person.internalizeGoalAndAct("I want to open a repair café.");
    for (let turn = 0; turn < 3; turn++) await person.listenAndAct("And?", "Ilse");
    const wish = "You came to want “I want to open a repair café.”, and have no plan for it yet.";
    const shown = model.requests.map(({ messages }) => textOf(messages.at(-1)).includes(wish));
    expect(shown).toEqual([true, true, true, false]);
  });

  it("comes back with their plans, and the next prompt is the same", async () => {
    const { person, model, planning, clock } = await lives([[plan], []]);
    const saved = JSON.parse(JSON.stringify(await person.snapshot()));
    const later = scriptedModel([{ actions: [done] }]);
    const context = testContext({ model: later, clock }).fork("person:lisa");
    const loaded = TinyPerson.restore(saved, context, { faculties: [planning] });
    expect(planning.plans(loaded)).toMatchObject([{ goal: "Open a repair café", status: "open" }]);
    await person.listenAndAct("Well?", "Oscar").catch(() => undefined);
    await loaded.listenAndAct("Well?", "Oscar");
    expect(promptOf(later.requests.at(-1))).toBe(promptOf(model.requests.at(-1)));
  });
});

const actionArbitrary: fc.Arbitrary<Action> = fc.oneof(
  fc.record({
    type: fc.constant("PLAN"),
    args: fc.record({ goal: fc.string({ minLength: 1 }), steps: fc.array(fc.record({ step: fc.string() })) }),
  }),
  fc.record({
    type: fc.constantFrom("STEP_DONE", "DROP_PLAN", "REVISE_PLAN", "TALK"),
    args: fc.record({
      plan: fc.integer({ min: -1, max: 9 }),
      because: fc.string(),
      steps: fc.constant([{ step: "x" }]),
    }),
  }),
);

describe("plans follow from the life alone", () => {
  it("whenever they are asked for, bounded, an open one always with a step to do", () => {
    fc.assert(
      fc.property(fc.array(fc.array(actionArbitrary, { maxLength: 4 }), { maxLength: 40 }), (turns) => {
        const life = turns.map((actions, turn): LivedTurn => ({ id: `t#${turn}`, presented: [], actions }));
        const growing: LivedTurn[] = [];
        const often = new PlanningFaculty();
        for (const turn of life) {
          growing.push(turn);
          often.plans({ name: "Lisa", life: growing });
        }
        const plans = often.plans({ name: "Lisa", life: growing });
        expect(plans).toEqual(new PlanningFaculty().plans({ name: "Lisa", life }));
        const open = plans.filter(({ status }) => status === "open");
        expect(open.length).toBeLessThanOrEqual(5);
        expect(plans.length).toBeLessThanOrEqual(17);
        for (const { steps } of open) expect(steps.some(({ done: at }) => at === undefined)).toBe(true);
      }),
    );
  });
});
