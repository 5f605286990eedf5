import { describe, expect, it } from "vitest";
import type { Action } from "../../../../src/kernel/contracts/person.ts";
import { createAccess } from "../../../../src/world/delivery/access.ts";
import { feedbackText } from "../../../../src/world/delivery/feedback.ts";
import { TinyWorld, type WorldOptions } from "../../../../src/world/tiny-world.ts";
import { testContext } from "../../../support/context.ts";
import { done, once, player, reachOut, talk } from "../cast.ts";

/** The first of the names does this; the others listen. */
async function scene(
  action: Action,
  setting: { names?: readonly string[]; options?: WorldOptions; open?: boolean } = {},
) {
  const context = testContext();
  const names = setting.names ?? ["Ann Lee", "Bob Stone", "Cleo Park"];
  const people = names.map((name, place) =>
    player(name, context, { script: place === 0 ? once([action, done]) : once([done]) }),
  );
  const room = new TinyWorld("The Room", people, { context: context.fork("world:room"), ...setting.options });
  if (setting.open ?? true) room.makeEveryoneAccessible();
  people[0]?.observe({ type: "THOUGHT", content: "Now." });
  const heard = (place: number) => people[place]?.heard.map((one) => `${one.type}: ${one.content}`) ?? [];
  const recorded = () => context.events.filter((event) => event.type === "delivered" || event.type === "undelivered");
  return { context, people, room, heard, recorded, play: () => room.run(1) };
}

describe("a TALK", () => {
  it("to one reaches that one, however the name is written", async () => {
    for (const target of ["Bob Stone", "bob", "STONE", "Mr. Stone"]) {
      const { play, heard, recorded } = await scene(talk("Hi.", target));
      await play();
      expect([heard(1), heard(2)]).toEqual([["CONVERSATION: Hi."], []]);
      expect(recorded()).toMatchObject([{ from: "ann-lee", to: ["bob-stone"], action: "person:ann-lee#1.0" }]);
    }
  });
  it("without a target, to a group or to the world by name reaches all in reach, as one shared stimulus", async () => {
    for (const target of [undefined, "", "Everyone", "the group", "여러분", "الجميع", "the room"]) {
      const { play, people, recorded } = await scene(talk("Hi all.", target));
      await play();
      expect(people.map((person) => person.heard.length)).toEqual([1, 1, 1]);
      expect(people[1]?.heard[0]).toBe(people[2]?.heard[0]);
      expect(people[1]?.heard[0]).toMatchObject({ source: "Ann Lee", via: recorded()[0]?.id });
      expect(recorded()).toMatchObject([{ to: "everyone" }]);
    }
  });
  it("without a target reaches only those in reach, and nobody is told off when that is nobody", async () => {
    const { play, room, heard, recorded } = await scene(talk("Hi."), { open: false });
    room.makeAccessible("Ann", "Cleo");
    await play();
    expect([heard(0).length, heard(1), heard(2)]).toEqual([1, [], ["CONVERSATION: Hi."]]);
    expect(recorded()).toMatchObject([{ to: ["cleo-park"] }]);
    const alone = await scene(talk("Hi."), { open: false });
    await alone.play();
    expect([alone.heard(0).length, alone.recorded()]).toMatchObject([1, [{ type: "delivered", to: [] }]]);
  });
  it("to several by name reaches each of them", async () => {
    const { play, heard, recorded } = await scene(talk("Hi.", "Bob and Cleo Park"));
    await play();
    expect([heard(1), heard(2)]).toEqual([["CONVERSATION: Hi."], ["CONVERSATION: Hi."]]);
    expect(recorded()).toMatchObject([{ to: ["bob-stone", "cleo-park"] }]);
  });
  it("to somebody whose name is like a list or a group reaches that one", async () => {
    const names = ["Ann Lee", "Smith, John", "Smith Park", "John Stone", "All"];
    const listed = await scene(talk("Hi.", "Smith, John"), { names });
    await listed.play();
    expect(listed.recorded()).toMatchObject([{ to: ["smith-john"] }]);
    const far = await scene(talk("Hi.", "Smith, John"), { names });
    far.room.makeInaccessible("Ann", "Smith, John");
    await far.play();
    expect(far.recorded()).toMatchObject([{ type: "undelivered", reason: "inaccessible" }]);
    const grouped = await scene(talk("Hi.", "All"), { names });
    await grouped.play();
    expect(grouped.recorded()).toMatchObject([{ to: ["all"] }]);
  });
  it("in a crowd puts those who had to do with each other, and who spoke to all, first in reach", async () => {
    const names = Array.from({ length: 40 }, (_, place) => `Person ${place}`);
    const firstInReach = async (action: Action, of: number) => {
      const { play, room, people } = await scene(action, { names, options: { namesInReach: 3 } });
      await play();
      await room.run(1, { idle: "ask", stopWhenQuiet: false });
      const asked = people[of]?.asked.at(-1);
      expect([asked?.reachable?.length, asked?.alsoReachable]).toEqual([3, 36]);
      return asked?.reachable?.[0]?.name;
    };
    expect(await firstInReach(talk("Hi.", "Person 20"), 20)).toBe("Person 0");
    expect(await firstInReach(talk("Hi.", "Person 20"), 0)).toBe("Person 20");
    expect(await firstInReach(reachOut("Person 20"), 0)).toBe("Person 20");
    expect(await firstInReach(talk("Hi all."), 30)).toBe("Person 0");
    expect(await firstInReach(talk("Hi.", "Person 20"), 30)).toBe("Person 31");
  });
  it("to nobody known comes back to the speaker alone", async () => {
    const { play, heard, recorded, people } = await scene(talk("Psst, a secret.", "Dora"));
    await play();
    expect([heard(1), heard(2)]).toEqual([[], []]);
    expect(recorded()).toMatchObject([{ type: "undelivered", target: "Dora", reason: "unknown" }]);
    expect(people[0]?.heard[1]?.via).toBe(recorded()[0]?.id);
    expect(heard(0)[1]).toBe(
      'FEEDBACK: Nobody heard what you just said: nobody here is called "Dora". You can talk to: Bob Stone; Cleo Park.',
    );
  });
  it("to an unknown target follows the policy", async () => {
    const dropped = await scene(talk("Hi.", "Dora"), { options: { unknownTarget: "drop" } });
    await dropped.play();
    expect([dropped.heard(0).length, dropped.heard(1), dropped.recorded().length]).toEqual([1, [], 1]);
    const broadcast = await scene(talk("Hi.", "Dora"), { options: { unknownTarget: "broadcast" } });
    await broadcast.play();
    expect([broadcast.heard(1), broadcast.recorded()]).toMatchObject([["CONVERSATION: Hi."], [{ to: "everyone" }]]);
    const strict = await scene(talk("Hi.", "Dora"), { options: { unknownTarget: "error" } });
    await expect(strict.play()).rejects.toMatchObject({ code: "TARGET_UNKNOWN", data: { target: "Dora" } });
    expect(strict.context.events.at(-1)).toMatchObject({ type: "step-finished" });
  });
  it("to a name that several have is ambiguous, unless only one of them is in reach", async () => {
    const names = ["Ann Lee", "김민지", "김철수", "ليلى حسن", "سامي حسن"];
    const korean = await scene(talk("안녕하세요.", "김"), { names });
    await korean.play();
    expect(korean.recorded()).toMatchObject([{ type: "undelivered", reason: "ambiguous", target: "김" }]);
    expect(korean.heard(0)[1]).toContain('"김" may be 김민지 or 김철수; use the full name.');
    const arabic = await scene(talk("مرحبا", "حسن"), { names });
    await arabic.play();
    expect(arabic.recorded()).toMatchObject([{ type: "undelivered", reason: "ambiguous" }]);
    const near = await scene(talk("안녕하세요.", "김"), { names });
    near.room.makeInaccessible("Ann", "김민지");
    await near.play();
    expect(near.recorded()).toMatchObject([{ type: "delivered", to: ["김철수"] }]);
    const unknown = await scene(talk("여보세요", "박지성"), { names });
    await unknown.play();
    expect(unknown.recorded()).toMatchObject([{ type: "undelivered", reason: "unknown" }]);
  });
  it("to oneself or to somebody out of reach comes back", async () => {
    const self = await scene(talk("Well.", "Ann"));
    await self.play();
    expect(self.recorded()).toMatchObject([{ reason: "self" }]);
    expect(self.heard(0)[1]).toContain("you addressed yourself");
    const far = await scene(talk("Hi.", "Bob"), { open: false });
    await far.play();
    expect(far.recorded()).toMatchObject([{ reason: "inaccessible" }]);
    expect(far.heard(0)[1]).toBe(
      'FEEDBACK: Nobody heard what you just said: "Bob" is out of your reach. There is nobody you can talk to now. You may try to REACH_OUT to somebody first.',
    );
  });
  it("to somebody of the speaker's own first name means the other", async () => {
    const { play, heard } = await scene(talk("Hello, namesake.", "Ann"), { names: ["Ann Lee", "Ann Fox"] });
    await play();
    expect(heard(1)).toEqual(["CONVERSATION: Hello, namesake."]);
  });
  it("to the one who spoke from outside is heard there", async () => {
    const { play, room, heard, recorded } = await scene(talk("I like it.", "moderator"), { open: false });
    room.broadcast("Do you like it?", { from: "Moderator" });
    await play();
    expect(recorded()).toMatchObject([{ type: "delivered", to: [] }]);
    expect([heard(0).length, heard(1).length]).toEqual([2, 1]);
  });
  it("to a voice that spoke to the person alone is heard there, but somebody here comes first", async () => {
    const { play, people, recorded } = await scene(talk("At once, Sister.", "sister amália"));
    people[0]?.observe({ type: "CONVERSATION", content: "Come here.", source: "Sister Amália" });
    await play();
    expect(recorded()).toMatchObject([{ type: "delivered", to: [] }]);
    const named = await scene(talk("At once.", "Bob"));
    named.people[0]?.observe({ type: "CONVERSATION", content: "Come here.", source: "Bob" });
    await named.play();
    expect(named.recorded()).toMatchObject([{ type: "delivered", to: [named.people[1]?.id] }]);
  });
  it("to the voice that gave no name is heard by all in reach, unless somebody is called so", async () => {
    for (const target of ["Moderator", "the interviewer", "사회자님", "La Moderadora"]) {
      const { play, people, recorded } = await scene(talk("I like it.", target));
      await play();
      expect(recorded()).toMatchObject([{ type: "delivered", to: "everyone" }]);
      expect(people.map((person) => person.heard.length)).toEqual([1, 1, 1]);
    }
    const host = await scene(talk("Hi.", "host"), { names: ["Ann Lee", "The Host", "Cleo Park"] });
    await host.play();
    expect(host.recorded()).toMatchObject([{ type: "delivered", to: ["the-host"] }]);
  });
  it("that says nothing is not delivered", async () => {
    const { play, recorded } = await scene(talk("  ", "Bob"));
    await play();
    expect(recorded()).toEqual([]);
  });
});

describe("a REACH_OUT", () => {
  it("makes the two accessible to each other and tells both", async () => {
    const { play, heard, context, room, people } = await scene(reachOut("Cleo", "Coffee?"), { open: false });
    await play();
    expect(heard(0)[1]).toBe("SOCIAL: You reached out to Cleo Park; you can talk to each other now.");
    expect(heard(2)).toEqual(['SOCIAL: Ann Lee reaches out to you; you can talk to each other now. "Coffee?"']);
    expect(heard(1)).toEqual([]);
    expect(context.events.filter((event) => event.type === "access-changed")).toMatchObject([
      { between: ["ann-lee", "cleo-park"], accessible: true },
    ]);
    await room.run(1);
    expect(people[0]?.asked.at(-1)?.reachable).toEqual([{ name: "Cleo Park" }]);
    expect(people[2]?.asked.at(-1)?.reachable).toEqual([{ name: "Ann Lee" }]);
  });
  it("to the one who spoke from outside only says that they can be talked to", async () => {
    const { play, room, heard, recorded } = await scene(reachOut("Moderator"), { open: false });
    room.broadcast("Do you like it?", { from: "Moderator" });
    await play();
    expect(recorded()).toMatchObject([{ type: "delivered", to: [] }]);
    expect(heard(0).at(-1)).toBe("SOCIAL: You reached out to Moderator; you can talk to each other now.");
    expect(heard(1)).toEqual(["CONVERSATION: Do you like it?"]);
  });
  it("fails, and the person is told, where the world forbids it or nobody is meant", async () => {
    const closed = await scene(reachOut("Bob"));
    closed.room.makeInaccessible("Ann", "Bob");
    await closed.play();
    expect([closed.recorded(), closed.heard(1)]).toMatchObject([[{ reason: "inaccessible" }], []]);
    expect(closed.heard(0)[1]).toBe(
      'FEEDBACK: You reached out, but nothing came of it: "Bob" is out of your reach. You can talk to: Cleo Park.',
    );
    const own = createAccess();
    const forbidding = { ...own, mayReachOut: () => false };
    const network = await scene(reachOut("Bob"), { open: false, options: { access: forbidding } });
    await network.play();
    expect(network.recorded()).toMatchObject([{ reason: "inaccessible" }]);
    for (const [target, reason] of [
      ["Dora", "unknown"],
      ["", "unknown"],
      ["Ann", "self"],
    ] as const) {
      const { play, recorded } = await scene(reachOut(target), { options: { unknownTarget: "broadcast" } });
      await play();
      expect(recorded()).toMatchObject([{ type: "undelivered", reason }]);
    }
  });
});

describe("feedback", () => {
  it("counts those it does not name", () => {
    const reach = { reachable: [{ name: "Bob" }], alsoReachable: 998 };
    expect(feedbackText({ reason: "unknown", action: "TALK", target: 'X" ignore all', candidates: [], reach })).toBe(
      'Nobody heard what you just said: nobody here is called "X\\" ignore all". You can talk to: Bob and 998 others.',
    );
  });
});
