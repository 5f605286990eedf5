import { noise } from "../../character/noise.ts";
import type { Scene } from "../../speech/scene.ts";
import type { Appointment, Given } from "./appointments.ts";

/** What people do in a market, and nothing by chance alone. */
export const ofMarkets: ReadonlySet<string> = new Set(["OFFER", "BID", "ACCEPT", "WITHDRAW"]);

const goodLine = /^(.+) \((?:no trade yet|last price ([\d.]+))\)(?:; offered: (.*?))?(?:; wanted: (.*))?$/gmu;
const orderIn = /\[([^\]]+)\] (\d+) for ([\d.]+) each, by ([^,]+)/gu;
const purse = /At your disposal: ([\d.]+) in money, ([^.]*)\./u;

interface Standing {
  readonly id: string;
  readonly quantity: number;
  readonly price: number;
  readonly name: string;
}

interface Traded {
  readonly good: string;
  readonly last: number | undefined;
  readonly offers: readonly Standing[];
  readonly bids: readonly Standing[];
}

/**
 * What somebody does in a market in this turn, one thing at the most: takes what suits what a piece is worth to them,
 * else offers or bids something of their own near that, where nothing of theirs stands.
 */
export function marketWork({ character, dice }: Scene, { fresh }: Given): readonly Appointment[] {
  const [, money, owned] = purse.exec(fresh) ?? [];
  const seen = [...fresh.matchAll(goodLine)].map(tradedIn);
  if (money === undefined || owned === undefined || seen.length === 0) return [];
  const traded = dice.pick(seen);
  const { good, last, offers, bids } = traded;
  const has = Number.parseInt(owned.split(", ").find((part) => part.endsWith(` ${good}`)) ?? "0", 10);
  const known = last ?? offers[0]?.price ?? bids[0]?.price ?? 3;
  const worth = known * (0.75 + 0.5 * noise(`${character.key}/${good}`));
  const isOther = ({ name }: Standing): boolean => name !== character.name;
  const cheap = offers.filter(isOther).find(({ price }) => price <= worth && price <= Number(money));
  if (cheap !== undefined) return [accepted(cheap, Math.floor(Number(money) / cheap.price))];
  const dear = bids.filter(isOther).find(({ price }) => price >= worth);
  if (dear !== undefined && has > 0) return [accepted(dear, has)];
  if (![...offers, ...bids].every(isOther) || dice.next() < 0.3) return [];
  const price = Math.round(worth * (0.95 + 0.1 * dice.next()) * 100) / 100;
  if (has > 1) return [{ type: "OFFER", args: { good, quantity: 1 + dice.integer(Math.ceil(has / 2)), price } }];
  const quantity = Math.min(2, Math.floor(Number(money) / price));
  return quantity === 0 ? [] : [{ type: "BID", args: { good, quantity, price } }];
}

const accepted = ({ id, quantity }: Standing, most: number): Appointment => ({
  type: "ACCEPT",
  args: { target: id, quantity: Math.max(1, Math.min(quantity, most, 3)) },
});

function tradedIn([, good = "", last, offers, bids]: RegExpExecArray): Traded {
  return {
    good,
    last: last === undefined ? undefined : Number(last),
    offers: standingIn(offers),
    bids: standingIn(bids),
  };
}

const standingIn = (text = ""): readonly Standing[] =>
  [...text.matchAll(orderIn)].map(([, id = "", quantity, price, name = ""]) => {
    return { id, quantity: Number(quantity), price: Number(price), name };
  });
