import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nearest } from "../../../src/kernel/text/nearest.ts";

describe("nearest names", () => {
  it("finds letters left out, added, changed and swapped, the nearest first", () => {
    const known = ["openai", "openrouter", "ollama", "anthropic"];
    expect(nearest("opnai", known)).toEqual(["openai"]);
    expect(nearest("olalma", known)).toEqual(["ollama"]);
    expect(nearest("Antropic", known)).toEqual(["anthropic"]);
    expect(nearest("abdc", ["abcd", "adcb"])).toEqual(["abcd"]);
    expect(nearest("xyz", known)).toEqual([]);
  });

  it("finds a name itself first, whatever it is", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.array(fc.string()), (name, others) => {
        expect(nearest(name, [...others, name])[0]?.toLowerCase()).toBe(name.toLowerCase());
      }),
    );
  });
});
