import { execFile } from "node:child_process";
import { once } from "node:events";
import { join, resolve } from "node:path";
import { setImmediate as breath } from "node:timers/promises";
import { promisify } from "node:util";
import type { Worker } from "node:worker_threads";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import type { Message, Model, ModelRequest, Part } from "../../../../src/kernel/contracts/model.ts";
import { digest } from "../../../../src/kernel/values/hash.ts";
import { createBuiltin } from "../../../../src/model/builtin/builtin.ts";
import { compile } from "../../../../src/model/builtin/shape/compile.ts";
import type { Asked, Parcel, Told } from "../../../../src/model/builtin/thread/protocol.ts";
import { createRehearsal } from "../../../../src/model/builtin/thread/rehearsal.ts";
import { Sent } from "../../../../src/model/builtin/thread/sent.ts";
import { lisa, marcos, oscar } from "./people.ts";

const root = resolve(import.meta.dirname, "../../../..");
let thread: Worker | undefined;
let started = 0;
/** What the thread answered. */
const told: Told[] = [];
const watch = (worker: Worker): void => {
  thread = worker;
  started += 1;
  worker.on("message", (some: readonly Told[]) => told.push(...some));
};

beforeEach(() => {
  [thread, started, told.length] = [undefined, 0, 0];
  process.on("worker", watch);
});
afterEach(() => void process.off("worker", watch));

const frozen = [lisa, oscar, marcos].map((persona) => Object.freeze({ ...persona }));
const picture: Part = { type: "image", data: new Uint8Array([1, 2]), mediaType: "image/png", digest: digest("a tree") };
const systems = frozen.map(({ name }): Message => ({ role: "system", content: `You are ${name}.` }));
const turn = z.object({
  actions: z.array(
    z.discriminatedUnion("type", [
      z.object({ type: z.literal("TALK"), content: z.string() }),
      z.object({ type: z.literal("DONE") }),
    ]),
  ),
});
const schemas: readonly z.ZodType[] = [
  turn,
  z.object({ answer: z.enum(["yes", "no"]), why: z.string().max(80), price: z.number().min(1).max(9).optional() }),
  z.object({ when: z.date(), big: z.bigint(), tags: z.set(z.string()), by: z.map(z.string(), z.number()) }),
  z.string().regex(/^[A-Z]{3}-\d{4}$/),
  z.email().transform((text) => text.length),
  z.string().refine(async (text) => text.length > 3),
  z.union([z.literal(undefined), z.null(), z.nan(), z.templateLiteral(["a-", z.number()])]),
];

/** The nth question: whoever is asked in whatever way. */
const question = (n: number, more: Partial<ModelRequest<unknown>> = {}): ModelRequest<unknown> => ({
  messages: [
    systems[n % systems.length] as Message,
    { role: "user", content: `<conversation>Oscar: "Should the shop sell tea number ${n % 50}?"</conversation>` },
    ...(n % 11 === 0 ? [{ role: "user", content: [{ type: "text", text: "Look at this." }, picture] } as const] : []),
  ],
  schema: schemas[n % schemas.length] as z.ZodType<unknown>,
  purpose: n % 3 === 0 ? "act" : "elicit",
  scope: `person:${n}`,
  seed: n,
  ...(n % 5 === 0 && { sample: 2 }),
  rehearsal: {
    persona: frozen[n % frozen.length],
    others: ["Oscar", "Lisa"],
    heard: [{ from: "Oscar", text: `Should the shop sell tea number ${n % 50}?` }],
    ...(n % 7 === 1 && { distribution: { answer: { yes: 3, no: 1 } } }),
  },
  ...more,
});

/** So many ask at once. */
async function crowd(model: Model, { from = 0, size = 64, more = {} } = {}) {
  return Promise.all(
    Array.from({ length: size }, (_, n) => model.generate(question(from + n, more)).catch((error: unknown) => error)),
  );
}

/** Crowds ask until a thread has begun. */
async function untilInThread(model: Model): Promise<Worker> {
  while (thread === undefined) {
    await crowd(model);
    await breath();
  }
  await once(thread, "message");
  return thread;
}

describe("a thread that rehearses", () => {
  it("says what is said without one, in every kind of value and with the same tokens", async () => {
    const [alone, beside] = [createBuiltin(), createBuiltin({ threadMegabytes: 64 })];
    await untilInThread(beside);
    for (let from = 0; from < 640; from += 64) {
      expect(await crowd(beside, { from })).toEqual(await crowd(alone, { from }));
    }
    expect([told.length, told.every(({ said }) => said !== undefined)]).toEqual([640, true]);
    await beside.close?.();
  });

  it("has no say in what its first attempt does not find: too long, refused by the schema, or nothing at all", async () => {
    const [alone, beside] = [createBuiltin(), createBuiltin({ threadMegabytes: 64 })];
    await untilInThread(beside);
    const never = z.string().refine(() => false, "never");
    const long = z.string().min(400);
    const hard = z.number().refine((value) => value % 3 === 0);
    for (const more of [
      { schema: never },
      { schema: hard },
      { schema: long, maxOutputTokens: 20 },
      { schema: turn, maxOutputTokens: 30 },
    ]) {
      const [here, there] = [await crowd(alone, { more }), await crowd(beside, { more })];
      expect(there).toEqual(here);
    }
    await beside.close?.();
  });

  it("lets whoever listens hear the words", async () => {
    const beside = createBuiltin({ threadMegabytes: 64 });
    await untilInThread(beside);
    const heard: string[] = [];
    const reply = await beside.generate({
      ...question(3, { schema: turn }),
      onDelta: (delta) => void (delta.type === "text" && heard.push(delta.text)),
    });
    expect(JSON.parse(heard.join(""))).toEqual(reply.value);
    await beside.close?.();
  });

  it("that ends leaves nobody without an answer, and is not started again", async () => {
    const [alone, beside] = [createBuiltin(), createBuiltin({ threadMegabytes: 64 })];
    const worker = await untilInThread(beside);
    const asking = crowd(beside);
    void worker.terminate();
    expect(await asking).toEqual(await crowd(alone));
    for (let wave = 0; wave < 40; wave++) {
      await crowd(beside);
      await breath();
    }
    expect(started).toBe(1);
    await beside.close?.();
  });

  it("is told nothing that can change, nor what cannot cross over", async () => {
    const [alone, beside] = [createBuiltin(), createBuiltin({ threadMegabytes: 64 })];
    await untilInThread(beside);
    const changing = { ...lisa };
    const ask = (model: Model) => model.generate(question(1, { rehearsal: { persona: changing } }));
    expect(await ask(beside)).toEqual(await ask(alone));
    Object.assign(changing, oscar);
    expect(await ask(beside)).toEqual(await ask(alone));
    expect(told).toEqual([]);
    const odd = { rehearsal: { persona: Object.freeze({ ...oscar, greet: () => "Hello" }) } };
    expect(await crowd(beside, { more: odd })).toEqual(await crowd(alone, { more: odd }));
    await beside.close?.();
  });

  it("forgets what takes more memory than it may, and says the same", async () => {
    const [alone, beside] = [createBuiltin(), createBuiltin({ threadMegabytes: 0.02 })];
    await untilInThread(beside);
    for (let from = 0; from < 640; from += 64)
      expect(await crowd(beside, { from })).toEqual(await crowd(alone, { from }));
    expect(told.length).toBe(640);
    await beside.close?.();
  });

  it("is not started for few at a time, nor without memory for it", async () => {
    const [few, none] = [createBuiltin({ threadMegabytes: 64 }), createBuiltin()];
    for (let wave = 0; wave < 60; wave++) {
      await crowd(few, { from: wave, size: 31 });
      await crowd(none, { from: wave });
      await breath();
    }
    expect(started).toBe(0);
  });

  /** A program of its own: crowds ask, and it is left open; prints how many threads there were. */
  const programOf = (waves: string) => `
    import { setImmediate as breath } from "node:timers/promises";
    import { createBuiltin } from ${JSON.stringify(join(root, "src/model/builtin/builtin.ts"))};
    import { z } from ${JSON.stringify(import.meta.resolve("zod"))};
    const model = createBuiltin({ threadMegabytes: 64 });
    const ask = (seed) => model.generate({ messages: [], schema: z.string(), purpose: "other", scope: "p", seed });
    const crowd = () => Promise.all(Array.from({ length: 64 }, (_, one) => ask(one)));
    let [threads, begun] = [0, false];
    process.on("worker", (worker) => {
      threads += 1;
      worker.once("message", () => (begun = true));
    });
    for (let wave = 0; ${waves}; wave++, await breath()) await crowd();
    console.log(threads, (await crowd()).length);
  `;
  const played = async (program: string, ...flags: readonly string[]): Promise<string> => {
    const args = [...flags, "--conditions=tinytroupe-source", "--input-type=module", "-e", program];
    return (await promisify(execFile)(process.execPath, args, { timeout: 60_000 })).stdout;
  };

  it("keeps no process alive", async () => expect(await played(programOf("!begun"))).toBe("1 64\n"));

  it("is done without where a program may start none", async () =>
    expect(await played(programOf("wave < 60"), "--permission", "--allow-fs-read=*")).toBe("0 64\n"));

  it("ends when its model is closed", async () => {
    const beside = createBuiltin({ threadMegabytes: 64 });
    const worker = await untilInThread(beside);
    const asking = crowd(beside);
    const ended = once(worker, "exit");
    await beside.close?.();
    await ended;
    expect((await asking).every((reply) => !(reply instanceof Error))).toBe(true);
  });

  it("does not begin once its model is closed", async () => {
    const beside = createBuiltin({ threadMegabytes: 64 });
    await crowd(beside);
    await beside.close?.();
    for (let wave = 0; wave < 60; wave++) {
      await crowd(beside);
      await breath();
    }
    expect(started).toBe(0);
  });
});

describe("what a thread knows", () => {
  const shape = compile(turn);
  const answered = (asked: Partial<Asked>, parcel: Partial<Parcel>, answersTo: ReturnType<typeof createRehearsal>) => {
    const whole: Asked = { ticket: 1, shape: 1, messages: [2], persona: 3, question: { purpose: "act" }, ...asked };
    return [...answersTo({ afresh: false, things: [], asked: [whole], ...parcel })].flat().map(({ said }) => said);
  };

  it("is what it was sent, until it is to begin afresh", () => {
    const answersTo = createRehearsal();
    const things = [shape, { role: "user", content: "Hello" }, lisa].map(
      (thing, at) => [at + 1, { ...thing }] as const,
    );
    const [said] = answered({}, { things }, answersTo);
    expect(said).toMatchObject({ value: { actions: expect.any(Array) } });
    expect(answered({}, {}, answersTo)).toEqual([said]);
    expect(answered({}, { afresh: true }, answersTo)).toEqual([undefined]);
  });
});

describe("what a thread was sent", () => {
  const message = (content: string): Message => ({ role: "user", content });
  const numbers = ({ things }: Pick<Parcel, "things">): number[] => things.map(([number]) => number);

  it("is sent once", () => {
    const sent = new Sent(10_000);
    const hello = message("Hello");
    expect([sent.message(hello), sent.message(hello), sent.persona(lisa)]).toEqual([1, 1, 2]);
    expect(numbers(sent.take())).toEqual([1, 2]);
    expect([sent.message(hello), numbers(sent.take())]).toEqual([1, []]);
  });

  it("is all forgotten once it is too much, and sent again under other numbers", () => {
    const sent = new Sent(10_000);
    const [long, hello] = [message("a".repeat(9_000)), message("Hello")];
    const first = [sent.message(long), sent.message(hello)];
    expect(sent.take()).toMatchObject({ afresh: false });
    const second = sent.message(hello);
    expect(first).not.toContain(second);
    expect(sent.take()).toEqual({ afresh: true, things: [[second, hello]] });
    sent.message(hello);
    expect(sent.take()).toEqual({ afresh: false, things: [] });
  });

  it("has no pictures but their digests", () => {
    const sent = new Sent(10_000);
    sent.message({ role: "user", content: [picture] });
    expect(sent.take().things[0]?.[1]).toEqual({ role: "user", content: [{ ...picture, data: new Uint8Array(0) }] });
  });
});
