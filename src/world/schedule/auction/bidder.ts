import type { Actor } from "../../../kernel/contracts/person.ts";
import type { News, Round } from "../schedule.ts";

/**
 * How much somebody wants to act in this step, from 0, to keep silent, to 9.
 * @example
 * const eager = () => ({ urgency: 5 });
 */
export type Bidder = (asked: BidQuestion) => Bid | Promise<Bid>;

/** What somebody bids. */
export interface Bid {
  readonly urgency: number;
  /** In a few words. */
  readonly reason?: string;
}

/** Somebody to whom something is new, and the step in which they may act. */
export interface BidQuestion {
  readonly person: Actor;
  readonly news: readonly News[];
  readonly round: Round<Actor>;
}
