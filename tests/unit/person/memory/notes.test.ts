import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { NotesChanged } from "../../../../src/kernel/contracts/memory/events.ts";
import type { MemoryNote } from "../../../../src/kernel/contracts/memory/notes.ts";
import { createClock } from "../../../../src/kernel/values/clock.ts";
import { TinyTroupeError } from "../../../../src/kernel/values/errors.ts";
import { EpisodicLog } from "../../../../src/person/memory/episodic-log.ts";
import { LifeMemory } from "../../../../src/person/memory/life-memory.ts";
import { derivedFrom, forgettable } from "../../../../src/person/memory/notes/forgetting.ts";
import { NoteBook } from "../../../../src/person/memory/notes/note-book.ts";
import { memorySettings } from "../../../../src/person/memory/options.ts";
import { testContext } from "../../../support/context.ts";
import { testPerson } from "../../../support/person.ts";
import { scriptedModel } from "../../../support/scripted-model.ts";

const page = (location: string) => ({ location, digest: "d1" });
const texts = (notes: readonly MemoryNote[]) => notes.map((note) => note.text);

describe("notes", () => {
  it("B29: are kept without a kind, a time or anything but a text", async () => {
    const { person, context } = testPerson([]);
    expect(await person.memory.remember("Oscar is allergic to nuts.")).toEqual({
      id: "n1",
      kind: "fact",
      text: "Oscar is allergic to nuts.",
      sources: [],
      importance: 0.5,
    });
    expect(context.events.at(-1)).toMatchObject({ type: "notes-changed", id: "person:lisa/memory#0" });
    await expect(person.memory.remember("  ")).rejects.toThrow(/text is/);
    await expect(person.memory.remember("So.", { importance: 7 })).rejects.toThrow(/importance is 7/);
  });
  it("B24: given at the start, they are there for whoever searches them, and a failure to keep them is thrown", async () => {
    const { person } = testPerson([]);
    await person.memory.rememberAll([{ text: "The mill burned down." }, { text: "Maria sings." }]);
    expect(texts(await person.memory.notes())).toEqual(["The mill burned down.", "Maria sings."]);
    const context = testContext({ model: scriptedModel([]) });
    const full = (): never => {
      throw new TinyTroupeError("STORE_FAILED", "The disk is full.", {
        data: { location: "here" },
        hint: "Make room.",
      });
    };
    const broken = new LifeMemory({
      context: { ...context, fork: () => ({ ...context, journal: { ...context.journal, record: full } }) },
      settings: memorySettings(),
      whose: {
        ...{ who: { id: "lisa", name: "Lisa" }, persona: { name: "Lisa" }, language: undefined, kinds: new Map() },
        ...{ log: new EpisodicLog(), reminder: { recalled: async () => [] } },
        ...{ awaken: () => undefined, withdraw: () => undefined, run: (job) => job() },
      },
    });
    await expect(broken.remember("Maria sings.")).rejects.toThrow("The disk is full.");
    expect(await broken.notes()).toEqual([]);
  });
  it("carry the simulated time, and are found by kind, person, source and time", async () => {
    const clock = createClock(new Date("2030-01-01T09:00:00Z"));
    const { person } = testPerson([], { context: { clock } });
    await person.memory.remember("Oscar mends kettles.", { about: ["Oscar"] });
    clock.advance(86_400_000);
    await person.memory.remember("Boil the eggs for six minutes.", { kind: "procedure", from: page("cook.md") });
    expect((await person.memory.notes()).map((note) => note.time?.slice(0, 10))).toEqual(["2030-01-01", "2030-01-02"]);
    expect(texts(await person.memory.notes({ about: "oscar" }))).toEqual(["Oscar mends kettles."]);
    expect(texts(await person.memory.notes({ kinds: ["procedure"], from: "cook.md" }))).toHaveLength(1);
    expect(texts(await person.memory.notes({ since: "2030-01-02" }))).toEqual(["Boil the eggs for six minutes."]);
    expect(texts(await person.memory.notes({ before: "2030-01-02" }))).toEqual(["Oscar mends kettles."]);
  });
  it("are never there twice: the newer words of the same note stand for both, with all that they rest on", async () => {
    const { person, context } = testPerson([]);
    const first = await person.memory.remember("Oscar says that he will open the shop on the first of May at nine.", {
      about: ["Oscar"],
      sources: ["person:lisa#1"],
    });
    await person.memory.remember("OSCAR says, that he will open the shop on the first of May at nine!", {
      importance: 0.2,
    });
    const corrected = await person.memory.remember(
      "Oscar says that he will not open the shop on the first of May at nine.",
      {
        sources: ["person:lisa#9"],
        importance: 0.9,
      },
    );
    expect(await person.memory.notes()).toEqual([corrected]);
    expect(corrected).toMatchObject({
      id: first.id,
      text: expect.stringContaining("will not open"),
      sources: ["person:lisa#1", "person:lisa#9"],
      about: ["Oscar"],
      importance: 0.9,
    });
    const before = context.events.length;
    expect(await person.memory.remember(corrected.text, { sources: ["person:lisa#9"] })).toEqual(corrected);
    expect(context.events).toHaveLength(before);
    await person.memory.remember("Oscar bakes bread.");
    expect(await person.memory.notes()).toHaveLength(2);
  });
  it("of two sources stay apart, so that one can be purged", async () => {
    const { person } = testPerson([]);
    for (const location of ["a.md", "b.md"])
      await person.memory.remember("The mill burned down in May.", { from: page(location) });
    expect(await person.memory.notes()).toHaveLength(2);
    expect(await person.memory.purge("a.md")).toBe(1);
    expect((await person.memory.notes()).map((note) => note.from?.location)).toEqual(["b.md"]);
  });
  it("are purged with all that was drawn from them, on record", async () => {
    const { person, context } = testPerson([]);
    const read = await person.memory.remember("The mill burned down in May.", { from: page("a.md") });
    const other = await person.memory.remember("Maria sings.");
    const drawn = await person.memory.remember("Mills are dangerous places.", {
      kind: "reflection",
      drawnFrom: [read.id, other.id],
    });
    const further = await person.memory.remember("I keep away from work that is dangerous.", {
      kind: "reflection",
      drawnFrom: [drawn.id],
    });
    expect(await person.memory.purge("a.md")).toBe(3);
    expect(texts(await person.memory.notes())).toEqual(["Maria sings."]);
    expect(context.events.at(-1)).toMatchObject({
      type: "notes-changed",
      purged: "a.md",
      forgotten: [read, drawn, further].map(({ id }) => ({ id, reason: "purged" })),
    });
    expect((await person.memory.remember("Ann came by.")).id).toBe("n5");
  });
  it("are forgotten when somebody says so, on record", async () => {
    const { person, context } = testPerson([]);
    const { id } = await person.memory.remember("Maria sings.");
    expect(await person.memory.forget(id, "n77")).toBe(1);
    expect(await person.memory.forget(id)).toBe(0);
    expect(context.events.at(-1)).toMatchObject({ forgotten: [{ id, reason: "told" }] });
  });
  it("follow from their events alone", async () => {
    const clock = createClock(new Date("2030-01-01T09:00:00Z"));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(8), fc.integer({ min: 0, max: 10 })), { maxLength: 30 }),
        async (told) => {
          const { person, context } = testPerson([], { memory: { capacity: 4 }, context: { clock } });
          for (const [about, importance] of told) {
            await person.memory.remember(`Number ${about} and number ${about * 7} are what matters.`, {
              importance: importance / 10,
            });
            if (about === 3) await person.memory.forget("n2");
          }
          const again = new NoteBook();
          for (const event of context.events) if (event.type === "notes-changed") again.apply(event);
          expect(again.notes).toEqual(await person.memory.notes());
          expect(again.idAfter(0)).toBe((await person.memory.remember("The next one.")).id);
          const weak = again.notes.filter((note) => note.importance < 1);
          expect(weak.length).toBeLessThanOrEqual(4);
        },
      ),
    );
  });
});

describe("forgetting", () => {
  const note = (id: number, fields: Partial<MemoryNote> = {}): MemoryNote => ({
    id: `n${id}`,
    kind: "fact",
    text: `Note ${id}`,
    sources: [],
    importance: 0.5,
    ...fields,
  });
  const now = new Date("2030-06-01T00:00:00Z");
  it("takes what faded, and what there is no room for, the weakest first; never what must stay or was read", () => {
    const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000).toISOString();
    const notes = [
      note(1, { time: daysAgo(700) }),
      note(2, { time: daysAgo(700), importance: 1 }),
      note(3, { time: daysAgo(700), from: { location: "a.md", digest: "d" } }),
      note(4, { time: daysAgo(100), importance: 0.3 }),
      note(5, { time: daysAgo(90), importance: 0.9 }),
      note(6, { time: daysAgo(1), importance: 0.4 }),
    ];
    const forgotten = forgettable(notes, { capacity: 2, halfLifeDays: 90, now });
    expect(forgotten).toEqual([
      { id: "n1", reason: "faded" },
      { id: "n4", reason: "capacity" },
    ]);
    expect(forgettable(notes, { capacity: 10, halfLifeDays: 1e6, now })).toEqual([]);
  });
  it("goes by the order where there is no calendar, and nothing fades", () => {
    const notes = [note(1), note(2), note(3, { importance: 0.1 }), note(4)];
    const forgotten = forgettable(notes, { capacity: 2, halfLifeDays: 90, now: undefined });
    expect(forgotten).toEqual([
      { id: "n1", reason: "capacity" },
      { id: "n3", reason: "capacity" },
    ]);
  });
  it("finds what was drawn from a source, however far", () => {
    const notes = [
      note(1, { from: { location: "a.md", digest: "d" } }),
      note(3, { drawnFrom: ["n2"] }),
      note(2, { drawnFrom: ["n1"] }),
      note(4, { drawnFrom: ["n9"] }),
    ];
    expect([...derivedFrom(notes, "a.md")].toSorted()).toEqual(["n1", "n2", "n3"]);
  });
});

it("B40: limits of a memory are each person's own, read when the person is made", async () => {
  const { person } = testPerson([], { memory: { capacity: 1 } });
  const { person: other } = testPerson([], { memory: { capacity: 2 } });
  for (const one of [person, other])
    for (const text of ["Maria sings.", "Oscar bakes."]) await one.memory.remember(text);
  expect(await person.memory.notes()).toHaveLength(1);
  expect(await other.memory.notes()).toHaveLength(2);
  expect(() => memorySettings({ capacity: 0 })).toThrow(/memory.capacity is 0/);
  expect(() => memorySettings({ halfLifeDays: Number.NaN })).toThrow(/halfLifeDays is NaN/);
  expect(memorySettings(false).consolidates).toBe(false);
});

it("a change that says what sums up episodes is found by them", () => {
  const book = new NoteBook();
  const event = (id: string, episodes: readonly [number, number]): NotesChanged => ({
    type: "notes-changed",
    person: "lisa",
    added: [{ id, kind: "event", text: `Text of ${id}`, sources: [], importance: 0.3 }],
    episodes,
  });
  book.apply(event("n1", [1, 2]));
  book.apply(event("n2", [3, 3]));
  expect(book.summaries).toEqual([
    { episodes: [1, 2], note: "n1" },
    { episodes: [3, 3], note: "n2" },
  ]);
});
