import { z } from "zod";
import type { ActionKind } from "../../../../kernel/contracts/faculty.ts";
import type { Ruling } from "../../../resolution/resolution.ts";
import { refused, type TypeRule } from "../by-type.ts";
import { doing } from "../doing.ts";
import { centsOf } from "./accounts.ts";
import { type MarketTrade, moneyText, type OrderBook, type Settled } from "./book.ts";

const Price = z
  .number()
  .min(0.01)
  .max(1_000_000)
  .refine((price) => Math.abs(price * 100 - Math.round(price * 100)) < 1e-6, "has two decimals at the most");
const Quantity = z.int().min(1).max(1_000_000);
const Target = z.string().max(200);

/** Who tells people of the market. */
export const market = "The market";

/** What people can do in a market for these goods; without `bids`, buyers only accept. */
export function marketActions(goods: readonly string[], bids: boolean): readonly ActionKind[] {
  const order = { good: z.enum(goods), quantity: Quantity, price: Price };
  return [
    doing(
      "OFFER",
      "offer to sell so many (`quantity`) of a `good`, for at least this `price` each; they are set aside",
      order,
    ),
    ...(bids
      ? [
          doing(
            "BID",
            "bid to buy so many (`quantity`) of a `good`, for at most this `price` each; the money is set aside",
            order,
          ),
        ]
      : []),
    doing("ACCEPT", "take what stands on the market: `target` is its id in [brackets]; `quantity` for a part of it", {
      target: Target,
      quantity: Quantity.optional(),
    }),
    doing("WITHDRAW", "withdraw an offer or a bid of your own; `target` is its id", { target: Target }),
  ];
}

interface Order {
  readonly good: string;
  readonly quantity: number;
  readonly price: number;
}

/** What becomes of it. */
export function marketRules(book: OrderBook): Readonly<Record<string, TypeRule>> {
  const place =
    (side: "offer" | "bid"): TypeRule =>
    ({ person, action }, { step }) => {
      const { good, quantity, price } = action.args as Order;
      return ruled(book[side](person, { good, quantity, price: centsOf(price) }, step));
    };
  return {
    OFFER: place("offer"),
    BID: place("bid"),
    ACCEPT: ({ person, action: { target = "", args } }, { step }) => {
      const { quantity } = args as { quantity?: number | null };
      return ruled(book.accept(person, target, { step, ...(typeof quantity === "number" && { quantity }) }));
    },
    WITHDRAW: ({ person, action: { target = "" } }) => ruled(book.withdraw(person, target)),
  };
}

function ruled(settled: Settled): Ruling {
  if ("refused" in settled) return refused(settled.refused);
  const { trades } = settled;
  if (trades.length === 0) return { outcome: "accepted" };
  const to = [...new Set(trades.flatMap(({ seller, buyer }) => [seller.id, buyer.id]))];
  return { outcome: "accepted", narration: { text: trades.map(tradeText).join("\n"), to, source: market } };
}

const tradeText = ({ seller, buyer, quantity, good, price }: MarketTrade): string =>
  `${seller.name} sells ${buyer.name} ${quantity} ${good} for ${moneyText(price)} each.`;
