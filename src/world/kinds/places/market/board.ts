import type { PersonId } from "../../../../kernel/values/ids.ts";
import { type MarketOrder, moneyText, type OrderBook } from "./book.ts";

/** Of each side of each good, this many orders are shown. */
const shown = 5;

/** What everybody sees of the market. */
export function boardText(book: OrderBook, goods: readonly string[]): string {
  return ["The market:", ...goods.map((good) => goodText(book, good))].join("\n");
}

function goodText(book: OrderBook, good: string): string {
  const last = book.trades.findLast((trade) => trade.good === good);
  const price = last === undefined ? "no trade yet" : `last price ${moneyText(last.price)}`;
  const [offers, bids] = [book.orders("offer", good), book.orders("bid", good)];
  return `${good} (${price})${side("offered", offers)}${side("wanted", bids)}`;
}

function side(what: string, orders: readonly MarketOrder[]): string {
  if (orders.length === 0) return "";
  const first = orders.slice(0, shown).map(({ id, quantity, price, name }) => {
    return `[${id}] ${quantity} for ${moneyText(price)} each, by ${name}`;
  });
  const more = orders.length - first.length;
  return `; ${what}: ${[...first, ...(more > 0 ? [`and ${more} more`] : [])].join(", ")}`;
}

/** What somebody knows of their own affairs. */
export function purseText(book: OrderBook, who: PersonId, goods: readonly string[]): string {
  const { accounts, standing } = book;
  const free = goods.map((good) => `${accounts.goods(who, good)} ${good}`).join(", ");
  const own = standing
    .filter(({ person }) => person === who)
    .map(({ id, side: kind, quantity, good, price }) => {
      return `${kind === "offer" ? "offer" : "bid for"} ${quantity} ${good} at ${moneyText(price)} each [${id}]`;
    });
  const aside = own.length === 0 ? "" : ` Set aside for what stands: ${own.join("; ")}.`;
  return `At your disposal: ${moneyText(accounts.money(who))} in money, ${free}.${aside}`;
}
