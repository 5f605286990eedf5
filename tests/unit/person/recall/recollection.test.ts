import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Embedder } from "../../../../src/kernel/contracts/embedder.ts";
import type { MemoryNote } from "../../../../src/kernel/contracts/memory/notes.ts";
import { createLexicalEmbedder } from "../../../../src/model/embed/lexical.ts";
import { type RecallOptions, recallSettings } from "../../../../src/person/memory/recall/options.ts";
import { type RecallMoment, Recollection } from "../../../../src/person/memory/recall/recollection.ts";
import { createShelf } from "../../../../src/simulation/run/memory/shelf.ts";
import { testContext } from "../../../support/context.ts";

const note = (id: number, text: string, more: Partial<MemoryNote> = {}): MemoryNote => ({
  id: `n${id}`,
  kind: "fact",
  text,
  sources: [`person:lisa#${id}`],
  importance: 0.5,
  ...more,
});

/** A life of so many events. */
const aged = (events: number) => ({
  events,
  lived: () => Array.from({ length: events }, (_, at) => `person:lisa#${at + 1}`),
});

interface Setting extends RecallOptions {
  readonly embedder?: Embedder;
  readonly room?: number;
}

/** An embedder whose vectors are kept, as those are that take time. */
function slow({ instant: _instant, ...embedder }: Embedder): Embedder {
  return embedder;
}

function minded({ embedder = createLexicalEmbedder(), room = 1e9, ...options }: Setting = {}) {
  const asked: string[][] = [];
  const embed: Embedder["embed"] = (texts, rest) => {
    asked.push([...texts]);
    return embedder.embed(texts, rest);
  };
  const shelf = createShelf(room);
  const context = testContext({ embedder: { ...slow(embedder), embed }, shelf });
  const versions = new Map<readonly MemoryNote[], number>();
  const recollection = new Recollection(context, recallSettings(options));
  const recall = async (notes: readonly MemoryNote[], about: string, moment: Partial<RecallMoment> = {}) => {
    const version = versions.get(notes) ?? versions.size + 1;
    versions.set(notes, version);
    const usual = { about, now: undefined, ...aged(notes.length), most: 6, tokens: 300 };
    return (await recollection.recall({ notes, version, size: notes.length }, { ...usual, ...moment })).map(
      (found) => found.note.id,
    );
  };
  return { recall, recollection, context, asked, shelf };
}

const life = [
  note(1, "Ilse sells ladders at the harbour market."),
  note(2, "The tram to work was late again on Monday."),
  note(3, "Oscar is allergic to nuts and hazelnut cream."),
  note(4, "Bread is cheaper at the corner bakery."),
];

describe("recall", () => {
  it("brings what has to do with the moment, best first, and leaves out what has not", async () => {
    const { recall } = minded();
    expect(await recall(life, "Can Oscar eat hazelnut cake with nuts in it?")).toEqual(["n3"]);
    expect((await recall(life, "Where does Ilse sell her ladders, and where is bread cheap?")).toSorted()).toEqual([
      "n1",
      "n4",
    ]);
    expect(await recall(life, "Quantum flux?")).toEqual([]);
  });
  it("asks no embedder, and nothing at all, of somebody without notes, without words, or who is to recall nothing", async () => {
    const { recall, asked } = minded();
    expect(await recall([], "Oscar?")).toEqual([]);
    expect(await recall(life, "  ")).toEqual([]);
    expect(await recall(life, "Oscar?", { most: 0 })).toEqual([]);
    expect(asked).toEqual([]);
  });
  it("prefers the important and the recent of what is as relevant", async () => {
    const { recall } = minded();
    const same = [
      note(1, "Ilse likes tea."),
      note(2, "Ilse likes pie."),
      note(3, "Ilse likes rye.", { importance: 1 }),
    ];
    expect((await recall(same, "What does Ilse like?", { most: 1 }))[0]).toBe("n3");
    const older = [note(1, "Ilse likes tea."), note(900, "Ilse likes pie.")];
    expect((await recall(older, "What does Ilse like?", { most: 1, ...aged(1_000) }))[0]).toBe("n900");
    const [monday, friday] = ["2030-01-07T09:00:00.000Z", "2030-02-08T09:00:00.000Z"];
    const dated = [note(2, "Ilse likes tea.", { time: friday }), note(3, "Ilse likes pie.", { time: monday })];
    const now = new Date("2030-02-09T09:00:00Z");
    expect((await recall(dated, "What does Ilse like?", { most: 1, now }))[0]).toBe("n2");
  });
  it("still finds what is asked for after two thousand events", async () => {
    const { recall } = minded();
    const long = [
      ...life,
      ...Array.from({ length: 2_000 }, (_, at) => note(at + 5, `Day ${at}: talked about kettles with somebody.`)),
    ];
    expect((await recall(long, "Is Oscar allergic to nuts?", { ...aged(2_004) }))[0]).toBe("n3");
  });
  it("leaves out what rests on events in view alone", async () => {
    const { recall } = minded();
    const notes = [
      note(1, "Ilse sells ladders."),
      note(2, "Ilse sells saddles.", { sources: ["person:lisa#1.0", "person:lisa#2"] }),
    ];
    const inView = { events: new Set(["person:lisa#1"]), texts: new Set(["Ilse buys kettles."]) };
    expect(await recall(notes, "What does Ilse sell?", { inView })).toEqual(["n2"]);
    expect(await recall([note(2, "Ilse buys kettles.")], "What does Ilse buy?", { inView })).toEqual([]);
    expect(await recall([note(1, "Ilse sells ladders.", { sources: [] })], "Ilse sells?", { inView })).toEqual(["n1"]);
  });
  it("finds a note by whom it is about, though its words do not say it", async () => {
    const { recall } = minded();
    expect(
      await recall([note(1, "Never pays on time.", { about: ["Marcos"] }), ...life.slice(1)], "Marcos wants a loan."),
    ).toEqual(["n1"]);
  });
  it("goes by the words alone where no embedder is to be had, and tells it once", async () => {
    const broken = { id: "test/broken", dimensions: 3, embed: () => Promise.reject(new Error("down")) };
    const { recall, context } = minded({ embedder: broken });
    expect(await recall(life, "Is Oscar allergic to nuts?")).toEqual(["n3"]);
    expect(await recall(life, "Ilse sells ladders?")).toEqual(["n1"]);
    expect(context.shown.filter(({ type }) => type === "warning")).toHaveLength(1);
  });
  it("embeds each note once, and what is asked", async () => {
    const { recall, asked } = minded();
    await recall(life, "Ilse?");
    await recall([...life, note(5, "Ilse moved to Delft.")], "Ilse?");
    const texts = asked.flat();
    expect(texts.filter((text) => text === life[0]?.text)).toHaveLength(1);
    expect(texts).toHaveLength(6);
  });
  it("keeps its index only as long as there is room, and finds the same without", async () => {
    const { recall, shelf, asked } = minded({ room: 10_000 });
    const before = await recall(life, "Is Oscar allergic to nuts?");
    shelf.place<string>().put("another person", 10_000);
    expect(await recall(life, "Is Oscar allergic to nuts?")).toEqual(before);
    expect(asked.flat()).toHaveLength(5);
  });
  it("finds the same from an index that grew as from one that was made anew (property)", async () => {
    const words = ["tea", "pie", "Ilse", "Oscar", "ladder", "market", "likes", "sells", "bread"];
    const text = fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 5 }).map((some) => some.join(" "));
    const step = fc.record({ id: fc.integer({ min: 1, max: 12 }), text: fc.option(text, { nil: undefined }) });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), text, async (steps, about) => {
        const grown = minded();
        let notes: readonly MemoryNote[] = [];
        let version = 0;
        const moment = { about, now: undefined, ...aged(20), most: 4, tokens: 300 };
        for (const { id, text: said } of steps) {
          const others = notes.filter((one) => one.id !== `n${id}`);
          notes = said === undefined ? others : [...others, note(id, said)];
          version += 1;
          await grown.recollection.recall({ notes, version, size: notes.length }, moment);
        }
        const fresh = minded().recollection.recall({ notes, version, size: notes.length }, moment);
        expect(await grown.recollection.recall({ notes, version, size: notes.length }, moment)).toEqual(await fresh);
      }),
      { numRuns: 60 },
    );
  });
  it("of several at once updates the index once", async () => {
    const { recall, asked } = minded();
    const all = await Promise.all(Array.from({ length: 5 }, () => recall(life, "Is Oscar allergic to nuts?")));
    expect(new Set(all.map((ids) => ids.join()))).toEqual(new Set(["n3"]));
    expect(asked.flat()).toHaveLength(5);
  });
});
