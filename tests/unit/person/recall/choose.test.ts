import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chooseDiverse } from "../../../../src/person/memory/recall/choose.ts";

interface Thing {
  readonly name: string;
  readonly score: number;
  readonly tokens: number;
}

const thing = (name: string, score: number, tokens = 10): Thing => ({ name, score, tokens });
/** Things of one letter are alike. */
const byLetter = (alike: number) => (one: Thing, other: Thing) => (one.name[0] === other.name[0] ? alike : 0);
const names = (things: readonly Thing[]) => things.map(({ name }) => name);

describe("choosing what is diverse", () => {
  it("takes no five copies of one thought, however good", () => {
    const copies = Array.from({ length: 5 }, (_, at) => thing(`a${at}`, 1 - at / 1_000));
    const others = [thing("b", 0.3), thing("c", 0.2)];
    const choice = { most: 5, tokens: 1_000, likeness: byLetter(0.97) };
    expect(names(chooseDiverse([...copies, ...others], choice))).toEqual(["a0", "b", "c"]);
  });
  it("prefers something else to what is alike, and takes what is alike when there is nothing else", () => {
    const things = [thing("a1", 1), thing("a2", 0.9), thing("b", 0.4)];
    const choice = { tokens: 1_000, likeness: byLetter(0.8) };
    expect(names(chooseDiverse(things, { ...choice, most: 2 }))).toEqual(["a1", "b"]);
    expect(names(chooseDiverse(things, { ...choice, most: 3 }))).toEqual(["a1", "b", "a2"]);
  });
  it("takes the better one of what is not alike", () => {
    const things = [thing("a", 0.2), thing("b", 0.9), thing("c", 0.5)];
    expect(names(chooseDiverse(things, { most: 2, tokens: 99, likeness: () => 0 }))).toEqual(["b", "c"]);
  });
  it("passes over what has no room, and goes on with what has", () => {
    const things = [thing("a", 1, 50), thing("b", 0.9, 60), thing("c", 0.8, 50)];
    expect(names(chooseDiverse(things, { most: 3, tokens: 100, likeness: () => 0 }))).toEqual(["a", "c"]);
  });
  it("keeps its bounds, gives nothing twice, and begins with the best that has room (property)", () => {
    const any = fc.record({
      score: fc.double({ min: 0, max: 1, noNaN: true }),
      tokens: fc.integer({ min: 1, max: 60 }),
    });
    const likenesses = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 30, maxLength: 30 });
    fc.assert(
      fc.property(fc.array(any, { maxLength: 20 }), likenesses, fc.nat(8), fc.nat(200), (some, alike, most, tokens) => {
        const things = some.map((one, at) => ({ ...one, at }));
        const likeness = (one: (typeof things)[number], other: (typeof things)[number]) =>
          alike[(one.at * other.at) % 30] ?? 0;
        const chosen = chooseDiverse(things, { most, tokens, likeness });
        expect(chosen.length).toBeLessThanOrEqual(most);
        expect(chosen.reduce((sum, one) => sum + one.tokens, 0)).toBeLessThanOrEqual(tokens);
        expect(new Set(chosen).size).toBe(chosen.length);
        const fitting = things.filter((one) => one.tokens <= tokens).map((one) => one.score);
        if (most > 0 && fitting.length > 0) expect(chosen[0]?.score).toBe(Math.max(...fitting));
        for (const [at, one] of chosen.entries())
          for (const before of chosen.slice(0, at)) expect(likeness(before, one)).toBeLessThan(0.95);
      }),
    );
  });
});
