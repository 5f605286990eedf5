import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { z } from "zod";
import type { ActionKind, Faculty } from "../../src/kernel/contracts/faculty.ts";
import { transcriptOf, transcriptText } from "../../src/kernel/values/transcript.ts";
import { History } from "../../src/person/memory/history/history.ts";
import { parsePerson } from "../../src/person/state/parse.ts";
import { TinyPerson } from "../../src/person/tiny-person.ts";
import { createMemoryStore, openSqliteStore, type Store } from "../../src/stores.ts";
import { says, scriptedModel, testSimulation } from "../../src/testing/index.ts";
import { testContext } from "../support/context.ts";
import { promptOf, testPerson, textOf } from "../support/person.ts";

const saysAnew = (_request: unknown, call: number): unknown =>
  says(`Number ${call} it will be, I guess, for the day ${call}.`);

it("B21: no limit of a display cuts what a person reads, says or is quoted with", async () => {
  const long = "A very long document. ".repeat(5000);
  const { person, model } = testPerson([says(`${long}MY END`), says("That took me a while to read.")], {
    historyTokens: 100_000,
  });
  await person.listenAndAct(`${long}THE END`);
  await person.listenAndAct("Well?");
  expect(promptOf(model.requests[0])).toContain(`${long}THE END`);
  for (const end of ["THE END", "MY END"]) expect(promptOf(model.requests[1])).toContain(`${long}${end}`);
  expect(person.transcript()[0]?.text).toBe(`${long}THE END`);
  expect(transcriptText(person.transcript())).toContain(`${long}MY END`);
});

it("B22: nothing stands in a prompt twice, and nothing is said to be left out while nothing is", async () => {
  const { person, model } = testPerson(saysAnew, { historyTokens: 400, repetition: false });
  for (let turn = 0; turn < 40; turn++) await person.listenAndAct(`Question number ${turn}?`, "Oscar");
  for (const request of model.requests) {
    const shown = promptOf(request).match(/Question number \d+\?/g) ?? [];
    expect(new Set(shown).size).toBe(shown.length);
  }
  expect(promptOf(model.requests[3])).not.toContain("lie further back");
  expect(promptOf(model.requests[39])).toContain("lie further back");
});

it("B23: shortening a history never takes away its last turn, nor anything from the log", async () => {
  const left: number[] = [];
  const history = new History(
    { tokens: 1, turns: 1, mostTokens: 1 },
    {
      note: ({ turns }) => void left.push(turns),
      result: () => ({ role: "user", content: "" }),
    },
  );
  for (const turn of [1, 2, 3])
    history.append({ perceived: [], actions: [], messages: [{ role: "assistant", content: `turn ${turn}` }] });
  expect(history.messages.at(-1)?.content).toBe("turn 3");
  expect(left.at(-1)).toBe(2);
  const { person } = testPerson(saysAnew, { historyTokens: 1, repetition: false });
  for (const turn of [1, 2, 3]) await person.listenAndAct(`Question ${turn}?`);
  person.listen("Question 4?");
  expect(person.turns.length).toBe(3);
  expect(
    person
      .transcript()
      .filter((entry) => entry.type === "CONVERSATION")
      .map((entry) => entry.text),
  ).toEqual(["Question 1?", "Question 2?", "Question 3?", "Question 4?"]);
});

it("B26: what fails after a turn is committed leaves the turn standing, and is told", async () => {
  const send: ActionKind = {
    type: "SEND",
    kind: "effect",
    description: "send it",
    args: z.object({}),
    run: async () => {
      throw new Error("the post is on strike");
    },
  };
  const { person, context } = testPerson(
    [{ actions: [{ type: "SEND" }, { type: "DONE" }] }, says("What a pity that is.")],
    { faculties: [{ name: "post", actions: [send] }] },
  );
  const turn = await person.listenAndAct("Send it.");
  expect(turn).toMatchObject({ stop: "done", warnings: ["SEND failed: the post is on strike"] });
  expect(context.events.slice(2).map((event) => event.type)).toEqual(["turn", "effect-begun", "effect-done"]);
  expect((await person.act()).actions[0]?.content).toBe("What a pity that is.");
});

it("B38: a prompt's parts are made once and used again, until the persona changes", async () => {
  const { person, model } = testPerson(saysAnew, {
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

/** What a talk of so many turns comes to, with a faculty that is asked in each, played on this store. */
async function talkOn(store: Store, turns: number) {
  let asked = 0;
  const recall: Faculty = {
    name: "memory",
    actions: [
      {
        type: "RECALL",
        kind: "query",
        description: "remember",
        args: z.object({}),
        run: async () => ({ text: `It was day ${++asked}.` }),
      },
    ],
  };
  const model = scriptedModel(({ messages }) =>
    textOf(messages.at(-2)).startsWith("<result")
      ? saysAnew(undefined, messages.length)
      : { actions: [{ type: "RECALL" }] },
  );
  await using run = await testSimulation(model, { name: "talk", store });
  const lisa = await run.simulation.person({ name: "Lisa" }, { faculties: [recall], repetition: false });
  for (let turn = 1; turn <= turns; turn++) await lisa.listenAndAct(`Which day was it? (${turn})`);
  await run.simulation.end("stopped");
  const story = (await Array.fromAsync(run.simulation.story())).toSorted((one, other) => (one.id < other.id ? -1 : 1));
  return {
    story,
    model,
    asked,
    last: model.requests.at(-1),
    said: transcriptText(lisa.transcript()),
  };
}

it("B51: a run that goes on has its people's faculties, and what they answer", async () => {
  const store = createMemoryStore();
  await talkOn(store, 3);
  const resumed = await talkOn(store, 4);
  expect(resumed.asked).toBe(4);
  // Only the fourth turn was asked of the model: its question to the faculty, and the answer to that.
  expect(resumed.model.requests).toHaveLength(2);
  expect(textOf(resumed.last?.messages.at(-2))).toContain("It was day 4.");
});

it("B51: who is loaded has the faculties that they were saved with, or is refused for want of one", async () => {
  const recall: Faculty = {
    name: "memory",
    actions: [
      {
        type: "RECALL",
        kind: "query",
        description: "remember",
        args: z.object({}),
        run: async () => ({ text: "Day 1." }),
      },
    ],
  };
  await using run = await testSimulation([{ actions: [{ type: "RECALL" }] }, says("It was day 1.")]);
  const saved = await (await run.simulation.person({ name: "Lisa" }, { faculties: [recall] })).snapshot();
  const missing = { code: "FACULTY_MISSING", data: { missing: ["memory"] } };
  await expect(run.simulation.person(saved, { name: "Ana" })).rejects.toMatchObject(missing);
  const ana = await run.simulation.person(saved, { name: "Ana", faculties: [recall] });
  await ana.listenAndAct("Which day was it?");
  expect(promptOf(run.model.requests[1])).toContain("Day 1.");
});

it("B52: what a person remembers is the same after a run was stored and opened again, to the letter", async () => {
  const folder = await mkdtemp(join(tmpdir(), "memory-"));
  const onDisk = async (turns: number) => {
    const store = await openSqliteStore(join(folder, "troupe.db"));
    return talkOn(store, turns).finally(() => store.close());
  };
  await onDisk(3);
  const [resumed, unbroken] = [await onDisk(4), await talkOn(createMemoryStore(), 4)];
  await rm(folder, { recursive: true });
  expect(resumed.last?.messages).toEqual(unbroken.last?.messages);
  expect(promptOf(resumed.last)).toContain("Which day was it? (1)");
  expect(resumed.said).toBe(unbroken.said);
  expect(resumed.story).toEqual(unbroken.story);
  expect(transcriptText(transcriptOf(resumed.story))).toBe(resumed.said);
});

it("B52: what a person remembers is the same once they were saved and loaded, to the letter", async () => {
  const lisa = testPerson(saysAnew, { repetition: false });
  for (const day of [1, 2, 3]) await lisa.person.listenAndAct(`Which day was it? (${day})`, "stimulus");
  const { person: saved } = parsePerson(JSON.parse(JSON.stringify(await lisa.person.snapshot())));
  const model = scriptedModel(saysAnew);
  const twin = TinyPerson.restore(saved, testContext({ model }).fork("person:lisa"));
  for (const person of [lisa.person, twin]) await person.listenAndAct("Which day was it? (4)");
  expect(model.requests[0]?.messages).toEqual(lisa.model.requests[3]?.messages);
  expect(promptOf(model.requests[0])).toContain("Which day was it? (1)");
});
