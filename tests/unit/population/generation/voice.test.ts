import { describe, expect, it } from "vitest";
import { createRandom } from "../../../../src/kernel/values/random.ts";
import { bigFive, degreeAt, drawVoice } from "../../../../src/population/generation/voice/temper.ts";

const voices = (count: number, seed: string | number = 7) =>
  Array.from({ length: count }, (_, index) =>
    drawVoice({ id: String(index + 1).padStart(4, "0"), values: {}, weight: 1 }, createRandom(seed)),
  );
const shares = (degrees: readonly number[]): number[] =>
  [0, 1, 2, 3, 4].map((degree) => degrees.filter((other) => other === degree).length / degrees.length);

/** Areas of the standard normal distribution between −∞, −1.5, −0.5, 0.5, 1.5 and ∞ (scipy.stats.norm.cdf). */
const normal = [0.0668072, 0.2417303, 0.3829249, 0.2417303, 0.0668072];

describe("voices", () => {
  it("are spread as people are, trait by trait, so that a third does not agree readily", () => {
    const many = voices(1_000);
    for (const trait of [...bigFive, "length" as const]) {
      const found = shares(many.map(({ temper, length }) => (trait === "length" ? length : temper[trait])));
      for (const [degree, share] of found.entries()) {
        expect(Math.abs(share - (normal[degree] ?? 0)), `${trait} ${degree}`).toBeLessThan(0.01);
      }
    }
  });
  it("are spread as evenly among few, and no trait goes with another", () => {
    for (const seed of [1, 2, 3]) {
      const few = voices(50, seed);
      const low = few.filter(({ temper }) => temper.agreeableness < 2).length / 50;
      expect(low).toBeGreaterThan(0.24);
      expect(low).toBeLessThan(0.38);
    }
    const many = voices(2_000);
    for (const [one, other] of pairs(bigFive)) {
      const r = correlation(
        many.map(({ temper }) => temper[one]),
        many.map(({ temper }) => temper[other]),
      );
      expect(Math.abs(r), `${one} ${other}`).toBeLessThan(0.06);
    }
  });
  it("depend on the seed and on who it is, and on nobody else", () => {
    expect(voices(5)).toEqual(voices(50).slice(0, 5));
    expect(voices(20)).not.toEqual(voices(20, 8));
    const named = (id: string) => drawVoice({ id, values: {}, weight: 1 }, createRandom(7));
    expect(named("ana")).toEqual(named("ana"));
    expect(Array.from("abcdefgh", named)).not.toEqual(Array.from("abcdefgh", () => named("a")));
  });
  it("have the degrees of the normal distribution's areas", () => {
    expect([0, 0.0667, 0.0669, 0.3, 0.31, 0.5, 0.69, 0.7, 0.93, 0.94, 1].map(degreeAt)).toEqual([
      0, 0, 1, 1, 2, 2, 2, 3, 3, 4, 4,
    ]);
  });
});

function pairs<T>(items: readonly T[]): [T, T][] {
  return items.flatMap((one, index) => items.slice(index + 1).map((other): [T, T] => [one, other]));
}

function correlation(xs: readonly number[], ys: readonly number[]): number {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [mx, my] = [mean(xs), mean(ys)];
  const sum = (of: (index: number) => number): number => xs.reduce((total, _, index) => total + of(index), 0);
  const x = (index: number): number => (xs[index] ?? 0) - mx;
  const y = (index: number): number => (ys[index] ?? 0) - my;
  return sum((i) => x(i) * y(i)) / Math.sqrt(sum((i) => x(i) ** 2) * sum((i) => y(i) ** 2));
}
