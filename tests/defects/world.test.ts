import { expect, it } from "vitest";
import { createClock } from "../../src/kernel/values/clock.ts";
import { TinyPerson } from "../../src/person/tiny-person.ts";
import { parsePersona } from "../../src/persona/schema.ts";
import type { Access } from "../../src/world/delivery/access.ts";
import type { Claim } from "../../src/world/intervention/claim.ts";
import { TinySocialNetwork } from "../../src/world/network/social-network.ts";
import { TinyWorld, type WorldOptions } from "../../src/world/tiny-world.ts";
import { type TestContextOptions, testContext } from "../support/context.ts";
import { promptOf, says, textOf } from "../support/person.ts";
import { type Script, scriptedModel } from "../support/scripted-model.ts";

const done = { type: "DONE" };
const quiet: Script = () => ({ actions: [done] });

/** People of these names and a run in which they live; what each says is what the script gives for their name. */
function cast(names: readonly string[], script: Script = quiet, options: TestContextOptions = {}) {
  const model = scriptedModel(script);
  const context = testContext({ ...options, model });
  const people = names.map((name) => {
    const persona = parsePersona({ name });
    return new TinyPerson(persona, context.fork(`person:${name.toLowerCase()}`), { repetition: false });
  });
  const world = (name: string, here: readonly TinyPerson[], more: WorldOptions = {}) =>
    new TinyWorld(name, here, { ...more, context: context.fork(`world:${name.toLowerCase()}`) });
  return { model, context, people, world };
}

/** Who is asked in this request. */
const asked = (request: Parameters<typeof promptOf>[0]): string => /You are (\w+)\./.exec(promptOf(request))?.[1] ?? "";

it("A7: worlds that are made without a word share nothing, neither people nor ways nor time", async () => {
  const { people, world, model } = cast(["Ann", "Bob", "Cleo"]);
  const [ann, bob, cleo] = people;
  const one = world("One", [ann!, bob!]).makeAccessible("Ann", "Bob");
  const other = world("Other", [bob!]);
  one.add(cleo!).broadcast("Hello, one.");
  expect([one.people.length, other.people.length]).toEqual([3, 1]);
  other.add(ann!);
  expect(other.transcript().map((entry) => entry.text)).toEqual(["Ann comes in."]);
  await other.run(1);
  expect(model.requests.map(({ messages }) => /Within reach: (.*)/.exec(textOf(messages.at(-1)))?.[1])).toEqual([
    "nobody",
    "nobody",
  ]);
  const [early, late] = ["2030-01-01", "2040-01-01"].map((day) =>
    cast([], quiet, { clock: createClock(new Date(day)) }),
  );
  const worlds = [early!.world("Early", []), late!.world("Late", [])];
  worlds[0]?.skipDays(1);
  expect([early, late].map((each) => each?.context.clock.now()?.toISOString().slice(0, 10))).toEqual([
    "2030-01-02",
    "2040-01-01",
  ]);
});

it("A8: who has left a world is out of it: hears nothing, is not addressed, and can live on", async () => {
  const { people, world, model, context } = cast(["Ann", "Bob", "Cleo"], (request) =>
    asked(request) === "Ann" ? says("Bob, are you there?", "Bob") : { actions: [done] },
  );
  const [, bob] = people;
  const room = world("Room", people).makeEveryoneAccessible();
  room.remove("Bob").broadcast("Who is here?");
  await room.run(1);
  expect([bob?.pending.length, bob?.transcript().length]).toEqual([0, 0]);
  expect(textOf(model.requests[0]?.messages.at(-1))).toContain("Within reach: Cleo\n");
  expect(context.events).toContainEqual(expect.objectContaining({ type: "undelivered", target: "Bob" }));
  expect((await bob?.listenAndAct("And you, Bob?"))?.stop).toBe("done");
  expect(textOf(model.requests.at(-1)?.messages.at(-1))).not.toContain("Within reach");
});

it("A8: somebody in two worlds has one time, and is told in each whom they reach there", async () => {
  const clock = createClock(new Date("2030-05-06T09:00:00Z"));
  const { people, world, model } = cast(["Ann", "Bob", "Cleo"], quiet, { clock });
  const [ann, bob, cleo] = people;
  const home = world("Home", [ann!, bob!]).makeEveryoneAccessible();
  const work = world("Work", [ann!, cleo!]).makeEveryoneAccessible();
  home.broadcast("Good morning.");
  await home.run(1);
  work.skipHours(8).broadcast("The day is over.");
  await work.run(1);
  home.broadcast("You are late.");
  await home.run(1);
  const present = model.requests.filter((each) => asked(each) === "Ann").map(({ messages }) => textOf(messages.at(-1)));
  expect(present.map((text) => /\d\d:\d\d/.exec(text)?.[0])).toEqual(["09:00", "17:00", "17:00"]);
  expect(present.map((text) => /Within reach: (.*)/.exec(text)?.[1])).toEqual(["Bob", "Cleo", "Bob"]);
});

it("A8: a first name is enough to be heard", async () => {
  const { people, world } = cast(["Ann", "Bob"], (request) =>
    asked(request) === "Ann" ? says("Good morning to you.", "bob") : { actions: [done] },
  );
  const full = new TinyPerson(parsePersona({ name: "Bob Stone" }), people[1]!.context.fork("person:bob-stone"));
  const room = world("Room", [people[0]!, full]).makeEveryoneAccessible();
  people[0]?.think("Now.");
  await room.run(1);
  expect(full.pending.map((stimulus) => stimulus.content)).toEqual(["Good morning to you."]);
});

it("A9: time passes by the calendar or is a clear error; nothing else can be asked of it", () => {
  const { world } = cast([]);
  const timeless = world("Timeless", []);
  const refused = expect.objectContaining({ code: "OPTION_INVALID", hint: expect.stringContaining("startAt") });
  expect(() => timeless.skipDays(3)).toThrow(refused);
  expect(() => timeless.skipMonths(1)).toThrow(refused);
  const clock = createClock(new Date("2031-01-31T09:00:00Z"));
  const room = cast([], quiet, { clock }).world("Room", []);
  room.skipMonths(1).skipDays(3);
  expect(clock.now()?.toISOString()).toBe("2031-03-03T09:00:00.000Z");
  for (const count of [Number.NaN, -1, 1.5])
    expect(() => room.skipDays(count)).toThrow(expect.objectContaining({ code: "OPTION_INVALID" }));
});

it("A10: what somebody says outside of a world never comes up in it, however often it is played", async () => {
  const { people, world } = cast(["Ann", "Bob"], (_request, call) => says(`Summary number ${call}, in short.`));
  const [ann, bob] = people;
  const room = world("Room", people).makeEveryoneAccessible();
  await ann?.listenAndAct("Sum it up for me.");
  room.broadcastThought("What next?");
  await room.run(2);
  expect(bob?.transcript().map((entry) => entry.text)).not.toContainEqual(expect.stringContaining("Summary number 0"));
  expect(room.transcript().map((entry) => entry.text)).not.toContainEqual(expect.stringContaining("Summary number 0"));
});

/** A society of pairs: only they can reach out to each other. */
const circle = (...pairs: readonly (readonly [string, string])[]): Access => {
  const met = new Map<string, Set<string>>();
  const knows = (who: string): Set<string> => met.get(who) ?? met.set(who, new Set()).get(who)!;
  return {
    circle: (who) => ({ only: knows(who) }),
    mayReachOut: (who, whom) => pairs.some((pair) => pair.includes(who) && pair.includes(whom)),
    openEveryone: () => undefined,
    open: (one, other) => void [knows(one).add(other), knows(other).add(one)],
    close: (one, other) => void [knows(one).delete(other), knows(other).delete(one)],
  };
};
const reaching =
  (target: string): Script =>
  (request) =>
    asked(request) === "Ann" ? { actions: [{ type: "REACH_OUT", target }, done] } : { actions: [done] };

it("A12: a world of another society is played like any, and who reaches out with success is told so once", async () => {
  const { people, world } = cast(["Ann", "Bob", "Cleo"], reaching("Bob"));
  const network = world("Network", people, { access: circle(["ann", "bob"]) });
  people[0]?.think("I miss Bob.");
  expect((await network.run(1)).stopped).toBe("steps");
  expect(people[0]?.pending.map(({ type }) => type)).toEqual(["SOCIAL"]);
  expect(people[1]?.pending.map(({ type, source }) => [type, source])).toEqual([["SOCIAL", "Ann"]]);
});

it("A12: who comes in later is found by name, and a refusal is told once", async () => {
  const { people, world } = cast(["Ann", "Bob", "Cleo"], reaching("Cleo"));
  const network = world("Network", people.slice(0, 2), { access: circle(["ann", "bob"]) }).add(people[2]!);
  expect(() => network.add(people[2]!)).toThrow(expect.objectContaining({ code: "NAME_TAKEN" }));
  people[0]?.think("I miss Cleo.");
  await network.run(1);
  expect(people[0]?.pending.map(({ type, content }) => [type, content])).toEqual([
    ["FEEDBACK", expect.stringContaining('"Cleo" is out of your reach')],
  ]);
  expect(people[2]?.pending).toEqual([]);
});

it("A7: what one world looks out for is no other's", async () => {
  const { people, world } = cast(["Ann", "Bob"]);
  const [ann, bob] = people;
  const looked: string[] = [];
  const one = world("One", [ann!]).intervene({ name: "look", do: ({ world: here }) => looked.push(here.id) });
  const other = world("Other", [bob!]);
  await one.run(1);
  await other.run(1);
  other.intervene({ name: "look", do: ({ world: here }) => looked.push(here.id) });
  await other.run(1);
  expect(looked).toEqual(["one", "other"]);
});

it("A34: an intervention is due when its claim holds, with a threshold as without one", async () => {
  const verdicts = { high: { score: 8 }, low: { score: 2 }, yes: { holds: true }, no: { holds: false } };
  const due = async (verdict: keyof typeof verdicts, claim: Claim) => {
    const evidence = [{ entry: 1, quote: "Hello" }];
    const { people, world } = cast(["Ann"], (request) =>
      request.purpose === "intervene" ? { claim: { why: "", evidence, ...verdicts[verdict] } } : { actions: [done] },
    );
    const fired: number[] = [];
    const room = world("Room", people).intervene({ name: "look", claim, do: ({ step }) => fired.push(step) });
    room.broadcast("Hello.");
    await room.run(1);
    return fired.length > 0;
  };
  const claim = "They talk.";
  expect([await due("yes", { claim }), await due("no", { claim })]).toEqual([true, false]);
  expect([await due("high", { claim, atLeast: 5 }), await due("low", { claim, atLeast: 5 })]).toEqual([true, false]);
  expect([await due("high", { claim, atMost: 5 }), await due("low", { claim, atMost: 5 })]).toEqual([false, true]);
});

it("A12: people with relations can be played, and their words go along them", async () => {
  const { people, world, context } = cast(["Ann", "Bob", "Cleo"], (request) =>
    asked(request) === "Ann" ? says("Come to the fair!") : { actions: [done] },
  );
  const network = new TinySocialNetwork(people).addRelation("Ann", "Bob", { type: "sister" });
  const played = await world("Village", people, { network }).broadcast("It is May.").run(2);
  expect(played.steps.map((step) => step.outcomes.length)).toEqual([3, 3]);
  const heard = context.events.filter((event) => event.type === "delivered").map((event) => event.to);
  expect(heard[0]).toEqual(["bob"]);
  expect(heard.flat()).not.toContain("cleo");
});

it("A12: reaching out is granted or refused, never both", async () => {
  const { people, world } = cast(["Ann", "Bob", "Cleo"], (request) => {
    const target = asked(request) === "Ann" ? "Bob" : asked(request) === "Bob" ? "Cleo" : undefined;
    return { actions: target === undefined ? [done] : [{ type: "REACH_OUT", target, content: "May I?" }, done] };
  });
  const network = new TinySocialNetwork(people).addRelation("Ann", "Bob");
  await world("Village", people, { network }).broadcast("It is May.").run(1);
  const told = people.map(({ pending }) => pending.map((stimulus) => stimulus.type));
  expect(told).toEqual([["SOCIAL"], ["SOCIAL", "FEEDBACK"], []]);
});

it("A12: who enters later is found by name, and nobody is related without being there", async () => {
  const { people, world, context } = cast(["Ann", "Bob"], (request) =>
    asked(request) === "Ann" ? says("Bob, look!", "Bob") : { actions: [done] },
  );
  const [ann, bob] = people;
  const network = new TinySocialNetwork([ann!]);
  const village = world("Village", [ann!], { network });
  expect(() => network.addRelation("Ann", bob!)).toThrow(expect.objectContaining({ code: "TARGET_UNKNOWN" }));
  expect(network.people).toEqual([ann]);
  village.add(bob!).broadcast("It is May.");
  network.addRelation("Ann", "Bob");
  await village.run(1);
  expect(context.events).toContainEqual(expect.objectContaining({ type: "delivered", from: "ann", to: ["bob"] }));
  const twin = cast(["Bob"]).people[0];
  expect(() => village.add(twin!)).toThrow(expect.objectContaining({ code: "NAME_TAKEN" }));
});

it("A12: relations are data, each once and of two people, in a world that takes all options", () => {
  const { people, world } = cast(["Ann", "Bob"], quiet, { clock: createClock(new Date("2030-01-01")) });
  const network = new TinySocialNetwork(people).addRelation("Ann", "Bob").addRelation("Ann", "Bob");
  expect(() => network.addRelation("Ann", "Ann")).toThrow(expect.objectContaining({ code: "OPTION_INVALID" }));
  expect(JSON.parse(JSON.stringify(network))).toEqual({
    people: [
      { id: "ann", name: "Ann" },
      { id: "bob", name: "Bob" },
    ],
    relations: [["ann", "bob", "acquaintance", 1]],
  });
  const village = world("Village", people, { network, schedule: "sequential", unknownTarget: "drop" }).skipDays(1);
  expect(village.people).toEqual(people);
});
