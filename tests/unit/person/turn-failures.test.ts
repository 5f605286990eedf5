import { describe, expect, it } from "vitest";
import type { LiveEvent } from "../../../src/kernel/contracts/events.ts";
import { TinyTroupeError } from "../../../src/kernel/values/errors.ts";
import { promptOf, says, testPerson, textOf } from "../../support/person.ts";

const down = () =>
  new TinyTroupeError("MODEL_UNAVAILABLE", "The model is down.", { data: { model: "test" }, hint: "Try again later." });

describe("a failed turn", () => {
  it("leaves nothing but the record of the failure, and what was perceived stays new", async () => {
    const { person, model, context } = testPerson([down(), says("Sorry, I was away for a bit.")]);
    person.listen("Are you there?", "Oscar");
    await expect(person.act()).rejects.toMatchObject({ code: "MODEL_UNAVAILABLE" });
    expect(person.turns).toEqual([]);
    expect(person.pending).toHaveLength(1);
    expect(context.events.at(-1)).toMatchObject({
      type: "turn-failed",
      person: "lisa",
      error: { code: "MODEL_UNAVAILABLE" },
    });
    expect((await person.act()).stop).toBe("done");
    expect(promptOf(model.requests[1])).toBe(promptOf(model.requests[0]));
  });
  it("leaves nothing when it is called off in the middle of the call", async () => {
    const controller = new AbortController();
    const { person, context } = testPerson(async (request, call) => {
      if (call > 0) return says("Now I am here.");
      controller.abort(new Error("enough"));
      expect(request.signal?.aborted).toBe(true);
      return says("Never to be heard.");
    });
    person.listen("Hello?");
    await expect(person.act({ signal: controller.signal })).rejects.toMatchObject({
      code: "ABORTED",
      data: { reason: "enough" },
    });
    expect(person.turns).toEqual([]);
    expect(person.state).toEqual({});
    expect(context.events.map((event) => event.type)).toEqual(["person-created", "stimulus"]);
    expect((await person.act()).actions[0]?.content).toBe("Now I am here.");
  });
  it("leaves nothing when the model does not mind that it was called off", async () => {
    const controller = new AbortController();
    const { person, model } = testPerson([says("Too late, I said it anyway.")]);
    const generate = model.generate.bind(model);
    model.generate = ({ signal: _, ...request }) => {
      controller.abort();
      return generate(request);
    };
    await expect(person.listen("Hello?").act({ signal: controller.signal })).rejects.toMatchObject({ code: "ABORTED" });
    expect([person.turns.length, person.pending.length]).toEqual([0, 1]);
  });
  it("is no failure of the person when the money is spent", async () => {
    const data = { limit: { calls: 1 }, spent: { calls: 1 }, wanted: { calls: 1 } };
    const spent = new TinyTroupeError("BUDGET_EXCEEDED", "The budget is spent.", { data, hint: "Raise it." });
    const { person, context } = testPerson([spent]);
    await expect(person.listenAndAct("Hello?")).rejects.toBe(spent);
    expect(context.events.map((event) => event.type)).toEqual(["person-created", "stimulus"]);
    expect(person.pending).toHaveLength(1);
  });
  it("is not begun, nor recorded, once the run is being stopped; a call in flight still counts", async () => {
    const controller = new AbortController();
    const { person, model, context } = testPerson(
      (request) => {
        expect(request.signal).toBeUndefined();
        controller.abort();
        return says("My last words, then.");
      },
      { context: { signal: controller.signal } },
    );
    expect((await person.listenAndAct("Go on.")).stop).toBe("done");
    await expect(person.listenAndAct("More.")).rejects.toMatchObject({ code: "ABORTED" });
    expect(model.requests).toHaveLength(1);
    expect(context.events.map((event) => event.type)).not.toContain("turn-failed");
  });
  it("takes back the words that were shown", async () => {
    const { person, context } = testPerson(
      (request) => {
        request.onDelta?.({ type: "text", text: '{"actions":[{"type":"TALK","content":"As I was say' });
        throw down();
      },
      { context: { streaming: true } },
    );
    await expect(person.listenAndAct("Well?")).rejects.toThrow("down");
    const live = context.shown.filter((event) => event.type.startsWith("speaking")) as LiveEvent[];
    expect(live.map((event) => event.type)).toEqual(["speaking", "speaking-restarted"]);
  });
});

describe("turns of one person", () => {
  it.each([
    ["", undefined],
    [", when they can be called off as well", { signal: new AbortController().signal }],
  ])("wait for each other, in the order asked%s", async (_how, options) => {
    const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    let running = 0;
    const { person, model } = testPerson(async (_request, call) => {
      running += 1;
      expect(running).toBe(1);
      await gates[call]?.promise;
      running -= 1;
      return says(call === 0 ? "One is my answer." : "Two is what follows.");
    });
    const first = person.listenAndAct("First?", undefined, options);
    const second = person.listenAndAct("Second?", undefined, options);
    gates[1]?.resolve();
    gates[0]?.resolve();
    expect((await first).actions[0]?.content).toBe("One is my answer.");
    // Both questions had come before the first call was made: it saw them, and nothing is left to react to.
    expect((await second).stop).toBe("idle");
    expect(promptOf(model.requests[0])).toContain("2 things are new to you");
  });
  it("keep for the next one what came during the call", async () => {
    const { person, model } = testPerson((_request, call) => {
      if (call === 0) person.listen("By the way, it rains.", "Marcos");
      return says(call === 0 ? "Hello to you, too." : "Then I take an umbrella.");
    });
    await person.listenAndAct("Hello.", "Oscar");
    expect(person.pending.map((stimulus) => stimulus.content)).toEqual(["By the way, it rains."]);
    await person.act();
    expect(textOf(model.requests[1]?.messages.at(-2))).toBe(
      '<conversation from="Marcos">By the way, it rains.</conversation>',
    );
  });
  it("do not overtake each other when one that waits is called off", async () => {
    const gate = Promise.withResolvers<void>();
    let running = 0;
    const { person } = testPerson(async (_request, call) => {
      running += 1;
      expect(running).toBe(1);
      await gate.promise;
      running -= 1;
      return says(`Answer number ${call}.`);
    });
    const controller = new AbortController();
    const first = person.listenAndAct("First?");
    const second = person.act({ signal: controller.signal });
    const third = person.act({ idle: "ask" });
    controller.abort();
    await expect(second).rejects.toMatchObject({ code: "ABORTED" });
    await new Promise((resolve) => setImmediate(resolve));
    expect(running).toBe(1);
    gate.resolve();
    expect((await Promise.all([first, third])).map((turn) => turn.stop)).toEqual(["done", "done"]);
  });
  it("can be called off while they wait, without holding up the others", async () => {
    const gate = Promise.withResolvers<void>();
    const { person } = testPerson(async (_request, call) => {
      if (call === 0) await gate.promise;
      return says(`Answer number ${call}.`);
    });
    const controller = new AbortController();
    const first = person.listenAndAct("First?");
    const waiting = person.act({ signal: controller.signal });
    const third = first.then(() => person.listenAndAct("Third?"));
    controller.abort();
    await expect(waiting).rejects.toMatchObject({ code: "ABORTED" });
    gate.resolve();
    expect((await third).actions[0]?.content).toBe("Answer number 1.");
  });
});
