import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { recallSettings } from "../../../../src/person/memory/recall/options.ts";
import { recencyOf, relevanceOf, scoreOf } from "../../../../src/person/memory/recall/score.ts";

const share = fc.double({ min: 0, max: 1, noNaN: true });
const signs = fc.record({ relevance: share, recency: share, importance: share });
const weights = fc.record({
  relevance: fc.double({ min: 0, max: 3, noNaN: true }),
  recency: fc.double({ min: 0, max: 3, noNaN: true }),
  importance: fc.double({ min: 0, max: 3, noNaN: true }),
});

describe("a note's score", () => {
  it("lies in [0, 1] and never falls when a part of it grows (property)", () => {
    fc.assert(
      fc.property(
        signs,
        weights,
        fc.constantFrom("relevance", "recency", "importance"),
        share,
        (one, by, part, more) => {
          const score = scoreOf(one, by);
          expect(score).toBeGreaterThanOrEqual(0);
          expect(score).toBeLessThanOrEqual(1);
          const grown = { ...one, [part]: Math.min(1, one[part] + more) };
          expect(scoreOf(grown, by)).toBeGreaterThanOrEqual(score);
        },
      ),
    );
  });
  it("is the product of its three parts, each to the power of its weight", () => {
    const parts = { relevance: 0.5, recency: 0.25, importance: 0.16 };
    expect(scoreOf(parts, { relevance: 1, recency: 1, importance: 1 })).toBeCloseTo(0.02, 12);
    expect(scoreOf(parts, { relevance: 2, recency: 0, importance: 0.5 })).toBeCloseTo(0.1, 12);
  });
  it("is nothing for what has nothing to do with the moment, and something for what has, however trifling", () => {
    const { weights: usual } = recallSettings();
    expect(scoreOf({ relevance: 0, recency: 1, importance: 1 }, usual)).toBe(0);
    expect(scoreOf({ relevance: 1, recency: 1, importance: 0 }, usual)).toBeGreaterThan(0.3);
  });
});

describe("recency", () => {
  it("is 1 now, a half after a half-life, falls all the time, and never to nothing (property)", () => {
    const age = fc.double({ min: 0, max: 1e6, noNaN: true });
    const halfLife = fc.double({ min: 0.1, max: 1e4, noNaN: true });
    fc.assert(
      fc.property(age, age, halfLife, (one, other, half) => {
        expect(recencyOf(0, half)).toBe(1);
        expect(recencyOf(half, half)).toBe(0.5);
        expect(recencyOf(Math.max(one, other), half)).toBeLessThanOrEqual(recencyOf(Math.min(one, other), half));
        expect(recencyOf(one, half)).toBeGreaterThan(0);
      }),
    );
  });
  it("of what lies ahead is that of now", () => expect(recencyOf(-5, 7)).toBe(1));
});

describe("relevance", () => {
  it("is at least that of the meaning and of the words alone, and at most 1 (property)", () => {
    const cosine = fc.double({ min: -1, max: 1, noNaN: true });
    fc.assert(
      fc.property(share, cosine, (words, meaning) => {
        const both = relevanceOf(words, meaning);
        expect(both).toBeGreaterThanOrEqual(Math.max(words, meaning, 0) - 1e-12);
        expect(both).toBeLessThanOrEqual(1);
        expect(relevanceOf(words)).toBeCloseTo(words, 12);
      }),
    );
  });
});

describe("options of recall", () => {
  it("take their defaults one by one", () => {
    expect(recallSettings({ weights: { recency: 0 }, halfLife: { days: 1 } })).toEqual({
      weights: { relevance: 1, recency: 0, importance: 0.25 },
      halfLife: { days: 1, events: 200 },
      notes: 3,
      tokens: 150,
    });
  });
  it.each([
    [{ weights: { importance: -1 } }, "memory.recall.weights.importance"],
    [{ weights: { relevance: Number.NaN } }, "memory.recall.weights.relevance"],
    [{ halfLife: { events: 0 } }, "memory.recall.halfLife.events"],
    [{ notes: 2.5 }, "memory.recall.notes"],
    [{ tokens: Number.POSITIVE_INFINITY }, "memory.recall.tokens"],
  ])("out of range are refused with their name: %j", (options, option) => {
    expect(() => recallSettings(options)).toThrow(
      expect.objectContaining({ code: "OPTION_INVALID", data: expect.objectContaining({ option }) }),
    );
  });
});
