import type { ErrorRecord } from "../../values/errors.ts";
import type { PersonId, WorldId } from "../../values/ids.ts";
import type { Stage } from "./stage.ts";

/** What happens where people meet to talk about something: stages, and votes. */
export type TalkEvent = { readonly world: WorldId } & (Stage | Vote);

/** Somebody was asked in private what they choose. */
export interface Vote {
  readonly type: "voted";
  readonly person: PersonId;
  /** Which of several votes it is: `before`, `after`. */
  readonly ballot: string;
  /** Absent when there is none: `error` says why. */
  readonly choice?: string;
  readonly because?: string;
  /** What was said that moved them most: `<turn event>.<index of the action>`. */
  readonly by?: string;
  readonly error?: ErrorRecord;
}
