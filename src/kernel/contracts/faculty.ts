import type { z } from "zod";
import type { Issue } from "../values/errors.ts";
import type { PersonId } from "../values/ids.ts";
import type { Context } from "./context.ts";
import type { Stimulus } from "./person.ts";

/** Something a person is able to do: adds kinds of actions, and may bring memories to mind. */
export interface Faculty {
  readonly name: string;
  readonly actions: readonly ActionKind[];
  recall?(moment: Moment): Promise<readonly Note[]>;
}

/**
 * One kind of action. `expressive` ones are what others perceive; a `query` asks something and its result comes back
 * within the same turn; an `effect` changes something, once the turn is durable, and what came of it is new to the
 * person in the next turn.
 */
export interface ActionKind<A = unknown> {
  /** Upper case, as the model writes it: TALK. */
  readonly type: string;
  readonly description: string;
  /** The fields beside `type`. What does not pass comes back to the person, who can write it again in the same turn. */
  readonly args: z.ZodObject;
  readonly kind: "expressive" | "query" | "effect";
  /** Who may do it, by name: others learn that it is not theirs, and nothing is run. Default: whoever has it. */
  readonly owner?: string;
  /** What of an effect the runtime has to know. */
  readonly effect?: EffectTerms<A>;
  /**
   * What it cannot do it says as `failed`, or throws: an error about this action is told to the person and to the
   * caller, one about the whole run (no model, no money, a stop) or a fault in the program of a query ends the turn.
   */
  run?(args: A, who: ActorView, context: Context): Promise<Outcome>;
}

/** How an effect is kept in check. */
export interface EffectTerms<A = unknown> {
  /** It reaches beyond the run, as mail and money do: nothing happens unless the policy says so. */
  readonly realWorld?: boolean;
  /** Default: `simulate` for what reaches beyond the run, `allow` for all else. */
  readonly policy?: EffectPolicy;
  /** Default `never`. */
  readonly repeat?: EffectRepeat;
  /** What would come of it: what the person is told under `simulate`. Default: that it was done. */
  simulate?(args: A, who: ActorView, context: Context): Promise<Outcome>;
}

/** `simulate`: it is not run, the person is told what would have come of it. `ask`: somebody has to approve of it first. */
export type EffectPolicy = "simulate" | "ask" | "allow";

/**
 * Whether an effect runs again when its run is opened again. `never`: what was done is done; one in the middle of which
 * the process was killed is not run again either, and is told as unsure. `if-unsure`: that one is run again, since
 * twice does no harm. `always`: it changes only what lives in this process, and runs whenever the story is told.
 */
export type EffectRepeat = "never" | "if-unsure" | "always";

/** The person who acts, as an action kind sees them. */
export interface ActorView {
  readonly id: PersonId;
  readonly name: string;
}

/** What came of an action, as the person is told it; it is kept in the journal. */
export interface Outcome {
  readonly text: string;
  /** Set when the action could not be done. */
  readonly failed?: ActionFailure;
  readonly artefacts?: readonly Artefact[];
}

/** Why an action could not be done: `code` in upper case, as in `SOLD_OUT`, and what is wrong with its arguments. */
export interface ActionFailure {
  readonly code: string;
  readonly issues?: readonly Issue[];
}

/** Something that an action made, as a file. */
export interface Artefact {
  readonly name: string;
  /** Relative to the folder that it was exported to, parts joined by `/`. */
  readonly file: string;
  readonly mediaType: string;
  readonly bytes: number;
  /** SHA-256 of its bytes, in hexadecimal. */
  readonly digest: string;
}

/** An action of a turn, and what came of it. */
export interface ActionOutcome {
  /** `<turn event>.<index of the action>` */
  readonly action: string;
  readonly type: string;
  readonly outcome: Outcome;
  readonly how: EffectEnd;
}

/**
 * How an effect ended. `run`: it was done, well or not. `simulated`: nothing happened. `refused`: it was not approved
 * of, or is somebody else's. `unsure`: it was begun by a process that was killed, and nobody knows what came of it.
 */
export type EffectEnd = "run" | "simulated" | "refused" | "unsure";

/** What has to be decided before an effect may happen. */
export interface ApprovalQuestion {
  /** The same whenever the run is opened again: `send-mail-3fa9c1e2d4b6`. */
  readonly id: string;
  readonly person: string;
  readonly type: string;
  readonly args: unknown;
  /** `begun`: a process was killed in the middle of it, so that it may have happened; `refused`: it was refused before. */
  readonly earlier?: "begun" | "refused";
}

/** The situation in which something may come to mind. */
export interface Moment {
  readonly who: ActorView;
  readonly stimuli: readonly Stimulus[];
}

/** Something that came to a person's mind. */
export interface Note {
  readonly text: string;
}
