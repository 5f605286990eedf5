import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { z } from "zod";
import { extract } from "../../src/insight/extract.ts";
import type { JournalEvent } from "../../src/kernel/contracts/events.ts";
import type { Message, Model, ModelRequest } from "../../src/kernel/contracts/model.ts";
import { createPurse } from "../../src/model/flow/money/purse.ts";
import { withReplay } from "../../src/model/replay/replay.ts";
import { createMemoryStore, openSqliteStore, type Store } from "../../src/stores.ts";
import {
  type Script,
  says,
  scriptedModel,
  type TestSimulationOptions,
  testSimulation,
} from "../../src/testing/index.ts";
import { openTake } from "../support/journal.ts";
import { promptOf, testPerson } from "../support/person.ts";

const done = { type: "DONE" };
const Text = z.object({ text: z.string() });
const user = (content: string): Message => ({ role: "user", content });
const question = (content: string, more: Partial<ModelRequest<z.infer<typeof Text>>> = {}) =>
  ({ messages: [user(content)], schema: Text, purpose: "act", scope: "person:lisa", ...more }) as const;

/** Everybody says something of their own; who is asked first may be answered last. */
const shuffled =
  (round: number): Script =>
  async (asked, call) => {
    for (let wait = (call * 7 + round * 3) % 5; wait > 0; wait--) await new Promise(setImmediate);
    const name = /You are (\w+)\./.exec(promptOf(asked))?.[1];
    return says(`${name} says a thing of ${asked.messages.length} and of ${name?.length} letters.`);
  };

/** A world in which all act at once, played on this store. */
async function crowd(store: Store, round: number, options: TestSimulationOptions = {}, asked = "What do you say?") {
  await using run = await testSimulation(shuffled(round), { name: "crowd", store, ...options });
  const names = ["Ann", "Bob", "Cleo", "Dora", "Emil"];
  const people = await Promise.all(names.map((name) => run.simulation.person({ name })));
  const room = run.simulation.world("Room", people).makeEveryoneAccessible();
  room.broadcast(asked);
  const { steps } = await room.run(2);
  await run.simulation.end();
  return {
    calls: run.model.requests.length,
    steps,
    story: await Array.fromAsync(run.simulation.story()),
    run: run.simulation.run,
  };
}

const byId = (story: readonly JournalEvent[]) => story.toSorted((one, other) => (one.id < other.id ? -1 : 1));

it("A1: no limit is said by saying nothing, and what is undefined is as if it were not said", async () => {
  const purse = createPurse({}, { priceOf: () => undefined });
  for (const amount of [1, 1e12])
    (await purse.reserve({ calls: amount, tokens: amount, nanoUsd: amount })).settle({
      calls: amount,
      tokens: amount,
      nanoUsd: 0,
    });
  expect(purse.spent.tokens).toBe(1e12 + 1);
  const unsaid = { harmfulContent: undefined, copyright: undefined } as unknown as { harmfulContent: boolean };
  const vague = { threshold: undefined } as unknown as { threshold: number };
  const [plain, undefinedEverywhere] = [
    testPerson([says("Nothing was said of it.")]),
    testPerson([says("Nothing was said of it.")], { safety: unsaid, repetition: vague }),
  ];
  for (const { person } of [plain, undefinedEverywhere]) await person.listenAndAct("Well?");
  expect(undefinedEverywhere.model.requests[0]?.messages).toEqual(plain.model.requests[0]?.messages);
  expect(promptOf(plain.model.requests[0])).toContain("Real harm stays out of every part");
});

it("A1: a world can be played without a number of steps: it ends when all are quiet", async () => {
  await using run = await testSimulation((_asked, call) =>
    call < 6 ? says(`This is ${call}, and it is what I think.`) : { actions: [done] },
  );
  const people = await Promise.all(["Ann", "Bob"].map((name) => run.simulation.person({ name })));
  const room = run.simulation.world("Room", people).makeEveryoneAccessible();
  room.broadcast("Talk until you are done.");
  expect((await room.run(Number.POSITIVE_INFINITY)).stopped).toBe("quiet");
});

it("A2: a default is asked for as if it had been said", async () => {
  const prompts = async (said: boolean) => {
    const options = said ? { seed: 1 } : {};
    await using run = await testSimulation(
      ({ purpose }) =>
        purpose === "extract"
          ? { gist: null }
          : { actions: [{ type: "THINK", content: "Not again." }, ...says("I would rather have tea.").actions] },
      { ...options },
    );
    const person = await run.simulation.person(
      { name: "Lisa" },
      said
        ? {
            maxActions: 15,
            maxQueries: 4,
            idle: "skip",
            repetition: true,
            safety: { harmfulContent: true, copyright: true },
          }
        : {},
    );
    const room = run.simulation.world(
      "Room",
      [person],
      said ? { schedule: "simultaneous", unknownTarget: "feedback", namesInReach: 20 } : {},
    );
    room.broadcast("Tea?");
    await room.run(1, said ? { stopWhenQuiet: true } : {});
    const fields = ["gist"] as const;
    await extract(room, {
      objective: "The gist.",
      fields,
      ...(said ? { evidence: false, include: "all" as const, hints: {} } : {}),
    });
    return {
      run: run.simulation.run,
      asked: run.model.requests.map(({ messages, temperature, maxOutputTokens, seed }) => ({
        messages,
        temperature,
        maxOutputTokens,
        seed,
      })),
    };
  };
  expect(await prompts(true)).toEqual(await prompts(false));
});

it("A13: runs share nothing in a process, neither names nor events, one after the other or at once", async () => {
  const store = createMemoryStore();
  const first = await crowd(store, 0, { name: "first" });
  const [second, third] = await Promise.all([
    crowd(store, 0, { name: "second" }, "And you?"),
    crowd(createMemoryStore(), 0, { name: "first" }),
  ]);
  expect([first.calls, second.calls, third.calls]).toEqual([10, 10, 10]);
  const questions = (story: readonly JournalEvent[]) =>
    story.flatMap((event) => (event.type === "broadcast" ? [event.stimulus.content] : []));
  expect([first, second, third].map(({ story }) => questions(story))).toEqual([
    ["What do you say?"],
    ["And you?"],
    ["What do you say?"],
  ]);
  expect(byId(third.story)).toEqual(byId(first.story));
  expect([third.run, second.run === first.run]).toEqual([first.run, false]);
  // The first run is as it was, and goes on as such.
  expect((await crowd(store, 0, { name: "first" })).calls).toBe(0);
});

it("A14: a world in which all act at once is served again whole, whoever was faster, and asks nothing", async () => {
  const store = createMemoryStore();
  const first = await crowd(store, 0);
  const again = await crowd(store, 1);
  expect([first.calls, again.calls]).toEqual([10, 0]);
  expect(byId(again.story)).toEqual(byId(first.story));
  const elsewhere = await crowd(createMemoryStore(), 2);
  expect(byId(elsewhere.story)).toEqual(byId(first.story));
});

/** One take of a run at a model whose answers are numbered over all takes. */
async function takes() {
  const store = createMemoryStore();
  let answers = 0;
  return async <R>(play: (model: Model) => Promise<R>, fault?: (call: number) => Error | undefined) => {
    const take = await openTake(store);
    const inner = scriptedModel((_asked, call) => fault?.(call) ?? { text: `answer ${++answers}` });
    const model = withReplay(take.journal.calls, { seed: "7", watch: () => undefined })(inner);
    const result = await play(model);
    await take.finish("stopped");
    return { result, calls: inner.requests.length, requests: inner.requests };
  };
}
const texts = (model: Model, questions: readonly string[]) =>
  Promise.all(questions.map(async (one) => (await model.generate(question(one))).value.text));

it("A15: after a fault in the middle, what follows is kept as before", async () => {
  const take = await takes();
  const play = async (model: Model) => {
    const one = await texts(model, ["one"]);
    const two = await texts(model, ["two"]).catch(() => texts(model, ["two"]));
    return [...one, ...two, ...(await texts(model, ["three"]))];
  };
  const first = await take(play, (call) => (call === 1 ? new TypeError("a bug") : undefined));
  const again = await take(play);
  expect([first.calls, again.calls]).toEqual([4, 0]);
  expect(again.result).toEqual(first.result);
});

it("A16: where one call stood, several at once may stand later, and the other way round", async () => {
  const take = await takes();
  await take((model) => texts(model, ["one"]));
  const several = await take((model) => texts(model, ["two", "one", "three"]));
  expect([several.calls, several.result[1]]).toEqual([2, "answer 1"]);
  const again = await take(async (model) => [...(await texts(model, ["three"])), ...(await texts(model, ["two"]))]);
  expect([again.calls, again.result]).toEqual([0, [several.result[2], several.result[0]]]);
});

it("A17: the same question at once is asked as often, with dice of its own, in the first run already", async () => {
  const take = await takes();
  const first = await take((model) => texts(model, ["one", "one", "one"]));
  expect(new Set(first.result).size).toBe(3);
  expect(new Set(first.requests.map(({ seed }) => seed)).size).toBe(3);
  expect((await take((model) => texts(model, ["one", "one", "one"]))).result).toEqual(first.result);
});

it("A18: another model, another temperature, another question or another shape is another call", async () => {
  const store = createMemoryStore();
  const ask = async (changed: Partial<ModelRequest<z.infer<typeof Text>>>, id = "test/scripted") => {
    const take = await openTake(store);
    const inner = scriptedModel([{ text: "x" }], { id });
    const model = withReplay(take.journal.calls, { seed: "7", watch: () => undefined })(inner);
    await model.generate(question("one", changed));
    await take.finish("stopped");
    return inner.requests.length;
  };
  expect(await ask({})).toBe(1);
  for (const changed of [
    { temperature: 0.3 },
    { maxOutputTokens: 9 },
    { messages: [user("one?")] },
    { sample: 1 },
    { schema: Text.extend({ text: z.string().max(9) }) },
  ])
    expect(await ask(changed)).toBe(1);
  expect(await ask({}, "test/other")).toBe(1);
  expect(await ask({})).toBe(0);
});

it("A19: the journal is written where it stays, in UTF-8, and no failure to write is passed over", async () => {
  const folder = await mkdtemp(join(tmpdir(), "control-"));
  const path = join(folder, "troupe.db");
  const store = await openSqliteStore(path);
  const failing: Store = {
    ...store,
    location: store.location,
    putCall: () => Promise.reject(new Error("no space left on device")),
  };
  const take = await openTake(failing);
  const model = withReplay(take.journal.calls, { seed: "7", watch: () => undefined })(
    scriptedModel([{ text: "저는 괜찮아요" }]),
  );
  await expect(model.generate(question("one"))).rejects.toThrow();
  await take.finish("failed").catch(() => undefined);
  const kept = await openTake(store);
  const whole = withReplay(kept.journal.calls, { seed: "7", watch: () => undefined })(
    scriptedModel([{ text: "저는 괜찮아요" }]),
  );
  expect((await whole.generate(question("one"))).value.text).toBe("저는 괜찮아요");
  await kept.finish("finished");
  await store.close();
  expect((await readFile(path)).includes(Buffer.from("저는 괜찮아요", "utf8"))).toBe(true);
  await rm(folder, { recursive: true });
});
