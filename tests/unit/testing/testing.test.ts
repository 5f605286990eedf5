import { describe, expect, it } from "vitest";
import { type ActionKind, type Faculty, z } from "../../../src/index.ts";
import { createBuiltin, type Model, type ModelReply } from "../../../src/models.ts";
import { modelContract, says, scriptedModel, testSimulation } from "../../../src/testing/index.ts";

describe("a run for tests", () => {
  it("plays from a script in memory, and keeps what the model was asked", async () => {
    await using run = await testSimulation([says("Hello to you.", "Oscar"), new Error("Enough.")]);
    const lisa = await run.simulation.person({ name: "Lisa", occupation: "captioner" });
    expect((await lisa.listenAndAct("Hello.", "Oscar")).actions[0]).toEqual({
      ...{ type: "TALK", content: "Hello to you.", target: "Oscar" },
    });
    await expect(lisa.listenAndAct("And now?")).rejects.toThrow("Enough.");
    expect(run.model.requests).toHaveLength(2);
    expect(JSON.stringify(run.model.requests[0]?.messages)).toContain("captioner");
    expect(run.simulation.storeLocation).toMatch(/memory/);
  });

  it("fails a script that does not fit, and one that runs out", async () => {
    await using run = await testSimulation([{ actions: "none" }, says("x")]);
    const lisa = await run.simulation.person({ name: "Lisa" });
    await expect(lisa.listenAndAct("Hello.")).rejects.toThrow();
    await lisa.act();
    await expect(lisa.listenAndAct("More?")).rejects.toThrow("The script has 2 answers; call 3 was made.");
  });

  it("lets a faculty of one's own be tested: what it is asked, what it answers, what the person makes of it", async () => {
    const asked: unknown[] = [];
    const lookUp: ActionKind<{ word: string }> = {
      type: "LOOK_UP",
      description: "Look a word up.",
      args: z.object({ word: z.string() }),
      kind: "query",
      run: async (args, who) => {
        asked.push([args.word, who.name]);
        return { text: "a car on rails" };
      },
    };
    const dictionary: Faculty = { name: "dictionary", actions: [lookUp as ActionKind] };
    await using run = await testSimulation([
      { actions: [{ type: "LOOK_UP", word: "tram" }] },
      says("It is a car on rails."),
    ]);
    const lisa = await run.simulation.person({ name: "Lisa" }, { faculties: [dictionary] });
    const turn = await lisa.listenAndAct("What is a tram?");
    expect(asked).toEqual([["tram", "Lisa"]]);
    expect(JSON.stringify(run.model.requests[1]?.messages)).toContain("a car on rails");
    expect(turn.actions.map(({ type }) => type)).toEqual(["LOOK_UP", "TALK", "DONE"]);
  });

  it("takes a model of one's own, a seed and the other options", async () => {
    const model = createBuiltin();
    await using run = await testSimulation(model, { name: "mine", seed: 9 });
    expect([run.model, run.simulation.name, run.simulation.seed]).toEqual([model, "mine", "9"]);
    const lisa = await run.simulation.person("lisa");
    expect((await lisa.listenAndAct("Hello.")).heuristic).toBe(true);
  });
});

describe("the contract of models", () => {
  const talks = (change: Partial<Model> = {}): Model => ({
    ...scriptedModel(() => ({ answer: "A tram." })),
    ...change,
  });
  const broken = async (change: Partial<Model>): Promise<string[]> => {
    const failures: string[] = [];
    for (const { name, check } of modelContract(() => talks(change))) {
      await check().catch((error: Error) => failures.push(`${name}: ${error.message}`));
    }
    return failures;
  };

  it.each(modelContract(() => talks()).map((one) => [one.name, one.check]))("scripted: %s", (_name, check) => check());
  it.each(modelContract(() => createBuiltin()).map((one) => [one.name, one.check]))("builtin: %s", (_name, check) =>
    check(),
  );

  it("finds what a model does wrong", async () => {
    const reply = { value: { answer: "x" }, usage: { input: 1, output: 1 }, origin: "model" };
    const generate = (change: object) => (async () => ({ ...reply, ...change })) as unknown as Model["generate"];
    expect(await broken({ id: "no good" })).toEqual([expect.stringContaining("not of the form")]);
    expect(await broken({ generate: generate({ value: {} }) })).toContainEqual(expect.stringContaining("the schema"));
    expect(await broken({ generate: generate({ usage: { input: -1, output: 1.5 } }) })).toContainEqual(
      expect.stringContaining("-1 input tokens"),
    );
    expect(await broken({ generate: generate({}) })).toContainEqual(expect.stringContaining("that was aborted"));
    const other: Model["generate"] = async (request) => {
      request.signal?.throwIfAborted();
      request.onDelta?.({ type: "text", text: '{"answer":"y"}' });
      return reply as ModelReply<never>;
    };
    expect(await broken({ generate: other })).toEqual([expect.stringContaining("streamed something else")]);
  });

  it("closes each model that it opened", async () => {
    let closed = 0;
    for (const { check } of modelContract(() => talks({ close: async () => void closed++ }))) await check();
    expect(closed).toBe(6);
  });
});
