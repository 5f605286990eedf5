import type { PersonId } from "../../../../kernel/values/ids.ts";
import type { Accounts, Trader } from "./accounts.ts";

/** An offer to sell or a bid to buy that stands until somebody takes it, or it is withdrawn. */
export interface MarketOrder {
  /** `<person>-<number>`: whose, and their how manieth. */
  readonly id: string;
  readonly side: "offer" | "bid";
  readonly person: PersonId;
  readonly name: string;
  readonly good: string;
  /** What is left of it, in whole pieces. */
  readonly quantity: number;
  /** For one piece, in cents. */
  readonly price: number;
}

/** Goods went one way, and money the other. */
export interface MarketTrade {
  readonly step: number;
  readonly good: string;
  readonly quantity: number;
  /** For one piece, in cents. */
  readonly price: number;
  readonly seller: Trader;
  readonly buyer: Trader;
}

/** What somebody wants to sell or buy, or why that cannot be. */
export interface Wanted {
  readonly good: string;
  readonly quantity: number;
  /** For one piece, in cents. */
  readonly price: number;
}

/** What came of it: the trades that it led to, or why nothing did. */
export type Settled = { readonly trades: readonly MarketTrade[] } | { readonly refused: string };

type Kept = { -readonly [Key in keyof MarketOrder]: MarketOrder[Key] };

/**
 * The book of a market: what a standing order may need (the goods of an offer, the money of a bid) is set aside with it,
 * so that every order can be filled, and goods and money are never made or lost. Money is in whole cents.
 */
export class OrderBook {
  readonly accounts: Accounts;
  readonly trades: MarketTrade[] = [];
  readonly #matches: boolean;
  readonly #orders = new Map<string, Kept>();
  readonly #counts = new Map<PersonId, number>();

  /** @param matches orders meet by themselves; otherwise somebody has to accept them */
  constructor(accounts: Accounts, matches: boolean) {
    this.accounts = accounts;
    this.#matches = matches;
  }

  /** What stands, of one side of a good: the best first, of equals the oldest. */
  orders(side: MarketOrder["side"], good: string): readonly MarketOrder[] {
    return this.#standing(side, good);
  }

  /** All that stands, oldest first. */
  get standing(): readonly MarketOrder[] {
    return [...this.#orders.values()];
  }

  /** What everybody has, with what is set aside for their orders; money in units. */
  holdings(goods: readonly string[]) {
    return this.accounts.all.map(({ id, name, money }) => {
      const own = this.standing.filter(({ person }) => person === id);
      const bids = own.filter(({ side }) => side === "bid").reduce((sum, bid) => sum + bid.quantity * bid.price, 0);
      const has = goods.map((good): [string, number] => {
        const offers = own.filter((order) => order.side === "offer" && order.good === good);
        return [good, offers.reduce((sum, { quantity }) => sum + quantity, this.accounts.goods(id, good))];
      });
      return { name, money: (money + bids) / 100, goods: Object.fromEntries(has) };
    });
  }

  offer(who: Trader, wanted: Wanted, step: number): Settled {
    const { good, quantity, price } = wanted;
    const free = this.accounts.goods(who.id, good);
    if (free < quantity) return { refused: `You have ${free} ${good} to sell, not ${quantity}.` };
    const { trades, left } = this.#meet(who, { ...wanted, side: "bid", accepts: (bid) => bid >= price }, step);
    if (left > 0) {
      this.accounts.takeGoods(who.id, good, left);
      this.#put(who, { side: "offer", good, quantity: left, price });
    }
    return { trades };
  }

  bid(who: Trader, wanted: Wanted, step: number): Settled {
    const { good, quantity, price } = wanted;
    if (this.accounts.money(who.id) < quantity * price) return this.#tooDear(who, quantity * price);
    const { trades, left } = this.#meet(who, { ...wanted, side: "offer", accepts: (ask) => ask <= price }, step);
    if (left > 0) {
      this.accounts.takeMoney(who.id, left * price);
      this.#put(who, { side: "bid", good, quantity: left, price });
    }
    return { trades };
  }

  /** Takes what somebody offers or bids for, or as much of it as is wanted. */
  accept(who: Trader, id: string, { quantity, step }: { readonly quantity?: number; readonly step: number }): Settled {
    const order = this.#orders.get(idOf(id));
    if (order === undefined) return { refused: `Nothing stands at ${id} any more.` };
    if (order.person === who.id) return { refused: "It is your own: WITHDRAW it if you do not want it any more." };
    const wanted = quantity ?? order.quantity;
    if (wanted > order.quantity) return { refused: `Only ${order.quantity} ${order.good} are left of ${order.id}.` };
    const { good, price, side } = order;
    if (side === "offer" && this.accounts.money(who.id) < wanted * price) return this.#tooDear(who, wanted * price);
    const free = this.accounts.goods(who.id, good);
    if (side === "bid" && free < wanted) return { refused: `You have ${free} ${good} to sell, not ${wanted}.` };
    return { trades: [this.#trade(who, order, { quantity: wanted, step })] };
  }

  withdraw(who: Trader, id: string): Settled {
    const order = this.#orders.get(idOf(id));
    if (order?.person !== who.id) return { refused: `No order of yours stands at ${id}.` };
    this.#orders.delete(order.id);
    if (order.side === "offer") this.accounts.giveGoods(who.id, order.good, order.quantity);
    else this.accounts.giveMoney(who.id, order.quantity * order.price);
    return { trades: [] };
  }

  #meet(who: Trader, wanted: Omit<Wanted, "price"> & Meeting, step: number): { trades: MarketTrade[]; left: number } {
    const trades: MarketTrade[] = [];
    let left = wanted.quantity;
    if (!this.#matches) return { trades, left };
    for (const order of this.#standing(wanted.side, wanted.good)) {
      if (left === 0 || !wanted.accepts(order.price)) break;
      if (order.person === who.id) continue;
      const quantity = Math.min(left, order.quantity);
      trades.push(this.#trade(who, order, { quantity, step }));
      left -= quantity;
    }
    return { trades, left };
  }

  /** At the price of the order that stood; its own side is paid from what was set aside. */
  #trade(who: Trader, order: Kept, { quantity, step }: { quantity: number; step: number }): MarketTrade {
    const { good, price, side } = order;
    const other = { id: order.person, name: order.name };
    const [seller, buyer] = side === "offer" ? [other, who] : [who, other];
    if (side === "offer") this.accounts.takeMoney(buyer.id, quantity * price);
    else this.accounts.takeGoods(seller.id, good, quantity);
    this.accounts.giveMoney(seller.id, quantity * price);
    this.accounts.giveGoods(buyer.id, good, quantity);
    order.quantity -= quantity;
    if (order.quantity === 0) this.#orders.delete(order.id);
    const trade = { step, good, quantity, price, seller: named(seller), buyer: named(buyer) };
    this.trades.push(trade);
    return trade;
  }

  #put(who: Trader, order: Pick<MarketOrder, "side" | "good" | "quantity" | "price">): void {
    const count = (this.#counts.get(who.id) ?? 0) + 1;
    this.#counts.set(who.id, count);
    const id = `${who.id}-${count}`;
    this.#orders.set(id, { id, person: who.id, name: who.name, ...order });
  }

  #standing(side: MarketOrder["side"], good: string): Kept[] {
    const found = [...this.#orders.values()].filter((order) => order.side === side && order.good === good);
    return found.sort((one, other) => (side === "offer" ? one.price - other.price : other.price - one.price));
  }

  #tooDear(who: Trader, cents: number): Settled {
    return { refused: `That is ${moneyText(cents)}, and you have ${moneyText(this.accounts.money(who.id))} to spend.` };
  }
}

interface Meeting {
  readonly side: MarketOrder["side"];
  accepts(price: number): boolean;
}

const named = ({ id, name }: Trader): Trader => ({ id, name });

const idOf = (written: string): string => written.trim().replace(/^\[|\]$/g, "");

/** Cents as they are written: `12.50`. */
export const moneyText = (cents: number): string => (cents / 100).toFixed(2);
