import { describe, expect, it } from "vitest";
import type { Action, Stimulus } from "../../../../src/kernel/contracts/person.ts";
import { Workplace, type WorkplaceOptions } from "../../../../src/world/kinds/places/workplace/workplace.ts";
import { TinyWorld } from "../../../../src/world/tiny-world.ts";
import { testContext } from "../../../support/context.ts";
import { done, once, player, type Script, talk } from "../cast.ts";

const go = (target: string): Action => ({ type: "MOVE_TO", target, args: { target } });
const places = ["Desks", "Kitchen", { name: "Meeting room", closed: true, seats: 1 }] as const;

function officeOf(scripts: Readonly<Record<string, Script>>, options: Partial<WorkplaceOptions> = {}) {
  const context = testContext();
  const office = new Workplace({ places, ...options });
  const people = Object.entries(scripts).map(([name, script]) => player(name, context, { script }));
  const world = new TinyWorld("Office", people, { ...office.parts, context: context.fork("world:office") });
  return { context, office, people, world };
}

const heard = (stimuli: readonly Stimulus[] | undefined) =>
  stimuli?.filter(({ type }) => type !== "LOCATION").map(({ content }) => content);

describe("a workplace", () => {
  it("lets people hear those who are where they are, before they go and after they came", async () => {
    const { office, people, world } = officeOf(
      {
        Ann: once([talk("Here at the desks."), go("the kitchen"), talk("Here in the kitchen.")]),
        Bob: once([done]),
        Cleo: once([done]),
      },
      { start: { Cleo: "Kitchen" } },
    );
    world.broadcast("Good morning.");
    await world.run(1);
    const [, bob, cleo] = people;
    expect(heard(bob?.heard)).toEqual(["Good morning.", "Here at the desks.", "Ann goes from Desks to Kitchen."]);
    expect(heard(cleo?.heard)).toEqual(["Good morning.", "Ann goes from Desks to Kitchen.", "Here in the kitchen."]);
    expect(office.tables.whereabouts).toEqual([
      { step: 1, person: "Ann", place: "Desks" },
      { step: 1, person: "Bob", place: "Desks" },
      { step: 1, person: "Cleo", place: "Kitchen" },
      { step: 1, person: "Ann", place: "Kitchen" },
    ]);
  });

  it("has who comes without a place begin at the first that has a seat", async () => {
    const box = { places: [{ name: "Box", seats: 1 }, "Hall"] };
    const at = async (options: Partial<WorkplaceOptions>) => {
      const { office, world } = officeOf({ Ann: once([done]), Bob: once([done]) }, options);
      world.broadcast("Good morning.");
      await world.run(1);
      return office.stays.map(({ name, place }) => `${name}: ${place}`);
    };
    expect(await at(box)).toEqual(["Ann: Box", "Bob: Hall"]);
    expect(await at({ ...box, start: { Bob: "Box" } })).toEqual(["Ann: Hall", "Bob: Box"]);
  });

  it("refuses a place that is full, that is none, or where one is", async () => {
    const tries = once([go("Meeting room"), go("Desks"), go("Roof")]);
    const { people, world, office } = officeOf(
      { Ann: once([go("Meeting room")]), Bob: tries },
      { schedule: "simultaneous" },
    );
    world.broadcast("Who takes the room?");
    await world.run(1);
    expect([office.where("ann"), office.where("bob")]).toEqual(["Meeting room", "Desks"]);
    const told = people[1]?.heard.filter(({ type }) => type === "FEEDBACK").map(({ content }) => content);
    expect(told).toEqual([
      "Your MOVE_TO did not come about: Meeting room is full: all 1 seats are taken.",
      "Your MOVE_TO did not come about: You are at Desks already.",
      "Your MOVE_TO did not come about: There is no Roof here. There are Desks, Kitchen, Meeting room.",
    ]);
  });

  it("has words overheard at open places, and never behind a closed door", async () => {
    const whispers = once([talk("A secret.", "Bob")]);
    const at = async (place: string): Promise<readonly string[] | undefined> => {
      const start = { Ann: place, Bob: place, Cleo: place };
      const room = [{ name: "Desks" }, { name: "Meeting room", closed: true }];
      const scripts = { Ann: whispers, Bob: once([done]), Cleo: once([done]) };
      const { people, world } = officeOf(scripts, { start, places: room, eavesdropping: 1 });
      world.broadcast("Go on.");
      await world.run(1);
      return heard(people[2]?.heard);
    };
    expect((await at("Desks"))?.at(-1)).toContain("A secret.");
    expect(await at("Meeting room")).toEqual(["Go on."]);
  });

  it("says who is there, and elsewhere only how many", async () => {
    const { office, world } = officeOf({ Ann: once([done]), Bob: once([done]), Cleo: once([go("Kitchen")]) });
    world.broadcast("Go on.");
    await world.run(1);
    const note = async (id: string) =>
      (await office.recall({ who: { id } } as Parameters<typeof office.recall>[0]))[0]?.text;
    expect(await note("ann")).toBe(
      "Places, and how many are there: Desks (you are here with Bob), Kitchen (1), Meeting room (0).",
    );
    expect(await note("cleo")).toContain("Kitchen (you are here alone)");
  });

  it("refuses places that make no sense", () => {
    const crowded = { places, start: { Ann: "Meeting room", Bob: "Meeting room" } };
    for (const options of [{ places: [] }, { places: ["A", "A"] }, { places, start: { Ann: "Roof" } }, crowded]) {
      expect(() => new Workplace(options)).toThrow(expect.objectContaining({ code: "OPTION_INVALID" }));
    }
  });
});
