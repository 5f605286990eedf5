import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { SimulationEvent } from "../../../../src/kernel/contracts/events.ts";
import type { Message, Model, ModelRequest } from "../../../../src/kernel/contracts/model.ts";
import type { Store } from "../../../../src/kernel/contracts/store.ts";
import { TinyTroupeError } from "../../../../src/kernel/values/errors.ts";
import { hash32 } from "../../../../src/kernel/values/hash.ts";
import { withReplay } from "../../../../src/model/replay/replay.ts";
import { createMemoryStore } from "../../../../src/store/memory.ts";
import { openTake } from "../../../support/journal.ts";
import { type Script, type ScriptedOptions, scriptedModel } from "../../../support/scripted-model.ts";
import { collect } from "../../../support/store-contract.ts";

const schema = z.object({ text: z.string() });
const user = (content: string): Message => ({ role: "user", content });

function request(messages: readonly Message[], more: Partial<ModelRequest<{ text: string }>> = {}) {
  return { messages, schema, purpose: "act", scope: "person:lisa", ...more } as const satisfies ModelRequest<{
    text: string;
  }>;
}

interface Played {
  readonly model: Model;
  readonly requests: ModelRequest<unknown>[];
  readonly shown: SimulationEvent[];
  stop(): Promise<void>;
}

/** One take of the run: a scripted model behind replay. */
async function play(
  store: Store,
  script: Script = ({ seed }) => ({ text: `answer ${seed}` }),
  options: ScriptedOptions = {},
): Promise<Played> {
  const take = await openTake(store);
  const model = scriptedModel(script, options);
  const isNew = take.take === 1;
  const layer = withReplay(take.journal.calls, { seed: "7", isNew, watch: (event) => void take.shown.push(event) });
  return { model: layer(model), requests: model.requests, shown: take.shown, stop: () => take.finish("stopped") };
}

/** A conversation of n steps, each longer by what was said: `change` may put another text in step n. */
async function converse(model: Model, steps: number, change: (step: number) => string = (step) => `question ${step}`) {
  const messages: Message[] = [{ role: "system", content: "You are Lisa." }];
  const answers: string[] = [];
  for (let step = 1; step <= steps; step++) {
    messages.push(user(change(step)));
    const { value } = await model.generate(request([...messages]));
    messages.push({ role: "assistant", content: value.text });
    answers.push(value.text);
  }
  return answers;
}

const diverged = (shown: readonly SimulationEvent[]) => shown.filter((event) => event.type === "diverged");

describe("serving", () => {
  it("makes each call once, with a seed of its own, and serves it ever after", async () => {
    const store = createMemoryStore();
    const first = await play(store);
    const told = await converse(first.model, 10);
    expect(first.requests).toHaveLength(10);
    expect(new Set(first.requests.map(({ seed }) => seed)).size).toBe(10);
    await first.stop();
    const second = await play(store);
    expect(await converse(second.model, 10)).toEqual(told);
    expect(second.requests).toEqual([]);
    expect(second.shown).toHaveLength(10);
    expect(second.shown[0]).toEqual({
      type: "call-finished",
      scope: "person:lisa",
      model: "test/scripted",
      usage: { input: 100, output: 20 },
      origin: "journal",
    });
  });
  it("serves nine steps when the tenth changes, and says what differs", async () => {
    const store = createMemoryStore();
    const first = await play(store);
    await converse(first.model, 12);
    await first.stop();
    const second = await play(store);
    await converse(second.model, 12, (step) => (step === 10 ? "a silly question" : `question ${step}`));
    expect(second.requests).toHaveLength(3);
    expect(diverged(second.shown)).toEqual([
      {
        type: "diverged",
        scope: "person:lisa",
        ordinal: 9,
        what: "message 20 of 20 (user) differs: was “user: question 10”, now “user: a silly question”",
      },
    ]);
  });
  it("marks what came from the journal, and that rules made it", async () => {
    const store = createMemoryStore();
    const first = await play(store, [{ text: "x" }], { heuristic: true });
    expect(await first.model.generate(request([user("q")]))).toMatchObject({ origin: "model", heuristic: true });
    await first.stop();
    const second = await play(store, []);
    expect(await second.model.generate(request([user("q")]))).toEqual({
      value: { text: "x" },
      usage: { input: 100, output: 20 },
      origin: "journal",
      heuristic: true,
    });
  });
  it("tells identical calls apart by the order of asking, one after the other or at once", async () => {
    const store = createMemoryStore();
    const ask = (model: Model) => Promise.all([1, 2, 3].map(() => model.generate(request([user("q")]))));
    const first = await play(store);
    const told = (await ask(first.model)).map(({ value }) => value.text);
    expect(new Set(told).size).toBe(3);
    await first.stop();
    const second = await play(store);
    expect((await ask(second.model)).map(({ value }) => value.text)).toEqual(told);
    expect((await second.model.generate(request([user("q")]))).origin).toBe("model");
    expect(second.requests).toHaveLength(1);
  });
  it("counts for all models of a run together, and keeps their answers apart", async () => {
    const store = createMemoryStore();
    const both = async () => {
      const take = await openTake(store);
      const layer = withReplay(take.journal.calls, { seed: "7", watch: () => {} });
      const models = ["one", "two"].map((id) => layer(scriptedModel(() => ({ text: id }), { id })));
      const texts = [];
      for (const model of models) texts.push((await model.generate(request([user("q")]))).value.text);
      await take.finish("stopped");
      return texts;
    };
    expect(await both()).toEqual(["one", "two"]);
    expect(await both()).toEqual(["one", "two"]);
    expect((await collect(store.listCalls("r"))).map(({ ordinal, occurrence }) => [ordinal, occurrence])).toEqual([
      [0, 0],
      [1, 0],
    ]);
  });
});

describe("keys", () => {
  const keyOf = async (change: Partial<ModelRequest<{ text: string }>>, id = "test/scripted") => {
    const store = createMemoryStore();
    const { model } = await play(store, undefined, { id });
    await model.generate(request([user("q"), user("r")], change));
    return (await collect(store.listCalls("r")))[0]?.key;
  };
  it("depend on model, messages, schema and parameters, and on nothing else", async () => {
    const same = await keyOf({});
    const image = { type: "image", data: new Uint8Array(), mediaType: "image/png" } as const;
    const different = await Promise.all([
      keyOf({}, "test/other"),
      keyOf({ messages: [user("qr")] }),
      keyOf({ messages: [user("r"), user("q")] }),
      keyOf({ messages: [user("q"), { role: "assistant", content: "r" }] }),
      keyOf({ messages: [user("q"), { role: "user", content: [{ ...image, digest: "1" }] }] }),
      keyOf({ messages: [user("q"), { role: "user", content: [{ ...image, digest: "2" }] }] }),
      keyOf({ messages: [user("q"), { role: "user", content: [{ type: "text", text: "r" }] }] }),
      keyOf({ messages: [user("q"), { role: "user", content: [{ type: "text", text: "s" }] }] }),
      keyOf({ schema: z.object({ text: z.string().max(900) }) }),
      keyOf({ temperature: 0 }),
      keyOf({ maxOutputTokens: 10 }),
      keyOf({ sample: 1 }),
      keyOf({ seed: 3 }),
    ]);
    expect(new Set([same, ...different]).size).toBe(different.length + 1);
    const alike = await Promise.all([
      keyOf({ scope: "person:oscar", purpose: "judge", sample: 0, rehearsal: { heard: [] }, onDelta: () => {} }),
      keyOf({ messages: [{ ...user("q"), cacheUpToHere: true }, user("r")] }),
      keyOf({ schema: z.object({ text: z.string() }) }),
    ]);
    expect(new Set([same, ...alike]).size).toBe(1);
  });
  it("and seeds are the same whatever the order of completion", async () => {
    const shape = fc.record({ order: fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 6 }) });
    const asked = async (order: readonly number[]) => {
      const store = createMemoryStore();
      const gates = order.map(() => Promise.withResolvers<void>());
      const { model, requests } = await play(store, async ({ seed }, call) => {
        await gates[call]?.promise;
        return { text: String(seed) };
      });
      const pending = order.map((_, index) =>
        model.generate(request([user(`q${index % 2}`)], { scope: `person:${index % 3}` })),
      );
      while (requests.length < order.length) await Promise.resolve();
      for (const index of order) {
        gates[index]?.resolve();
        await new Promise(setImmediate);
      }
      await Promise.all(pending);
      const calls = await collect(store.listCalls("r"));
      return calls
        .map(({ scope, ordinal, key, occurrence, value }) => JSON.stringify([scope, ordinal, key, occurrence, value]))
        .sort();
    };
    const plain = await asked([0, 1, 2, 3, 4, 5]);
    await fc.assert(
      fc.asyncProperty(shape, async ({ order }) => {
        expect(await asked(order)).toEqual(plain);
      }),
      { numRuns: 20 },
    );
  });
  it("reads each message once: a key costs what is new", async () => {
    let reads = 0;
    const counted = (text: string): Message => ({
      role: "user",
      get content() {
        reads += 1;
        return text;
      },
    });
    const { model } = await play(createMemoryStore());
    const messages: Message[] = [];
    for (let step = 0; step < 50; step++) {
      messages.push(counted(`message ${step}`));
      await model.generate(request([...messages]));
    }
    expect(reads).toBeLessThanOrEqual(50 * 4);
  });
  it("leaves a seed alone that the caller chose", async () => {
    const { model, requests } = await play(createMemoryStore());
    await model.generate(request([user("q")], { seed: 42 }));
    await model.generate(request([user("q")]));
    expect(requests[0]?.seed).toBe(42);
    expect(requests[1]?.seed).toBeGreaterThanOrEqual(0);
    expect(requests[1]?.seed).toBeLessThan(2 ** 32);
    expect(hash32("x")).toBe(hash32("x"));
  });
});

describe("divergence", () => {
  const reportOf = async (
    was: Partial<ModelRequest<{ text: string }>>,
    now: Partial<ModelRequest<{ text: string }>>,
    id?: string,
  ) => {
    const store = createMemoryStore();
    const first = await play(store);
    await first.model.generate(request([user("q")], was));
    await first.stop();
    const second = await play(store, () => ({ text: "short" }), id ? { id } : {});
    await second.model.generate(request([user("q")], now));
    await second.model.generate(request([user("unheard of")], now));
    return diverged(second.shown).map(({ what }) => what);
  };
  it("names the part that differs, once a scope", async () => {
    const image = { type: "image", data: new Uint8Array(), mediaType: "image/png" } as const;
    expect(await reportOf({}, {}, "test/other")).toMatchInlineSnapshot(`
      [
        "the model differs: was test/scripted, now test/other",
      ]
    `);
    expect(await reportOf({}, { temperature: 0.5 })).toMatchInlineSnapshot(`
      [
        "parameters differ: was {}, now {"temperature":0.5}",
      ]
    `);
    expect(await reportOf({}, { schema: z.object({ text: z.string().max(9) }) })).toMatchInlineSnapshot(`
      [
        "the schema differs: was “…,"properties":{"text":{"type":"string"}},"required":["text"],"type":"obj…”, now “…,"properties":{"text":{"maxLength":9,"type":"string"}},"required":["text…”",
      ]
    `);
    expect(await reportOf({ messages: [user("q"), user("r")] }, {})).toMatchInlineSnapshot(`
      [
        "the prompt's length differs: was 2 messages, now 1, the same as far as both go",
      ]
    `);
    expect(await reportOf({}, { messages: [user("q"), user("r")] })).toMatchInlineSnapshot(`
      [
        "the prompt's length differs: was 1 messages, now 2, the same as far as both go",
      ]
    `);
    expect(
      await reportOf({}, { messages: [{ role: "user", content: [{ ...image, digest: "d1" }] }] }),
    ).toMatchInlineSnapshot(`
      [
        "message 1 of 1 (user) differs: was “user: q”, now “{"content":[{"digest":"d1","mediaType":"image/pn…”",
      ]
    `);
    expect(
      await reportOf(
        { messages: [user(`${"long ".repeat(20)}tail`)] },
        { messages: [user(`${"long ".repeat(20)}\u001b[31mtail`)] },
      ),
    ).toMatchInlineSnapshot(`
      [
        "message 1 of 1 (user) differs: was “…ong long long long long tail”, now “…ong long long long long \\u{1b}[31mtail”",
      ]
    `);
  });
  it("is silent on new ground and for what is only asked in another order", async () => {
    const store = createMemoryStore();
    const first = await play(store);
    await converse(first.model, 2);
    expect(diverged(first.shown)).toEqual([]);
    await first.stop();
    const second = await play(store);
    await converse(second.model, 4);
    await second.model.generate(request([user("q")], { scope: "person:oscar" }));
    expect(diverged(second.shown)).toEqual([]);
    expect(second.requests).toHaveLength(3);
  });
  it("asks anew when a stored answer no longer fits, and serves the new one after that", async () => {
    const store = createMemoryStore();
    const first = await play(store, [{ text: "hm" }]);
    await first.model.generate(request([user("q")]));
    await first.stop();
    const strict = schema.refine(({ text }) => text.length > 2, "too short");
    const second = await play(store, [{ text: "longer" }]);
    await second.model.generate(request([user("q")], { schema: strict }));
    expect(diverged(second.shown)[0]?.what).toBe("the stored answer does not fit the schema: it: too short");
    await second.stop();
    const third = await play(store, []);
    expect((await third.model.generate(request([user("q")], { schema: strict }))).value).toEqual({ text: "longer" });
  });
  it("warns of a schema whose answers cannot be served, and never serves them wrongly", async () => {
    const doubling = z.object({ n: z.number().transform((n) => n * 2) });
    const store = createMemoryStore();
    const ask = (model: Model) => model.generate({ ...request([user("q")]), schema: doubling });
    const first = await play(store, () => ({ n: 2 }));
    expect((await ask(first.model)).value).toEqual({ n: 4 });
    await ask(first.model);
    expect(first.shown.filter(({ type }) => type === "warning")).toHaveLength(1);
    await first.stop();
    const second = await play(store, () => ({ n: 2 }));
    expect(await ask(second.model)).toMatchObject({ value: { n: 4 }, origin: "model" });
  });
  it("looks for nothing in a run that was never opened before", async () => {
    const { journal, finish } = await openTake(createMemoryStore());
    const unasked = () => Promise.reject(new Error("There is nothing to look for."));
    const calls = { ...journal.calls, find: unasked, at: unasked };
    const model = withReplay(calls, { seed: "7", watch: () => undefined, isNew: true })(
      scriptedModel([{ text: "hm" }]),
    );
    expect((await model.generate(request([user("q")]))).value).toEqual({ text: "hm" });
    await finish("finished");
  });
  it("refuses a schema that JSON cannot say, before anything is paid", async () => {
    const { model, requests } = await play(createMemoryStore());
    const asked = model.generate({ ...request([user("q")]), schema: z.object({ n: z.bigint() }) });
    await expect(asked).rejects.toMatchObject({ code: "OPTION_INVALID" });
    expect(requests).toEqual([]);
  });
});

describe("failures", () => {
  const refused = () =>
    new TinyTroupeError("MODEL_REFUSED", "It declined.", {
      data: { model: "test/scripted", text: "no" },
      hint: "Ask otherwise.",
      usage: { input: 90, output: 3 },
    });
  const outage = () => new TinyTroupeError("MODEL_UNAVAILABLE", "Down.", { data: { model: "m" }, hint: "Try later." });

  it("gives the place of a call that brought nothing to the next one like it", async () => {
    const store = createMemoryStore();
    const first = await play(store, [outage(), { text: "one" }, { text: "two" }]);
    await expect(first.model.generate(request([user("q")]))).rejects.toMatchObject({ code: "MODEL_UNAVAILABLE" });
    await first.model.generate(request([user("q")]));
    await first.model.generate(request([user("r")]));
    expect((await collect(store.listCalls("r"))).map(({ ordinal, occurrence }) => [ordinal, occurrence])).toEqual([
      [0, 0],
      [1, 0],
    ]);
    await first.stop();
    const second = await play(store, []);
    expect((await second.model.generate(request([user("q")]))).value.text).toBe("one");
  });
  it("repeats a refusal that was paid for, where the scope went on after it", async () => {
    const store = createMemoryStore();
    const tell = async (model: Model) => {
      await expect(model.generate(request([user("q")]))).rejects.toMatchObject({
        code: "MODEL_REFUSED",
        message: "It declined.",
        hint: "Ask otherwise.",
        data: { text: "no" },
        usage: { input: 90, output: 3 },
      });
      return (await model.generate(request([user("again")]))).value.text;
    };
    const first = await play(store, [refused(), { text: "well" }]);
    await tell(first.model);
    await first.stop();
    const second = await play(store, []);
    expect(await tell(second.model)).toBe("well");
    expect(second.shown.map(({ type }) => type)).toEqual(["call-failed", "call-finished"]);
  });
  it("asks anew where a refusal was the last thing that happened", async () => {
    const store = createMemoryStore();
    const first = await play(store, [refused()]);
    await expect(first.model.generate(request([user("q")]))).rejects.toThrow("declined");
    await first.stop();
    const second = await play(store, [{ text: "now I can" }]);
    expect((await second.model.generate(request([user("q")]))).value.text).toBe("now I can");
    expect(diverged(second.shown)).toEqual([]);
    await second.stop();
    const third = await play(store, []);
    expect((await third.model.generate(request([user("q")]))).origin).toBe("journal");
  });
  it("hands out no answer that could not be kept", async () => {
    const store = createMemoryStore();
    const failure = new TinyTroupeError("STORE_FAILED", "Full.", { data: { location: "x" }, hint: "Make room." });
    const { model } = await play({ ...store, putCall: () => Promise.reject(failure) });
    await expect(model.generate(request([user("q")]))).rejects.toBe(failure);
  });
});

describe("storing", () => {
  it("keeps each message of a growing conversation once: bytes grow with what is new", async () => {
    const bytes = async (steps: number) => {
      const store = createMemoryStore();
      let sum = 0;
      const { model } = await play({
        ...store,
        putCall: async (run, call, bodies) => {
          sum += JSON.stringify([call, bodies.links, [...bodies.texts]]).length;
          return store.putCall(run, call, bodies);
        },
      });
      await converse(model, steps);
      return sum;
    };
    const [small, large] = [await bytes(40), await bytes(400)];
    expect(large / small).toBeLessThan(10.5);
  });
  it("keeps the whole prompt and the schema", async () => {
    const store = createMemoryStore();
    const { model } = await play(store);
    await converse(model, 2);
    const calls = await collect(store.listCalls("r"));
    const chain = await store.chain(calls[1]?.head ?? "");
    const texts = await Promise.all(chain.map(({ body }) => store.text(body)));
    expect(texts.map((text) => JSON.parse(text ?? "").role)).toEqual(["system", "user", "assistant", "user"]);
    expect(await store.text(calls[0]?.schema ?? "")).toContain('"text":{"type":"string"}');
  });
});

describe("choosing", () => {
  const chooser = (probabilities: number[], asked: string[][]): Model => ({
    ...scriptedModel([]),
    choose: async ({ options }) => {
      asked.push([...options]);
      return { probabilities, usage: { input: 5, output: 1 } };
    },
  });
  it("serves probabilities as it serves answers", async () => {
    const store = createMemoryStore();
    const asked: string[][] = [];
    const run = async (probabilities: number[], options: string[]) => {
      const take = await openTake(store);
      const layer = withReplay(take.journal.calls, { seed: "7", watch: (event) => void take.shown.push(event) });
      const reply = await layer(chooser(probabilities, asked)).choose?.({ messages: [user("q")], options, scope: "s" });
      await take.finish("stopped");
      return { reply, shown: take.shown };
    };
    expect((await run([0.2, 0.8], ["yes", "no"])).reply?.probabilities).toEqual([0.2, 0.8]);
    expect((await run([0.9, 0.1], ["yes", "no"])).reply).toMatchObject({
      probabilities: [0.2, 0.8],
      origin: "journal",
    });
    expect(asked).toHaveLength(1);
    const other = await run([0.9, 0.1], ["no", "yes"]);
    expect(other.reply?.probabilities).toEqual([0.9, 0.1]);
    expect(diverged(other.shown)[0]?.what).toContain("the schema differs");
  });
  it("is there only where the model has it", () => {
    const layer = withReplay({} as never, { seed: "7", watch: () => {} });
    expect("choose" in layer(scriptedModel([]))).toBe(false);
    expect("close" in layer(scriptedModel([]))).toBe(false);
  });
});
