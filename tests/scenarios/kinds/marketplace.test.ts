import { describe, expect, it } from "vitest";
import { defineStudy, Marketplace } from "../../../src/index.ts";
import { countOfActions, type Part, playedInAllWays, rehearsed } from "../../support/kinds.ts";

const goods = ["apples", "bread"] as const;

const study = defineStudy({
  name: "market",
  seed: 5,
  run: async (simulation) => {
    const market = new Marketplace({ goods, holdings: () => ({ money: 20.5, goods: { apples: 6, bread: 3 } }) });
    const people = await simulation.loadPeople(["lisa", "oscar", "marcos", "doreen"], { faculties: [market] });
    const world = simulation.world("Market", people, market.parts).broadcast("It is market day.");
    await world.run(5);
    return market.tables;
  },
});

/** Everybody takes the first that stands, where there is any, and offers or bids something of their own. */
const part: Part = (words, dice) => {
  const board = words.slice(words.lastIndexOf("The market:"));
  const ids = [...board.matchAll(/\[([a-zéí-]+-\d+)\] \d+ for/gu)].map(([, id]) => id);
  const order = { good: goods[dice(2)], quantity: 1 + dice(9), price: (100 + dice(250)) / 100 };
  const taken = ids.length > 0 ? [{ type: "ACCEPT", target: ids[dice(ids.length)], quantity: 1 }] : [];
  return [...taken, { type: dice(2) === 0 ? "OFFER" : "BID", ...order }];
};

const sum = (rows: readonly Readonly<Record<string, unknown>>[], column: string): number =>
  rows.reduce((total, row) => total + Math.round(100 * Number(row[column])), 0) / 100;

describe("a marketplace", () => {
  it("is the same story however it is played, and nothing is made or lost", async () => {
    const { result, story } = await playedInAllWays(study, part);
    const { trades, prices, holdings } = result;
    expect(trades.length).toBeGreaterThan(3);
    expect(holdings).toHaveLength(4);
    expect([sum(holdings, "money"), sum(holdings, "apples"), sum(holdings, "bread")]).toEqual([82, 24, 12]);
    expect(sum(prices, "quantity")).toBe(sum(trades, "quantity"));
    for (const { low, mean, high } of prices) {
      expect(Number(low)).toBeLessThanOrEqual(Number(mean));
      expect(Number(mean)).toBeLessThanOrEqual(Number(high));
    }
    const refused = story.filter((event) => event.type === "resolved" && event.outcome === "refused");
    expect(refused.length).toBeGreaterThan(0);
    const told = story.filter((event) => event.type === "broadcast" && event.stimulus.content.includes(" sells "));
    expect(told.length).toBeGreaterThan(0);
    expect(told.length).toBeLessThanOrEqual(trades.length);
  }, 60_000);

  it("is rehearsed believably: people trade, one thing a turn", async () => {
    const { result, story } = await rehearsed(study);
    expect(result.trades.length).toBeGreaterThan(0);
    for (const event of story) {
      if (event.type !== "turn") continue;
      const { OFFER = 0, BID = 0, ACCEPT = 0, WITHDRAW = 0 } = countOfActions([event]);
      expect(OFFER + BID + ACCEPT + WITHDRAW).toBeLessThanOrEqual(1);
    }
  }, 60_000);
});
