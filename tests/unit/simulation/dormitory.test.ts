import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Sleeper } from "../../../src/kernel/contracts/context.ts";
import type { SimulationEvent } from "../../../src/kernel/contracts/events.ts";
import type { Aside } from "../../../src/kernel/contracts/store.ts";
import { createDormitory } from "../../../src/simulation/run/memory/dormitory.ts";

/** A list that can be put aside. */
class List implements Sleeper {
  items: string[] | undefined = [];

  putAside(): unknown {
    const { items } = this;
    this.items = undefined;
    return items;
  }

  takeUp(kept: unknown): void {
    this.items = kept as string[];
  }
}

function house({ bytes = 10, room = Number.POSITIVE_INFINITY } = {}) {
  const kept = new Map<number, Uint8Array>();
  const shown: SimulationEvent[] = [];
  const aside: Aside = {
    put: (place, data) => {
      if (kept.size >= room) throw new Error("The disk is full.");
      kept.set(place, data);
    },
    get: (place) => kept.get(place),
  };
  const watch = (event: SimulationEvent): void => void shown.push(event);
  return { kept, shown, dormitory: createDormitory({ bytes, store: { aside: () => aside }, watch }) };
}

describe("dormitory", () => {
  it("puts aside what was used longest ago, and gives it back as it was, the same object in several places", () => {
    const { dormitory } = house();
    const shared = { name: "tram" };
    const both: Sleeper & { held?: unknown } = {
      held: [shared, shared],
      putAside: () => {
        const { held } = both;
        both.held = undefined;
        return held;
      },
      takeUp: (held) => {
        both.held = held;
      },
    };
    const [one, other] = [dormitory.bed(both), dormitory.bed(new List())];
    one.holds(6);
    other.holds(6);
    expect(both.held).toBeUndefined();
    one.wake();
    const [first, second] = both.held as object[];
    expect(first).toEqual(shared);
    expect(second).toBe(first);
  });

  it("puts aside who has just come where the room is taken, and whom nobody used", () => {
    const { dormitory } = house();
    const lists = [new List(), new List(), new List()];
    const [first, second, third] = lists.map((list) => dormitory.bed(list));
    first?.brings(6);
    second?.brings(4);
    third?.brings(1);
    expect(lists.map(({ items }) => items === undefined)).toEqual([false, false, true]);
    third?.wake();
    expect(lists.map(({ items }) => items === undefined)).toEqual([true, false, false]);
  });

  it("puts nothing aside of those for whom something is being done, however little room there is", async () => {
    const { dormitory, kept } = house();
    const [list, others] = [new List(), new List()];
    const [bed, more] = [dormitory.bed(list), dormitory.bed(others)];
    bed.holds(6);
    await bed.during(async () => {
      more.holds(20);
      expect(list.items).toEqual([]);
    });
    expect(kept.size).toBe(1);
    expect(others.items).toBeUndefined();
  });

  it("keeps everything in memory, and says so once, when nothing more can be put aside", () => {
    const { dormitory, shown } = house({ room: 1 });
    const lists = [new List(), new List(), new List(), new List()];
    const beds = lists.map((list) => dormitory.bed(list));
    for (const bed of beds) bed.holds(8);
    expect(lists.map(({ items }) => items === undefined)).toEqual([true, false, false, false]);
    beds[0]?.wake();
    expect(lists[0]?.items).toEqual([]);
    expect(shown).toHaveLength(1);
    expect(shown[0]).toMatchObject({ type: "warning", message: expect.stringContaining("The disk is full.") });
  });

  it("keeps what shall stay", () => {
    const { dormitory, kept } = house();
    const list = new List();
    const bed = dormitory.bed(list);
    bed.holds(5);
    bed.stays();
    dormitory.bed(new List()).holds(50);
    bed.wake();
    expect([kept.size, list.items]).toEqual([0, []]);
  });

  it("loses nothing, whoever uses what in whichever order (property)", async () => {
    const use = fc.record({ at: fc.nat(4), size: fc.integer({ min: 1, max: 9 }), busy: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(use, { maxLength: 60 }), async (uses) => {
        const { dormitory } = house({ bytes: 12 });
        const lists = Array.from({ length: 5 }, () => new List());
        const beds = lists.map((list) => dormitory.bed(list));
        const expected = lists.map(() => [] as string[]);
        for (const [number, { at, size, busy }] of uses.entries()) {
          const add = (): void => {
            beds[at]?.wake();
            lists[at]?.items?.push(`${number}`);
            expected[at]?.push(`${number}`);
            beds[at]?.holds(size);
          };
          if (busy) await beds[at]?.during(async () => add());
          else add();
        }
        for (const bed of beds) bed.wake();
        // The last one that was woken may have put others aside: each is looked at alone.
        for (const [at, bed] of beds.entries()) {
          bed.wake();
          expect(lists[at]?.items).toEqual(expected[at]);
        }
      }),
    );
  });
});
