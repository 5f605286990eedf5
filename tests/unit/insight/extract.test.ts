import { describe, expect, expectTypeOf, it } from "vitest";
import { z } from "zod";
import {
  type Answer,
  type Evidenced,
  type Extraction,
  type ExtractOptions,
  extract,
  extractEach,
  extractStream,
} from "../../../src/insight/extract.ts";
import { isNotApplicable, type NotApplicable, orNotApplicable } from "../../../src/insight/not-applicable.ts";
import type { Subject } from "../../../src/kernel/contracts/context.ts";
import type { TranscriptEntry } from "../../../src/kernel/contracts/events.ts";
import { TinyTroupeError } from "../../../src/kernel/values/errors.ts";
import { withReplay } from "../../../src/model/replay/replay.ts";
import { testContext } from "../../support/context.ts";
import { type Script, type ScriptedOptions, scriptedModel } from "../../support/scripted-model.ts";

const said = (...texts: readonly string[]): TranscriptEntry[] =>
  texts.map((text, place) => ({
    id: `person:lisa#${place}.0`,
    kind: "action",
    type: place % 2 === 0 ? "TALK" : "THINK",
    from: place % 2 === 0 ? "Lisa" : "Oscar",
    to: [],
    text,
  }));

function setting(
  script: Script,
  options: ScriptedOptions & { entries?: readonly TranscriptEntry[]; names?: readonly string[] } = {},
) {
  const judge = scriptedModel(script, options);
  const root = testContext({ judge });
  const subjects: Subject[] = (options.names ?? ["Room"]).map((name) => ({
    name,
    context: root.fork(`world:${name}`),
    transcript: () => options.entries ?? said("Voice!", "A map would do.", "And a map."),
  }));
  return { judge, root, subjects, subject: subjects[0] as Subject };
}

const schema = z.object({ ideas: z.array(z.object({ idea: z.string(), who: z.string() })) });
const ideas = { ideas: [{ idea: "voice", who: "Lisa" }] };
const asked = { objective: "The ideas.", schema } as const;
/** Where this question has its place. */
const here = "extract:a964ce733eb8";

const tooLong = (tokens: number) =>
  new TinyTroupeError("CONTEXT_EXCEEDED", "Too long.", { data: { model: "m", tokens, limit: 1 }, hint: "Shorten it." });
const refused = () =>
  new TinyTroupeError("MODEL_REFUSED", "No.", { data: { model: "m", text: "" }, hint: "Ask again." });

describe("extract", () => {
  it("asks the judge once, in a scope of its own, and records what was found", async () => {
    const { judge, root, subject } = setting([ideas, ideas]);
    const found = await extract(subject, asked);
    expectTypeOf(found).toEqualTypeOf<{ ideas: { idea: string; who: string }[] }>();
    expect(found).toEqual(ideas);
    await extract(subject, asked);
    expect(judge.requests.map((request) => request.scope)).toEqual([`world:Room/${here}`, `world:Room/${here}:2`]);
    expect(judge.requests[0]).toMatchObject({ purpose: "extract", schema, temperature: 0 });
    expect(judge.requests[0]?.rehearsal).toEqual({
      heard: [
        { from: "Lisa", text: "Voice!" },
        { from: "Oscar", text: "A map would do." },
        { from: "Lisa", text: "And a map." },
      ],
      others: ["Lisa", "Oscar"],
    });
    expect(root.events).toEqual([
      { id: `world:Room/${here}#0`, type: "extracted", subject: "Room", objective: "The ideas.", value: ideas },
      { id: `world:Room/${here}:2#0`, type: "extracted", subject: "Room", objective: "The ideas.", value: ideas },
    ]);
  });
  it("has its place by what it asks, whatever else is asked before", async () => {
    const others: readonly Partial<ExtractOptions>[] = [
      ...[{ objective: "The names." }, { situation: "At a fair." }, { evidence: true }, { include: "talk" } as const],
      { schema: z.object({ ideas: z.array(z.string()) }) },
    ];
    const { judge, subject } = setting(({ scope }) => (scope.endsWith(here) ? ideas : refused()));
    for (const other of others) {
      await expect(extract(subject, { ...asked, ...other } as ExtractOptions)).rejects.toThrow("No.");
    }
    expect(await extract(subject, asked)).toEqual(ideas);
    expect(new Set(judge.requests.map(({ scope }) => scope)).size).toBe(others.length + 1);
  });
  it("has the type that the options ask for", () => {
    type Options = { objective: string; schema: typeof schema; evidence?: boolean };
    type Ideas = z.infer<typeof schema>;
    expectTypeOf<Answer<Options>>().toEqualTypeOf<Ideas | Evidenced<Ideas>>();
    expectTypeOf<Answer<Options & { evidence: false }>>().toEqualTypeOf<Ideas>();
    expectTypeOf<Answer<ExtractOptions>>().toBeUnknown();
  });
  it("reads the whole transcript, or what was said aloud", async () => {
    const long = "x".repeat(20_000);
    const { judge, subject } = setting([ideas, ideas], { entries: said(long, "a thought") });
    await extract(subject, asked);
    await extract(subject, { ...asked, include: "talk" });
    const texts = judge.requests.map((request) => JSON.stringify(request.messages));
    expect(texts[0]).toContain(long);
    expect([texts[0]?.includes("a thought"), texts[1]?.includes("a thought")]).toEqual([true, false]);
  });
  it("gives named fields as texts or null", async () => {
    const { judge, subject } = setting([{ idea: "voice", price: null }]);
    const found = await extract(subject, {
      objective: "The idea.",
      fields: ["idea", "price"],
      hints: { price: "In euros." },
    });
    expectTypeOf(found).toEqualTypeOf<{ idea: string | null; price: string | null }>();
    expect(found).toEqual({ idea: "voice", price: null });
    expect(z.toJSONSchema(judge.requests[0]?.schema as z.ZodType)).toMatchObject({
      properties: { price: { description: "In euros." } },
      required: ["idea", "price"],
    });
  });
  it.each([
    [{ objective: "  ", schema }],
    [{ objective: "x", fields: [] }],
    [{ objective: "x", fields: ["a", "a"] }],
    [{ objective: "x", fields: ["__proto__"] }],
    [{ objective: "x", fields: ["a"], hints: { b: "?" } }],
  ])("refuses options that mean nothing: %j", async (options) => {
    await expect(extract(setting([]).subject, options)).rejects.toMatchObject({ code: "OPTION_INVALID" });
  });
  it("does not ask about a transcript in which nothing has happened", async () => {
    const { judge, subject } = setting([ideas], { entries: [] });
    await expect(extract(subject, asked)).rejects.toMatchObject({ code: "OPTION_INVALID", data: { value: "Room" } });
    expect(judge.requests).toEqual([]);
  });
  it("throws what the model throws, and records nothing", async () => {
    const { root, subject } = setting([refused()]);
    await expect(extract(subject, asked)).rejects.toMatchObject({ code: "MODEL_REFUSED" });
    expect(root.events).toEqual([]);
  });
});

describe("evidence", () => {
  const two = { ideas: [...ideas.ideas, { idea: "map", who: "Oscar" }] };
  const quoted = (path: string, entry: number, quote: string) => ({ path, entry, quote });
  const lisa = { path: "ideas.0", quotes: [{ entry: "person:lisa#0.0", text: "voice" }], events: ["person:lisa#0.0"] };
  const oscar = {
    path: "ideas.1",
    quotes: [{ entry: "person:lisa#1.0", text: "a map … do" }],
    events: ["person:lisa#1.0"],
  };

  it("is words that stand in the entry that they are said to be from, for each part of the value", async () => {
    const evidence = [quoted("value.ideas[0]", 1, "voice"), quoted("ideas.1", 2, "a map … do")];
    const { root, subject, judge } = setting([{ value: two, evidence }]);
    const found = await extract(subject, { ...asked, evidence: true });
    expectTypeOf(found).toEqualTypeOf<Evidenced<{ ideas: { idea: string; who: string }[] }>>();
    expect(found).toEqual({ value: two, evidence: [lisa, oscar], unfounded: [] });
    expect([judge.requests.length, root.events]).toMatchObject([1, [{ type: "extracted", value: found }]]);
  });
  it("is asked for once more where a quote stands nowhere, in another entry, or a part has none", async () => {
    const bad = [quoted("ideas.0", 1, "a voice"), quoted("ideas.0", 99, "Voice!"), quoted("ideas.1", 1, "a map")];
    const good = [quoted("ideas.0", 1, "voice"), quoted("ideas.1", 2, "a map … do")];
    const { subject, judge } = setting([
      { value: two, evidence: bad },
      { value: two, evidence: good },
    ]);
    const found = await extract(subject, { ...asked, evidence: true });
    expect(found).toEqual({ value: two, evidence: [lisa, oscar], unfounded: [] });
    const [, again] = judge.requests;
    expect(again?.scope).toBe(judge.requests[0]?.scope);
    expect(again?.messages.at(-2)).toEqual({
      role: "assistant",
      content: JSON.stringify({ value: two, evidence: bad }),
    });
    for (const line of [
      "ideas.0: “a voice” does not stand in entry 1",
      "ideas.0: “Voice!” does not stand in entry 99",
      "ideas.1: “a map” does not stand in entry 1",
      "ideas.1: it has no quote that stands in the record",
    ]) {
      expect(String(again?.messages.at(-1)?.content)).toContain(`- ${line}\n`);
    }
  });
  it("is no evidence when it is wrong twice, and the part is named", async () => {
    const answer = { value: two, evidence: [quoted("ideas.0", 1, "voice"), quoted("ideas.1", 2, "an app")] };
    const { subject, judge } = setting(() => answer);
    const found = await extract(subject, { ...asked, evidence: true });
    expect(found).toEqual({ value: two, evidence: [lisa], unfounded: ["ideas.1"] });
    expect(judge.requests.length).toBe(2);
  });
  it("stays as it was where the second answer is none", async () => {
    const { subject } = setting(({ messages }) =>
      messages.some(({ role }) => role === "assistant") ? refused() : { value: ideas, evidence: [] },
    );
    const found = await extract(subject, { ...asked, evidence: true });
    expect(found).toEqual({ value: ideas, evidence: [], unfounded: ["ideas.0"] });
  });
  it("of a list is evidence of its items, of the whole of nothing, and what says nothing needs none", async () => {
    const open = z.object({ ideas: z.array(z.string()), price: z.string().nullable(), many: z.array(z.string()) });
    const value = { ideas: ["a", "b"], price: null, many: [] };
    const answer = (path: string) => ({ value, evidence: [quoted(path, 1, "Voice!")] });
    const { subject, judge } = setting([answer("ideas"), answer(""), answer("")]);
    const wanted = { objective: "The ideas.", schema: open, evidence: true } as const;
    expect((await extract(subject, wanted)).unfounded).toEqual([]);
    expect((await extract(subject, wanted)).unfounded).toEqual(["ideas.0", "ideas.1"]);
    expect(judge.requests.length).toBe(3);
  });
});

describe("what does not apply", () => {
  const wanted = { objective: "Their ideas.", fields: ["idea", "price"], notApplicable: true } as const;
  const exempt = { idea: { notApplicable: "A map would do" }, price: null };

  it("is another thing than nothing that was said, and rests on words of the record", async () => {
    const { subject, judge } = setting([exempt]);
    const found = await extract(subject, wanted);
    type Field = string | null | NotApplicable;
    expectTypeOf(found).toEqualTypeOf<{ idea: Field; price: Field }>();
    expect(found).toEqual(exempt);
    expect([isNotApplicable(found.idea), isNotApplicable(found.price)]).toEqual([true, false]);
    expect(JSON.stringify(judge.requests[0]?.messages)).toContain("does not apply only where the record itself shows");
  });
  it("is asked once more where its words stand nowhere, and never taken", async () => {
    const invented = { ...exempt, idea: { notApplicable: "They have no ideas." } };
    const mended = setting([invented, exempt]);
    expect(await extract(mended.subject, wanted)).toEqual(exempt);
    const stubborn = setting(() => invented);
    await expect(extract(stubborn.subject, wanted)).rejects.toMatchObject({
      code: "MODEL_INVALID",
      data: { issues: [expect.stringContaining("“They have no ideas.” stands nowhere")] },
    });
    expect(stubborn.judge.requests.length).toBe(2);
  });
  it("is its own evidence", async () => {
    const { subject, judge } = setting([{ value: exempt, evidence: [] }]);
    const found = await extract(subject, { ...wanted, evidence: true });
    const quotes = [{ entry: "person:lisa#1.0", text: "A map would do" }];
    expect(found).toEqual({
      value: exempt,
      evidence: [{ path: "idea", quotes, events: ["person:lisa#1.0"] }],
      unfounded: [],
    });
    expect(judge.requests.length).toBe(1);
  });
  it("is said of a schema field by field, and of no question that has none", async () => {
    const { subject, judge } = setting([{ idea: "x" }, ideas]);
    await extract(subject, { objective: "x", schema: z.object({ idea: orNotApplicable(z.string()) }) });
    await extract(subject, asked);
    const told = judge.requests.map(({ messages }) => JSON.stringify(messages).includes("does not apply only"));
    expect(told).toEqual([true, false]);
  });
});

describe("another reader", () => {
  it("is asked by name, in a place of its own", async () => {
    const [judge, cheap] = [scriptedModel([ideas]), scriptedModel([ideas])];
    const root = testContext({ judge, models: { cheap } });
    const subject = { name: "Room", context: root.fork("world:Room"), transcript: () => said("Voice!") };
    await extract(subject, { ...asked, by: "cheap" });
    await extract(subject, asked);
    expect([judge, cheap].map(({ requests }) => requests.length)).toEqual([1, 1]);
    expect(judge.requests[0]?.scope).toBe(`world:Room/${here}`);
    expect(cheap.requests[0]?.scope).not.toBe(judge.requests[0]?.scope);
  });
});

describe("a record too long for the model", () => {
  const entries = said(...Array.from({ length: 40 }, (_, place) => `${place}: ${"words ".repeat(60)}`));
  const limits = { contextTokens: 4_000 };
  const textOf = (request: { messages: readonly { content: unknown }[] }) => String(request.messages[1]?.content);

  it("is read in parts that leave nothing out, and put together in a last call", async () => {
    const script: Script = (request) => (textOf(request).includes("was read in") ? ideas : { ideas: [] });
    const { judge, subject, root } = setting(script, { entries, limits });
    expect(await extract(subject, asked)).toEqual(ideas);
    const parts = judge.requests.slice(0, -1).map(textOf);
    expect(parts.length).toBeGreaterThan(2);
    const numbers = parts.flatMap((part) => [...part.matchAll(/(\d+): words/g)].map((match) => Number(match[1])));
    expect(numbers).toEqual(entries.map((_, place) => place));
    expect(parts[1]).toContain(`Part 2 of ${parts.length}:`);
    expect(textOf(judge.requests.at(-1) as never)).toContain(`It was read in ${parts.length} parts`);
    expect(root.events.length).toBe(1);
  });
  it("is cut finer where the model says that a part is too long still", async () => {
    const script: Script = (request) => {
      const count = [...textOf(request).matchAll(/: words/g)].length;
      return count > 3 ? tooLong(count) : ideas;
    };
    const { subject } = setting(script, { entries });
    expect(await extract(subject, asked)).toEqual(ideas);
  });
  it("is read again where one part was refused, and what the others gave is not paid for twice", async () => {
    const { calls } = testContext().journal;
    const reading = (script: Script) => {
      const judge = scriptedModel(script, { limits });
      const replayed = withReplay(calls, { seed: "7", watch: () => undefined })(judge);
      const context = testContext({ judge: replayed }).fork("world:Room");
      return { judge, found: extract({ name: "Room", context, transcript: () => entries }, asked) };
    };
    const first = reading((request) => (textOf(request).includes("Part 1 of") ? refused() : ideas));
    await expect(first.found).rejects.toMatchObject({ code: "MODEL_REFUSED" });
    const second = reading(() => ideas);
    expect(await second.found).toEqual(ideas);
    expect(second.judge.requests.map(textOf)).toEqual([
      expect.stringContaining("Part 1 of"),
      expect.stringContaining("was read in"),
    ]);
  });
  it("is an error where a single entry is too long", async () => {
    const { judge, subject } = setting(() => tooLong(9), { entries: said("long", "longer") });
    await expect(extract(subject, asked)).rejects.toMatchObject({ code: "CONTEXT_EXCEEDED" });
    expect(judge.requests.length).toBe(3);
    const small = setting(() => ideas, { entries: said("long ".repeat(4_000), "short"), limits });
    await extract(small.subject, asked);
    expect(small.judge.requests.map((request) => /: (long|short)/.exec(textOf(request))?.[1])).toEqual([
      "long",
      "short",
      undefined,
    ]);
  });
});

describe("extractEach", () => {
  const names = ["Ann", "Bob", "Cleo"];
  it("gives each subject's value or error in the order given, whatever ends first", async () => {
    const script: Script = async ({ scope }) => {
      if (scope.startsWith("world:Ann"))
        for (let turn = 0; turn < 5; turn++) await new Promise((next) => setImmediate(next));
      return scope.startsWith("world:Bob") ? refused() : { ideas: [{ idea: scope, who: "x" }] };
    };
    const { subjects, root } = setting(script, { names });
    const found = await extractEach(subjects, asked);
    expect(found).toMatchObject([
      { subject: "Ann", value: { ideas: [{ idea: `world:Ann/${here}` }] } },
      { subject: "Bob", error: { code: "MODEL_REFUSED", hint: "Ask again." } },
      { subject: "Cleo", value: { ideas: [{}] } },
    ]);
    expect(root.events.map((event) => event.id).sort()).toEqual([`world:Ann/${here}#0`, `world:Cleo/${here}#0`]);
  });
  it("keeps to the concurrency asked for, and uses one schema for all", async () => {
    let now = 0;
    let most = 0;
    const script: Script = async () => {
      now += 1;
      most = Math.max(most, now);
      await new Promise((next) => setImmediate(next));
      now -= 1;
      return { idea: null };
    };
    const { subjects, judge } = setting(script, { names: [...names, "Dan", "Eve"] });
    await extractEach(subjects, { objective: "x", fields: ["idea"], concurrency: 2 });
    expect(most).toBe(2);
    await expect(extractEach(subjects, { ...asked, concurrency: 0 })).rejects.toMatchObject({ code: "OPTION_INVALID" });
    expect(new Set(judge.requests.map((request) => request.schema)).size).toBe(1);
  });
  it("numbers the extractions of one subject in the order given", async () => {
    const { subject, judge } = setting(() => ideas);
    await extractEach([subject, subject], asked);
    expect(judge.requests.map((request) => request.scope)).toEqual([`world:Room/${here}`, `world:Room/${here}:2`]);
  });
  it("gives each as it comes home, and asks nobody else once the loop is left", async () => {
    const slow = Promise.withResolvers<void>();
    const script: Script = async ({ scope }) => {
      if (scope.startsWith("world:Ann")) await slow.promise;
      return scope.startsWith("world:Bob") ? refused() : ideas;
    };
    const { subjects, judge } = setting(script, { names: [...names, "Dan", "Eve"] });
    const seen: string[] = [];
    for await (const row of extractStream(subjects, { ...asked, concurrency: 2 })) {
      expectTypeOf(row).toEqualTypeOf<Extraction<typeof ideas>>();
      seen.push("error" in row ? `${row.subject}: ${row.error.code}` : row.subject);
      if (row.subject === "Cleo") slow.resolve();
      if (row.subject === "Ann") break;
    }
    expect(seen.slice(0, 2)).toEqual(["Bob: MODEL_REFUSED", "Cleo"]);
    expect(seen.at(-1)).toBe("Ann");
    expect(judge.requests.length).toBeGreaterThanOrEqual(3);
  });
  it("says where the reader is the model that acted, in each row and once a run, and of builtin nothing", async () => {
    const warned = (shown: readonly { type: string }[]) => shown.filter(({ type }) => type === "warning");
    const own = (id: string) => {
      const root = testContext({ model: scriptedModel(() => ideas, { id }) });
      const of = (name: string): Subject => ({ name, context: root.fork(name), transcript: () => said("Voice!") });
      return { root, subjects: [of("Ann"), of("Bob")] };
    };
    const { root, subjects } = own("test/one");
    const rows = await extractEach(subjects, asked);
    expect(rows.map((row) => "value" in row && row.judgesItself)).toEqual([true, true]);
    const message = "test/one judges what it wrote itself, and may favour it: name another model as judge.";
    expect(warned(root.shown)).toEqual([{ type: "warning", message, once: true }]);
    await extract(subjects[0] as Subject, asked);
    expect(warned(root.shown)).toHaveLength(2);
    const stored = own("test/one");
    await extractEach([{ ...(stored.subjects[0] as Subject), source: { run: "r" as never } }], asked);
    const rules = own("builtin");
    const rehearsed = await extractEach(rules.subjects, asked);
    expect(rehearsed.map((row) => "judgesItself" in row)).toEqual([false, false]);
    expect([...warned(stored.root.shown), ...warned(rules.root.shown)]).toEqual([]);
    const apart = testContext({ judge: scriptedModel(() => ideas, { id: "test/judge" }) });
    const others = await extractEach([{ ...(subjects[0] as Subject), context: apart.fork("a") }], asked);
    expect(others[0]).not.toHaveProperty("judgesItself");
    expect(warned(apart.shown)).toEqual([]);
  });

  it("throws why nothing came of any of them", async () => {
    const noKey = new TinyTroupeError("KEY_MISSING", "No key.", {
      data: { provider: "p", variable: "K" },
      hint: "Set K.",
    });
    await expect(extractEach(setting(() => noKey, { names }).subjects, asked)).rejects.toBe(noKey);
    await expect(extractEach(setting(() => refused(), { names }).subjects, asked)).rejects.toMatchObject({
      code: "MODEL_REFUSED",
      message: expect.stringContaining("None of the 3 who were asked"),
    });
    expect(await extractEach([], asked)).toEqual([]);
  });
});

describe("a rehearsed extraction from one person", () => {
  it("takes the person's own words, not what others said to them", async () => {
    const entries: readonly TranscriptEntry[] = [
      { id: "w#1", kind: "stimulus", type: "CONVERSATION", to: ["Lisa"], text: "Would you?" },
      { id: "w#2", kind: "stimulus", type: "CONVERSATION", from: "Oscar", to: ["Lisa"], text: "Yes, at once!" },
      { id: "person:lisa#1.0", kind: "action", type: "TALK", from: "Lisa", to: ["Oscar"], text: "No, never." },
    ];
    const { judge, subject } = setting([{ ideas: [] }], { entries, names: ["Lisa"] });
    await extract(subject, { objective: "Whether she would.", schema });
    expect(judge.requests[0]?.rehearsal?.heard?.map(({ text }) => text)).toEqual(["Would you?", "No, never."]);
    expect(String(judge.requests[0]?.messages[1]?.content)).toContain("Yes, at once!");
  });
});
