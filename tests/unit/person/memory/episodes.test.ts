import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { TranscriptEntry } from "../../../../src/kernel/contracts/events.ts";
import { createClock } from "../../../../src/kernel/values/clock.ts";
import { selectEpisodes } from "../../../../src/person/memory/episodes/episode-query.ts";
import { says, testPerson } from "../../../support/person.ts";

const entry = (index: number): TranscriptEntry => ({
  id: `person:lisa#${index}`,
  kind: "action",
  type: index % 2 === 0 ? "TALK" : "THINK",
  from: "Lisa",
  to: index % 3 === 0 ? ["Oscar"] : [],
  text: `Number ${index}`,
  time: new Date(Date.UTC(2030, 0, 1 + index)).toISOString(),
});

describe("a query of what happened", () => {
  it("B22: gives the first and the last, each thing once, and counts what lies between", () => {
    fc.assert(
      fc.property(fc.nat(30), fc.option(fc.nat(40)), fc.option(fc.nat(40)), (count, first, last) => {
        const all = Array.from({ length: count }, (_, index) => entry(index));
        const query = { ...(first !== null && { first }), ...(last !== null && { last }) };
        const { entries, total, omitted, gapAfter } = selectEpisodes(all, query);
        expect(total).toBe(count);
        expect(entries.length + omitted).toBe(count);
        expect(new Set(entries.map((one) => one.id)).size).toBe(entries.length);
        expect(gapAfter === undefined).toBe(omitted === 0);
        if (first === null && last === null) {
          expect(entries).toEqual(all);
          return;
        }
        const before = entries.slice(0, gapAfter ?? entries.length);
        expect([
          ...before,
          ...all.slice(before.length, before.length + omitted),
          ...entries.slice(before.length),
        ]).toEqual(all);
        expect(omitted).toBe(Math.max(0, count - (first ?? 0) - (last ?? 0)));
      }),
    );
  });
  it("finds by kind, by person and by a span of time that ends before its end", () => {
    const all = Array.from({ length: 12 }, (_, index) => entry(index));
    const numbers = (query: Parameters<typeof selectEpisodes>[1]) =>
      selectEpisodes(all, query).entries.map((one) => Number(one.text.slice(7)));
    expect(numbers({ kinds: ["THINK"], first: 2 })).toEqual([1, 3]);
    expect(numbers({ person: "Oscar" })).toEqual([0, 3, 6, 9]);
    expect(numbers({ since: "2030-01-03T00:00:00.000Z", before: new Date("2030-01-05T00:00:00Z") })).toEqual([2, 3]);
    const { time: _, ...timeless } = entry(99);
    expect(selectEpisodes([timeless], { since: "2030-01-01" }).total).toBe(0);
    expect(() => numbers({ last: -1 })).toThrow(/last is -1/);
    expect(() => numbers({ since: "yesterday" })).toThrow(/since is yesterday/);
  });
  it("finds people as others write them, and says whom a name may mean", () => {
    const from = (name: string, index: number) => ({ ...entry(index), from: name, to: [] });
    const all = ["Kari Lund", "Rasha Haddad", "Ola Haddad"].map(from);
    const names = (person: string) => selectEpisodes(all, { person }).entries.map((one) => one.from);
    expect([names("Kari"), names("rasha haddad"), names("Ola Haddad"), names("Minji")]).toEqual([
      ["Kari Lund"],
      ["Rasha Haddad"],
      ["Ola Haddad"],
      [],
    ]);
    const refused = (known: readonly string[], hint: string) =>
      expect.objectContaining({ code: "TARGET_UNKNOWN", data: expect.objectContaining({ known }), hint });
    expect(() => names("Haddad")).toThrow(refused(["Rasha Haddad", "Ola Haddad"], "Give the whole name."));
    expect(() => names("Rashaa")).toThrow(refused(["Rasha Haddad"], "Did you mean Rasha Haddad?"));
  });
  it("is asked of a person, and leaves out what the engine told them", async () => {
    const { person } = testPerson((_request, call) => says(`Answer ${call}, as it comes.`));
    await person.listenAndAct("One?", "Oscar");
    await person.listenAndAct("Two?", "Maria");
    const { entries, omitted, total } = person.memory.episodes({ first: 1, last: 1 });
    expect(entries.map((one) => one.text)).toEqual(["One?", "Answer 1, as it comes."]);
    expect({ omitted, total }).toEqual({ omitted: 2, total: 4 });
    expect(person.memory.episodes({ person: "Maria", kinds: ["CONVERSATION"] }).entries).toHaveLength(1);
  });
});

describe("an episode", () => {
  const closed = (events: readonly { readonly type: string }[]) =>
    events.filter((event) => event.type === "episode-closed");
  it("ends with a quiet turn, with another place, and when it is long, and always between turns", async () => {
    const talks = (call: number) => call !== 4;
    const { person, context } = testPerson(
      (_request, call) => (talks(call) ? says(`Answer number ${call} it is.`) : { actions: [{ type: "DONE" }] }),
      { memory: { consolidateAfter: 12 }, repetition: false },
    );
    for (let turn = 0; turn < 5; turn++) await person.listenAndAct(`Question ${turn}?`, "Oscar");
    expect(closed(context.events)).toMatchObject([
      { end: "quiet", episode: 1, events: 9, turns: ["person:lisa#2", "person:lisa#10"] },
    ]);
    for (const turn of [5, 6]) await person.listenAndAct(`Question ${turn}?`, "Oscar");
    person.listen("Waiting for you over there.", "Maria");
    person.moveTo("the kitchen");
    expect(closed(context.events)).toHaveLength(2);
    expect(closed(context.events)[1]).toMatchObject({
      end: "place",
      events: 4,
      turns: ["person:lisa#12", "person:lisa#14"],
    });
    for (let turn = 7; turn < 13; turn++) await person.listenAndAct(`Question ${turn}?`, "Oscar");
    // What was heard before the move belongs to the turn in which it was new.
    expect(closed(context.events)[2]).toMatchObject({ end: "size", events: 12 });
  });
  it("ends when somebody has nothing to react to, once enough happened", async () => {
    const { person, context } = testPerson((_request, call) => says(`Answer number ${call} it is.`), {
      memory: { consolidateAfter: 12 },
    });
    await person.listenAndAct("Question?", "Oscar");
    expect((await person.act()).stop).toBe("idle");
    expect(closed(context.events)).toEqual([]);
    await person.listenAndAct("Another question?", "Oscar");
    await person.act();
    await person.act();
    expect(closed(context.events)).toMatchObject([{ end: "quiet", events: 4 }]);
  });
  it("holds each turn once, whole, whatever happens", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom("act", "idle", "move", "hear"), { maxLength: 40 }), async (deeds) => {
        const { person, context } = testPerson((_request, call) => says(`Answer number ${call} it is.`), {
          memory: { consolidateAfter: 9 },
          repetition: false,
          context: { clock: createClock(new Date("2030-01-01T09:00:00Z")) },
        });
        for (const [index, deed] of deeds.entries()) {
          if (deed === "act") await person.listenAndAct(`Question ${index}?`, "Oscar");
          if (deed === "idle") await person.act();
          if (deed === "move") person.moveTo(`room ${index}`);
          if (deed === "hear") person.listen(`Aside ${index}.`, "Maria");
        }
        await person.memory.consolidate();
        const turns = context.events.filter((event) => event.type === "turn").map((event) => event.id);
        const ends = context.events.filter((event) => event.type === "episode-closed");
        const covered = ends.flatMap((event) =>
          turns.slice(turns.indexOf(event.turns[0]), turns.indexOf(event.turns[1]) + 1),
        );
        expect(covered).toEqual(turns);
        expect(ends.map((event) => event.episode)).toEqual(ends.map((_, index) => index + 1));
      }),
      { numRuns: 40 },
    );
  });
});
