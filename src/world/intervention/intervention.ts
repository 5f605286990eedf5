import type { TranscriptEntry } from "../../kernel/contracts/events.ts";
import type { Actor } from "../../kernel/contracts/person.ts";
import type { Gathering } from "../gathering.ts";
import type { Duration } from "../time/calendar.ts";
import type { Claim } from "./claim.ts";

/**
 * When this holds, do that. Looked at once in each step, before anybody acts, in the order of the list.
 * @example
 * const nudge = {
 *   name: "nudge",
 *   of: "each",
 *   when: ({ step }) => step > 3,
 *   claim: { claim: "The person repeats what was said before.", atLeast: 6, last: 10 },
 *   do: ({ people }) => people.forEach((person) => person.think("I should say something new.")),
 *   cooldown: 3,
 * };
 */
export interface Intervention<P extends Actor = Actor> {
  /** It is told in the journal; a world has one so called. */
  readonly name: string;
  /** Whom it is about: the world as a whole, or each of some people alone, with limits of their own. Default: the world. */
  readonly of?: "world" | "each" | readonly (P | string)[];
  /** Asked first, for nothing; a text says why it holds, and is kept as evidence. Default: it holds. */
  when?(scene: InterventionScene<P>): boolean | string | Promise<boolean | string>;
  /** Judged by the run's judge in one call, only where `when` holds and there is more to judge than when it was not met. A text has to be true. */
  readonly claim?: string | Claim;
  /** What happens then. */
  do(scene: InterventionScene<P>): unknown;
  /** It happens one time. Short for `maxFirings: 1`. */
  readonly once?: boolean;
  /** How often it happens at most. */
  readonly maxFirings?: number;
  /** How many steps, or how much simulated time, lie at least between two times that it happens. */
  readonly cooldown?: number | Duration;
}

/** What an intervention sees, and what it can change. */
export interface InterventionScene<P extends Actor = Actor> {
  readonly world: Gathering<P>;
  /** Whom it is about: one person, or everybody who is here. */
  readonly people: readonly P[];
  /** The step that begins. */
  readonly step: number;
  readonly time: Date | undefined;
  /** How often it has happened. */
  readonly firings: number;
  /** What happened to whom it is about; of a person who cannot tell, nothing. */
  transcript(): readonly TranscriptEntry[];
}
