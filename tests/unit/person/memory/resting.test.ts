import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Shelf } from "../../../../src/kernel/contracts/context.ts";
import { createLexicalEmbedder } from "../../../../src/model/embed/lexical.ts";
import type { PersonOptions } from "../../../../src/person/options.ts";
import { TinyPerson } from "../../../../src/person/tiny-person.ts";
import { parsePersona } from "../../../../src/persona/schema.ts";
import { createShelf } from "../../../../src/simulation/run/memory/shelf.ts";
import { testContext } from "../../../support/context.ts";
import { says } from "../../../support/person.ts";
import { scriptedModel } from "../../../support/scripted-model.ts";

const topics = ["kettles", "the tram", "hazelnuts", "ladders", "the harbour", "bread", "umbrellas"];
const options: PersonOptions = { memory: { consolidateAfter: 6, capacity: 9 }, historyTokens: 150, repetition: false };

const happening = fc.record({
  who: fc.nat(1),
  what: fc.constantFrom("hear", "hear", "remember", "unawaited", "forget", "purge", "read", "go", "settle", "scan"),
  topic: fc.nat(topics.length - 1),
  nth: fc.nat(12),
});
type Happening = typeof happening extends fc.Arbitrary<infer One> ? One : never;

/** Two people on one shelf, the second of whom was saved before and brings notes along. */
async function cast(shelf: Shelf) {
  const model = scriptedModel((_request, call) => says(`I know ${call} things about ${topics[call % 7]}.`, "Oscar"), {
    consolidations: (_request, call) => ({
      summary: `Talk number ${call} with Oscar was about ${topics[call % 7]}.`,
      added: [
        { kind: "fact", text: `Oscar has ${call} ${topics[call % 5]}.`, importance: 6, about: ["Oscar"], events: [1] },
      ],
      revised: [{ note: `n${call}`, text: `Oscar lost ${topics[call % 3]} number ${call}.`, importance: 8 }],
      reflections: [{ text: `Oscar cares for ${topics[call % 4]}.`, importance: 7, notes: [`n${call}`] }],
    }),
  });
  const context = testContext({ model, shelf, embedder: createLexicalEmbedder() });
  const former = new TinyPerson(parsePersona({ name: "Ann" }), context.fork("person:former"), options);
  for (const topic of topics) await former.memory.remember(`Ilse sells ${topic} on Mondays.`);
  await former.memory.forget("n2");
  const people = [
    new TinyPerson(parsePersona({ name: "Lisa" }), context.fork("person:lisa"), options),
    TinyPerson.restore(await former.snapshot(), context.fork("person:ann"), options),
  ] as const;
  return { people, model, context };
}

/** All that can be told of such lives. */
async function lived(happenings: readonly Happening[], shelf: Shelf) {
  const { people, model, context } = await cast(shelf);
  const answers: unknown[] = [];
  for (const { who, what, topic, nth } of happenings) {
    const person = people[who] ?? people[0];
    const about = topics[topic] ?? "";
    if (what === "hear") await person.listenAndAct(`What of ${about}, for the ${nth}th time?`, "Oscar");
    if (what === "remember") answers.push(await person.memory.remember(`Somebody has ${nth} ${about}.`));
    if (what === "unawaited") {
      const told = [1, 2].map((one) => person.memory.remember(`Number ${one + nth} are ${about} again.`));
      answers.push(await person.memory.notes(), await Promise.all(told));
    }
    if (what === "forget") answers.push(await person.memory.forget(`n${nth}`));
    if (what === "purge") answers.push(await person.memory.purge("list"));
    if (what === "read") answers.push(await person.memory.read({ text: `${about} cost ${nth}.`, location: "list" }));
    if (what === "go") person.moveTo(about);
    if (what === "settle") await person.memory.settle();
    if (what === "scan") answers.push(await person.memory.notes({ about: "Oscar" }));
  }
  const saved = await Promise.all(people.map((person) => person.snapshot()));
  const prompts = model.requests.map(({ messages }) => messages);
  return { answers, saved, prompts, asked: model.consolidations, events: context.events.map((event) => event) };
}

describe("notes of people at rest", () => {
  it("give way, and nothing of what happens, is asked or is remembered depends on it", async () => {
    let readAgain = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { maxLength: 40 }), async (happenings) => {
        const roomy = await lived(happenings, createShelf(Number.POSITIVE_INFINITY));
        const bare = await lived(
          happenings,
          counting(createShelf(0), () => readAgain++),
        );
        const ofScope = (told: typeof roomy, scope: string) => told.events.filter(({ id }) => id.startsWith(scope));
        for (const scope of ["person:lisa#", "person:lisa/memory#", "person:ann#", "person:ann/memory#"]) {
          expect(ofScope(bare, scope)).toEqual(ofScope(roomy, scope));
        }
        const { events: _one, asked, ...told } = bare;
        const { events: _other, asked: before, ...otherwise } = roomy;
        expect(told).toEqual(otherwise);
        expect(asked.map(({ messages }) => messages)).toEqual(before.map(({ messages }) => messages));
      }),
      { numRuns: 40 },
    );
    expect(readAgain).toBeGreaterThan(100);
  });
  it("take no more room than there is, however many people there are, and are all still there", async () => {
    const room = 200_000;
    const watched = bounded(createShelf(room));
    const context = testContext({ shelf: watched.shelf });
    const persona = (number: number) => parsePersona({ name: `Person ${number}` });
    const people = Array.from(
      { length: 60 },
      (_, number) => new TinyPerson(persona(number), context.fork(`person:${number}`), options),
    );
    const texts = (number: number) => topics.map((topic) => `Person ${number} has ${number * 7} ${topic}.`);
    const before = new Map<TinyPerson, unknown>();
    for (const [number, person] of people.entries()) {
      await person.memory.rememberAll(texts(number).map((text) => ({ text })));
      before.set(person, await person.memory.notes());
    }
    expect(watched.held()).toBeLessThan(people.length / 1.5);
    for (const person of people) expect(await person.memory.notes()).toEqual(before.get(person));
  });
  it("are asked of the store by nobody who never kept any", async () => {
    const context = testContext({ shelf: createShelf(0), model: scriptedModel([says("Hello.")]) });
    const told = () => {
      throw new Error("Read.");
    };
    const own = context.fork("person:lisa");
    const fork = () => ({ ...context, journal: { ...context.journal, told } });
    const person = new TinyPerson(parsePersona({ name: "Lisa" }), { ...own, fork }, {});
    expect(await person.memory.notes()).toEqual([]);
    await person.listenAndAct("Hello.", "Oscar");
  });
});

/** Counts how often something was looked for in vain. */
function counting(shelf: Shelf, missed: () => void): Shelf {
  return {
    place: () => {
      const place = shelf.place<never>();
      return {
        put: (value: never, bytes: number) => place.put(value, bytes),
        take: () => place.take() ?? void missed(),
      };
    },
  };
}

/** Counts the places in which something stands. */
function bounded(shelf: Shelf) {
  const places: { take(): unknown }[] = [];
  const counted: Shelf = {
    place: <T>() => {
      const place = shelf.place<T>();
      places.push(place);
      return place;
    },
  };
  return { shelf: counted, held: () => places.filter((place) => place.take() !== undefined).length };
}
