import type { z } from "zod";
import type { EventId, PersonId } from "../values/ids.ts";
import type { Context } from "./context.ts";
import type { ActorMemory } from "./memory/actor-memory.ts";
import type { Action, Notice, Outcome, Reachable, Stimulus } from "./person.ts";

/** Something a person is able to do: adds kinds of actions, and may bring memories to mind. */
export interface Faculty {
  readonly name: string;
  readonly actions: readonly ActionKind[];
  recall?(moment: Moment): Promise<readonly Note[]>;
  /** Lets go of what it holds open, a process say, when the simulation closes; another one may use it after that. */
  close?(): Promise<void>;
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
  /**
   * Of a `query`: somebody outside of the run is asked. The answer is kept in the journal, failed or not, so that a run
   * that is opened again is told the same and asks nobody; a dry run asks nobody at all.
   */
  readonly asksOutside?: true;
  /**
   * Of what `asksOutside`: told of each answer, of one from the journal, too, so that what it keeps in this process is the
   * same when the run is opened again.
   */
  answered?(outcome: Outcome, who: ActorView, context: Context): void;
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
  /**
   * Called after it was run and did not fail, when its turn takes its place in the story: by a world in the order of its
   * list, whoever was faster, else at once. What several people share changes here, and who is told of it is returned.
   */
  settle?(args: A, who: ActorView): readonly Notice[];
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
  /** What they remember. */
  readonly memory: ActorMemory;
  /** The turns that they took, in earlier runs too, oldest first; the same list grows at its end. */
  readonly life: readonly LivedTurn[];
}

/** A turn as its person lived through it. */
export interface LivedTurn {
  readonly id: EventId;
  /** Simulated time, ISO 8601. */
  readonly time?: string;
  /** What was new to them in it. */
  readonly presented: readonly Perceived[];
  /** What they did then; the n-th is `<id>.<n>`. */
  readonly actions: readonly Action[];
}

/** Something that reached somebody. */
export interface Perceived {
  /** The event that brought it. */
  readonly id: EventId;
  readonly time?: string;
  readonly stimulus: Stimulus;
}

/** The situation in which something may come to mind. */
export interface Moment {
  readonly who: ActorView;
  readonly stimuli: readonly Stimulus[];
  /** Simulated time, when there is a calendar. */
  readonly now?: Date;
  /** The same, as clocks show it where the simulation takes place (ISO 8601). */
  readonly time?: string;
  /** Who can be reached, those who matter most first; absent when nobody said. */
  readonly reachable?: readonly Reachable[];
}

/** Something that came to a person's mind. */
export interface Note {
  readonly text: string;
}
