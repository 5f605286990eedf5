import type { Zone } from "../../../kernel/time/zone.ts";
import type { PersonId } from "../../../kernel/values/ids.ts";
import type { Random } from "../../../kernel/values/random.ts";
import type { When } from "../../time/agenda.ts";

/**
 * When words arrive, asked for each who is to hear them.
 * @example
 * const slowToBob = { name: "slow to Bob", arrival: ({ to }) => (to === "bob" ? { inSteps: 2 } : "now") };
 */
export interface DeliveryPolicy {
  readonly name: string;
  /** It goes by simulated time: a world without a calendar refuses it. */
  readonly needsCalendar?: true;
  arrival(parcel: Parcel): Transit;
}

/** Words on their way to one person. */
export interface Parcel {
  readonly from: PersonId;
  readonly to: PersonId;
  /** `<turn event>.<index of the action>` */
  readonly action: string;
  readonly content: string;
  /** The step in which it was said. */
  readonly step: number;
  readonly time: Date | undefined;
  /** Where the simulation takes place. */
  readonly zone: Zone;
  /** The dice of these words to this person. */
  readonly random: Random;
}

/** At once, before a later step, from a moment on, or never; of that the speaker is `told` where they are to know. */
export type Transit = "now" | When | { readonly lost: true; readonly told?: boolean };
