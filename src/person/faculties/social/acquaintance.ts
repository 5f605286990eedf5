import type { Stance } from "../../../kernel/stances/ledger.ts";
import type { EventId } from "../../../kernel/values/ids.ts";

/** Somebody whom a person has heard, as that person sees them. */
export interface Acquaintance {
  readonly name: string;
  /** How they stand to each other: the person's latest note on it, else what their persona says. */
  readonly relation?: string;
  /** From 0 to 1; 0.5 as long as nothing speaks for or against them. */
  readonly trust: number;
  /** The last things that moved it, oldest first. */
  readonly reasons: readonly TrustReason[];
  /** How often each has happened. */
  readonly tally: Readonly<Partial<Record<TrustCue, number>>>;
  /** What they seem to hold, the latest last. */
  readonly stances: readonly PerceivedStance[];
  /** The last things that they said, oldest first. */
  readonly said: readonly Statement[];
  /** When they were first and last heard. */
  readonly first: EventId;
  readonly last: EventId;
  /** How often they were heard. */
  readonly times: number;
}

/**
 * What moves trust: they gave a `reason`; were of one mind with the person (`agreement`) or praised them (`praise`);
 * contradicted them without a reason (`contradiction`), or changed sides without one (`turnabout`).
 */
export type TrustCue = "reason" | "agreement" | "praise" | "contradiction" | "turnabout";

/** Something that moved trust. */
export interface TrustReason {
  readonly event: EventId;
  readonly cue: TrustCue;
  /** The trust after it. */
  readonly trust: number;
}

/** What somebody seems to hold on something, by what they said in this event. */
export interface PerceivedStance extends Pick<Stance, "topic" | "firmness"> {
  readonly stance: Exclude<Stance["stance"], "undecided">;
  readonly event: EventId;
  readonly time?: string;
}

/** Something that somebody said, shortened. */
export interface Statement {
  readonly event: EventId;
  /** Simulated time, ISO 8601. */
  readonly time?: string;
  readonly text: string;
}
