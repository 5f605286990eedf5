import type { Context } from "../../kernel/contracts/context.ts";
import type { TranscriptEntry } from "../../kernel/contracts/events.ts";
import type { Action, Actor } from "../../kernel/contracts/person.ts";
import type { PersonId } from "../../kernel/values/ids.ts";

/**
 * What becomes of what people do, before anybody perceives it. It is asked about all actions but THINK and DONE: those
 * of one turn, or of a whole step where people act at the same time.
 * @example
 * const hush = {
 *   name: "hush",
 *   resolve: (attempts) =>
 *     attempts.map(({ action }) =>
 *       action.type === "TALK" ? { outcome: "refused", reason: "This is a library." } : { outcome: "accepted" },
 *     ),
 * };
 */
export interface Resolution {
  readonly name: string;
  /** One ruling for each attempt, in their order. What it throws ends the run; the step stays open. */
  resolve<P extends Actor>(
    attempts: readonly Attempt<P>[],
    scene: ResolutionScene<P>,
  ): readonly Ruling[] | Promise<readonly Ruling[]>;
}

/** Something that somebody is about to have done. */
export interface Attempt<P extends Actor> {
  readonly person: P;
  readonly action: Action;
  /** `<turn event>.<index of the action>` */
  readonly reference: string;
}

/** What becomes of it. The person is told the reason of what was changed or refused. */
export type Ruling = Consequences &
  (
    | { readonly outcome: "accepted"; readonly reason?: string }
    | { readonly outcome: "changed"; readonly action: Action; readonly reason: string }
    | { readonly outcome: "refused"; readonly reason: string }
  );

/** What comes of it for others, in its place among all that is done: after what came before, ahead of the rest. */
export interface Consequences {
  readonly narration?: Narration;
  /** Words of the person that it sends to others: the world's delivery says when they arrive. */
  readonly letters?: readonly Letter[];
  /** What changes in the world. */
  readonly effect?: () => void;
}

/** Words to some, by another way than TALK. */
export interface Letter {
  readonly content: string;
  readonly to: readonly PersonId[];
  /** It is meant for each of them, and not for whoever reads along. Default true. */
  readonly addressed?: boolean;
}

/** What people see come of it. */
export interface Narration {
  readonly text: string;
  /** Who tells it. Default: nobody in particular. */
  readonly source?: string;
  /** Default: everybody who is here. */
  readonly to?: readonly PersonId[];
}

/** What a resolution can look at. */
export interface ResolutionScene<P extends Actor> {
  readonly world: string;
  readonly step: number;
  readonly people: readonly P[];
  /** The world's own: a model is asked in a fork of it. */
  readonly context: Context;
  transcript(): readonly TranscriptEntry[];
  /** For calls to a model: the place that the ledger counts by, and what ends them. */
  readonly call: { readonly step: string; readonly label?: string; readonly signal?: AbortSignal };
}
