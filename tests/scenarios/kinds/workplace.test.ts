import { describe, expect, it } from "vitest";
import { defineStudy, Workplace } from "../../../src/index.ts";
import { countOfActions, type Part, playedInAllWays, rehearsed } from "../../support/kinds.ts";

const places = ["Desks", "Kitchen", { name: "Meeting room", closed: true, seats: 2 }] as const;

const study = defineStudy({
  name: "office",
  seed: 5,
  run: async (simulation) => {
    const office = new Workplace({ places, start: { "Doreen Mumby": "Kitchen" }, eavesdropping: 0.5 });
    const people = await simulation.loadPeople(["lisa", "oscar", "marcos", "doreen"], {
      faculties: [office],
    });
    const world = simulation
      .world("Office", people, office.parts)
      .broadcast("The office moves in March. Questions? In the meeting room!");
    await world.run(4);
    return { ...office.tables, at: people.map(({ id, location }) => [id, office.where(id), location]) };
  },
});

/** Everybody says something to all who hear it, to somebody, and goes somewhere. */
const part: Part = (_words, dice, mark) => {
  const words = mark.match(/../g)?.join(" ");
  const target = ["Lisa Brannigan", "Oscar Ramsaran", "Marcos Benítez Ovelar", "Doreen Mumby"][dice(4)];
  return [
    { type: "TALK", target: null, content: `To all: ${words}.` },
    { type: "TALK", target, content: `To you: ${words} ${target}.` },
    { type: "MOVE_TO", target: ["Desks", "Kitchen", "Meeting room", "Roof"][dice(4)] },
  ];
};

describe("a workplace", () => {
  it("is the same story however it is played, and its rows say where people are", async () => {
    const { result, story } = await playedInAllWays(study, part);
    for (const [, place, location] of result.at) expect(place).toBe(location);
    const counted = countOfActions(story);
    const refused = story.filter((event) => event.type === "resolved" && event.outcome === "refused");
    expect(refused.length).toBeGreaterThan(0);
    // Four stand for where people were at first.
    expect(result.whereabouts).toHaveLength(4 + (counted["MOVE_TO"] ?? 0) - refused.length);
    const kinds = new Set(story.map(({ type }) => type));
    for (const kind of ["moved", "delivered", "undelivered", "overheard"]) expect(kinds).toContain(kind);
  }, 60_000);

  it("is rehearsed believably: people talk, and go somewhere now and then", async () => {
    const { story } = await rehearsed(study);
    const counted = countOfActions(story);
    expect(counted["TALK"]).toBeGreaterThan(3);
    expect(counted["MOVE_TO"] ?? 0).toBeGreaterThan(0);
    expect(counted["MOVE_TO"] ?? 0).toBeLessThan(counted["TALK"] ?? 0);
    const refused = story.flatMap((event) => (event.type === "resolved" && event.outcome === "refused" ? [event] : []));
    for (const { reason } of refused) expect(reason).toBe("Meeting room is full: all 2 seats are taken.");
  }, 60_000);
});
