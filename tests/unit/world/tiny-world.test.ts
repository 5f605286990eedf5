import { describe, expect, it } from "vitest";
import { transcriptOf, transcriptText } from "../../../src/kernel/values/transcript.ts";
import { TinyWorld } from "../../../src/world/tiny-world.ts";
import { testContext } from "../../support/context.ts";
import { always, done, once, player, talk, think } from "./cast.ts";

function focusGroup() {
  const context = testContext();
  const lisa = player("Lisa Tierney", context, {
    script: once([think("Hmm."), talk("I would add voice.")], [talk("Good point.", "Oscar"), done]),
  });
  const oscar = player("Oscar Brown", context, { script: once([talk("And a map, Lisa.", "Lisa"), done]) });
  const room = new TinyWorld("Focus group", [lisa, oscar], { context: context.fork("world:focus-group") });
  return { context, lisa, oscar, room };
}

describe("a world", () => {
  it("plays steps, delivers what is said and ends when all are quiet", async () => {
    const { context, lisa, room } = focusGroup();
    room.makeEveryoneAccessible();
    await room.broadcast("Which feature would you add?");
    const result = await room.run(9);
    expect(result.stopped).toBe("quiet");
    expect(result.steps.map((step) => step.quiet)).toEqual([false, false, true]);
    expect(lisa.heard.map((one) => one.content)).toEqual(["Which feature would you add?", "And a map, Lisa."]);
    expect(transcriptText(room.transcript(), { ids: true })).toMatchInlineSnapshot(`
      "[world:focus-group#2] (from outside): Which feature would you add?
      [person:lisa-tierney#1.0] Lisa Tierney thinks: Hmm.
      [person:lisa-tierney#1.1] Lisa Tierney to Oscar Brown: I would add voice.
      [person:oscar-brown#1.0] Oscar Brown to Lisa Tierney: And a map, Lisa.
      [person:lisa-tierney#3.0] Lisa Tierney to Oscar Brown: Good point."
    `);
    expect(transcriptOf(context.events)).toEqual(room.transcript());
    expect(room.transcript()).toBe(room.transcript());
  });

  it("tells whoever looks between a turn and its delivery no story that stays", async () => {
    const context = testContext();
    const { journal, ...rest } = context.fork("world:room");
    const looking: typeof journal = {
      ...journal,
      record: (body) => {
        if (body.type === "acted") room.transcript();
        return journal.record(body);
      },
    };
    const ann = player("Ann", context, { script: once([talk("Hello.")]) });
    const room = new TinyWorld("Room", [player("Bob", context), ann], { context: { ...rest, journal: looking } });
    room.makeEveryoneAccessible().broadcast("Say hello.");
    await room.run(1);
    expect(room.transcript()).toEqual(transcriptOf(context.events));
    expect(room.transcript().at(-1)).toMatchObject({ text: "Hello.", to: ["Bob"] });
  });

  it("has its people by name, and takes each name once", () => {
    const { context, lisa, oscar, room } = focusGroup();
    expect(room.people).toEqual([lisa, oscar]);
    expect(room.person("Lisa")).toBe(lisa);
    expect(() => room.person("Dora")).toThrow(
      expect.objectContaining({
        code: "TARGET_UNKNOWN",
        data: { target: "Dora", known: ["Lisa Tierney", "Oscar Brown"] },
      }),
    );
    const taken = expect.objectContaining({ code: "NAME_TAKEN" });
    const dora = player("Dora", context);
    expect(() => room.add(dora, player("Oscar Brown", context))).toThrow(taken);
    expect(() => room.add(lisa)).toThrow(taken);
    expect(room.people).toEqual([lisa, oscar]);
    expect(() => new TinyWorld("Twins", [lisa, lisa], { context: context.fork("world:twins") })).toThrow(taken);
    room.add(dora).remove("Lisa", oscar);
    expect(room.people).toEqual([dora]);
    expect(() => room.remove(lisa)).toThrow(expect.objectContaining({ code: "TARGET_UNKNOWN" }));
    expect(room.transcript().map((entry) => entry.text)).toEqual([
      "Dora comes in.",
      "Lisa Tierney leaves.",
      "Oscar Brown leaves.",
    ]);
  });

  it("broadcasts speech, thoughts, goals and circumstances to everybody, accessible or not", () => {
    const { context, lisa, oscar, room } = focusGroup();
    const moved: string[][] = [];
    const settled = Object.assign(player("Dora", context), {
      changeContext: (list: readonly string[]) => void moved.push([...list]),
    });
    room.add(settled);
    room
      .broadcast("Hello from me.", { from: lisa })
      .broadcastThought("It is late.")
      .broadcastInternalGoal("Find an idea.")
      .broadcastContext(["A cold room", "Monday"]);
    expect(lisa.heard.map((one) => one.type)).toEqual(["THOUGHT", "INTERNAL_GOAL_FORMULATION", "LOCATION"]);
    expect(oscar.heard[0]).toMatchObject({ type: "CONVERSATION", source: "Lisa Tierney", content: "Hello from me." });
    expect(oscar.heard[3]).toMatchObject({ type: "LOCATION", content: "A cold room\nMonday" });
    expect(oscar.heard[1]).toBe(settled.heard[1]);
    expect([settled.heard.length, moved]).toEqual([3, [["A cold room", "Monday"]]]);
    expect(context.events.filter((event) => event.type === "broadcast").map((event) => event.to)).toEqual([
      "everyone",
      "everyone",
      "everyone",
      "everyone",
    ]);
    expect(
      room
        .transcript()
        .slice(1)
        .map((entry) => [entry.type, entry.from, entry.to]),
    ).toEqual([
      ["CONVERSATION", "Lisa Tierney", []],
      ["THOUGHT", undefined, []],
      ["INTERNAL_GOAL_FORMULATION", undefined, []],
      ["LOCATION", undefined, []],
    ]);
  });

  it("never delivers what people say outside of it", async () => {
    const { context, lisa, oscar, room } = focusGroup();
    room.makeEveryoneAccessible();
    lisa.observe({ type: "CONVERSATION", content: "Between us: what do you think?" });
    await lisa.act();
    await room.run(2);
    expect(oscar.heard).toEqual([]);
    expect(room.transcript()).toEqual([]);
    expect(transcriptOf(context.events).map((entry) => entry.text)).toEqual([
      "Between us: what do you think?",
      "Hmm.",
      "I would add voice.",
    ]);
  });

  it("lets somebody be in two worlds, each with its own story", async () => {
    const { context, lisa, oscar, room } = focusGroup();
    const dora = player("Dora", context, { script: always(talk("Hi from the kitchen.")) });
    const kitchen = new TinyWorld("Kitchen", [lisa, dora], {
      context: context.fork("world:kitchen"),
    }).makeEveryoneAccessible();
    room.makeEveryoneAccessible().broadcast("Go.");
    kitchen.broadcast("Cook.");
    await kitchen.run(1);
    await room.run(1);
    expect(oscar.heard.map((one) => one.content)).toEqual(["Go.", "Good point."]);
    expect(kitchen.transcript().map((entry) => entry.text)).toEqual([
      "Cook.",
      "Hmm.",
      "I would add voice.",
      "Hi from the kitchen.",
    ]);
    expect(room.transcript().map((entry) => entry.text)).toEqual(["Go.", "Good point.", "And a map, Lisa."]);
  });

  it("tells those who come later, too, who is in reach once everyone is accessible", async () => {
    const { context, room } = focusGroup();
    room.makeEveryoneAccessible().makeInaccessible("Lisa", "Oscar");
    const dora = player("Dora", context);
    room.add(dora).broadcast("Go.");
    await room.run(1, { idle: "ask" });
    const reachable = [{ name: "Lisa Tierney" }, { name: "Oscar Brown" }];
    expect(dora.asked).toMatchObject([{ reachable, alsoReachable: 0, idle: "ask" }]);
    expect(room.person("Lisa").asked[0]?.reachable).toEqual([{ name: "Dora" }]);
  });
});
