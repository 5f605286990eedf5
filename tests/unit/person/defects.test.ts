import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { Faculty } from "../../../src/kernel/contracts/faculty.ts";
import { History } from "../../../src/person/memory/history.ts";
import { TinyPerson } from "../../../src/person/tiny-person.ts";
import { parseFragment } from "../../../src/persona/fragment.ts";
import { parsePersona } from "../../../src/persona/schema.ts";
import { testContext } from "../../support/context.ts";
import { promptOf, says, testPerson, textOf } from "../../support/person.ts";

const lastMessage = (request: Parameters<typeof promptOf>[0]): string => textOf(request?.messages.at(-1));

describe("defects of the original that nobody meets here", () => {
  it("B1: state, time, place, who is in reach and what is recalled reach the model", async () => {
    const recall: Faculty = { name: "memory", actions: [], recall: async () => [{ text: "Oscar hates mondays." }] };
    const { person, model, context } = testPerson(
      [
        { state: { goals: "go home", context: ["rain"], attention: "the clock", emotions: "impatient" }, actions: [] },
        says("I am leaving now."),
      ],
      { faculties: [recall] },
    );
    context.clock.set(new Date("2031-05-05T17:00:00Z"));
    await person.moveTo("the office").act();
    await person.listenAndAct("Still here?", undefined, { reachable: [{ name: "Oscar", relation: "boss" }] });
    for (const told of [
      "Monday 2031-05-05 17:00",
      "the office",
      "Oscar (boss)",
      "go home",
      "rain",
      "the clock",
      "impatient",
      "Oscar hates mondays.",
    ]) {
      expect(lastMessage(model.requests[1])).toContain(told);
    }
  });
  it("B2: attention is attention, emotions are emotions", async () => {
    const { person } = testPerson([{ state: { attention: "the door", emotions: "afraid" }, actions: [] }]);
    expect((await person.listenAndAct("Knock, knock.")).state).toEqual({ attention: "the door", emotions: "afraid" });
  });
  it("B3: what a question brings up can be spoken of in the same turn", async () => {
    const faculty: Faculty = {
      name: "memory",
      actions: [
        {
          type: "RECALL",
          kind: "query",
          description: "remember",
          args: z.object({ about: z.string() }),
          run: async (args) => ({ text: `${(args as { about: string }).about}: 7 May` }),
        },
      ],
    };
    const { person, model } = testPerson(
      [
        {
          actions: [
            { type: "THINK", content: "When was it?" },
            { type: "RECALL", about: "birthday" },
            { type: "TALK", content: "I don't know!" },
            { type: "DONE" },
          ],
        },
        { actions: [{ type: "TALK", content: "On the seventh of May." }, { type: "DONE" }] },
      ],
      { faculties: [faculty] },
    );
    const turn = await person.listenAndAct("When is her birthday?");
    expect(textOf(model.requests[1]?.messages.at(-2))).toBe('<result of="RECALL">birthday: 7 May</result>');
    expect(turn.actions.map((action) => action.type)).toEqual(["THINK", "RECALL", "TALK", "DONE"]);
    expect(turn.actions[2]?.content).toBe("On the seventh of May.");
  });
  it("B4: all that came since the last turn is new, and nothing is new twice", async () => {
    const { person, model } = testPerson([says("Hello, all three."), says("Yes, and to you.")]);
    person.listen("One.", "Oscar").listen("Two.", "Marcos").think("Three.");
    await person.act();
    expect(lastMessage(model.requests[0])).toContain("3 things are new to you");
    expect(textOf(model.requests[0]?.messages.at(-2))).toBe(
      '<conversation from="Oscar">One.</conversation>\n<conversation from="Marcos">Two.</conversation>\n<thought>Three.</thought>',
    );
    expect((await person.act()).stop).toBe("idle");
    await person.listenAndAct("Four.", "Oscar");
    expect(lastMessage(model.requests[1])).toContain("One thing is new to you");
    expect(promptOf(model.requests[1]).split("One.").length).toBe(2);
  });
  it("B5, B6: one act is one turn until DONE, and ends even when nothing is done", async () => {
    const { person, model } = testPerson([{ actions: [] }]);
    expect(await person.listenAndAct("Well?")).toMatchObject({ stop: "complete", actions: [] });
    expect(model.requests).toHaveLength(1);
  });
  it("B7, B8, B18: what was said before is left unsaid, ends the turn, is told to the person, and can be allowed", async () => {
    const again = "Honestly, the bread is far too dear for what it is.";
    const { person, model } = testPerson([says(again), says(again), says("Then let us talk about cakes.")]);
    await person.listenAndAct("What do you say?");
    const turn = await person.listenAndAct("And the cakes?");
    expect(turn).toMatchObject({
      stop: "repetition",
      actions: [{ type: "DONE" }],
      warnings: [expect.stringContaining("repeats")],
    });
    // The reminder is no reason to act, but is read with what comes next.
    expect((await person.act()).stop).toBe("idle");
    await person.listenAndAct("Well?");
    expect(textOf(model.requests[2]?.messages.at(-2))).toMatch(
      /^<feedback>You were about to say again .*Honestly, the bread.*<\/feedback>\n<conversation>Well\?/,
    );
    expect(person.transcript().map((entry) => entry.text)).not.toContain(expect.stringContaining("about to say again"));

    const free = testPerson([says(again), says(again)], { repetition: false }).person;
    await free.listenAndAct("What do you say?");
    expect((await free.listenAndAct("And the cakes?")).actions[0]?.content).toBe(again);
  });
  it("B9, B22: what is left out of the prompt is said plainly, and nothing stands in it twice", async () => {
    const { person, model } = testPerson(
      (_request, call) => says(`Answer number ${call} is that I like it in my own way ${call}.`),
      { historyTokens: 400, repetition: false },
    );
    for (let turn = 0; turn < 40; turn++) await person.listenAndAct(`Question number ${turn}?`, "Oscar");
    for (const request of model.requests) {
      const shown = promptOf(request).match(/Question number \d+\?/g) ?? [];
      expect(new Set(shown).size).toBe(shown.length);
      const left = Number(/<earlier>\d+ things .* \((\d+) of your turns\)/.exec(promptOf(request))?.[1] ?? 0);
      expect(left + shown.length).toBe(model.requests.indexOf(request) + 1);
    }
    expect(promptOf(model.requests[3])).not.toContain("lie further back");
  });
  it("B10: a failure half-way is never committed, nor committed twice", async () => {
    const failing: Faculty = {
      name: "memory",
      actions: [
        {
          type: "RECALL",
          kind: "query",
          description: "remember",
          args: z.object({}),
          run: async () => {
            throw new TypeError("a bug");
          },
        },
      ],
    };
    const { person, model, context } = testPerson(
      [{ actions: [{ type: "TALK", content: "Let me think about it." }, { type: "RECALL" }] }],
      { faculties: [failing] },
    );
    await expect(person.listenAndAct("Well?")).rejects.toThrow("a bug");
    expect(model.requests).toHaveLength(1);
    expect(context.events.map((event) => event.type)).toEqual(["person-created", "stimulus", "turn-failed"]);
    expect(person.transcript().map((entry) => entry.type)).toEqual(["CONVERSATION"]);
  });
  it("B12: text stands in the prompt as it is, not escaped, in any language", async () => {
    const { person, model } = testPerson(
      [says("저는 「김치찌개」를 좋아해요.", "민지"), says('네, "매일" 먹어요.\n정말로요.')],
      { persona: { name: "곽서연", languages: ["Korean"], style: "짧고 무뚝뚝하게" } },
    );
    await person.listenAndAct("뭘 좋아하세요?\n「솔직히」요.", "민지");
    await person.listenAndAct("매일요?", "민지");
    const prompt = promptOf(model.requests[1]);
    for (const text of [
      "짧고 무뚝뚝하게",
      "뭘 좋아하세요?\n「솔직히」요.",
      "저는 「김치찌개」를 좋아해요.",
      "You speak Korean and nothing else",
    ])
      expect(prompt).toContain(text);
    expect(prompt).not.toMatch(/\\u[0-9a-f]{4}/i);
    expect(lastMessage(model.requests[1])).toContain("Go on as 곽서연, in Korean:");
  });
  it("B17: who was taken out of reach is out of reach", async () => {
    const { person, model } = testPerson([says("Oscar has left, it seems.")]);
    person
      .makeAccessible({ name: "Oscar" })
      .makeAccessible({ name: "Marcos" }, "brother")
      .makeInaccessible({ name: "Oscar" });
    expect(person.accessible).toEqual([{ name: "Marcos", relation: "brother" }]);
    await person.listenAndAct("Who is there?");
    expect(lastMessage(model.requests[0])).toContain("Within reach: Marcos (brother)\n");
    expect(model.requests[0]?.rehearsal?.others).toEqual(["Marcos"]);
  });
  it("B20: somebody new can be made from a person as they are now", async () => {
    const { person, context } = testPerson([says("My name is Ana, hello.")], { persona: { age: 40 }, maxActions: 3 });
    person.define("occupation", "welder").listen("A secret.");
    const ana = person.copy("Ana", context.fork("person:ana"));
    expect(ana.persona).toMatchObject({ name: "Ana", age: 40, occupation: "welder" });
    expect([ana.pending, person.name]).toEqual([[], "Lisa"]);
  });
  it("B21: no limit of a display cuts what a person reads", async () => {
    const long = "A very long document. ".repeat(5000);
    const { person, model } = testPerson([says("That took me a while to read.")]);
    await person.listenAndAct(`${long}THE END`);
    expect(promptOf(model.requests[0])).toContain(`${long}THE END`);
    expect(person.transcript()[0]?.text).toBe(`${long}THE END`);
  });
  it("B23: shortening a history never takes away its last turn, nor anything from the log", () => {
    const history = new History({ tokens: 1, turns: 1, mostTokens: 1 }, () => undefined);
    for (const turn of [1, 2, 3])
      history.append({ perceived: [], actions: [], messages: [{ role: "assistant", content: `turn ${turn}` }] });
    expect(history.messages.at(-1)?.content).toBe("turn 3");
    expect(history.leftOut.turns).toBe(2);
  });
  it("B31: people made from the same data do not share what one of them becomes", () => {
    const data = { name: "Lisa", skills: ["welding"] };
    const persona = parsePersona(data);
    const [one, other] = ["one", "other"].map((id) => new TinyPerson(persona, testContext().fork(`person:${id}`)));
    const fragment = parseFragment({ skills: ["chess"] });
    one?.importFragment(fragment).define("age", 30);
    expect(one?.persona).toMatchObject({ age: 30, skills: ["welding", "chess"] });
    expect(other?.persona).toEqual({ name: "Lisa", skills: ["welding"] });
    expect([data.skills, fragment.persona.skills]).toEqual([["welding"], ["chess"]]);
  });
  it("B33: relationships can be defined where there were none", () => {
    const { person } = testPerson([]);
    person.define("relationships", [{ name: "Oscar", description: "brother" }], { merge: true });
    expect(person.get("relationships.0.name")).toBe("Oscar");
  });
  it("B36: new circumstances take the place of the old ones, all of them", async () => {
    const { person, model, context } = testPerson([says("What a storm this is.")]);
    person.changeContext(["calm sea"]).changeContext(["storm", "night"]);
    expect(person.state.context).toEqual(["storm", "night"]);
    expect(context.events.at(-1)).toMatchObject({ type: "moved", context: ["storm", "night"] });
    await person.listenAndAct("Ahoy!");
    expect(lastMessage(model.requests[0])).toContain("The situation: storm; night");
  });
  it("B38: a prompt's parts are made once and used again, until the persona changes", async () => {
    const { person, model } = testPerson((_request, call) => says(`Number ${call} it will be, I guess.`), {
      repetition: false,
    });
    await person.listenAndAct("One.");
    await person.listenAndAct("Two.");
    person.define("age", 41);
    await person.listenAndAct("Three.");
    const [one, two, three] = model.requests.map((request) => request.messages);
    expect(two?.slice(0, 3).every((message, index) => message === one?.[index])).toBe(true);
    expect(three?.[0]).toBe(one?.[0]);
    expect(three?.[1]).not.toBe(one?.[1]);
    expect(textOf(three?.[1])).toContain("age: 41");
    expect(three?.slice(2, 6)).toEqual([...(two?.slice(2, 5) ?? []), three?.[5]]);
    expect(two?.slice(2, 5).every((message, index) => message === three?.[index + 2])).toBe(true);
    expect(model.requests[2]?.schema).toBe(model.requests[0]?.schema);
  });
});
