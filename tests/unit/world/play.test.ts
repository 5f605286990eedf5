import { describe, expect, it } from "vitest";
import type { JournalEvent } from "../../../src/kernel/contracts/events.ts";
import { TinyWorld, type WorldOptions } from "../../../src/world/tiny-world.ts";
import { testContext } from "../../support/context.ts";
import { always, done, once, player, type Script, talk } from "./cast.ts";

function playing(options: WorldOptions = {}, script: Script = always(talk("Hm."))) {
  const context = testContext();
  let begun = 0;
  let ended = 0;
  const counted: Script = (news, act, turn) => {
    ended += 1;
    return script(news, act, turn);
  };
  const delay = () => {
    begun += 1;
    return 3;
  };
  const people = ["Ann", "Bob", "Cleo"].map((name) => player(name, context, { script: counted, delay }));
  const room = new TinyWorld("Room", people, {
    context: context.fork("world:room"),
    ...options,
  }).makeEveryoneAccessible();
  room.broadcast("Go.");
  return { context, people, room, acting: () => ({ begun, ended }) };
}

function stopped(controller: AbortController): Error {
  controller.abort();
  return Object.assign(new Error("Stopped."), { name: "AbortError" });
}

const short = (event: JournalEvent) =>
  `${event.type}${"person" in event ? ` ${event.person}` : ""}${"step" in event ? ` ${event.step}` : ""}`;

describe("play", () => {
  it("yields the world's events and its people's turns as they happen, and returns the result", async () => {
    const { room, context } = playing({}, once([talk("Hm."), done]));
    const play = room.play(2);
    const seen: JournalEvent[] = [];
    let next = await play.next();
    for (; !next.done; next = await play.next()) seen.push(next.value);
    expect(next.value).toMatchObject({ stopped: "quiet", steps: [{ step: 1 }, { step: 2 }] });
    expect(seen.slice(0, 11).map(short)).toEqual([
      "step-started 1",
      "turn ann",
      "turn bob",
      "turn cleo",
      "acted ann 1",
      "delivered",
      "acted bob 1",
      "delivered",
      "acted cleo 1",
      "delivered",
      "step-finished 1",
    ]);
    const recorded = context.events.filter((event) => event.type !== "stimulus");
    expect(seen).toEqual(recorded.slice(recorded.findIndex((event) => event.type === "step-started")));
  });
  it("waits with the next step until this one was read, so that a reader can step in", async () => {
    const { room, people } = playing({}, (news) => [talk(`to ${news.length}`), done]);
    let steps = 0;
    for await (const event of room.play(3)) {
      if (event.type === "step-finished") {
        steps += 1;
        room.broadcast(`Topic ${steps}`);
      }
    }
    expect(people[0]?.heard.map((one) => one.content)).toEqual([
      "Go.",
      "to 1",
      "to 1",
      "Topic 1",
      "to 3",
      "to 3",
      "Topic 2",
      "to 3",
      "to 3",
      "Topic 3",
    ]);
    expect(
      room
        .transcript()
        .filter((entry) => entry.text.startsWith("Topic"))
        .map((entry) => entry.step),
    ).toEqual([undefined, undefined, undefined]);
  });
  it("left early, simultaneous: those who act end, nobody else begins, and the world can go on", async () => {
    const { room, acting, people } = playing();
    for await (const event of room.play(5)) if (event.type === "turn") break;
    expect(acting()).toEqual({ begun: 3, ended: 3 });
    for (let turn = 0; turn < 9; turn++) await new Promise((next) => setImmediate(next));
    expect(acting()).toEqual({ begun: 3, ended: 3 });
    expect(people.map((person) => person.heard.length)).toEqual([3, 3, 3]);
    expect((await room.run(1)).steps).toMatchObject([{ step: 2 }]);
  });
  it("left early, sequential: the step stays open and goes on with those who had not begun", async () => {
    const { room, acting, people } = playing({ schedule: "sequential" });
    for await (const event of room.play(5)) if (event.type === "turn") break;
    expect(acting()).toEqual({ begun: 2, ended: 2 }); // Bob was acting already when Ann's turn was read
    const { steps } = await room.run(1);
    expect(steps).toMatchObject([{ step: 1, outcomes: [{ name: "Ann" }, { name: "Bob" }, { name: "Cleo" }] }]);
    expect(acting()).toEqual({ begun: 3, ended: 3 });
    expect(people[0]?.heard.map((one) => one.content)).toEqual(["Go.", "Hm.", "Hm."]);
  });
  it("gives no turn to who left before it, and leaves standing what was said before", async () => {
    const { room, people } = playing({ schedule: "sequential" });
    for await (const event of room.play(1)) if (event.type === "turn" && event.name === "Ann") room.remove("Cleo");
    expect(people.map((person) => person.asked.length)).toEqual([1, 1, 0]);
    const controller = new AbortController();
    const open = playing({}, (_news, { signal }) => (signal === undefined ? [talk("Hm.")] : stopped(controller)));
    await open.room.run(1, { signal: controller.signal });
    open.room.remove("Bob");
    expect(await open.room.run(1)).toMatchObject({
      steps: [{ step: 1, outcomes: [{ name: "Ann" }, { name: "Cleo" }] }],
    });
    expect(open.people.map((person) => person.heard.length)).toEqual([2, 1, 2]);
  });
  it("tells exactly who heard somebody that left while acting", async () => {
    const { room, people, context } = playing();
    room.add(player("Dan", context)).makeInaccessible("Ann", "Dan");
    for await (const event of room.play(1)) if (event.type === "turn" && event.name === "Ann") room.remove("Ann");
    const heard = context.events.find((event) => event.type === "delivered" && event.from === "ann");
    expect(heard).toMatchObject({ to: ["bob", "cleo"] });
    expect(people[0]?.heard.map((one) => one.content)).toEqual(["Go."]);
  });
  it("left between steps: no other step begins", async () => {
    const { room, acting } = playing();
    for await (const event of room.play(5)) if (event.type === "step-finished") break;
    expect(acting()).toEqual({ begun: 3, ended: 3 });
    expect((await room.run(1)).steps).toMatchObject([{ step: 2 }]);
  });
  it("yields what is recorded between the steps, too", async () => {
    const { room } = playing();
    const seen: string[] = [];
    const until = ({ step }: { step: number }) => {
      room.broadcast(`After ${step}`);
      return step === 2;
    };
    for await (const event of room.play(5, { until }))
      if (event.type === "broadcast") seen.push(event.stimulus.content);
    expect(seen).toEqual(["After 1", "After 2"]);
  });
  it("throws what a run throws, to the reader, and lets go of the world", async () => {
    const { room } = playing({}, () => new Error("A fault."));
    await expect(async () => {
      for await (const event of room.play(2)) void event;
    }).rejects.toThrow("A fault.");
    await expect(room.run(1)).rejects.toThrow("A fault.");
  });
  it("is one at a time", async () => {
    const { room } = playing();
    const first = room.run(1);
    await expect(room.run(1)).rejects.toMatchObject({ code: "RUN_BUSY" });
    await first;
    await expect(room.run(1)).resolves.toBeDefined();
  });
});
