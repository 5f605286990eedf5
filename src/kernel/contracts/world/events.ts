import type { ErrorRecord } from "../../values/errors.ts";
import type { PersonId, WorldId } from "../../values/ids.ts";
import type { Action } from "../person.ts";
import type { InterventionEvent } from "./interventions.ts";

/** What happens in worlds whose parts are not the plain ones. */
export type WorldEvent = { readonly world: WorldId } & (
  | {
      /** Somebody was asked how much they want to act in this step. */
      readonly type: "bid";
      readonly step: number;
      readonly person: PersonId;
      /** From 0, to keep silent, to 9. */
      readonly urgency: number;
      readonly reason?: string;
      /** Why there is no bid; it counts as silence. */
      readonly error?: ErrorRecord;
    }
  | {
      readonly type: "woken";
      readonly step: number;
      readonly person: PersonId;
      readonly by: "news" | "time";
    }
  /** Somebody was shown these posts, the first at the top, before they acted. */
  | {
      readonly type: "exposed";
      readonly step: number;
      readonly person: PersonId;
      readonly posts: readonly string[];
      /** Who passed a post on to them, by post; absent where all came from their authors. */
      readonly passedOn?: Readonly<Record<string, PersonId>>;
    }
  /** Words on their way, from when they were said until they are delivered. */
  | {
      readonly type: "sent";
      readonly from: PersonId;
      readonly to: Hearers;
      readonly action: string;
      /** Before which step, or from which moment on (ISO 8601), they arrive. */
      readonly due: number | string;
    }
  | { readonly type: "lost"; readonly from: PersonId; readonly to: readonly PersonId[]; readonly action: string }
  /** Words that were meant for others. */
  | { readonly type: "overheard"; readonly from: PersonId; readonly by: readonly PersonId[]; readonly action: string }
  /** Somebody or some rule decided what becomes of an action. */
  | {
      readonly type: "resolved";
      readonly step: number;
      readonly person: PersonId;
      readonly action: string;
      readonly outcome: "accepted" | "changed" | "refused";
      readonly reason?: string;
      /** What came about in its place. */
      readonly instead?: Action;
      readonly by: string;
    }
  | InterventionEvent
  /** Time in which nobody had anything to do (ISO 8601). */
  | { readonly type: "time-skipped"; readonly from: string; readonly to: string }
  /** How people stand to each other when a world begins: `from`, `to`, what `to` is to `from`, and the weight. */
  | {
      readonly type: "relations-formed";
      readonly relations: readonly (readonly [from: PersonId, to: PersonId, relation: string, weight: number])[];
    }
  /** A relation came about or, where there was a weight before, changed. */
  | {
      readonly type: "relation-set";
      readonly from: PersonId;
      readonly to: PersonId;
      readonly relation: string;
      readonly weight: number;
      readonly before?: number;
    }
  | { readonly type: "relation-ended"; readonly from: PersonId; readonly to: PersonId; readonly relation: string }
  /** A run came to its end by itself. */
  | { readonly type: "ended"; readonly step: number; readonly reason: string }
);

/** Who heard it: these people, or all who were in the world but the one it came from, however many they are. */
export type Hearers = readonly PersonId[] | "everyone";
