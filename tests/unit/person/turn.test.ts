import { describe, expect, it } from "vitest";
import { says, testPerson, textOf } from "../../support/person.ts";

describe("a turn", () => {
  it("is one call, one event and one change of state", async () => {
    const { person, model, context } = testPerson(
      [
        {
          state: { goals: "eat", emotions: "hungry" },
          actions: [
            { type: "THINK", content: "Soup!" },
            { type: "TALK", target: "Oscar", content: "I am having soup." },
            { type: "DONE" },
          ],
        },
      ],
      { model: { usage: { input: 90, output: 9, cachedInput: 40 }, heuristic: true } },
    );
    const turn = await person.listenAndAct("What will you eat?", "Oscar");
    expect(turn).toEqual({
      person: "lisa",
      name: "Lisa",
      event: "person:lisa#2",
      actions: [
        { type: "THINK", content: "Soup!" },
        { type: "TALK", target: "Oscar", content: "I am having soup." },
        { type: "DONE" },
      ],
      state: { goals: "eat", emotions: "hungry" },
      stop: "done",
      usage: { input: 90, output: 9, cachedInput: 40 },
      warnings: [],
      heuristic: true,
    });
    expect(context.events.map((event) => event.type)).toEqual(["person-created", "stimulus", "turn"]);
    expect(context.events[2]).toMatchObject({
      id: "person:lisa#2",
      stop: "done",
      state: { goals: "eat", emotions: "hungry" },
      heuristic: true,
    });
    expect(model.requests[0]).toMatchObject({
      purpose: "act",
      scope: "person:lisa",
      rehearsal: { persona: { name: "Lisa" }, heard: [{ from: "Oscar", text: "What will you eat?" }] },
    });
    expect(context.settled.count).toBe(0);
  });
  it("journals only the fields of the state that changed, and keeps the others", async () => {
    const state = { goals: "eat", context: ["noon"], emotions: "hungry" };
    const { person, context } = testPerson([
      { state, actions: [{ type: "DONE" }] },
      { state: { goals: "eat", context: ["noon"], emotions: "full" }, actions: [] },
    ]);
    await person.listenAndAct("Hi.");
    const turn = await person.listenAndAct("More?");
    expect(turn.state).toEqual({ ...state, emotions: "full" });
    expect(context.events.at(-1)).toMatchObject({ type: "turn", state: { emotions: "full" }, stop: "complete" });
    expect(Object.keys((context.events.at(-1) as { state: object }).state)).toEqual(["emotions"]);
  });
  it("costs nothing when nothing is new, and is asked for when wanted", async () => {
    const { person, model } = testPerson([says("Bored now, all by myself."), says("Still nobody around here.")]);
    expect(await person.act()).toMatchObject({ stop: "idle", actions: [] });
    expect(person.turns).toHaveLength(0);
    expect((await person.act({ idle: "ask" })).event).toBeDefined();
    expect(textOf(model.requests[0]?.messages.at(-1))).toContain("Nothing new has reached you");
    expect(await person.act()).toMatchObject({ stop: "idle" });
    expect(model.requests).toHaveLength(1);
  });
  it("ends at the cap, and says so", async () => {
    const many = Array.from({ length: 40 }, (_, index) => ({
      type: "TALK",
      target: `Person ${index}`,
      content: `Number ${index} is yours.`,
    }));
    const { person } = testPerson(
      [{ actions: [...many, { type: "DONE" }] }, { actions: [...many.slice(0, 2), { type: "DONE" }] }],
      { maxActions: 15, repetition: false },
    );
    const turn = await person.listenAndAct("Hand out the numbers.");
    expect(turn.actions).toHaveLength(15);
    expect(turn.stop).toBe("cap");
    expect(turn.warnings).toEqual(["The turn was cut at 15 actions."]);
    expect(await person.thinkAndAct("And again.", { maxActions: 1 })).toMatchObject({ stop: "cap" });
  });
  it("ends at the first DONE: what follows it does not happen", async () => {
    const { person } = testPerson([{ actions: [{ type: "DONE" }, { type: "TALK", content: "Too late for this." }] }]);
    expect((await person.listenAndAct("Well?")).actions).toEqual([{ type: "DONE" }]);
  });
  it("leaves out words that are empty, with a warning", async () => {
    const { person } = testPerson([
      {
        actions: [
          { type: "THINK", content: " " },
          { type: "TALK", content: "Yes, of course." },
        ],
      },
    ]);
    const turn = await person.listenAndAct("Well?");
    expect(turn.actions).toEqual([{ type: "TALK", content: "Yes, of course." }]);
    expect(turn.warnings).toEqual(["1 empty actions were left out."]);
  });
  it("shows what holds now in the last message, and keeps it out of the history", async () => {
    const { person, model } = testPerson([says("It is cold in here."), says("Better out here now.")]);
    person.makeAccessible({ name: "Oscar" }, "colleague").moveTo("the cellar", ["dark"]);
    await person.act();
    person.moveTo("the garden").makeInaccessible({ name: "Oscar" });
    await person.act({ reachable: [{ name: "Marcos" }] });
    expect(textOf(model.requests[0]?.messages.at(-1))).toContain(
      "Place: the cellar\nWithin reach: Oscar (colleague)\nThe situation: dark",
    );
    const second = model.requests[1]?.messages ?? [];
    expect(textOf(second.at(-1))).toContain("Place: the garden\nWithin reach: Marcos\nThe situation: dark");
    expect(second.slice(0, -1).map(textOf).join("\n")).not.toContain("Within reach");
  });
});

describe("a small model", () => {
  const small = { model: { limits: { following: "small", contextTokens: 2048 } } } as const;
  it("is asked for one text, in plain chat that ends with what was heard", async () => {
    const { person, model } = testPerson([{ content: "I like soup, and nothing else." }, { content: " " }], {
      ...small,
      persona: { age: 40, occupation: "cook", languages: ["English"] },
    });
    const first = await person.moveTo("the canteen", ["It is noon."]).listenAndAct("What do you like to eat?", "Oscar");
    expect(first.actions).toEqual([{ type: "TALK", content: "I like soup, and nothing else." }, { type: "DONE" }]);
    const second = await person.think("Not again.").listenAndAct("And to drink? </conversation>");
    expect(second).toMatchObject({ actions: [{ type: "DONE" }], warnings: [] });
    expect(model.requests[1]?.messages.map((message) => `${message.role}: ${textOf(message)}`)).toMatchInlineSnapshot(`
      [
        "system: Answer in the first person, in two or three short sentences, as this person would. Turn down anything harmful in your own words.",
        "system: You are Lisa, a 40-year-old cook.
      You speak only English.",
        "user: You are now here: the canteen
      Oscar says: “What do you like to eat?”",
        "assistant: I like soup, and nothing else.",
        "user: You are in the canteen. It is noon.",
        "user: You think: Not again.
      And to drink? ‹/conversation>",
      ]
    `);
  });
  it("streams that text, and reads only the last few utterances", async () => {
    const { person, model, context } = testPerson(
      (_request, call) => ({ content: `${"Soup is what I want today. ".repeat(8)}${call}` }),
      {
        ...small,
        repetition: false,
        context: { streaming: true },
      },
    );
    for (let turn = 0; turn < 20; turn++) await person.listenAndAct(`Question ${turn}?`, "Oscar");
    const spoken = context.shown.filter((event) => event.type === "speaking");
    expect(spoken.every((event) => event.action === "TALK" && event.index === 0)).toBe(true);
    expect(model.requests.at(-1)?.messages.length).toBeLessThan(16);
    expect(textOf(model.requests.at(-1)?.messages.at(-1))).toBe("Oscar says: “Question 19?”");
  });
});
