import { describe, expect, it } from "vitest";
import { createClock } from "../../../../src/kernel/values/clock.ts";
import { TinyTroupeError } from "../../../../src/kernel/values/errors.ts";
import { byUrgency } from "../../../../src/world/schedule/auction/by-urgency.ts";
import { urgencyAuction } from "../../../../src/world/schedule/auction/urgency-auction.ts";
import { eventDriven, interested } from "../../../../src/world/schedule/event-driven.ts";
import type { Schedule } from "../../../../src/world/schedule/schedule.ts";
import type { WorldOptions } from "../../../../src/world/tiny-world.ts";
import type { TestContextOptions } from "../../../support/context.ts";
import { always, done, type PlayerOptions, player, roomOf, talk, think } from "../cast.ts";

const names = ["Ann", "Bob", "Cleo", "Dora"];

function world(
  options: WorldOptions,
  each: (name: string) => PlayerOptions = () => ({}),
  context: TestContextOptions = {},
) {
  const made = roomOf(names, options, { each, context });
  return { ...made, acted: () => made.told("acted").map((event) => `${event.step} ${event.person}`) };
}

const invalid = () =>
  new TinyTroupeError("MODEL_INVALID", "No.", { data: { model: "m", text: "", issues: [] }, hint: "Ask again." });

describe("a schedule", () => {
  it("of one's own takes a few lines", async () => {
    const pairs: Schedule = {
      name: "pairs",
      plan: ({ people, step }) => ({ cast: people.filter((_, place) => place % 2 === step % 2), together: true }),
    };
    const { room, acted } = world({ schedule: pairs }, () => ({ script: always(think("Hm.")), restless: true }));
    await room.run(2);
    expect(acted()).toEqual(["1 bob", "1 dora", "2 ann", "2 cleo"]);
  });
  it("round robin has one act in each step, all in turn, also those who come later", async () => {
    const { room, acted, context } = world({ schedule: "round robin" }, () => ({
      script: always(think("Hm.")),
      restless: true,
    }));
    await room.run(3);
    room.remove("Bob").add(player("Eve", context, { script: always(think("Hm.")), restless: true }));
    await room.run(5);
    expect(acted().map((one) => one.split(" ")[1])).toEqual([
      "ann",
      "bob",
      "cleo",
      "dora",
      "eve",
      "ann",
      "cleo",
      "dora",
    ]);
  });
  it("of which one acts in each step spares those who have no answer, until nobody here has one", async () => {
    const acting = (...failing: readonly string[]) =>
      world({ schedule: "round robin" }, (name) => ({
        script: failing.includes(name) ? () => invalid() : always(think("Hm.")),
        restless: true,
      }));
    const some = acting("Ann", "Cleo", "Dora");
    await some.room.run(8);
    expect(some.acted()).toEqual(["2 bob", "6 bob"]);
    expect(some.told("failed").map(({ step, person }) => `${step} ${person}`)).toEqual([
      ...["1 ann", "3 cleo", "4 dora", "5 ann", "7 cleo", "8 dora"],
    ]);
    const none = acting(...names);
    await expect(none.room.run(8)).rejects.toMatchObject({ code: "MODEL_INVALID" });
    expect(none.told("failed").map(({ person }) => person)).toEqual(["ann", "bob", "cleo"]);
  });
  it("that wakes one alone, who fails again and again before anybody had an answer, ends with the reason", async () => {
    const { room, people, told } = world({ schedule: eventDriven() }, () => ({ script: () => invalid() }));
    people[0]?.observe({ type: "THOUGHT", content: "Now." });
    await expect(room.run(8)).rejects.toMatchObject({ code: "MODEL_INVALID" });
    expect(told("failed").map(({ step }) => step)).toEqual([1]);
  });
  it("is quiet once everybody had the chance to act", async () => {
    const { room } = world({ schedule: "round robin" });
    expect(await room.run(20)).toMatchObject({ stopped: "quiet", steps: { length: 4 } });
  });
  it("that is unknown is refused", async () => {
    const { room } = world({ schedule: "backwards" as never });
    await expect(room.run(1)).rejects.toMatchObject({ code: "OPTION_INVALID", data: { option: "schedule" } });
  });
});

describe("an urgency auction", () => {
  const urgency: Record<string, number> = { Ann: 3, Bob: 7, Cleo: 0, Dora: 7 };
  const bidder = ({ person }: { person: { name: string } }) => ({ urgency: urgency[person.name] ?? 0, reason: "so" });
  const speaking = () => ({ script: always(talk("I say."), done) });

  it("lets the highest bid act, by lot among equals, and puts every bid on record", async () => {
    const winners = new Set<string>();
    for (let seed = 0; seed < 12; seed++) {
      const { room, told, acted } = world({ schedule: urgencyAuction({ bidder }) }, speaking, { seed });
      room.broadcast("Who begins?");
      await room.run(1);
      expect(told("bid").map((bid) => [bid.person, bid.urgency, bid.reason])).toEqual(
        names.map((name) => [name.toLowerCase(), urgency[name], "so"]),
      );
      expect(acted()).toHaveLength(1);
      winners.add(acted()[0] as string);
    }
    expect([...winners].sort()).toEqual(["1 bob", "1 dora"]);
  });
  it("lets everybody keep silent, and ends the run then; nobody bids to whom nothing is new", async () => {
    const { room, told } = world({ schedule: urgencyAuction({ bidder: () => ({ urgency: 0 }) }) }, speaking);
    room.broadcast("Who begins?");
    expect(await room.run(9)).toMatchObject({ stopped: "quiet", steps: [{ outcomes: [], quiet: true }] });
    const { room: still, told: bids } = world({ schedule: urgencyAuction({ bidder }) }, speaking);
    expect(await still.run(9)).toMatchObject({ stopped: "quiet" });
    expect([told("bid").length, bids("bid").length]).toEqual([4, 0]);
  });
  it("has whoever had no answer wait for all others, however high they bid", async () => {
    const { room, told } = world({ schedule: urgencyAuction({ bidder }) }, (name) => ({
      script: name === "Bob" ? () => invalid() : always(talk("I say."), done),
    }));
    urgency["Bob"] = 9;
    room.broadcast("Who begins?");
    await room.run(4);
    urgency["Bob"] = 7;
    expect(told("failed").map(({ step }) => step)).toEqual([1]);
    expect(told("acted").map(({ person }) => person)).toEqual(["dora", "ann", "dora"]);
  });
  it("counts a failed bid as silence, and ends the run when all fail", async () => {
    const failing = (who: readonly string[]) =>
      urgencyAuction({
        bidder: ({ person }) => {
          if (who.includes(person.name)) throw invalid();
          return { urgency: 1 };
        },
      });
    const { room, told, acted } = world({ schedule: failing(["Ann", "Bob", "Cleo"]) }, speaking);
    room.broadcast("Who begins?");
    await room.run(1);
    expect([acted(), told("bid").filter((bid) => bid.error?.code === "MODEL_INVALID").length]).toEqual([["1 dora"], 3]);
    const dumb = world({ schedule: failing(names) }, speaking);
    dumb.room.broadcast("Who begins?");
    await expect(dumb.room.run(1)).rejects.toMatchObject({ code: "MODEL_INVALID" });
  });
  it("that is cut short by the budget asks nobody twice who had bid", async () => {
    const asked: string[] = [];
    let broke = true;
    const schedule = urgencyAuction({
      bidder: async ({ person }) => {
        asked.push(person.name);
        if (person.name === "Cleo" && broke) {
          throw new TinyTroupeError("BUDGET_EXCEEDED", "Spent.", {
            data: { limit: {}, spent: {}, wanted: {} },
            hint: ".",
          });
        }
        return { urgency: 1 };
      },
    });
    const { room, told } = world({ schedule }, speaking);
    room.broadcast("Who begins?");
    expect(await room.run(1)).toMatchObject({ stopped: "budget", steps: [{ open: true, outcomes: [] }] });
    expect(told("bid")).toEqual([]);
    broke = false;
    expect(await room.run(1)).toMatchObject({ stopped: "steps" });
    expect(asked.sort()).toEqual([...names, "Cleo"].sort());
    expect([told("step-started").length, told("bid").length]).toEqual([1, 4]);
  });
  it("without a model goes by what is meant for somebody and is asked, and less by who has just spoken", () => {
    const bid = (news: { content: string; addressed: boolean }[], last?: number) =>
      (byUrgency() as (asked: object) => { urgency: number })({
        person: { id: "ann" },
        news: news.map(({ content, addressed }) => ({ stimulus: { type: "CONVERSATION", content }, addressed })),
        round: { step: 4, lastActed: () => last },
      }).urgency;
    expect(bid([{ content: "Hm.", addressed: false }])).toBe(3);
    expect(bid([{ content: "Ann?", addressed: true }])).toBe(8);
    expect(bid([{ content: "Ann?", addressed: true }], 3)).toBe(6);
  });
});

describe("an event-driven world", () => {
  it("has only those act whom something woke, says why, and asks nobody else", async () => {
    const { room, people, told, acted } = world({ schedule: eventDriven() }, (name) => ({
      script: always(...(name === "Ann" ? [talk("Bob, come.", "Bob")] : []), done),
    }));
    people[0]?.observe({ type: "THOUGHT", content: "Now." });
    await room.run(9);
    expect(acted()).toEqual(["1 ann", "2 bob"]);
    expect(people.map((person) => person.asked.length)).toEqual([1, 1, 0, 0]);
    expect(told("woken").map(({ person, by }) => [person, by])).toEqual([
      ["ann", "news"],
      ["bob", "news"],
    ]);
  });
  it("wakes people at a step or a moment, though nothing is new to them", async () => {
    const clock = createClock(new Date("2030-01-01T09:00:00Z"));
    const { room, acted, told } = world({ schedule: eventDriven() }, () => ({ script: always(done) }), { clock });
    room.wake("Cleo", { inSteps: 3 }).wake("Dora", { at: new Date("2030-01-01T10:30:00Z") });
    const { steps } = await room.runHours(4);
    expect([steps.length, acted()]).toEqual([4, ["2 dora", "3 cleo"]]);
    expect(told("woken").map(({ by }) => by)).toEqual(["time", "time"]);
    const waiting = world({ schedule: eventDriven() }, () => ({ script: always(done) }));
    waiting.room.wake("Ann", { inSteps: 5 });
    expect(await waiting.room.run(20)).toMatchObject({ stopped: "quiet", steps: { length: 5 } });
  });
  it("wakes people in the order of those who acted, whoever of them was faster", async () => {
    const order = async (slowest: string) => {
      const { room, people, acted } = world({ schedule: eventDriven() }, (name) => ({
        delay: () => (name === slowest ? 9 : 1),
        script: (_news, _options, turn) => {
          // What comes of what they did is new to them.
          if (turn === 0) people[names.indexOf(name)]?.observe({ type: "FEEDBACK", content: "It is done." });
          return [think("Hm."), done];
        },
      }));
      room.broadcast("Go.");
      await room.run(9);
      return acted();
    };
    expect(await order("Ann")).toEqual(await order("Dora"));
    expect((await order("Ann")).slice(4)).toEqual(["2 ann", "2 bob", "2 cleo", "2 dora"]);
  });
  it("asks somebody again who could not act when woken", async () => {
    let failures = 1;
    const script = () => (failures-- > 0 ? invalid() : [think("Now.")]);
    const { room, acted } = world({ schedule: eventDriven() }, (name) => ({
      script: name === "Ann" ? script : always(think("Hm.")),
    }));
    room.wake("Ann").wake("Bob");
    await room.run(3);
    expect(acted()).toEqual(["1 bob", "2 ann"]);
  });
  it("can wake people by their interests; what does not wake them waits", async () => {
    const { room, people, acted } = world({ schedule: eventDriven({ wakes: interested }) }, (name) => ({
      script: always(...(name === "Ann" ? [talk("Sailing boats are cheap this year.")] : []), done),
      interests: name === "Bob" ? ["sailing"] : ["opera"],
    }));
    people[0]?.observe({ type: "THOUGHT", content: "Now." });
    await room.run(9);
    expect(acted()).toEqual(["1 ann", "2 bob"]);
    expect(people[2]?.pending.map((one) => one.content)).toEqual(["Sailing boats are cheap this year."]);
  });
});
