import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { Faculty } from "../../../src/kernel/contracts/faculty.ts";
import { transcriptOf } from "../../../src/kernel/values/transcript.ts";
import { defineAction } from "../../../src/person/actions/define-action.ts";
import { TinyPerson } from "../../../src/person/tiny-person.ts";
import { createDormitory } from "../../../src/simulation/run/memory/dormitory.ts";
import { createShelf } from "../../../src/simulation/run/memory/shelf.ts";
import { createMemoryStore } from "../../../src/store/memory.ts";
import { TinyWorld } from "../../../src/world/tiny-world.ts";
import { promptOf, says, type TestPerson, type TestPersonOptions, testPerson } from "../../support/person.ts";

const topics = ["the burned mill", "the new bakery", "the closed bridge", "the church clock", "the wet harvest"];

/** Somebody who talks with Oscar, keeps notes of it all the time, holds stances, and gives way when at rest. */
function talker(options: TestPersonOptions = {}): TestPerson {
  const answer = (request: { scope: string; messages: readonly unknown[] }) =>
    says(`About ${topics[request.messages.length % 5]}: that was ${request.messages.length} things ago.`, "Oscar");
  const consolidated = (request: { messages: readonly { content: unknown }[] }) => ({
    summary: `We talked at length (${JSON.stringify(request.messages.at(-1)?.content).length}).`,
    added: [
      {
        kind: "fact",
        text: `Oscar spoke of it at ${JSON.stringify(request.messages).length}.`,
        importance: 5,
        about: [],
        events: [1],
      },
    ],
    revised: [],
    reflections: [],
  });
  return testPerson(answer, {
    persona: { beliefs: ["Bread should be cheap."] },
    repetition: false,
    stances: true,
    memory: { consolidateAfter: 6 },
    historyTokens: 400,
    model: { consolidations: consolidated } as NonNullable<TestPersonOptions["model"]>,
    ...options,
  });
}

async function talk(person: Pick<TinyPerson, "listenAndAct" | "life">, turns: number): Promise<void> {
  for (let turn = 0; turn < turns; turn++)
    await person.listenAndAct(`What of ${topics[turn % 5]}? (${person.life.length})`, "Oscar");
}

const own = ({ context }: TestPerson) => context.events.filter(({ id }) => !id.includes("/fork:"));
const lastPrompt = ({ model }: TestPerson) =>
  promptOf(model.requests.filter(({ purpose }) => purpose === "act").at(-1));

describe("a fork of somebody", () => {
  it("that is told what it is asked has the same name whoever is forked first", async () => {
    const [fresh, quick] = [{ ads: ["Fresh"] }, { ads: ["Quick"] }];
    const ids = async (...asked: readonly unknown[]) => {
      const { person } = talker();
      const forks = asked.map(async (asking) => [asking, (await person.fork("ad test", { asking })).id] as const);
      return new Map(await Promise.all(forks));
    };
    const names = await ids(fresh, quick);
    expect(await ids(quick, fresh)).toEqual(names);
    expect(new Set(names.values()).size).toBe(2);
  });

  it.each([0, 1, 5, 6, 7, 8, 12, 23])("leaves who lived through %i turns as they were, to the byte", async (turns) => {
    const [plain, forked] = [talker(), talker()];
    for (const { person } of [plain, forked]) await talk(person, turns);
    forked.person.listen("And now?", "Oscar");
    plain.person.listen("And now?", "Oscar");
    const fork = await forked.person.fork("interview");
    await talk(fork, 9);
    fork.moveTo("A quiet room").makeAccessible({ name: "The interviewer" });
    fork.define("occupation", { title: "spy" });
    await fork.memory.remember("Nobody may know of this.");
    await fork.memory.consolidate();
    for (const { person } of [plain, forked]) await talk(person, 9);
    expect(own(forked)).toEqual(plain.context.events);
    expect(forked.person.transcript()).toEqual(plain.person.transcript());
    expect(await forked.person.snapshot()).toEqual(await plain.person.snapshot());
    expect(JSON.stringify(await forked.person.snapshot())).not.toMatch(/quiet room|spy|Nobody may know/);
  });

  it.each([0, 1, 6, 7, 8, 9, 23])(
    "reads after %i turns what they would have read, through all that follows",
    async (turns) => {
      const [plain, forked] = [talker(), talker()];
      for (const { person } of [plain, forked]) await talk(person, turns);
      const fork = await forked.person.fork("what if");
      await talk(forked.person, 4); // the original goes on, elsewhere
      for (let turn = 0; turn < 9; turn++) {
        await talk(plain.person, 1);
        await talk(fork, 1);
        expect(lastPrompt(forked)).toBe(lastPrompt(plain));
      }
      expect((await fork.memory.notes()).map(({ text }) => text)).toEqual(
        (await plain.person.memory.notes()).map(({ text }) => text),
      );
      expect(fork.stances.map(({ topic }) => topic)).toEqual(plain.person.stances.map(({ topic }) => topic));
    },
  );

  it("has an id, a scope, and a transcript of its own, and is no part of what is told of the run", async () => {
    const lisa = talker();
    await talk(lisa.person, 2);
    const before = transcriptOf(own(lisa));
    const fork = await lisa.person.fork("Exit interview");
    expect(fork).toMatchObject({ id: "lisa/exit-interview", name: "Lisa", forkOf: "lisa" });
    expect(lisa.person.forkOf).toBeUndefined();
    expect(lisa.context.events.at(-1)).toEqual({
      ...{ type: "person-forked", id: "person:lisa/fork:exit-interview#0", person: "lisa/exit-interview" },
      ...{ name: "Lisa", of: "lisa" },
    });
    expect(fork.transcript()).toEqual([]);
    await fork.listenAndAct("Why did you leave?", "Ana");
    expect(fork.transcript().map(({ from, text }) => `${from}: ${text}`)).toEqual([
      "Ana: Why did you leave?",
      expect.stringContaining("Lisa: About"),
    ]);
    expect(fork.turns).toHaveLength(1);
    expect(fork.life).toHaveLength(3);
    expect(transcriptOf(own(lisa))).toEqual(before);
    expect(lisa.model.requests.at(-1)?.scope).toBe("person:lisa/fork:exit-interview");
  });

  it("can be forked in turn, numbers those of one name, and refuses a name that is none", async () => {
    const { person } = talker();
    const [first, second] = await Promise.all([person.fork("probe"), person.fork("Probe")]);
    const deeper = await first.fork("deeper");
    await first.listenAndAct("One.");
    await deeper.listenAndAct("Two.");
    expect([first.id, second.id, deeper.id]).toEqual(["lisa/probe", "lisa/probe:2", "lisa/probe/deeper"]);
    expect(deeper.forkOf).toBe("lisa/probe");
    expect(deeper.transcript().map(({ text }) => text)).not.toContain("One.");
    await expect(person.fork(" ")).rejects.toMatchObject({ code: "OPTION_INVALID", hint: expect.any(String) });
  });

  it("waits for the turn that is being taken, and begins with all of it", async () => {
    const lisa = talker();
    const turn = lisa.person.listenAndAct("Well?");
    const fork = await lisa.person.fork("after");
    expect(fork.life).toHaveLength(1);
    await turn;
  });

  it("begins with what is new to them, which stays new to them", async () => {
    const lisa = talker();
    lisa.person.listen("There is a fire!", "Oscar");
    const fork = await lisa.person.fork("alarm");
    await fork.act();
    expect(lastPrompt(lisa)).toContain("There is a fire!");
    expect(fork.pending).toEqual([]);
    expect(lisa.person.pending.map(({ content }) => content)).toEqual(["There is a fire!"]);
  });

  it("shares the notes that are being made for them, and asks for no others", async () => {
    const lisa = talker();
    let turns = 0;
    while (lisa.model.consolidations.length === 0) await talk(lisa.person, ++turns && 1);
    const fork = await lisa.person.fork("interview");
    expect(await fork.memory.notes()).toEqual([]);
    await talk(fork, 2);
    await talk(lisa.person, 2);
    const scopes = lisa.model.consolidations.map(({ scope }) => scope);
    expect(scopes.filter((scope) => scope.startsWith("person:lisa/memory"))).toHaveLength(1);
    expect(await fork.memory.notes()).toEqual(await lisa.person.memory.notes());
    expect((await fork.memory.notes()).length).toBeGreaterThan(0);
    const changed = lisa.context.events.filter(({ type }) => type === "notes-changed");
    expect(changed.map((event) => "person" in event && event.person).sort()).toEqual(["lisa", "lisa/interview"]);
  });

  it("does nothing to others: effects are simulated and settled with nobody, whatever their policy", async () => {
    const sent: string[] = [];
    const send = (repeat: "always" | "never", realWorld: boolean): Faculty => ({
      name: "post",
      actions: [
        defineAction({
          type: "SEND",
          kind: "effect",
          description: "send it",
          args: z.object({}),
          effect: {
            ...{ repeat, realWorld, policy: "allow" },
            settle: () => {
              sent.push("settled");
              return [];
            },
          },
          run: async () => {
            sent.push("run");
            return { text: "sent" };
          },
        }),
      ],
    });
    for (const [repeat, realWorld] of [
      ["always", false],
      ["never", false],
      ["never", true],
    ] as const) {
      const script = () => ({ actions: [{ type: "SEND" }, { type: "DONE" }] });
      const { person } = testPerson(script, { faculties: [send(repeat, realWorld)] });
      const { outcomes } = await (await person.fork("probe")).listenAndAct("Send it.");
      expect(outcomes).toMatchObject([{ how: "simulated", outcome: { text: "done" } }]);
      expect(sent).toEqual([]);
      await person.listenAndAct("Send it.");
      expect(sent.splice(0)).toEqual(["run", "settled"]);
    }
  });

  it("is not let into a world, and says how it can be", async () => {
    const lisa = talker();
    const fork = await lisa.person.fork("visitor");
    const context = lisa.context.fork("world:room");
    expect(() => new TinyWorld("Room", [fork], { context })).toThrow(
      expect.objectContaining({ code: "OPTION_INVALID", hint: expect.stringContaining("simulation.person(fork") }),
    );
    const room = new TinyWorld("Other room", [lisa.person], { context: lisa.context.fork("world:other-room") });
    expect(() => room.add(fork)).toThrow(expect.objectContaining({ code: "OPTION_INVALID" }));
  });

  it("is saved as somebody who lived through all of it, whose names of events say of which run", async () => {
    const lisa = talker();
    await talk(lisa.person, 3);
    const fork = await lisa.person.fork("interview");
    await fork.listenAndAct("Who are you?", "Ana");
    const saved = await fork.snapshot();
    expect(saved.life?.episodes).toHaveLength(8);
    expect(saved.life?.episodes.map(({ id }) => id)).toEqual([
      ...[1, 2, 3, 4, 5, 6].map(() => expect.stringMatching(/^test-run:person:lisa#\d+$/)),
      "test-run:person:lisa/fork:interview#1",
      "test-run:person:lisa/fork:interview#2",
    ]);
    const again = TinyPerson.restore(saved, testPerson([]).context.fork("person:lisa"), {});
    expect(again.life).toHaveLength(4);
    expect(again.forkOf).toBeUndefined();
  });

  it("keeps words that the original takes out of its memory, and the other way round", async () => {
    const quoting: Faculty = {
      name: "library",
      actions: [
        defineAction({
          type: "LEND",
          kind: "effect",
          description: "borrow a book",
          args: z.object({}),
          run: async () => ({ text: "The secret is 42.", sources: ["book.md"] }),
        }),
      ],
    };
    const lisa = testPerson(
      [{ actions: [{ type: "LEND" }, { type: "DONE" }] }, says("Oh."), says("Oh."), says("Oh."), says("Oh.")],
      {
        faculties: [quoting],
      },
    );
    await lisa.person.listenAndAct("Borrow it.");
    await lisa.person.listenAndAct("Read it.");
    const [kept, purged] = [await lisa.person.fork("kept"), await lisa.person.fork("purged")];
    await purged.memory.purge("book.md");
    const secret = (prompt: string) => prompt.includes("The secret is 42.");
    await purged.listenAndAct("Well?");
    expect(secret(lastPrompt(lisa))).toBe(false);
    const all = async (person: TinyPerson) => secret(JSON.stringify((await person.snapshot()).life?.episodes));
    expect([await all(lisa.person), await all(kept), await all(purged)]).toEqual([true, true, false]);
    await lisa.person.memory.purge("book.md");
    await kept.listenAndAct("Well?");
    expect(secret(lastPrompt(lisa))).toBe(true);
    expect([await all(lisa.person), await all(kept)]).toEqual([false, true]);
  });

  it("does not say again what they had said before it was one", async () => {
    const again = says("The mill by the river burned down, and nobody knows why.");
    const { person } = testPerson([again, again]);
    await person.listenAndAct("What happened?");
    const fork = await person.fork("again");
    expect(await fork.listenAndAct("Tell me something new.")).toMatchObject({ stop: "repetition" });
  });

  it("keeps its notes where there is no room for all, whatever becomes of theirs", async () => {
    const lisa = talker({ context: { shelf: createShelf(1) } });
    await talk(lisa.person, 7);
    const before = await lisa.person.memory.notes();
    expect(before.length).toBeGreaterThan(0);
    const fork = await lisa.person.fork("interview");
    await lisa.person.memory.remember("The bridge is open again.");
    expect(await fork.memory.notes()).toEqual(before);
    await fork.memory.remember("The interviewer is kind.");
    await lisa.person.memory.forget(...before.map(({ id }) => id));
    const texts = (await fork.memory.notes()).map(({ text }) => text);
    expect(texts).toEqual([...before.map(({ text }) => text), "The interviewer is kind."]);
  });

  it("is made of somebody at rest, whose past was put aside, and is not put aside itself", async () => {
    const store = createMemoryStore();
    const shelves = new Map<number, Uint8Array>();
    const aside = () => ({
      put: (place: number, bytes: Uint8Array) => void shelves.set(place, bytes),
      get: (place: number) => shelves.get(place),
    });
    const dormitory = createDormitory({ bytes: 1, store: { ...store, aside }, watch: () => undefined });
    const lisa = talker({ context: { dormitory } });
    const other = new TinyPerson(lisa.person.persona, lisa.context.fork("person:other"));
    await talk(lisa.person, 7);
    await talk(other, 1);
    expect(shelves.size).toBeGreaterThan(1);
    const fork = await lisa.person.fork("interview");
    await talk(other, 1);
    expect(fork.life).toHaveLength(7);
    const places = shelves.size;
    await talk(fork, 3);
    await talk(other, 1);
    expect(shelves.size).toBe(places);
    expect(fork.life).toHaveLength(10);
    expect(lisa.person.life).toHaveLength(7);
  });
});
