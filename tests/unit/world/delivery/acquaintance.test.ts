import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createAccess, reaches } from "../../../../src/world/delivery/access.ts";
import { Acquaintance } from "../../../../src/world/delivery/acquaintance.ts";
import { Roster } from "../../../../src/world/delivery/roster.ts";
import { testContext } from "../../../support/context.ts";
import { player } from "../cast.ts";

const ids = ["a", "b", "c", "d"] as const;
const pair = fc.tuple(fc.constantFrom(...ids), fc.constantFrom(...ids)).filter(([one, other]) => one !== other);
const rule = fc.oneof(
  fc.record({ kind: fc.constantFrom("open" as const, "close" as const), pair }),
  fc.record({ kind: fc.constant("everyone" as const) }),
);

describe("access", () => {
  it("answers as a table of all pairs would, in both directions", () => {
    fc.assert(
      fc.property(fc.array(rule, { maxLength: 30 }), (rules) => {
        const access = createAccess();
        const table = new Map<string, boolean>();
        const key = (one: string, other: string): string => [one, other].sort().join();
        for (const one of rules) {
          if (one.kind === "everyone") {
            access.openEveryone();
            for (const a of ids) for (const b of ids) table.set(key(a, b), true);
          } else {
            access[one.kind](...one.pair);
            table.set(key(...one.pair), one.kind === "open");
          }
        }
        for (const a of ids)
          for (const b of ids) if (a !== b) expect(reaches(access.circle(a), b)).toBe(table.get(key(a, b)) ?? false);
      }),
    );
  });
  it("leaves a door that was closed on purpose closed to those who reach out", () => {
    const access = createAccess();
    expect(access.mayReachOut("a", "b")).toBe(true);
    access.close("b", "a");
    expect(access.mayReachOut("a", "b")).toBe(false);
    access.open("a", "b");
    expect(access.mayReachOut("a", "b")).toBe(true);
  });
});

function crowd(size: number, limit: number) {
  const context = testContext();
  const people = Array.from({ length: size }, (_, place) => player(`p${place}`, context));
  const roster = new Roster<(typeof people)[number]>();
  roster.add(people);
  const access = createAccess();
  const acquaintance = new Acquaintance(roster, { circle: (who) => access.circle(who.id) }, limit);
  const of = (place: number) => {
    const { reachable, alsoReachable } = acquaintance.of(people[place] as (typeof people)[number]);
    return { names: reachable.map((one) => one.name), alsoReachable };
  };
  return { people, roster, access, acquaintance, of };
}

describe("who is in reach", () => {
  it("is everybody by name in the order of the list where they are few", () => {
    const { access, acquaintance, of } = crowd(4, 3);
    expect(of(1)).toEqual({ names: [], alsoReachable: 0 });
    access.open("p1", "p3");
    access.open("p1", "p0");
    expect(of(1)).toEqual({ names: ["p0", "p3"], alsoReachable: 0 });
    access.openEveryone();
    acquaintance.met("p1", "p3");
    expect(of(1)).toEqual({ names: ["p0", "p2", "p3"], alsoReachable: 0 });
  });
  it("is recent partners, then recent speakers, then neighbours, and a number, in a crowd", () => {
    const { access, acquaintance, of, roster, people } = crowd(50, 4);
    access.openEveryone();
    acquaintance.spoke("p40");
    acquaintance.met("p10", "p30");
    acquaintance.met("p10", "p20");
    expect(of(10)).toEqual({ names: ["p20", "p30", "p40", "p11"], alsoReachable: 45 });
    access.close("p10", "p20");
    roster.remove(people[30] as (typeof people)[number]);
    expect(of(10)).toEqual({ names: ["p40", "p11", "p12", "p13"], alsoReachable: 43 });
  });
  it("does not look at everybody to name a few", () => {
    const { access, acquaintance, people, roster } = crowd(20_000, 20);
    access.openEveryone();
    let looked = 0;
    const get = roster.get.bind(roster);
    roster.get = (id) => {
      looked += 1;
      return get(id);
    };
    for (const person of people.slice(0, 100)) acquaintance.of(person);
    expect(looked).toBe(100 * 20);
  });
});
