import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Action, Stimulus } from "../../../../src/kernel/contracts/person.ts";
import { Accounts } from "../../../../src/world/kinds/places/market/accounts.ts";
import { OrderBook } from "../../../../src/world/kinds/places/market/book.ts";
import { Marketplace, type MarketplaceOptions } from "../../../../src/world/kinds/places/market/marketplace.ts";
import { TinyWorld } from "../../../../src/world/tiny-world.ts";
import { testContext } from "../../../support/context.ts";
import { done, player, type Script } from "../cast.ts";

const goods = ["apples", "bread"] as const;
const traders = ["Ann", "Bob", "Cleo"].map((name) => ({ id: name.toLowerCase(), name }));

const anAct = fc.record({
  kind: fc.constantFrom("offer", "bid", "accept", "withdraw"),
  who: fc.constantFrom(...traders),
  good: fc.constantFrom(...goods),
  quantity: fc.integer({ min: 1, max: 4 }),
  price: fc.integer({ min: 1, max: 400 }),
  order: fc.record({ who: fc.constantFrom(...traders), count: fc.integer({ min: 1, max: 6 }) }),
});

describe("the book of a market", () => {
  it("makes and loses nothing, sells and spends nothing twice, whatever people do", () => {
    let traded = 0;
    fc.assert(
      fc.property(fc.array(anAct, { maxLength: 60, size: "max" }), fc.boolean(), (acts, matches) => {
        const accounts = new Accounts();
        for (const trader of traders) accounts.open(trader, { money: 10.01, goods: { apples: 7, bread: 3 } });
        const book = new OrderBook(accounts, matches);
        for (const { kind, who, good, quantity, price, order } of acts) {
          const id = `${order.who.id}-${order.count}`;
          if (kind === "accept") book.accept(who, id, { quantity, step: 1 });
          else if (kind === "withdraw") book.withdraw(who, id);
          else book[kind as "offer" | "bid"](who, { good, quantity, price }, 1);
          const held = book.holdings(goods);
          expect(held.reduce((sum, { money }) => sum + Math.round(money * 100), 0)).toBe(3_003);
          expect(held.reduce((sum, { goods: has }) => sum + (has["apples"] ?? 0), 0)).toBe(21);
          expect(held.reduce((sum, { goods: has }) => sum + (has["bread"] ?? 0), 0)).toBe(9);
          for (const { id: whose } of traders) {
            expect(accounts.money(whose)).toBeGreaterThanOrEqual(0);
            for (const one of goods) expect(accounts.goods(whose, one)).toBeGreaterThanOrEqual(0);
          }
          expect(book.standing.every((one) => one.quantity > 0)).toBe(true);
        }
        for (const { seller, buyer, quantity } of book.trades) {
          expect(seller.id).not.toBe(buyer.id);
          expect(quantity).toBeGreaterThan(0);
        }
        traded += book.trades.length;
      }),
    );
    expect(traded).toBeGreaterThan(20);
  });

  it("trades at the price that stood first, the best first, of equals the oldest", () => {
    const accounts = new Accounts();
    for (const trader of traders) accounts.open(trader, { money: 100, goods: { apples: 5 } });
    const [ann, bob, cleo] = traders as [(typeof traders)[0], (typeof traders)[0], (typeof traders)[0]];
    const book = new OrderBook(accounts, true);
    book.offer(ann, { good: "apples", quantity: 2, price: 300 }, 1);
    book.offer(bob, { good: "apples", quantity: 2, price: 250 }, 1);
    book.offer(bob, { good: "apples", quantity: 1, price: 300 }, 1);
    const settled = book.bid(cleo, { good: "apples", quantity: 6, price: 300 }, 2);
    expect(
      "trades" in settled && settled.trades.map(({ seller, quantity, price }) => [seller.name, quantity, price]),
    ).toEqual([
      ["Bob", 2, 250],
      ["Ann", 2, 300],
      ["Bob", 1, 300],
    ]);
    expect(book.standing).toMatchObject([{ side: "bid", person: "cleo", quantity: 1, price: 300 }]);
    expect(accounts.money("cleo")).toBe(10_000 - 500 - 600 - 300 - 300);
    expect(book.withdraw(ann, "cleo-1")).toEqual({ refused: "No order of yours stands at cleo-1." });
    expect(book.withdraw(cleo, "[cleo-1]")).toEqual({ trades: [] });
    expect(accounts.money("cleo")).toBe(10_000 - 1_400);
  });
});

const act = (type: string, args: Record<string, unknown>): Action => ({
  type,
  args,
  ...(typeof args["target"] === "string" && { target: args["target"] }),
});

function marketOf(scripts: Readonly<Record<string, Script>>, options: Partial<MarketplaceOptions> = {}) {
  const context = testContext();
  const market = new Marketplace({ goods, holdings: () => ({ money: 20, goods: { apples: 4 } }), ...options });
  const people = Object.entries(scripts).map(([name, script]) => player(name, context, { script }));
  const world = new TinyWorld("Market", people, { ...market.parts, context: context.fork("world:market") });
  return { context, market, people, world };
}

const seen = (heard: readonly Stimulus[] | undefined, type: string) =>
  heard?.filter((one) => one.type === type).map(({ content }) => content);

describe("a marketplace", () => {
  it("settles what is done at once in the order of the world, and tells who came too late", async () => {
    const offers: Script = (_news, _options, turn) =>
      turn === 0 ? [act("OFFER", { good: "apples", quantity: 3, price: 2.5 })] : [done];
    const takes: Script = (_news, _options, turn) =>
      turn === 1 ? [act("ACCEPT", { target: "ann-1", quantity: 2 })] : [done];
    const { market, people, world } = marketOf(
      { Ann: offers, Bob: takes, Cleo: takes },
      { mechanism: "posted prices" },
    );
    await world.run(3);
    expect(market.tables.trades).toEqual([
      { step: 2, good: "apples", quantity: 2, price: 2.5, seller: "Ann", buyer: "Bob" },
    ]);
    const [ann, bob, cleo] = people;
    expect(seen(cleo?.heard, "FEEDBACK")).toEqual(["Your ACCEPT did not come about: Only 1 apples are left of ann-1."]);
    expect(seen(bob?.heard, "FEEDBACK")).toEqual([]);
    expect(seen(ann?.heard, "VISUAL")).toEqual([
      "The market:\napples (no trade yet)\nbread (no trade yet)",
      "The market:\napples (no trade yet); offered: [ann-1] 3 for 2.50 each, by Ann\nbread (no trade yet)",
      "Ann sells Bob 2 apples for 2.50 each.",
      "The market:\napples (last price 2.50); offered: [ann-1] 1 for 2.50 each, by Ann\nbread (no trade yet)",
    ]);
    expect(market.holdings).toEqual([
      { name: "Ann", money: 25, goods: { apples: 2, bread: 0 } },
      { name: "Bob", money: 15, goods: { apples: 6, bread: 0 } },
      { name: "Cleo", money: 20, goods: { apples: 4, bread: 0 } },
    ]);
  });

  it.each([
    ["OFFER", { good: "apples", quantity: 5, price: 1 }, "You have 4 apples to sell, not 5."],
    ["BID", { good: "bread", quantity: 3, price: 7 }, "That is 21.00, and you have 20.00 to spend."],
    ["ACCEPT", { target: "nobody-1" }, "Nothing stands at nobody-1 any more."],
    ["WITHDRAW", { target: "bob-1" }, "No order of yours stands at bob-1."],
  ])("refuses %s %j with the reason", async (type, args, reason) => {
    const { people, world, market } = marketOf({ Ann: () => [act(type, args)], Bob: () => [done] });
    await world.run(1);
    expect(seen(people[0]?.heard, "FEEDBACK")).toEqual([`Your ${type} did not come about: ${reason}`]);
    expect(market.orders).toEqual([]);
  });

  it("refuses goods and holdings that make no sense", async () => {
    expect(() => new Marketplace({ goods: [], holdings: {} })).toThrow(
      expect.objectContaining({ code: "OPTION_INVALID" }),
    );
    const { world } = marketOf({ Ann: () => [done] }, { holdings: () => ({ goods: { apples: 0.5 } }) });
    await expect(world.run(1)).rejects.toMatchObject({ code: "OPTION_INVALID" });
  });
});
