import { describe, expect, it } from "vitest";
import type { Answer, GivenAnswer } from "../../../../src/kernel/contracts/answers/answer.ts";
import { createRandom } from "../../../../src/kernel/values/random.ts";
import { drawn } from "../../../../src/survey/elicitation/distribution.ts";
import { fitTemperatures, heated, type RatedPart } from "../../../../src/survey/results/fit/temperature.ts";

const options = ["no", "so so", "yes"];
const scale: RatedPart["scale"] = { kind: "ordinal", options };
/** As ratings come at 1: the point that was meant is only somewhat likelier than the others. */
const flat = (value: string): GivenAnswer => ({
  ...{ item: "likes", value, method: "similarity-rating" },
  distribution: Object.fromEntries(options.map((one) => [one, one === value ? 0.5 : 0.25])),
});
const person = (value: string): GivenAnswer => ({ item: "likes", value, method: "person" });
const many = <One>(made: (value: string) => One, counts: readonly number[]): One[] =>
  counts.flatMap((count, place) => Array.from({ length: count }, () => made(options[place] as string)));
/** Fifths of people alike, as they would be of many. */
const mixed = (counts: readonly number[]) => Array.from({ length: 5 }, () => many(person, counts)).flat();
const acrossFolds = (counts: readonly number[]) =>
  mixed(counts)
    .map((answer, place) => ({ answer, key: createRandom("order").fork(String(place)).next() }))
    .toSorted((one, other) => one.key - other.key)
    .map(({ answer }) => answer);

describe("the temperature of ratings by similarity", () => {
  it("draws together where people are of one mind, and serves answers that it had not seen", () => {
    const [found] = fitTemperatures([
      { item: "likes", scale, simulated: many(flat, [1, 1, 8]), human: acrossFolds([1, 1, 8]) },
    ]);
    expect(found?.temperature).toBeLessThan(0.3);
    expect(found?.heldOut).toBeLessThan((found?.usual ?? 0) / 2);
  });

  it("stays as it is where no other serves answers that it had not seen", () => {
    // What ratings at 1 come to already: 0.45 of the whole on the one that most mean.
    const [found] = fitTemperatures([
      { item: "likes", scale, simulated: many(flat, [1, 1, 8]), human: acrossFolds([11, 11, 18]) },
    ]);
    expect(found).toMatchObject({ items: ["likes"], temperature: 1 });
    expect(found?.heldOut).toBeGreaterThanOrEqual(found?.usual ?? 1);
  });

  it("is one for all items of a scale, and none where fewer than twenty answered", () => {
    const part = (item: string, of: RatedPart["scale"], people: number): RatedPart => ({
      ...{ item, scale: of, simulated: many(flat, [1, 1, 2]) },
      human: acrossFolds([1, 1, 2]).slice(0, people),
    });
    const other: RatedPart["scale"] = { kind: "ordinal", options: [...options, "very"] };
    const found = fitTemperatures([
      part("likes", scale, 20),
      part("wants", scale, 20),
      part("few", scale, 19),
      part("more", other, 20),
    ]);
    expect(found.map(({ items }) => items)).toEqual([["likes", "wants"], ["more"]]);
  });

  it("is not changed by how often a person's answers are repeated over items, nor by which draw was taken", () => {
    const random = createRandom(3);
    const redrawn = many(flat, [2, 1, 3]).map((one) => ({ ...one, value: drawn(one.distribution ?? {}, random) }));
    const [first] = fitTemperatures([{ item: "a", scale, simulated: many(flat, [2, 1, 3]), human: mixed([2, 1, 3]) }]);
    const [again] = fitTemperatures([{ item: "a", scale, simulated: redrawn, human: mixed([2, 1, 3]) }]);
    expect(again).toEqual(first);
  });

  it("holds a person's answers out together, whatever they skipped elsewhere", () => {
    // Every fifth of the people thinks otherwise; who skips the second item must not move who comes after them.
    const minds = Array.from({ length: 50 }, (_, person) => person % 5 === 0);
    const first = minds.map((isOdd) => person(isOdd ? "no" : "yes"));
    const second: Answer[] = first.map((answer, at) =>
      at % 7 === 3 ? { item: "likes", value: null, missing: "skipped", method: "person" } : answer,
    );
    const simulated = many(flat, [1, 0, 4]);
    const both = fitTemperatures([
      { item: "a", scale, simulated, human: first },
      { item: "b", scale, simulated, human: second },
    ]);
    const alone = fitTemperatures([{ item: "a", scale, simulated, human: first }]);
    // In each fold all are of one mind, and so in both items: that some skipped one of them changes nothing of it.
    expect(both[0]?.heldOut).toBeCloseTo(alone[0]?.heldOut ?? Number.NaN, 12);
    expect(both[0]?.usual).toBeCloseTo(alone[0]?.usual ?? Number.NaN, 12);
  });

  it("tells an answer at another temperature as its own way would", () => {
    expect(heated(flat("yes"), 0)).toMatchObject({ distribution: { no: 0, "so so": 0, yes: 1 } });
    expect(heated(flat("yes"), 1)).toEqual(flat("yes"));
    expect(heated(person("yes"), 0)).toEqual(person("yes"));
  });
});
