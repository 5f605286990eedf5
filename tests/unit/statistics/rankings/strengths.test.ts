import { describe, expect, it } from "vitest";
import { bradleyTerry, type PairComparison } from "../../../../src/statistics/rankings/strengths/bradley-terry.ts";
import { plackettLuce } from "../../../../src/statistics/rankings/strengths/plackett-luce.ts";
import type { Strengths } from "../../../../src/statistics/rankings/strengths/strengths.ts";
import { measured, near } from "../measured.ts";
import expectedValues from "./expected.json" with { type: "json" };

const places = (size: number): readonly number[] => [...Array(size).keys()];

/** Logarithms and their errors in the order of the options. */
function byOption({ rows }: Strengths<number>): readonly { readonly log: number; readonly error: number }[] {
  expect(rows.reduce((total, { strength }) => total + strength, 0)).toBeCloseTo(1, 12);
  return rows
    .toSorted((one, other) => one.option - other.option)
    .map(({ logStrength, low, high }) => ({ log: logStrength, error: (high - low) / 2 / 1.959963984540054 }));
}

describe("Plackett and Luce's model", () => {
  it.each(expectedValues.orders)("as the numerical optimum has it: $size options, pseudo $pseudo", async (given) => {
    const found = measured(await plackettLuce(given.orders, places(given.size), { pseudo: given.pseudo }));
    expect(found.n).toBe(given.orders.length);
    for (const [place, { log, error }] of byOption(found).entries()) {
      near(log, given.logStrengths[place] as number, 8);
      near(error, given.errors[place] as number, 8);
    }
  });

  it("is the same when the people come in another order, and adds nothing where it need not", async () => {
    const { orders, size } = expectedValues.orders[0] as (typeof expectedValues.orders)[0];
    const found = byOption(measured(await plackettLuce(orders, places(size))));
    const shuffled = byOption(measured(await plackettLuce(orders.toReversed(), places(size))));
    for (const [place, { log }] of shuffled.entries()) near(log, found[place]?.log as number);
    expect(measured(await plackettLuce(orders, places(size))).pseudo).toBe(0);
  });

  it("says what it added where one always wins", async () => {
    const found = measured(
      await plackettLuce(
        [
          ["a", "b", "c"],
          ["a", "c", "b"],
        ],
        ["a", "b", "c"],
      ),
    );
    expect(found.pseudo).toBe(0.5);
    expect(found.rows.map(({ option }) => option)[0]).toBe("a");
    expect(found.rows[1]?.logStrength).toBeCloseTo(found.rows[2]?.logStrength as number, 9);
  });

  it("is none of nothing, or of options that nothing holds together", async () => {
    expect(await plackettLuce([], ["a", "b"])).toEqual({ reason: "these were never held against a or its like: b" });
    expect(await plackettLuce([["a"]], ["a"])).toEqual({ reason: "fewer than two options" });
    await expect(plackettLuce([["a", "x"]], ["a", "b"])).rejects.toMatchObject({ code: "OPTION_INVALID" });
  });
});

describe("Bradley and Terry's model", () => {
  it.each(expectedValues.pairs)("as the numerical optimum has it: $size options, order $order", async (given) => {
    const comparisons = given.comparisons as PairComparison<number>[];
    const how = { options: places(given.size), order: given.order, pseudo: given.pseudo };
    const found = measured(await bradleyTerry(comparisons, how));
    for (const [place, { log, error }] of byOption(found).entries()) {
      near(log, given.logStrengths[place] as number, 8);
      near(error, given.errors[place] as number, 8);
    }
    if (given.effect === null) return expect(found.first).toBeUndefined();
    near(found.first?.effect, given.effect, 8);
    near(
      ((found.first?.high as number) - (found.first?.low as number)) / 2 / 1.959963984540054,
      given.errors.at(-1) as number,
      8,
    );
  });

  it("takes times for as many comparisons", async () => {
    const pair = { first: "a", second: "b", won: "first" } as const;
    const back = { first: "b", second: "a", won: "first" } as const;
    const found = await bradleyTerry([pair, pair, pair, back]);
    expect(await bradleyTerry([{ ...pair, times: 3 }, back])).toEqual(found);
    expect(measured(found).rows[0]).toMatchObject({ option: "a", strength: expect.closeTo(0.75, 12) });
  });

  it("is none where nothing holds two halves together, or an order cannot be told", async () => {
    const halves: PairComparison<string>[] = [
      { first: "a", second: "b", won: "neither" },
      { first: "c", second: "d", won: "neither" },
    ];
    expect(await bradleyTerry(halves)).toEqual({ reason: "these were never held against a or its like: c, d" });
    const always: PairComparison<string>[] = [
      { first: "a", second: "b", won: "first" },
      { first: "b", second: "a", won: "first" },
    ];
    expect(await bradleyTerry(always, { order: true })).toEqual({
      reason: "what being shown first adds cannot be told from the strengths",
    });
    await expect(bradleyTerry([{ first: "a", second: "a", won: "first" }])).rejects.toMatchObject({
      code: "OPTION_INVALID",
    });
  });
});
