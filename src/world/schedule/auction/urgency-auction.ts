import type { Actor } from "../../../kernel/contracts/person.ts";
import { checkFunction, checkKeys, type KeysOf } from "../../../kernel/text/known-keys.ts";
import { concernsOneAnswer, errorRecord, metByAll } from "../../../kernel/values/errors.ts";
import { checkCount } from "../../check-number.ts";
import type { Round, Schedule } from "../schedule.ts";
import type { Bid, Bidder } from "./bidder.ts";
import { byUrgency } from "./by-urgency.ts";

/** How an auction is held. */
export interface AuctionOptions {
  /** How people bid. Default `byUrgency()`, without a model; `byModel()` asks each. */
  readonly bidder?: Bidder;
  /** How many may act in a step, one after the other, who wants it most first. Default 1. */
  readonly speakers?: number;
}

const known: KeysOf<AuctionOptions> = { bidder: true, speakers: true };

/** A bid, or why there is none. */
type Offer<P> = { readonly person: P } & ({ readonly bid: Bid } | { readonly error: unknown });

/**
 * In each step those to whom something is new bid in private how much they want to act; the highest bid does, by lot
 * among equals, and nobody when all keep silent. Whoever had no answer the last time comes after all others. Every bid is
 * in the journal. A failed bid counts as silence, unless all fail. OPTION_INVALID for what is no option.
 */
export function urgencyAuction(options: AuctionOptions = {}): Schedule {
  checkKeys(options, known, "the options of an auction");
  const { bidder = byUrgency(), speakers = 1 } = options;
  checkFunction(bidder, "bidder", "() => ({ urgency: 5 })");
  checkCount(speakers, "speakers");
  return {
    name: "urgency auction",
    attentive: true,
    plan: async (round) => {
      const bidders = round.people.filter((person) => round.news.has(person.id));
      const settled = await Promise.allSettled(bidders.map((person) => bidOf(person, round, bidder)));
      const offers = bidders.map((person, place): Offer<(typeof bidders)[number]> => {
        const one = settled[place] as PromiseSettledResult<Bid>;
        return one.status === "fulfilled" ? { person, bid: one.value } : { person, error: one.reason };
      });
      refuseFailures(offers);
      for (const offer of offers) recordOffer(offer, round);
      return { cast: winners(offers, round).slice(0, speakers), considered: "everyone" };
    },
  };
}

/** A bid that was made before the step was cut short stands. */
async function bidOf<P extends Actor>(person: P, round: Round<P>, bidder: Bidder): Promise<Bid> {
  const made = round.kept.get(person.id) as Bid | undefined;
  if (made !== undefined) return made;
  const news = round.news.get(person.id) ?? [];
  const { urgency, reason } = await bidder({ person, news, round: round as unknown as Round<Actor> });
  const bid = { urgency: Math.min(9, Math.max(0, Math.round(urgency) || 0)), ...(reason !== undefined && { reason }) };
  round.kept.set(person.id, bid);
  return bid;
}

function refuseFailures<P>(offers: readonly Offer<P>[]): void {
  const errors = offers.flatMap((offer) => ("error" in offer ? [offer.error] : []));
  const ofTheRun = errors.find((error) => !concernsOneAnswer(error));
  if (ofTheRun !== undefined) throw ofTheRun;
  if (errors.length > 0 && errors.length === offers.length) throw metByAll(errors);
}

function recordOffer<P extends Actor>(offer: Offer<P>, { world, step, record }: Round<P>): void {
  const at = { type: "bid" as const, world, step, person: offer.person.id };
  if ("bid" in offer) record({ ...at, ...offer.bid });
  else record({ ...at, urgency: 0, error: errorRecord(offer.error) });
}

/** Whoever had no answer the last time comes after all others, who would else wait for them in vain. */
function winners<P extends Actor>(offers: readonly Offer<P>[], { random, lastFailed }: Round<P>): readonly P[] {
  const wanting = offers.flatMap((offer) =>
    "bid" in offer && offer.bid.urgency > 0 ? [{ ...offer, failed: Number(lastFailed(offer.person.id)) }] : [],
  );
  return random
    .shuffle(wanting)
    .sort((one, other) => one.failed - other.failed || other.bid.urgency - one.bid.urgency)
    .map((offer) => offer.person);
}
