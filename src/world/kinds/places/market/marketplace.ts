import type { ActionKind, Moment, Note } from "../../../../kernel/contracts/faculty.ts";
import type { Actor } from "../../../../kernel/contracts/person.ts";
import { checkKeys, type KeysOf } from "../../../../kernel/text/known-keys.ts";
import { TinyTroupeError } from "../../../../kernel/values/errors.ts";
import type { PersonId } from "../../../../kernel/values/ids.ts";
import type { WorldOptions } from "../../../options.ts";
import { type ScheduleName, scheduleOf } from "../../../schedule/named.ts";
import type { Round, Schedule } from "../../../schedule/schedule.ts";
import type { WorldKind } from "../../kind.ts";
import { byType } from "../by-type.ts";
import { openAccess } from "../open-access.ts";
import { showing } from "../showing.ts";
import { Accounts, type Holdings, type Trader } from "./accounts.ts";
import { market, marketActions, marketRules } from "./actions.ts";
import { boardText, purseText } from "./board.ts";
import { type MarketOrder, type MarketTrade, OrderBook } from "./book.ts";
import { marketTables } from "./rows.ts";

/** How a marketplace is set up. */
export interface MarketplaceOptions {
  /** What is traded, in whole pieces. */
  readonly goods: readonly string[];
  /** What people have at first: by full name, or by a function. Who is not named has nothing. */
  readonly holdings: Readonly<Record<string, Holdings>> | ((person: Trader) => Holdings);
  /**
   * `order book` (default): offers and bids that meet are traded at once, at the price of the one that stood first.
   * `posted prices`: sellers post offers, and buyers accept them.
   */
  readonly mechanism?: "order book" | "posted prices";
  /** Default `simultaneous`: what is done in a step is settled in the order of the world. */
  readonly schedule?: ScheduleName | Schedule;
}

const known: KeysOf<MarketplaceOptions> = { goods: true, holdings: true, mechanism: true, schedule: true };

/**
 * A marketplace: people offer, bid, accept and withdraw, talk as well if they like, and goods and money change hands in
 * the order of the world. What a standing order may need is set aside with it, so that nothing is sold or spent twice;
 * what cannot be is refused with the reason. Before each step in which the market has changed people see it.
 * @example
 * const market = new Marketplace({ goods: ["apples"], holdings: () => ({ money: 20, goods: { apples: 5 } }) });
 * const traders = await simulation.loadPeople(["minji", "raghav"], { faculties: [market] });
 * await simulation.world("Market", traders, market.parts).run(2);
 * market.holdings.reduce((sum, { money }) => sum + money, 0); // => 40
 */
export class Marketplace implements WorldKind {
  readonly name = "marketplace";
  readonly actions: readonly ActionKind[];
  readonly parts: WorldOptions;
  readonly #goods: readonly string[];
  readonly #start: MarketplaceOptions["holdings"];
  readonly #book: OrderBook;
  /** Who was last looked over for people without an account. */
  #known: readonly Actor[] = [];
  readonly #seen = new Map<PersonId, string>();

  /** Throws OPTION_INVALID for a market without goods. What people have at first is checked when they come. */
  constructor(options: MarketplaceOptions) {
    checkKeys(options, known, "the options of a marketplace");
    const { goods, holdings, mechanism = "order book", schedule = "simultaneous" } = options;
    if (goods.length === 0 || new Set(goods).size < goods.length) throw invalid("goods", goods);
    const matches = mechanism === "order book";
    this.#goods = goods;
    this.#start = holdings;
    this.#book = new OrderBook(new Accounts(), matches);
    this.actions = marketActions(goods, matches);
    this.parts = {
      access: openAccess(),
      schedule: showing(scheduleOf(schedule), (cast, round) => this.#open(cast, round)),
      resolution: byType(this.name, marketRules(this.#book)),
    };
  }

  /** All that was sold, in order. */
  get trades(): readonly MarketTrade[] {
    return this.#book.trades;
  }

  /** What stands, oldest first. */
  get orders(): readonly MarketOrder[] {
    return this.#book.standing;
  }

  /** What everybody has, with what is set aside for their orders. */
  get holdings(): readonly Required<Holdings & { readonly name: string }>[] {
    return this.#book.holdings(this.#goods);
  }

  get tables() {
    return marketTables(this.#book, this.#goods);
  }

  /** What somebody has comes to their mind in every turn. */
  async recall({ who }: Moment): Promise<readonly Note[]> {
    return this.#book.accounts.has(who.id) ? [{ text: purseText(this.#book, who.id, this.#goods) }] : [];
  }

  #open(cast: readonly Actor[], { world, people, record }: Round<Actor>): void {
    if (people !== this.#known) for (const person of people) this.#welcome(person);
    this.#known = people;
    const content = boardText(this.#book, this.#goods);
    const eyes = cast.filter(({ id }) => this.#seen.get(id) !== content);
    if (eyes.length === 0) return;
    for (const { id } of eyes) this.#seen.set(id, content);
    const stimulus = { type: "VISUAL" as const, content, source: market };
    const to = eyes.length > 1 && eyes.length === people.length ? "everyone" : eyes.map(({ id }) => id);
    const { id: via } = record({ type: "broadcast", world, stimulus, to });
    for (const person of eyes) person.observe({ ...stimulus, via });
  }

  #welcome(person: Actor): void {
    const { accounts } = this.#book;
    if (accounts.has(person.id)) return;
    const start = this.#start;
    const given = typeof start === "function" ? start(person) : start[person.name];
    const { money = 0, goods = {} } = given ?? {};
    const amounts = Object.entries(goods);
    const isKnown = amounts.every(
      ([good, count]) => this.#goods.includes(good) && Number.isSafeInteger(count) && count >= 0,
    );
    if (!isKnown || !(money >= 0 && Number.isSafeInteger(Math.round(money * 100)))) throw invalid("holdings", given);
    accounts.open(person, { money, goods });
  }
}

function invalid(option: string, value: unknown): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError("OPTION_INVALID", `A marketplace cannot have such ${option}.`, {
    data: { option, value },
    hint: "Name each good once; people have whole pieces of these goods, and money from 0.",
  });
}
