import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createContext } from "../../../src/simulation/run/context.ts";
import { createShelf } from "../../../src/simulation/run/memory/shelf.ts";
import { testContext } from "../../support/context.ts";

describe("shelf", () => {
  it("lets go of what was used longest ago", () => {
    const shelf = createShelf(10);
    const [a, b, c] = [shelf.place<string>(), shelf.place<string>(), shelf.place<string>()];
    a.put("a", 4);
    b.put("b", 4);
    expect(a.take()).toBe("a");
    c.put("c", 4);
    expect([a.take(), b.take(), c.take()]).toEqual(["a", undefined, "c"]);
  });
  it("keeps one thing that is larger than all of it, until something else comes", () => {
    const shelf = createShelf(10);
    const [a, b] = [shelf.place<string>(), shelf.place<string>()];
    a.put("a", 40);
    expect(a.take()).toBe("a");
    b.put("b", 1);
    expect([a.take(), b.take()]).toEqual([undefined, "b"]);
  });
  it("never holds more than its room, and holds what fits (property)", () => {
    const use = fc.record({ at: fc.nat(5), size: fc.option(fc.integer({ min: 1, max: 12 }), { nil: undefined }) });
    fc.assert(
      fc.property(fc.array(use, { maxLength: 60 }), (uses) => {
        const shelf = createShelf(20);
        const places = Array.from({ length: 6 }, () => shelf.place<number>());
        /** The same by the book: holders in the order of their last use. */
        let model: { at: number; size: number }[] = [];
        for (const { at, size } of uses) {
          const before = model.find((held) => held.at === at);
          model = model.filter((held) => held.at !== at);
          if (size === undefined) {
            expect(places[at]?.take()).toBe(before?.size);
            if (before) model.push(before);
            continue;
          }
          places[at]?.put(size, size);
          model.push({ at, size });
          while (model.reduce((sum, held) => sum + held.size, 0) > 20) model.shift();
        }
        const held = places.map((place) => place.take());
        expect(held).toEqual(places.map((_, at) => model.find((one) => one.at === at)?.size));
      }),
    );
  });
  it.each([
    { megabytes: undefined, holds: 192 },
    { megabytes: 1, holds: 192 },
    { megabytes: 2_000, holds: 1_500 },
  ])("holds $holds MiB of a run in which people have $megabytes", ({ megabytes, holds }) => {
    const { shelf } = createContext(testContext(), { store: {}, megabytes });
    const [first, second] = [shelf.place<string>(), shelf.place<string>()];
    first.put("first", (holds - 1) * 2 ** 20);
    second.put("second", 2 ** 20);
    expect([first.take(), second.take()]).toEqual(["first", "second"]);
    second.put("second", 1 + 2 ** 20);
    expect([first.take(), second.take()]).toEqual([undefined, "second"]);
  });
});
