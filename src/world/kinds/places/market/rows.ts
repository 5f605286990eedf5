import type { KindRow } from "../../kind.ts";
import type { MarketTrade, OrderBook } from "./book.ts";

/** What was sold, what it cost from step to step, what stands, and what everybody has, in units of money. */
export function marketTables(book: OrderBook, goods: readonly string[]) {
  const { trades, standing } = book;
  return {
    trades: trades.map(({ step, good, quantity, price, seller, buyer }): KindRow => {
      return { step, good, quantity, price: price / 100, seller: seller.name, buyer: buyer.name };
    }),
    prices: pricesOf(trades),
    orders: standing.map(({ id, side, name, good, quantity, price }): KindRow => {
      return { order: id, side, person: name, good, quantity, price: price / 100 };
    }),
    holdings: book.holdings(goods).map(({ name, money, goods: has }): KindRow => ({ person: name, money, ...has })),
  };
}

/** Lowest, highest and mean price (by piece) of each good in each step in which it was sold. */
function pricesOf(trades: readonly MarketTrade[]): readonly KindRow[] {
  const groups = new Map<string, MarketTrade[]>();
  for (const trade of trades) {
    const key = `${trade.step} ${trade.good}`;
    groups.set(key, [...(groups.get(key) ?? []), trade]);
  }
  return [...groups.values()].map((group) => {
    const [{ step, good }] = group as [MarketTrade];
    const prices = group.map(({ price }) => price);
    const quantity = group.reduce((sum, trade) => sum + trade.quantity, 0);
    const money = group.reduce((sum, trade) => sum + trade.quantity * trade.price, 0);
    return {
      ...{
        step,
        good,
        trades: group.length,
        quantity,
        low: Math.min(...prices) / 100,
        high: Math.max(...prices) / 100,
      },
      ...{ mean: Math.round(money / quantity) / 100, last: (prices.at(-1) as number) / 100 },
    };
  });
}
