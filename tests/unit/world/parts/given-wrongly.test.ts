import { describe, expect, it } from "vitest";
import { createClock } from "../../../../src/kernel/values/clock.ts";
import { documents } from "../../../../src/person/faculties/documents.ts";
import { TinySpreadsheet } from "../../../../src/person/tools/spreadsheet/tiny-spreadsheet.ts";
import { toolUse } from "../../../../src/person/tools/tiny-tool.ts";
import { defineStudy } from "../../../../src/study/define.ts";
import { delayed } from "../../../../src/world/delivery/policies/delayed.ts";
import { nextStep } from "../../../../src/world/delivery/policies/immediate.ts";
import { lossy } from "../../../../src/world/delivery/policies/lossy.ts";
import { SocialFeed } from "../../../../src/world/kinds/places/feed/social-feed.ts";
import { MailAndChat } from "../../../../src/world/kinds/places/mail/mail-and-chat.ts";
import { Marketplace } from "../../../../src/world/kinds/places/market/marketplace.ts";
import { Workplace } from "../../../../src/world/kinds/places/workplace/workplace.ts";
import { debate } from "../../../../src/world/kinds/talk/debate.ts";
import { focusGroup } from "../../../../src/world/kinds/talk/focus-group.ts";
import { interview } from "../../../../src/world/kinds/talk/interview.ts";
import { townHall } from "../../../../src/world/kinds/talk/town-hall.ts";
import { alongNetwork } from "../../../../src/world/network/along-network.ts";
import { smallWorld } from "../../../../src/world/network/topologies/small-world.ts";
import { gameMaster } from "../../../../src/world/resolution/game-master.ts";
import { rule } from "../../../../src/world/resolution/rule.ts";
import { timeLimit } from "../../../../src/world/resolution/time-limit.ts";
import { urgencyAuction } from "../../../../src/world/schedule/auction/urgency-auction.ts";
import { eventDriven } from "../../../../src/world/schedule/event-driven.ts";
import { roundRobin } from "../../../../src/world/schedule/round-robin.ts";
import { TinyStory } from "../../../../src/world/story/tiny-story.ts";
import { whenQuiet } from "../../../../src/world/termination/endings.ts";
import { whenAllAgree } from "../../../../src/world/termination/when-all-agree.ts";
import { TinyWorld } from "../../../../src/world/tiny-world.ts";
import { hops, neighbours } from "../../../../src/world/visibility/hops.ts";
import { samePlace } from "../../../../src/world/visibility/same-place.ts";
import { testContext } from "../../../support/context.ts";
import { always, player, talk } from "../cast.ts";

// What programs in JavaScript give where TypeScript would have refused it.
const any = (given: unknown): never => given as never;

function world(options: object = {}) {
  const context = testContext({ clock: createClock(new Date("2030-01-31T09:00Z")) });
  const people = ["Ann Lee", "Bob Ray"].map((name) =>
    player(name, context, { script: always(talk("Hi.")), restless: true }),
  );
  const room = new TinyWorld("Room", people, { ...options, context: context.fork("world:room") });
  return { room: room.makeEveryoneAccessible(), people, context };
}
const refused = (option: string, hint: string) =>
  expect.objectContaining({
    code: "OPTION_INVALID",
    data: expect.objectContaining({ option }),
    hint: expect.stringContaining(hint),
  });

describe("a part that is given wrongly", () => {
  it.each([
    ["visibility", samePlace, "samePlace(…)"],
    ["delivery", nextStep, "nextStep(…)"],
    ["resolution", rule, "rule(…)"],
    ["schedule", roundRobin, "roundRobin(…)"],
    ["network", smallWorld, "smallWorld(…)"],
    ["access", "open", "a function called circle"],
    ["visibility", "same place", "a function called circle"],
    ["visbility", samePlace(), "Did you mean 'visibility'?"],
    ["termination", {}, "whenQuiet()"],
  ])("%s is refused when the world is made", (option, given, hint) => {
    expect(() => world({ [option]: given })).toThrow(refused(option, hint));
  });

  it.each([
    ["schedule", { days: 1, every: { hours: 6 }, schedule: roundRobin }, "roundRobin(…)"],
    ["stopWhen", { days: 1, every: { hours: 6 }, stopWhen: "quiet" }, "whenQuiet()"],
    ["what wakes people", { days: 1, wake: true }, "routines"],
    ["routine", { days: 1, wake: { routine: {} } }, "Did you mean 'routines'?"],
  ])("%s is refused when the run begins", async (option, plan, hint) => {
    await expect(world().room.run(any(plan))).rejects.toThrow(refused(option, hint));
  });

  it("termination that answers with no reason is refused after the step", async () => {
    await expect(world({ termination: whenQuiet }).room.run(1)).rejects.toThrow(refused("termination", "whenQuiet()"));
    await expect(world({ termination: () => true }).room.run(1)).rejects.toThrow(refused("termination", "as a text"));
  });

  it("is refused where it is made, whatever it is", () => {
    const { room, people } = world();
    expect(() => whenAllAgree(any(undefined), () => 1)).toThrow(refused("people", "a list of people"));
    expect(() => whenAllAgree(people, any(undefined))).toThrow(refused("holds", "(person) =>"));
    expect(() => room.add(any("Lisa"))).toThrow(refused("people", "a list of people"));
    expect(() => room.intervene(any({ name: "nudge", act: () => 1 }))).toThrow(refused("intervene", "do"));
    expect(() => room.intervene(any({ name: "nudge", do: () => 1, onces: true }))).toThrow(refused("onces", "'once'"));
    expect(() => room.intervene(any({ do: () => 1 }))).toThrow(refused("name", "nudge"));
    expect(() => toolUse(any(new TinySpreadsheet()))).toThrow(refused("tools", "toolUse(["));
    expect(() => toolUse([any(TinySpreadsheet)])).toThrow(refused("tools", "toolUse(["));
    expect(() => defineStudy(any({ name: "tea" }))).toThrow(refused("study", "run"));
    expect(() => documents({ folders: any("nope") })).toThrow(refused("folders", "a list"));
    expect(() => documents({ folders: ["nope"] })).toThrow(
      expect.objectContaining({ code: "DOCUMENT_UNREADABLE", data: { location: "nope", reason: "missing" } }),
    );
  });

  const group = { people: [], guide: [] };
  it.each<[string, () => unknown, string]>([
    ["hops", () => hops(-1), "from 0"],
    ["hops", () => alongNetwork(any({}), { hops: 1.5 }), "from 0"],
    ["hop", () => alongNetwork(any({}), any({ hop: 2 })), "'hops'"],
    ["inside", () => alongNetwork(any({}), { reachOut: any({ inside: 2 }) }), "within"],
    ["graph", () => neighbours(any("Ann")), "network.neighbours"],
    ["bids", () => urgencyAuction(any({ bids: () => 1 })), "bidder"],
    ["bidder", () => urgencyAuction({ bidder: any(3) }), "urgency"],
    ["speakers", () => urgencyAuction({ speakers: -1 }), "from 0"],
    ["wake", () => eventDriven(any({ wake: () => true })), "'wakes'"],
    ["tell", () => lossy(0.5, any({ tell: true })), "told"],
    ["step", () => delayed(any({ step: 1 })), "'steps'"],
    ["delayed", () => delayed({ hours: -1 }), "forward"],
    ["words", () => timeLimit(-1), "from 0"],
    ["rule", () => gameMaster(any({ rule: "None." })), "'rules'"],
    ["place", () => new Workplace(any({ place: ["Desk"] })), "'places'"],
    ["pages", () => new SocialFeed(any({ pages: 2 })), "'page'"],
    ["good", () => new Marketplace(any({ good: ["apples"] })), "'goods'"],
    ["channel", () => new MailAndChat(any({ channel: {} })), "'channels'"],
    ["guid", () => focusGroup(any({}), any({ ...group, guid: [] })), "'guide'"],
    ["motions", () => debate(any({}), any({ motions: "" })), "'motion'"],
    ["guests", () => interview(any({}), any({ guests: [] })), "interviewee"],
    ["whisper", () => townHall(any({}), any({ whisper: 2 })), "'whispers'"],
    ["purposes", () => new TinyStory(world().room, any({ purposes: "" })), "'purpose'"],
  ])("%s is refused by what is made with it", (option, make, hint) => {
    expect(make).toThrow(refused(option, hint));
  });

  it.each(["in two hours", {}, { at: "2030-02-01" }, { at: new Date("x") }, { inSteps: -1 }])(
    "time is refused by who is to be woken then: %j",
    (when) => {
      expect(() => world().room.wake("Ann", any(when))).toThrow(expect.objectContaining({ code: "OPTION_INVALID" }));
    },
  );
});

describe("a name that is nearly somebody's", () => {
  it("is refused with the one that may be meant", () => {
    expect(() => world().room.person("Annn")).toThrow(
      expect.objectContaining({ code: "TARGET_UNKNOWN", hint: expect.stringContaining("Did you mean Ann Lee?") }),
    );
  });
  it("speaks from outside, and those who watch are told once", () => {
    const { room, context } = world();
    room.broadcast("Hello.", { from: "Annn" }).broadcast("Hello?", { from: "Annn" });
    room.broadcast("Welcome.", { from: "The chair" }).broadcast("Me again.", { from: "Ann Lee" });
    const message = "'Annn' is nobody in 'Room', and speaks as a voice from outside. Did you mean Ann Lee?";
    expect(context.shown.filter(({ type }) => type === "warning")).toEqual([{ type: "warning", message }]);
  });
});
