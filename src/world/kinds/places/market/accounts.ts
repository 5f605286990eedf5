import type { PersonId } from "../../../../kernel/values/ids.ts";

/** Somebody who buys and sells. */
export interface Trader {
  readonly id: PersonId;
  readonly name: string;
}

/** What somebody has: money with two decimals at the most, goods in whole pieces. */
export interface Holdings {
  readonly money?: number;
  readonly goods?: Readonly<Record<string, number>>;
}

interface Account {
  readonly name: string;
  money: number;
  readonly goods: Map<string, number>;
}

/** What everybody has at their free disposal. Money is in whole cents. */
export class Accounts {
  readonly #accounts = new Map<PersonId, Account>();

  has(who: PersonId): boolean {
    return this.#accounts.has(who);
  }

  open({ id, name }: Trader, { money = 0, goods = {} }: Holdings): void {
    this.#accounts.set(id, { name, money: centsOf(money), goods: new Map(Object.entries(goods)) });
  }

  get all(): readonly { readonly id: PersonId; readonly name: string; readonly money: number }[] {
    return [...this.#accounts].map(([id, { name, money }]) => ({ id, name, money }));
  }

  money(who: PersonId): number {
    return this.#of(who).money;
  }

  goods(who: PersonId, good: string): number {
    return this.#of(who).goods.get(good) ?? 0;
  }

  giveMoney(who: PersonId, cents: number): void {
    this.#of(who).money += cents;
  }

  takeMoney(who: PersonId, cents: number): void {
    this.giveMoney(who, -cents);
  }

  giveGoods(who: PersonId, good: string, quantity: number): void {
    this.#of(who).goods.set(good, this.goods(who, good) + quantity);
  }

  takeGoods(who: PersonId, good: string, quantity: number): void {
    this.giveGoods(who, good, -quantity);
  }

  #of(who: PersonId): Account {
    const account = this.#accounts.get(who);
    if (account === undefined) throw new RangeError(`${who} has no account.`);
    return account;
  }
}

/** An amount with two decimals at the most as whole cents. */
export const centsOf = (amount: number): number => Math.round(amount * 100);
