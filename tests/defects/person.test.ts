import { expect, it } from "vitest";
import { z } from "zod";
import type { ActionKind, Faculty } from "../../src/kernel/contracts/faculty.ts";
import type { ModelRequest } from "../../src/kernel/contracts/model.ts";
import { RepetitionGuard } from "../../src/person/quality/repetition.ts";
import { TinyPerson } from "../../src/person/tiny-person.ts";
import { parsePersona } from "../../src/persona/schema.ts";
import { testContext } from "../support/context.ts";
import { promptOf, says, testPerson, textOf } from "../support/person.ts";
import { scriptedModel } from "../support/scripted-model.ts";

const lastMessage = (request: ModelRequest<unknown> | undefined): string => textOf(request?.messages.at(-1));
const newMessage = (request: ModelRequest<unknown> | undefined): string => textOf(request?.messages.at(-2));
const talk = (content: string): object => ({ type: "TALK", content });
const done = { type: "DONE" };

/** A faculty with one kind of action. */
const able = (kind: Partial<ActionKind> & Pick<ActionKind, "type" | "kind">): Faculty => ({
  name: kind.type,
  actions: [{ description: "does it", args: z.object({}), ...kind }],
});

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

it("B5: one act is all of a turn until DONE, however many actions it has", async () => {
  const { person, model } = testPerson([
    {
      actions: [
        { type: "THINK", content: "Hm, a guest." },
        talk("Come in."),
        { type: "REACH_OUT", target: "Bo" },
        done,
      ],
    },
  ]);
  const turn = await person.listenAndAct("May I?");
  expect(turn.actions.map((action) => action.type)).toEqual(["THINK", "TALK", "REACH_OUT", "DONE"]);
  expect([turn.stop, model.requests.length]).toEqual(["done", 1]);
});

it("B6: an act ends after its turn even when nothing is done in it, and never does more than it may", async () => {
  const many = ["It rains again.", "Mother called from Cork.", "The rent is due.", "A new tram line!"].map(talk);
  const { person, model } = testPerson([{ actions: [] }, { actions: [...many, done] }]);
  expect(await person.listenAndAct("Well?")).toMatchObject({ stop: "complete", actions: [] });
  expect(model.requests).toHaveLength(1);
  const turn = await person.listenAndAct("And now?", undefined, { maxActions: 3 });
  expect([turn.stop, turn.actions.length, model.requests.length]).toEqual(["cap", 3, 2]);
});

const again = "Honestly, the bread is far too dear for what it is.";
const repeating = (options = {}) =>
  testPerson([says(again), says(again), says("Then let us talk about cakes.")], options);

it("B7: what was said before is left unsaid, and with that the turn ends, with one DONE", async () => {
  const { person } = repeating();
  await person.listenAndAct("What do you say?");
  const turn = await person.listenAndAct("And the cakes?");
  expect(turn).toMatchObject({ stop: "repetition", warnings: [expect.stringContaining("repeats")] });
  expect(turn.actions).toEqual([done]);
});
it("B8: the person is told of what was left unsaid, in what it reads next", async () => {
  const { person, model } = repeating();
  await person.listenAndAct("What do you say?");
  await person.listenAndAct("And the cakes?");
  // The reminder is no reason to act, but is read with what comes next.
  expect((await person.act()).stop).toBe("idle");
  await person.listenAndAct("Well?");
  expect(newMessage(model.requests[2])).toMatch(
    /^<feedback>You were about to say again .*Honestly, the bread.*<\/feedback>\n<conversation>Well\?/,
  );
  expect(person.transcript().map((entry) => entry.text)).not.toContainEqual(
    expect.stringContaining("about to say again"),
  );
});

/** A talk of forty turns whose prompt has no room for all of it. */
async function longTalk() {
  const { person, model } = testPerson(
    (_request, call) => says(`Answer number ${call} is that I like it in my own way ${call}.`),
    { historyTokens: 400, repetition: false },
  );
  for (let turn = 0; turn < 40; turn++) await person.listenAndAct(`Question number ${turn}?`, "Oscar");
  return model.requests.map((request, place) => {
    const shown = promptOf(request).match(/Question number \d+\?/g) ?? [];
    const left = Number(/<earlier>\d+ things .* \((\d+) of your turns\)/.exec(promptOf(request))?.[1] ?? 0);
    return { asked: place + 1, shown, left, prompt: promptOf(request) };
  });
}

it("B9: what is left out of the prompt is said plainly and counted right", async () => {
  const prompts = await longTalk();
  expect(prompts.at(-1)?.left).toBeGreaterThan(20);
  for (const { asked, shown, left } of prompts) expect(left + shown.length).toBe(asked);
});

it("B10: a fault half-way through a turn is thrown at once, and nothing of the turn happened", async () => {
  const failing = able({
    type: "RECALL",
    kind: "query",
    run: async () => {
      throw new TypeError("a bug");
    },
  });
  const { person, model, context } = testPerson(
    [{ actions: [{ type: "TALK", content: "Let me think about it." }, { type: "RECALL" }] }],
    { faculties: [failing] },
  );
  await expect(person.listenAndAct("Well?")).rejects.toThrow("a bug");
  expect(model.requests).toHaveLength(1);
  expect(context.events.map((event) => event.type)).toEqual(["person-created", "stimulus", "turn-failed"]);
  expect(person.transcript().map((entry) => entry.type)).toEqual(["CONVERSATION"]);
});
it("B10: a turn that is taken again after a fault happens once, with each of its effects", async () => {
  let [faults, sent] = [1, 0];
  const recall = able({
    type: "RECALL",
    kind: "query",
    run: async () => {
      if (faults-- > 0) throw new TypeError("a bug");
      return { text: "It was on Monday." };
    },
  });
  const send = able({ type: "SEND", kind: "effect", run: async () => ({ text: `${++sent}` }) });
  const asking = { actions: [talk("Let me think about it."), { type: "RECALL" }] };
  const sending = { actions: [{ type: "SEND" }, talk("I have sent it, it was Monday."), done] };
  const { person, context } = testPerson([asking, asking, sending], { faculties: [recall, send] });
  await expect(person.listenAndAct("Send it.")).rejects.toThrow("a bug");
  expect([person.pending.length, sent]).toEqual([1, 0]);
  await expect(person.act()).resolves.toMatchObject({ stop: "done" });
  expect([sent, context.events.filter((event) => event.type === "turn").length]).toEqual([1, 1]);
  expect(
    person
      .transcript()
      .filter((entry) => entry.type === "TALK")
      .map((entry) => entry.text),
  ).toEqual(["Let me think about it.", "I have sent it, it was Monday."]);
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

const guard = () => new RepetitionGuard({ threshold: 0.5, lookback: 6 });
const nothingBefore = { done: [], stimuli: [] };

it("B13: every action of a turn is looked at for repetition, not the first alone", () => {
  const looked = guard();
  looked.remember([{ type: "TALK", content: again }], []);
  const turn = [
    { type: "THINK", content: "What a strange question that is." },
    { type: "TALK", content: again },
  ];
  expect(looked.sift(turn, nothingBefore)).toMatchObject({ kept: [{ type: "THINK" }], repeated: [{ type: "TALK" }] });
});
it("B14: the more a text repeats, the sooner it is left out, and never the other way round", () => {
  const words = ["the", "bread", "is", "far", "too", "dear", "for", "us", "all", "this", "year", "again"];
  const left = words.map((_, kept) => {
    const looked = guard();
    looked.remember([{ type: "TALK", content: words.join(" ") }], []);
    const content = words.map((word, place) => (place <= kept ? word : `other${place}`)).join(" ");
    return looked.sift([{ type: "TALK", content }], nothingBefore).repeated.length;
  });
  expect(left).toEqual(left.toSorted());
  expect([left[0], left.at(-1)]).toEqual([0, 1]);
});
it("B15: looking for repetitions costs no call, whether one is found or not", async () => {
  const { person, model } = repeating();
  for (const question of ["What do you say?", "And the cakes?", "Well?"]) await person.listenAndAct(question);
  expect(model.requests.map((request) => request.purpose)).toEqual(["act", "act", "act"]);
});
it("B16: of a turn of several actions, the repeated one is left out and the others stand", async () => {
  const { person } = testPerson([
    says(again),
    {
      actions: [
        { type: "THINK", content: "Not this again, please." },
        talk(again),
        talk("The cakes are fine, though."),
        done,
      ],
    },
  ]);
  await person.listenAndAct("What do you say?");
  const turn = await person.listenAndAct("And the cakes?");
  expect(turn.actions.map((action) => action.content)).toEqual([
    "Not this again, please.",
    "The cakes are fine, though.",
    undefined,
  ]);
  expect(turn.stop).toBe("done");
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

it("B18: who may repeat themselves does", async () => {
  const { person } = repeating({ repetition: false });
  await person.listenAndAct("What do you say?");
  expect((await person.listenAndAct("And the cakes?")).actions[0]?.content).toBe(again);
});

it("B28: a faculty needs a name and its actions alone, and its kinds are called as they are written", async () => {
  const looked: unknown[] = [];
  const lookUp: ActionKind = {
    type: "lookUp",
    kind: "query",
    description: "look a word up",
    args: z.object({ word: z.string() }),
    run: async (args) => ({ text: `${looked.push(args)} entry` }),
  };
  const { person, model } = testPerson([{ actions: [{ type: "lookUp", word: "tram" }] }, says("There is one entry.")], {
    faculties: [{ name: "dictionary", actions: [lookUp] }],
  });
  await person.listenAndAct("What is a tram?");
  expect(textOf(model.requests[0]?.messages[0])).toContain("- lookUp: look a word up");
  expect(newMessage(model.requests[1])).toBe('<result of="lookUp">1 entry</result>');
  expect(looked).toEqual([{ word: "tram" }]);
});

it("B35: what somebody did is what act returns; who says nothing gives an empty list and no error", async () => {
  const { person } = testPerson([{ actions: [done] }, says("Fine, thank you, and how are you today?")]);
  const said = (turn: { actions: readonly { type: string; content?: string }[] }) =>
    turn.actions.filter((action) => action.type === "TALK").map((action) => action.content);
  expect((await person.act()).actions).toEqual([]);
  expect(said(await person.listenAndAct("How are you?"))).toEqual([]);
  expect(said(await person.listenAndAct("Hello?"))).toEqual(["Fine, thank you, and how are you today?"]);
});

it("B36: new circumstances take the place of the old ones, all of them", async () => {
  const { person, model, context } = testPerson([says("What a storm this is.")]);
  person.changeContext(["calm sea"]).changeContext(["storm", "night"]);
  expect(person.state.context).toEqual(["storm", "night"]);
  expect(context.events.at(-1)).toMatchObject({ type: "moved", context: ["storm", "night"] });
  await person.listenAndAct("Ahoy!");
  expect(lastMessage(model.requests[0])).toContain("The situation: storm; night");
});

it("B39: a faculty that refuses is asked for its own actions alone: it stops nobody from talking", async () => {
  const owned = able({
    type: "WRITE",
    kind: "effect",
    run: async () => {
      throw new Error("this pen is not yours");
    },
  });
  const { person } = testPerson(
    [says("I shall only talk about it."), { actions: [{ type: "WRITE" }, talk("I tried to write it."), done] }],
    { faculties: [owned] },
  );
  expect((await person.listenAndAct("Hello.")).warnings).toEqual([]);
  const turn = await person.listenAndAct("Write.");
  expect(turn.warnings).toEqual(["WRITE failed: this pen is not yours"]);
  expect(turn.actions.map((action) => action.type)).toEqual(["WRITE", "TALK", "DONE"]);
});
it("B40: limits belong to a person and to an act, and hold from the moment they are said", async () => {
  const many = {
    actions: [talk("First, the weather."), talk("Then, my old mother."), talk("At last, the rent."), done],
  };
  const model = scriptedModel(() => many);
  const context = testContext({ model });
  const [one, three] = [1, 3].map(
    (maxActions) =>
      new TinyPerson(parsePersona({ name: `P${maxActions}` }), context.fork(`person:${maxActions}`), { maxActions }),
  );
  expect((await one?.listenAndAct("Go."))?.actions).toHaveLength(1);
  expect((await three?.listenAndAct("Go."))?.actions).toHaveLength(4);
  expect((await three?.listenAndAct("Again?", undefined, { maxActions: 2 }))?.actions.length).toBeLessThanOrEqual(2);
});
